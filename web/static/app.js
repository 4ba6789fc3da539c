// Improves links and forms that work without it: results are exchanged without a reload, keys, a brush on the timeline.
'use strict';
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// ---- results without a reload: main and the filters of the new page take the place of the old ones ----
let running = null;
// What stays the same of a facet value whether it is kept, excluded or neither: its field and label.
const value_key = (value) => value && value.closest('.facet').dataset.field + value.firstChild.lastChild.textContent;
async function go(url, push) {
  running?.abort();
  running = new AbortController();
  const main = $('main');
  const held = value_key(document.activeElement?.closest('.facet .value'));
  main.setAttribute('aria-busy', 'true');
  try {
    const reply = await fetch(url, { signal: running.signal, headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    const from = $('.split', page), to = $('.split');
    if (!from || !to || from.className !== to.className || !$('#hits', page)) return location.assign(url);
    const sheet = $('.sheet.open');
    const open = new Map($$('.facet').map((facet) => [facet.dataset.field, facet.open]));
    const hash = new URL(url).hash;
    if (push) history.pushState(null, '', reply.redirected ? reply.url + hash : url);
    to.replaceWith(document.adoptNode(from));
    document.title = page.title;
    $('#q').value = $('#q', page).value;
    if (sheet) $('.sheet').classList.add('open');
    for (const facet of $$('.facet')) facet.open ||= open.get(facet.dataset.field) === true;
    ready();
    const again = held && $$('.facet .value').find((value) => value_key(value) === held);
    const place = $('[aria-invalid]') || (hash.length > 1 && $(`${hash} summary`));
    (place || (again ? again.firstChild : sheet ? $('.sheet') : $('main'))).focus({ preventScroll: !place });
    const status = $('[role=status]'), said = status.textContent;
    status.textContent = '';
    setTimeout(() => { status.textContent = said; }, 50);
    if (push && !sheet && !again && !place) scrollTo(0, 0);
  } catch (error) {
    if (error.name !== 'AbortError') failed(main, url);
  }
}
// The old results stay, with a way to try again.
function failed(main, url) {
  const notice = document.createElement('p'), again = document.createElement('a');
  main.removeAttribute('aria-busy');
  notice.className = 'notice warn';
  notice.setAttribute('role', 'alert');
  again.href = url;
  again.textContent = main.dataset.retry;
  notice.append(main.dataset.failed, ' ', again);
  $('.notice[role=alert]')?.remove();
  main.prepend(notice);
}
const mine = (url) => url.origin === location.origin && url.pathname === '/' && url.search && $('#hits');
addEventListener('click', (event) => {
  const link = event.target.closest('a[href]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (!mine(url) || (url.hash && url.pathname + url.search === location.pathname + location.search)) return;
  event.preventDefault();
  go(url.href, true);
});
addEventListener('submit', (event) => {
  const form = event.target, url = new URL(event.submitter?.getAttribute('formaction') ?? form.action, location.origin);
  if (form.method !== 'get' || url.pathname !== '/' || !$('#hits')) return;
  const { name, value } = event.submitter ?? {};
  const all = [...new FormData(form)], data = all.filter(([field]) => !field.endsWith('-prefix'));
  if (name) data.push([name, value]);
  else if (all.some(([field, text]) => field.endsWith('-prefix') && text)) return;
  url.search = new URLSearchParams(data);
  event.preventDefault();
  go(url.href, true);
});
addEventListener('popstate', () => { if (mine(new URL(location.href))) go(location.href, false); else location.reload(); });

// ---- keys ----
let here = -1;
function step(by) {
  const hits = $$('.hit');
  if (!hits.length) return;
  $('.here')?.classList.remove('here');
  here = Math.min(hits.length - 1, Math.max(0, here + by));
  hits[here].classList.add('here');
  $('h3 a', hits[here]).focus({ preventScroll: true });
  hits[here].scrollIntoView({ block: 'nearest' });
}
function sheet(open) {
  const side = $('.sheet');
  if (!side) return;
  side.classList.toggle('open', open);
  if (location.hash === '#filters') history.replaceState(null, '', location.pathname + location.search);
  (open ? side : $('[data-sheet]'))?.focus();
}
const off = () => { try { return localStorage.getItem('keys') === 'off'; } catch { return false; } };
const keys = {
  '/': () => $('#q').select(),
  j: () => step(1),
  k: () => step(-1),
  o: () => $('.here h3 a')?.click(),
  f: () => (getComputedStyle($('.filterbar') || document.body).display === 'flex' ? sheet(true) : $('.sheet')?.focus()),
  x: () => $('button:last-child', document.activeElement.closest('.value'))?.click(),
  '?': () => $('#help')?.showModal(),
};
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && ($('.sheet.open') || location.hash === '#filters')) return sheet(false);
  const typing = event.target.matches('input:not([type=checkbox])') || event.ctrlKey || event.metaKey || event.altKey;
  if (typing || $('dialog[open]') || (off() && event.key !== '?')) return;
  const act = event.key === 'x' && !document.activeElement.closest('.value') ? null : keys[event.key];
  if (act) { event.preventDefault(); act(); }
});
addEventListener('click', (event) => {
  if (event.target.closest('[data-sheet]')) { event.preventDefault(); sheet(true); }
  if (event.target.closest('.close')) { event.preventDefault(); sheet(false); }
  if (event.target.closest('[data-help]')) { event.preventDefault(); $('#help').showModal(); }
});
const use = $('#help input');
if (use) {
  use.checked = !off();
  use.addEventListener('change', () => { try { localStorage.setItem('keys', use.checked ? 'on' : 'off'); } catch { /* not kept */ } });
}

