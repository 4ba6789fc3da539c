// The web page in Debian's Chromium: the main uses, with and without scripts, by keyboard, on a phone, in the dark.
// Every page kind goes through axe-core; a CSP violation or a console error fails the test that saw it.
//
//   node browser_test.mjs URL [FOLDER [NAME]]     against a running server; screenshots go to FOLDER; only tests whose
//                                                 name has NAME in it
import { readFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const [base, shots, only = ''] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
if (shots) mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

const desk = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const search = '/?q=lev%C3%A9e+de+fonds';
const long = '/?q=&org=openai&org=google&org=microsoft&-event=panne&-event=cyberattaque&-topic=sport&date=2018..2025&amount=1M..&sort=date';
let failed = 0;

// Runs `body` with a fresh page whose console must stay quiet.
// Complaints that match one of `expected` are the test's own.
async function test(name, options, body, expected = []) {
  if (!name.includes(only)) return;
  const context = await browser.newContext({ locale: 'fr-FR', baseURL: base, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  try {
    await body(page);
    assert.deepEqual(complaints.filter((text) => !expected.some((pattern) => pattern.test(text))), []);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}\n${complaints.join('\n')}`);
    if (shots) await page.screenshot({ path: `${shots}/failed-${name.replace(/\W+/g, '-')}.png`, fullPage: true }).catch(() => {});
  } finally {
    await context.close();
  }
}

const total = async (page) => parseInt((await page.locator('h1').first().textContent()).replace(/\D*(\d[\d\u202f]*).*/s, '$1').replace(/\D/g, ''), 10);
const settled = (page) => page.waitForFunction(() => !document.querySelector('[aria-busy]'));

// axe runs inside the page through the debugger, which a CSP does not stop.
async function accessible(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`), []);
}

async function fits(page) {
  const [wide, view] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= view, `scrolls sideways: ${wide} > ${view}`);
}

const article = await (async () => {
  const { hits } = await (await fetch(`${base}/search.json?q=OpenAI&limit=1`)).json();
  return `/article/${encodeURIComponent(hits[0].id)}`;
})();
const pages = { overview: '/', results: search, long, filtered: `${search}&org=OpenAI&-event=panne&date=2024`, why: `${search}&why=x`, none: '/?q=xyzzyplugh', article,
  entity: '/entity/org/OpenAI', facet: '/facets/org', error: '/?date=hier', missing: '/nowhere', english: `${search}&lang=en` };

for (const [name, path] of Object.entries(pages)) {
  for (const [look, options] of Object.entries({
    desk, dark: { ...desk, colorScheme: 'dark' }, // As tall as the page: the sticky bar would lie over a target by chance.
    phone: { ...phone, viewport: { width: 390, height: 9000 } }, narrow: { viewport: { width: 320, height: 9000 } },
  })) {
    await test(`${name}, ${look}: accessible, fits`, options, async (page) => {
      // The browser itself writes an error line for a status of 400 or more: not ours.
      const status = (await page.request.get(path)).status();
      if (status < 400) await page.goto(path);
      else await page.setContent(await (await page.request.get(path)).text(), { waitUntil: 'commit' });
      if (shots && status < 400) await page.screenshot({ path: `${shots}/${name}-${look}.png`, fullPage: true });
      if (status < 400) {
        await accessible(page);
        await fits(page);
      }
    });
  }
}

