// Improves links and forms that work without it: results are exchanged without a reload, keys, a brush on the timeline.
'use strict';
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// ---- results without a reload: main and the filters of the new page take the place of the old ones ----
let running = null;
async function go(url, push) {
  running?.abort();
  running = new AbortController();
  const main = $('main');
  const held = document.activeElement?.closest('.value')?.textContent;
  main.setAttribute('aria-busy', 'true');
  try {
    const reply = await fetch(url, { signal: running.signal, headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
    const from = $('.split', page), to = $('.split');
    if (!from || !to || from.className !== to.className || !$('#hits', page)) return location.assign(url);
    const sheet = $('.sheet.open');
    const open = new Map($$('.facet').map((facet) => [facet.dataset.field, facet.open]));
    if (push) history.pushState(null, '', reply.redirected ? reply.url : url);
    to.replaceWith(document.adoptNode(from));
    document.title = page.title;
    $('#q').value = $('#q', page).value;
    if (sheet) $('.sheet').classList.add('open');
    for (const facet of $$('.facet')) facet.open ||= open.get(facet.dataset.field) === true;
    ready();
    const again = held && $$('.value').find((value) => value.textContent.replace(/\d+\s*$/, '') === held.replace(/\d+\s*$/, ''));
    (again ? $('a', again) : sheet ? $('.sheet') : $('main')).focus({ preventScroll: true });
    const status = $('[role=status]'), said = status.textContent;
    status.textContent = '';
    setTimeout(() => { status.textContent = said; }, 50);
    if (push && !sheet && !again) scrollTo(0, 0);
  } catch (error) {
    if (error.name !== 'AbortError') location.assign(url);
  }
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
  const form = event.target, url = new URL(form.action);
  if (form.method !== 'get' || url.pathname !== '/' || !$('#hits')) return;
  const data = new FormData(form);
  if (event.submitter?.name) data.append(event.submitter.name, event.submitter.value);
  if ([...data].some(([name, value]) => name.endsWith('-prefix') && value)) return;
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
  x: () => $('button', document.activeElement.closest('.value'))?.click(),
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
  const list = $('ul', input.closest('.facet')), before = [...list.children];
  let timer = 0, asked = 0;
  const show = async (prefix, mine) => {
    const data = new URLSearchParams([...new FormData(input.form)].filter(([name]) => !name.endsWith('-prefix')));
    data.set('prefix', prefix);
    data.set('limit', 12);
    const facet = await (await fetch(`/facets/${input.name.replace('-prefix', '')}.json?${data}`)).json();
    if (mine !== asked) return;
    list.replaceChildren(...facet.values.map((value) => {
      const item = document.createElement('li'), link = document.createElement('a'), count = document.createElement('span');
      item.className = 'value' + (value.selected ? ' in' : value.excluded ? ' out' : '');
      link.href = value.toggle_url.replace('/search.json', '/');
      link.textContent = value.label;
      count.textContent = value.count.toLocaleString(document.documentElement.lang);
      item.append(link, count);
      return item;
    }));
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    const prefix = input.value.trim(), mine = ++asked;
    timer = setTimeout(() => (prefix ? show(prefix, mine).catch(() => {}) : list.replaceChildren(...before)), 120);
  });
}

// ---- the two handles of the timeline: made here, so that nothing dead is shown without a script ----
function brush(plot) {
  const day = (iso) => Date.parse(iso) / 864e5;
  const begin = day(plot.dataset.begin), days = day(plot.dataset.end) + 1 - begin, unit = plot.dataset.unit;
  const form = $('form', plot.parentElement), from = $('[name=date-from]', form), to = $('[name=date-to]', form);
  const counts = plot.dataset.counts.split(',');
  // The edges that a handle may stand on: the borders of the buckets, as days since the begin.
  const edges = counts.map((_, i) => {
    const date = new Date(plot.dataset.first);
    if (unit === 'year') date.setUTCFullYear(date.getUTCFullYear() + i);
    else if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + i);
    else date.setUTCDate(date.getUTCDate() + i * (unit === 'week' ? 7 : 1));
    return date / 864e5 - begin;
  });
  edges.push(days);
  const nearest = (x) => edges.reduce((best, edge, i) => (Math.abs(edge - x) < Math.abs(edges[best] - x) ? i : best), 0);
  const span = $('.span', plot);
  const ends = span ? [nearest(span.getAttribute('x') / 1000 * days), nearest((+span.getAttribute('x') + +span.getAttribute('width')) / 1000 * days)] : [0, counts.length];
  const iso = (days_) => new Date((begin + days_) * 864e5).toISOString().slice(0, unit === 'year' ? 4 : unit === 'month' ? 7 : 10);
  const name = (i) => new Date((begin + edges[i]) * 864e5).toLocaleDateString(document.documentElement.lang,
    { year: 'numeric', month: unit === 'year' ? undefined : 'long', day: unit === 'week' || unit === 'day' ? 'numeric' : undefined, timeZone: 'UTC' });
  let timer = 0;
  const commit = () => {
    from.value = iso(edges[ends[0]]);
    to.value = iso(edges[ends[1]] - 1);
    form.requestSubmit();
  };
  const handles = ends.map((_, which) => {
    const handle = document.createElement('span');
    handle.className = 'handle';
    handle.tabIndex = 0;
    handle.setAttribute('role', 'slider');
    handle.setAttribute('aria-label', which ? plot.dataset.endLabel : plot.dataset.startLabel);
    handle.setAttribute('aria-valuemin', 0);
    handle.setAttribute('aria-valuemax', counts.length);
    handle.addEventListener('keydown', (event) => {
      const year = unit === 'month' ? 12 : 10;
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -year, PageUp: year, Home: -1e4, End: 1e4 }[event.key];
      if (!by) return;
      event.preventDefault();
      move(which, ends[which] + by);
      clearTimeout(timer);
      timer = setTimeout(commit, 300);
    });
    handle.addEventListener('pointerdown', (event) => { handle.setPointerCapture(event.pointerId); event.preventDefault(); handle.focus(); });
    handle.addEventListener('pointermove', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = plot.getBoundingClientRect();
      move(which, nearest((event.clientX - box.left) / box.width * days));
    });
    handle.addEventListener('pointerup', commit);
    return plot.appendChild(handle);
  });
  function move(which, index) {
    ends[which] = which ? Math.min(counts.length, Math.max(ends[0] + 1, index)) : Math.max(0, Math.min(ends[1] - 1, index));
    handles.forEach((handle, k) => {
      // CSSOM: a strict CSP allows it, a style attribute not.
      handle.style.left = edges[ends[k]] / days * 100 + '%';
      handle.setAttribute('aria-valuenow', ends[k]);
      handle.setAttribute('aria-valuetext', name(k ? ends[k] - 1 : ends[k]));
    });
  }
  move(0, ends[0]);
}

function ready() {
  here = -1;
  $$('.facet .within input').forEach(within);
  $$('.plot[data-counts]').forEach(brush);
}
ready();