// ---- search within a facet: asks for the values that begin so ----
function within(input) {
  const facet = input.closest('.facet'), list = $('ul', facet), before = [...list.children], field = facet.dataset.field, texts = $('#filters').dataset;
  let timer = 0, asked = 0;
  const make = (tag, attributes, text = '') => Object.assign(document.createElement(tag), attributes, { textContent: text });
  const item = (value) => {
    const one = make('li', { className: 'value' + (value.selected ? ' in' : value.excluded ? ' out' : '') });
    one.append(make('a', { href: value.toggle_url.replace('/search.json', '/') }, value.label),
      make('span', {}, value.count.toLocaleString(document.documentElement.lang)));
    if (!value.selected && !value.excluded) {
      one.append(make('button', { name: '-' + field, value: value.value, ariaLabel: texts.exclude.replace('{label}', value.label) }));
    }
    return one;
  };
  const show = async (prefix, mine) => {
    const data = new URLSearchParams([...new FormData(input.form)].filter(([name]) => !name.endsWith('-prefix')));
    data.set('prefix', prefix);
    data.set('limit', 12);
    const found = await (await fetch(`/facets/${field}.json?${data}`)).json();
    if (mine !== asked) return;
    list.replaceChildren(...(found.values.length ? found.values.map(item) : [make('li', { className: 'soft' }, texts.none.replace('{prefix}', prefix))]));
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    const prefix = input.value.trim(), mine = ++asked;
    timer = setTimeout(() => (prefix ? show(prefix, mine).catch(() => {}) : list.replaceChildren(...before)), 120);
  });
}

// ---- two handles and a brush over a chart: made here, so that nothing dead is shown without a script ----
// `edges` are the places, 0 to 1, that a handle may stand on; `text(i, end)` says one of them; `commit(a, b)` asks for
// what lies between two of them.
function slider(plot, { edges, ends, page, text, tip, commit }) {
  const last = edges.length - 1;
  const place = (event) => { const box = plot.getBoundingClientRect(); return (event.clientX - box.left) / box.width; };
  const nearest = (x) => edges.reduce((best, edge, i) => (Math.abs(edge - x) < Math.abs(edges[best] - x) ? i : best), 0);
  const bucket = (x) => Math.min(last - 1, Math.max(0, edges.findIndex((edge) => edge > x) - 1));
  let timer = 0;
  const handles = ends.map((_, which) => {
    const handle = document.createElement('span');
    handle.className = 'handle';
    handle.tabIndex = 0;
    handle.setAttribute('role', 'slider');
    handle.setAttribute('aria-label', which ? plot.dataset.endLabel : plot.dataset.startLabel);
    handle.setAttribute('aria-valuemin', 0);
    handle.setAttribute('aria-valuemax', last);
    handle.addEventListener('keydown', (event) => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -page, PageUp: page, Home: -1e4, End: 1e4 }[event.key];
      if (!by) return;
      event.preventDefault();
      move(which, ends[which] + by);
      clearTimeout(timer);
      timer = setTimeout(() => commit(...ends), 300);
    });
    handle.addEventListener('pointerdown', (event) => { handle.setPointerCapture(event.pointerId); event.preventDefault(); event.stopPropagation(); handle.focus(); });
    handle.addEventListener('pointermove', (event) => { if (handle.hasPointerCapture(event.pointerId)) move(which, nearest(place(event))); });
    handle.addEventListener('pointerup', () => commit(...ends));
    return plot.appendChild(handle);
  });
  function move(which, index) {
    ends[which] = which ? Math.min(last, Math.max(ends[0] + 1, index)) : Math.max(0, Math.min(ends[1] - 1, index));
    handles.forEach((handle, k) => {
      // CSSOM: a strict CSP allows it, a style attribute not.
      handle.style.left = edges[ends[k]] * 100 + '%';
      handle.setAttribute('aria-valuenow', ends[k]);
      handle.setAttribute('aria-valuetext', text(ends[k], k));
    });
  }
  // A finger scrolls the page; it has the handles.
  let from = null;
  plot.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch' || event.button) return;
    plot.setPointerCapture(event.pointerId);
    event.preventDefault();
    from = bucket(place(event));
    ends[0] = from;
    move(1, from + 1);
  });
  plot.addEventListener('pointermove', (event) => {
    const at = bucket(place(event));
    if (tip) plot.title = tip(at);
    if (from === null) return;
    ends[0] = Math.min(from, at);
    move(1, Math.max(from, at) + 1);
  });
  plot.addEventListener('pointerup', () => { if (from !== null) commit(...ends); from = null; });
  move(0, ends[0]);
}