await test('search from the front page', desk, async (page) => {
  await page.goto('/');
  await page.fill('#q', 'levée de fonds OpenAI');
  await page.press('#q', 'Enter');
  await page.waitForURL(/q=lev/);
  assert.ok(await total(page) > 0);
  assert.ok(await page.locator('mark').count() > 0);
  await page.locator('.hit h3 a').first().click();
  await page.waitForURL(/\/article\//);
  await page.locator('.back a').click();
  await page.waitForURL(/q=lev/);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with scripts' : 'without scripts';
  await test(`include, exclude, clear, ${how}`, { ...desk, javaScriptEnabled }, async (page) => {
    await page.goto(search);
    const all = await total(page);
    await page.evaluate(() => { window.mark = 1; }).catch(() => {});
    await page.locator('.facet[data-field=org] .value a').first().click();
    await page.waitForURL(/org=/);
    if (javaScriptEnabled) await settled(page);
    assert.ok(await total(page) < all);
    assert.equal(await page.locator('.facet[data-field=org] .value.in').count(), 1);
    if (javaScriptEnabled) assert.equal(await page.evaluate(() => window.mark), 1, 'no reload');
    await page.locator('.facet[data-field=org] .value button').first().click();
    await page.waitForURL(/-org=/);
    if (javaScriptEnabled) await settled(page);
    assert.equal(await page.locator('.chips .not').count(), 1);
    await page.locator('.chips .all').click();
    await page.waitForURL((url) => !url.search.includes('org='));
    if (javaScriptEnabled) await settled(page);
    assert.equal(await total(page), all);
  });

  await test(`typed period and amount, ${how}`, { ...desk, javaScriptEnabled }, async (page) => {
    await page.goto(search);
    await page.locator('.time summary').click();
    await page.fill('#d-from', '2024-01');
    await page.fill('#d-to', '2024-12');
    await page.locator('.time .bounds button').click();
    await page.waitForURL(/date=2024-01\.\.2024-12/);
    await page.goto(`${search}&amount=1M..`);
    assert.ok(await page.locator('.chips').textContent().then((text) => text.includes('M€')));
  });

  await test(`sort and pages, ${how}`, { ...desk, javaScriptEnabled }, async (page) => {
    await page.goto('/?q=');
    await page.locator('.pages [rel=next]').click();
    await page.waitForURL(/page=2/);
    await page.locator('.orders a', { hasText: 'Plus anciens' }).click();
    await page.waitForURL(/sort=date-asc/);
  });
}

await test('back and forward', desk, async (page) => {
  await page.goto(search);
  const all = await total(page);
  await page.locator('.facet[data-field=org] .value a').first().click();
  await page.waitForURL(/org=/);
  await settled(page);
  const some = await total(page);
  await page.goBack();
  await page.waitForFunction((n) => document.querySelector('h1').textContent.startsWith(String(n)), all);
  await page.goForward();
  await page.waitForFunction((n) => document.querySelector('h1').textContent.startsWith(String(n)), some);
});

await test('keyboard only', desk, async (page) => {
  await page.goto(search);
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('.hit')].findIndex((hit) => hit.classList.contains('here'))), 0);
  await page.keyboard.press('?');
  assert.ok(await page.locator('#help').isVisible());
  await page.keyboard.press('Escape');
  assert.ok(!(await page.locator('#help').isVisible()));
  await page.locator('.facet[data-field=org] .value a').nth(1).focus();
  await page.keyboard.press('x');
  await page.waitForURL(/-org=/);
  await settled(page);
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await page.waitForURL(/\/article\//);
});

