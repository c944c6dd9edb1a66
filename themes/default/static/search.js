/* briefwiki: search, on a-z.html only. It filters the names and, where Pagefind can run, looks
   into all texts; Enter loads the page anew, so that the address tells what was looked for. */
(() => {
  'use strict';
  const at = (id) => document.getElementById(id);
  const said = at('_found'), panel = at('_results'), input = at('_q');
  if (!said || !input) return;       // a theme may have neither
  const fold = (s) => s.normalize('NFD').replace(/[\p{M}\p{Pd}'’ʼ]/gu, '').toLowerCase();
  const fill = (words, n, q) => words.replace('{n}', n).replace('{q}', () => q);
  const el = (tag, props, ...inside) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...inside);
    return made;
  };

  const names = [...document.querySelectorAll('.az li')].map((li) => [li, fold(li.firstElementChild.textContent)]);
  function letters(q) {
    const key = fold(q), n = names.filter((name) => name[1].includes(key)).length;
    for (const [li, name] of names) li.hidden = n > 0 && !name.includes(key);
    for (const part of document.querySelectorAll('.az section')) part.hidden = !part.querySelector('li:not([hidden])');
    return q && fill(said.dataset[n ? 'found' : 'none'], n, q);
  }

  /* WebAssembly runs in Pagefind's worker, if the policy sent with that file allows it. To ask for
     the header keeps the console empty. */
  const forbids = (policies) => policies.toLowerCase().split(',').some((policy) => {
    const rules = policy.split(';').map((rule) => rule.trim().split(/\s+/));
    const rule = rules.find((r) => r[0] === 'script-src') || rules.find((r) => r[0] === 'default-src');
    return rule && !rule.some((source) => /^'(wasm-)?unsafe-eval'$/.test(source));
  });
  let engine;
  const load = () => engine ||= (async () => {
    if (!panel || location.protocol === 'file:') return;
    const base = new URL(panel.dataset.search, location);
    const head = await fetch(base + 'pagefind-worker.js', { method: 'HEAD' });
    if (forbids(head.headers.get('content-security-policy') || '')) return;
    const options = { baseUrl: new URL('..', base).pathname, ranking: { metaWeights: { title: 5, names: 5 } } };
    const made = await import(base + 'pagefind.js');
    await made.options(options);
    const parts = await (await fetch(base + 'parts.json')).json();
    for (let n = 2; n <= parts; n++) await made.mergeIndex(`${base.pathname}${n}/`, options);
    await made.filters();
    return made;
  })().catch(() => {});

  /* As typed; as one word (cease fire); without endings (Зеленського). */
  async function find(made, q, filters) {
    let got;
    for (const words of [q, q.replace(/\s/g, ''), q.replace(/(\p{L}{4,}?)\p{L}{1,3}(?!\p{L})/gu, '$1')]) {
      got = await made.search(words, { filters });
      if (got.unfilteredResultCount) break;
    }
    return got;
  }

  const box = el('div', { className: 'facets' }), list = el('ol', { className: 'hits' });
  const more = el('button', { type: 'button' });
  let turn = 0, rest = [], timer;

  const text = (s) => el('p', {}, ...s.split(/<\/?mark>/).map((part, i) => {
    const plain = part.replace(/&lt;/g, '<').replace(/&gt;/g, '>');
    return i % 2 ? el('mark', {}, plain) : plain;
  }));
  const hit = ({ url, meta, filters, excerpt, sub_results: subs }) => el('li', {},
    el('a', { href: url }, meta.title), ' ', el('span', { className: 'kind' }, filters.kind || ''), text(excerpt),
    el('ul', {}, ...subs.filter((s) => s.anchor).slice(0, 3).map((s) => el('li', {}, el('a', { href: s.url }, s.title), text(s.excerpt)))));
  async function show(mine) {
    const made = (await Promise.all(rest.splice(0, 10).map((r) => r.data()))).map(hit);
    if (mine !== turn) return;
    list.append(...made);
    more.hidden = !rest.length;
    return made[0];
  }

  const facet = (name, counts) => {
    const values = Object.entries(counts || {}).filter((v) => v[1]).sort((a, b) => b[1] - a[1]).slice(0, 8);
    return values.length < 2 ? '' : el('fieldset', {}, el('legend', {}, panel.dataset[name]), ...values.map(([value, n]) =>
      el('label', {}, el('input', { type: 'checkbox', name, value }), ` ${value} (${n})`)));
  };
  function chosen() {
    const out = {};
    for (const c of box.querySelectorAll(':checked')) (out[c.name] ||= { any: [] }).any.push(c.value);
    return out;
  }

  async function run(narrowed) {
    const mine = ++turn, q = input.value.trim();
    let told = letters(q);
    const made = q && await load();
    const got = made && await find(made, q, narrowed ? chosen() : {}).catch(() => {});
    if (mine !== turn) return;
    if (panel) panel.hidden = !got;
    if (got) {
      if (!box.isConnected) panel.append(box, list, more);
      if (!narrowed) box.replaceChildren(...['kind', 'status', 'issue', 'actor'].map((f) => facet(f, got.totalFilters[f])));
      rest = got.results;
      told = `${fill(panel.dataset.pages, rest.length, q)} ${told}`;
      list.replaceChildren();
      await show(mine);
    }
    if (mine === turn) said.textContent = told;
  }

  if (panel) more.textContent = panel.dataset.more;
  box.addEventListener('change', () => run(true));
  more.addEventListener('click', async () => (await show(turn))?.querySelector('a').focus());
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(run, 200); });
  input.value = new URLSearchParams(location.search).get('q') || '';
  if (input.value) run();
})();