function ends_of(plot, edges) {
  const span = $('.span', plot), at = (x) => edges.reduce((best, edge, i) => (Math.abs(edge - x) < Math.abs(edges[best] - x) ? i : best), 0);
  if (!span) return [0, edges.length - 1];
  const x = +span.getAttribute('x') / 1000, a = Math.min(at(x), edges.length - 2);
  return [a, Math.max(a + 1, at(x + span.getAttribute('width') / 1000))];
}

function timeline(plot) {
  const day = (iso) => Date.parse(iso) / 864e5;
  const begin = day(plot.dataset.begin), days = day(plot.dataset.end) + 1 - begin, unit = plot.dataset.unit;
  const form = $('form', plot.parentElement), counts = plot.dataset.counts.split(',');
  // The borders of the buckets, as days since the begin.
  const borders = counts.map((_, i) => {
    const date = new Date(plot.dataset.first);
    if (unit === 'year') date.setUTCFullYear(date.getUTCFullYear() + i);
    else if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + i);
    else date.setUTCDate(date.getUTCDate() + i * (unit === 'week' ? 7 : 1));
    return date / 864e5 - begin;
  });
  borders.push(days);
  const iso = (at) => new Date((begin + at) * 864e5).toISOString().slice(0, unit === 'year' ? 4 : unit === 'month' ? 7 : 10);
  const name = (i) => new Date((begin + borders[i]) * 864e5).toLocaleDateString(document.documentElement.lang,
    { year: 'numeric', month: unit === 'year' ? undefined : 'long', day: unit === 'week' || unit === 'day' ? 'numeric' : undefined, timeZone: 'UTC' });
  const edges = borders.map((border) => border / days);
  slider(plot, {
    edges, ends: ends_of(plot, edges), page: unit === 'month' ? 12 : 10,
    text: (i, end) => name(end ? i - 1 : i),
    tip: (i) => `${name(i)}\u202f: ${counts[i]}`,
    commit: (a, b) => {
      $('[name=date-from]', form).value = iso(borders[a]);
      $('[name=date-to]', form).value = iso(borders[b] - 1);
      form.requestSubmit();
    },
  });
}

// Amounts: 1, 2, 5 of each decade, on a logarithmic scale; the ends of it are no bounds.
function amounts(plot) {
  const first = +plot.dataset.first, decades = plot.dataset.last - first, form = $('#sums');
  const value = (i) => [1, 2, 5][i % 3] * 10 ** (first + Math.floor(i / 3));
  const write = (n) => (n < 1e6 ? String(n) : n < 1e9 ? n / 1e6 + 'M' : n / 1e9 + 'Md');
  const edges = Array.from({ length: 3 * decades + 1 }, (_, i) => (Math.log10(value(i)) - first) / decades);
  slider(plot, {
    edges, ends: ends_of(plot, edges), page: 3,
    text: (i) => write(value(i)).replace(/M/, ' M') + ' €',
    commit: (a, b) => {
      $('#a-min').value = a ? write(value(a)) : '';
      $('#a-max').value = b < 3 * decades ? write(value(b)) : '';
      form.requestSubmit();
    },
  });
}