// From the address to results, to a facet, to an article and back, without a mouse: only Tab, Enter, arrows, Escape and
// the keys that the help names.
await test('the three uses, by keyboard alone', desk, async (page) => {
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  const focused = (selector) => page.evaluate((given) => Boolean(document.activeElement?.matches(given)), selector);
  const tab_to = async (selector) => {
    for (let i = 0; i < 250 && !(await focused(selector)); ++i) await press('Tab');
    assert.ok(await focused(selector), `Tab reaches ${selector}`);
  };
  // Search: the first Tab shows the way over the masthead; Escape closes the suggestions and keeps the text.
  await page.goto('/');
  await press('Tab');
  assert.ok(await focused('.skip'));
  await press('/');
  await page.keyboard.type('levée de fonds');
  await page.getByRole('listbox').waitFor();
  await press('Escape', 'Enter');
  await page.waitForURL(/q=lev/);
  const all = await total(page);
  // Read: second hit, open, back; the place is the list again.
  await press('j', 'j', 'o');
  await page.waitForURL(/\/article\//);
  await tab_to('.back a');
  await press('Enter');
  await page.waitForURL(/q=lev/);
  await press('j', 'Enter');
  await page.waitForURL(/\/article\//);
  await page.goBack();
  await page.waitForURL(/q=lev/);
  // Narrow: a value kept, another excluded, all cleared; focus stays on the value.
  await press('f');
  await tab_to('.facet[data-field=org] .value a');
  const label = (await page.evaluate(() => document.activeElement.textContent)).trim();
  await press('Enter');
  await page.waitForURL(/org=/);
  await settled(page);
  assert.ok(await total(page) < all);
  const where = () => page.evaluate(() => document.activeElement.closest('.value')?.textContent ?? '');
  assert.ok((await where()).includes(label), 'focus stays on the value that was kept');
  await tab_to('.facet[data-field=place] .value a');
  await press('x');
  await page.waitForURL(/-place=/);
  await settled(page);
  assert.ok((await where()).includes('Ne plus exclure'), 'and on the one that was excluded');
  await tab_to('.chips .all');
  await press('Enter');
  await page.waitForURL((url) => !url.search.includes('org='));
  await settled(page);
  assert.equal(await total(page), all);
  // Help opens, holds the focus and gives it back.
  await press('/', 'Tab', '?');
  assert.ok(await page.locator('#help').isVisible());
  for (let i = 0; i < 4; ++i) await press('Tab');
  assert.ok(!(await focused('main a, .mast a, .side a')), 'the page behind the help is out of reach');
  await press('Escape');
  assert.ok(await focused('.ask button'));
});

for (const [name, path] of Object.entries(pages)) await test(`${name}, zoomed to 200 and 400 %`, desk, async (page) => {
  const status = (await page.request.get(path)).status();
  if (status >= 400) return;
  // What a browser's zoom does to a window of 1280 × 900.
  for (const zoom of [2, 4]) {
    await page.setViewportSize({ width: 1280 / zoom, height: Math.round(900 / zoom) });
    await page.goto(path);
    await fits(page);
  }
});

await test('a year of a long address without scripts', { ...desk, javaScriptEnabled: false }, async (page) => {
  await page.goto(long);
  await page.locator('.time .ticks button', { hasText: '24' }).click();
  await page.waitForURL(/date=2024(&|$)/);
});

await test('pages, order and exports of a long address are buttons', desk, async (page) => {
  await page.goto(long);
  await page.locator('.orders button', { hasText: 'Plus anciens' }).click();
  await page.waitForURL(/sort=date-asc/);
  await settled(page);
  const answer = page.waitForResponse((reply) => reply.url().includes('/search.json'));
  await page.locator('.exports button').first().click();
  assert.equal((await answer).status(), 200);
});

await test('timeline by keyboard', desk, async (page) => {
  await page.goto(search);
  await page.locator('.handle').first().focus();
  await page.keyboard.press('PageUp');
  await page.waitForURL(/date=/);
  await settled(page);
  assert.ok(await page.locator('.chips .date').count() > 0);
});

await test('search within a facet', desk, async (page) => {
  await page.goto('/?q=');
  const before = await page.locator('.facet[data-field=org] .value').count();
  await page.fill('#in-org', 'open');
  await page.waitForFunction(() => document.querySelector('.facet[data-field=org] .value a').textContent.includes('Open'));
  await page.fill('#in-org', '');
  await page.waitForFunction((n) => document.querySelectorAll('.facet[data-field=org] .value').length === n, before);
  await page.fill('#in-org', 'open');
  await page.press('#in-org', 'Enter');
  await page.waitForURL(/\/facets\/org\?.*prefix=open/);
});

await test('suggestions: a combobox by keyboard', desk, async (page) => {
  await page.goto('/');
  const input = page.getByRole('combobox'), list = page.getByRole('listbox');
  const before = await page.locator('main').boundingBox();
  await input.pressSequentially('opena');
  await list.waitFor();
  assert.deepEqual(await page.locator('main').boundingBox(), before, 'nothing moves');
  assert.equal(await input.getAttribute('aria-expanded'), 'true');
  await accessible(page);
  if (shots) await page.screenshot({ path: `${shots}/suggestions-desk.png` });
  await page.keyboard.press('Escape');
  assert.ok(!(await list.isVisible()));
  assert.equal(await input.inputValue(), 'opena', 'Escape keeps what was typed');
  await input.pressSequentially('i');
  await list.waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  assert.equal(await input.getAttribute('aria-activedescendant'), null, 'past the last is the field again');
  while (!(await page.locator('[aria-selected=true] .sign.org').count())) await page.keyboard.press('ArrowDown');
  const id = await input.getAttribute('aria-activedescendant');
  assert.equal(await page.locator(`#${id}`).getAttribute('aria-selected'), 'true');
  await page.keyboard.press('Enter');
  await page.waitForURL(/org=openai/);
  assert.ok(await total(page) > 0);
});

await test('suggestions: mouse, Enter without a choice, nothing found', desk, async (page) => {
  await page.goto(search);
  await page.fill('#q', 'open');
  await page.locator('.suggest .sign.org').first().click();
  await page.waitForURL(/org=/);
  await page.fill('#q', 'xyzzyplugh');
  await page.waitForTimeout(300);
  assert.ok(!(await page.locator('.suggest').isVisible()), 'no box at all');
  await page.fill('#q', 'inte');
  await page.locator('.suggest').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=inte($|&)/);
  assert.ok(!(await page.locator('.suggest').isVisible()));
});

await test('suggestions by touch', phone, async (page) => {
  await page.goto('/');
  await page.locator('#q').pressSequentially('opena');
  await page.locator('.suggest .sign.org').first().tap();
  await page.waitForURL(/org=openai/);
});

await test('no combobox without scripts', { ...desk, javaScriptEnabled: false }, async (page) => {
  await page.goto('/');
  assert.equal(await page.locator('#q').getAttribute('role'), null);
});

for (const [how, options] of [['mouse', desk], ['dark', { ...desk, colorScheme: 'dark' }]]) {
  await test(`a bar of the timeline by ${how}`, options, async (page) => {
    await page.goto('/?q=');
    const box = await page.locator('.time .plot').boundingBox();
    await page.mouse.move(box.x + box.width * 0.4, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + 20, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/date=/);
    await settled(page);
    assert.ok(await page.locator('.time .span').count() === 1);
  });
}

await test('amounts by keyboard, mouse and typed bounds', desk, async (page) => {
  await page.goto(search);
  const handle = page.locator('.facet .handle').first();
  await handle.focus();
  assert.match(await handle.getAttribute('aria-valuetext'), /€$/);
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(/amount=.+\.\.$/);
  await settled(page);
  await page.locator('.facet .plot').scrollIntoViewIfNeeded();
  const box = await page.locator('.facet .plot').boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, box.y + 20, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/amount=[^.]+\.\.[^&]+/);
  await settled(page);
  await page.fill('#a-min', '50 M');
  await page.fill('#a-max', '1,5 Md');
  await page.press('#a-max', 'Enter');
  await page.waitForURL(/amount=50M\.\.1(,|%2C)5Md/);
});

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with scripts' : 'without scripts';
  await test(`a bad date is explained beside its field, ${how}`, { ...desk, javaScriptEnabled }, async (page) => {
    await page.goto(search);
    await page.locator('.time summary').click();
    await page.fill('#d-from', '2024-13');
    await page.locator('.time .bounds button').click();
    await page.waitForURL(/date-from=2024-13/);
    await page.locator('#d-bad').waitFor();
    assert.equal(await page.locator('#d-from').inputValue(), '2024-13');
    assert.equal(await page.locator('#d-from').getAttribute('aria-describedby'), 'd-bad');
    assert.ok(await page.locator('.hit').count() > 0);
  }, [/400/]);

  await test(`many filters: buttons instead of links, ${how}`, { ...desk, javaScriptEnabled }, async (page) => {
    await page.goto(long);
    const all = await total(page);
    await page.locator('.facet[data-field=person] .value > :first-child').first().click();
    await page.waitForURL(/person=/);
    if (javaScriptEnabled) await settled(page);
    assert.ok(await total(page) <= all);
    await page.locator('.chips li > *').first().click();
    await page.waitForURL((url) => !url.search.includes('org=openai'));
    if (javaScriptEnabled) await settled(page);
    await page.goto(long);
    await page.locator('.facet[data-field=org] .more').click();
    await page.waitForURL(/\/facets\/org\?/);
  });

  await test(`why unfolds in place, ${how}`, { ...desk, javaScriptEnabled }, async (page) => {
    await page.goto(search);
    await page.locator('.unfold').nth(2).click();
    await page.waitForURL(/why=.*#why/);
    if (javaScriptEnabled) await settled(page);
    assert.ok(await page.locator('#why li').count() > 0);
    assert.ok(await page.locator('#why').evaluate((node) => { const box = node.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight; }));
  });
}

await test('a server that is gone: the results stay', desk, async (page) => {
  await page.goto(search);
  await page.route('**/*', (route) => route.abort());
  await page.locator('.orders a').last().click();
  await page.locator('.notice[role=alert]').waitFor();
  assert.ok(await page.locator('.hit').count() > 0);
  assert.equal(await page.locator('[aria-busy]').count(), 0);
  if (shots) await page.screenshot({ path: `${shots}/failed-desk.png` });
}, [/ERR_FAILED/]);

await test('filters on a phone', phone, async (page) => {
  await page.goto(search);
  assert.ok(!(await page.locator('.sheet').isVisible()));
  await page.locator('[data-sheet]').click();
  assert.ok(await page.locator('.sheet').isVisible());
  await page.locator('.facet[data-field=org] .value a').first().click();
  await page.waitForURL(/org=/);
  await settled(page);
  assert.ok(await page.locator('.sheet').isVisible(), 'the sheet stays open');
  await page.locator('.close').click();
  assert.ok(!(await page.locator('.sheet').isVisible()));
  await fits(page);
});

await test('filters on a phone without scripts', { ...phone, javaScriptEnabled: false }, async (page) => {
  await page.goto(search);
  await page.locator('[data-sheet]').click();
  assert.ok(await page.locator('.sheet').isVisible());
  await page.goBack();
  assert.ok(!(await page.locator('.sheet').isVisible()));
});

await test('names in an article can be switched off', desk, async (page) => {
  await page.goto(article);
  const line = () => page.locator('.prose .named.org').first().evaluate((node) => getComputedStyle(node).textDecorationLine);
  assert.equal(await line(), 'underline');
  await page.locator('#s-org').uncheck();
  assert.equal(await line(), 'none');
});

for (const path of [search, `${search}&org=OpenAI&lang=en`, long]) await test(`three requests, within the budget: ${path}`, desk, async (page) => {
  const requests = [];
  page.on('response', (response) => requests.push(response));
  await page.goto(path, { waitUntil: 'networkidle' });
  const own = await Promise.all(requests.filter((one) => !one.url().includes('icon.svg')).map(async (one) => [one.url(), (await one.body()).length]));
  assert.ok(own.length <= 3, own.join('\n'));
  assert.ok(own.reduce((sum, [, bytes]) => sum + bytes, 0) <= 64_000, own.join('\n'));
});

await browser.close();
console.log(failed ? `${failed} failed` : 'all passed');
process.exit(failed ? 1 : 0);