// ---- suggestions under the search field: a combobox with a list (ARIA 1.2); without one there is no list at all ----
function suggestions(input) {
  const box = document.createElement('ul'), types = Object.fromEntries(input.dataset.types.split(';').map((pair) => pair.split(':')));
  const lang = new URLSearchParams(location.search).get('lang');
  let timer = 0, asking = null, at = -1, typed = '';
  Object.assign(box, { id: 'suggest', className: 'suggest', hidden: true, role: 'listbox', ariaLabel: input.dataset.suggest });
  input.parentElement.append(box);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-expanded': false, 'aria-controls': 'suggest', 'aria-autocomplete': 'list' })) input.setAttribute(name, value);
  const span = (className, text) => Object.assign(document.createElement('span'), { className, textContent: text });
  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    box.hidden = true;
    choose(-1);
    input.setAttribute('aria-expanded', false);
  };
  const choose = (next) => {
    box.children[at]?.setAttribute('aria-selected', false);
    at = next;
    const option = box.children[at];
    if (option) {
      option.setAttribute('aria-selected', true);
      option.scrollIntoView({ block: 'nearest' });
      input.setAttribute('aria-activedescendant', option.id);
    } else input.removeAttribute('aria-activedescendant');
    input.value = option?.dataset.query || typed;
  };
  const take = (option) => {
    const url = new URL(option.dataset.url, location.origin);
    if (lang) url.searchParams.set('lang', lang);
    close();
    if (mine(url)) go(url.href, true); else location.assign(url);
  };
  const option = (found, i) => {
    const one = document.createElement('li'), label = span('', ''), letters = [...found.label];
    Object.assign(one, { id: 'suggest-' + i, role: 'option', ariaSelected: false });
    one.dataset.url = found.url;
    if (found.type === 'word') one.dataset.query = found.query;
    let done = 0;
    for (const [begin, end] of found.highlights) {
      const bold = document.createElement('b');
      bold.textContent = letters.slice(begin, end).join('');
      label.append(letters.slice(done, begin).join(''), bold);
      done = end;
    }
    label.append(letters.slice(done).join(''));
    if (found.query && found.type !== 'word') label.prepend(found.query + ' ');
    label.className = found.type === 'word' ? 'word' : 'sign ' + found.type;
    one.append(label);
    if (found.type !== 'word') one.append(span('kind', found.type === 'title' ? [types.title, found.source].filter(Boolean).join(', ') : types[found.type]));
    if (found.count !== undefined) one.append(span('n', found.count.toLocaleString(document.documentElement.lang)));
    one.addEventListener('pointerdown', (event) => event.preventDefault());
    one.addEventListener('click', () => take(one));
    return one;
  };
  const ask = async () => {
    asking = new AbortController();
    try {
      const reply = await fetch('/suggest.json?limit=8&prefix=' + encodeURIComponent(typed), { signal: asking.signal });
      const found = reply.ok ? (await reply.json()).suggestions : [];
      if (document.activeElement !== input) return;
      choose(-1);
      box.replaceChildren(...found.map(option));
      box.hidden = !found.length;
      input.setAttribute('aria-expanded', !box.hidden);
    } catch { /* the next key asks again */ }
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    asking?.abort();
    typed = input.value;
    if (typed.trim()) timer = setTimeout(ask, 80); else close();
  });
  input.addEventListener('keydown', (event) => {
    const count = box.children.length;
    if (event.key === 'Escape' && !box.hidden) event.stopPropagation();
    else if (box.hidden || !['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) return;
    if (event.key === 'Enter' && at < 0) return close();
    event.preventDefault();
    if (event.key === 'ArrowDown') choose(at + 1 < count ? at + 1 : -1);
    else if (event.key === 'ArrowUp') choose(at < 0 ? count - 1 : at - 1);
    else if (event.key === 'Enter') take(box.children[at]);
    else { choose(-1); close(); }
  });
  input.addEventListener('blur', close);
}
if ($('#q').dataset.suggest) suggestions($('#q'));

function ready() {
  here = -1;
  $$('.facet .within').forEach(within);
  $$('.time .plot').forEach(timeline);
  $$('.facet .plot').forEach(amounts);
}
ready();
