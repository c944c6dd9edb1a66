// What the checks share: the sites, a host for them, the browser, one look at every page.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';
import { chromium } from 'playwright-core';

export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const chromiumArgs = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];
export const launch = () => chromium.launch({ executablePath: chromiumPath, args: chromiumArgs });

const folder = process.env.SITES;
if (!folder) throw new Error('SITES names no folder with the built sites: start run.sh');

const site = (name, at) => {
  const dir = path.join(folder, name);
  const files = fs.readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile()).map((f) => path.relative(dir, path.join(f.parentPath ?? f.path, f.name))).sort();
  const read = (file) => fs.readFileSync(path.join(dir, file), 'utf8');
  const pages = files.filter((f) => f.endsWith('.html') && !f.startsWith('pagefind/'));
  return { name, at, dir, files, pages, read, base: `https://example.org${at}` };
};
export const sites = [site('briefing', '/some/where/'), site('every-field', '/else/where/')];
/** The second site with words that are wider than a telephone; only for what they can break. */
export const longWords = site('long-words', '/long/');

/** The kind of a page: the template that made it. */
export function kindOf(site, page) {
  const names = { 'index.html': 'home', '404.html': '404', 'a-z.html': 'a-z', 'wanted.html': 'wanted', 'questions.html': 'questions' };
  if (names[page]) return names[page];
  if (/http-equiv="?refresh/.test(site.read(page))) return 'redirect';
  if (page.endsWith('/index.html')) return 'index';
  if (page.endsWith('/history.html')) return 'history';
  const folders = { issues: 'issue', actors: 'actor', events: 'event', documents: 'document',
    sources: 'source', glossary: 'term', pages: 'page' };
  return folders[page.split('/')[0]] ?? page.replace(/\.html$/, '');
}

/** The largest page of each kind: the one that shows the most. */
export function oneOfEach(site) {
  const best = new Map();
  for (const page of site.pages) {
    const kind = kindOf(site, page), size = site.read(page).length;
    if (!best.has(kind) || best.get(kind).size < size) best.set(kind, { kind, page, size });
  }
  return [...best.values()];
}
export const largest = (site, kind) => oneOfEach(site).find((p) => p.kind === kind)?.page;

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.csv': 'text/csv',
  '.xml': 'application/xml', '.txt': 'text/plain; charset=utf-8', '.wasm': 'application/wasm' };

/** A host like GitHub Pages: each site below its path, index.html for a folder, no listings, 404.html for
    what is missing, gzip. Stricter in two things: no page without its `.html`, and a policy that allows
    only what comes from here. `?stay` holds a page that leads on. */
export async function serve() {
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, 'http://x');
    const site = [...sites, longWords].find((s) => url.pathname.startsWith(s.at));
    const send = (status, headers, body = '') => { response.writeHead(status, headers); response.end(body); };
    if (!site) return send(404, { 'content-type': 'text/plain' }, 'no such site');
    let name = decodeURIComponent(url.pathname.slice(site.at.length)), status = 200;
    if (name === '' || name.endsWith('/')) name += 'index.html';
    else if (site.files.some((f) => f.startsWith(`${name}/`))) {
      return send(301, { location: `${url.pathname}/` });
    }
    if (!site.files.includes(name) || name.startsWith('.')) { name = '404.html'; status = 404; }
    let body = fs.readFileSync(path.join(site.dir, name));
    const headers = { 'content-type': types[path.extname(name)] ?? 'application/octet-stream' };
    if (name !== '404.html') headers['content-security-policy'] = "default-src 'self'";
    // The search runs WebAssembly in a worker, which obeys the policy sent with its own file (README).
    if (name.endsWith('pagefind-worker.js')) headers['content-security-policy'] += "; script-src 'self' 'wasm-unsafe-eval'";
    if (url.searchParams.has('stay')) {
      body = Buffer.from(body.toString().replace(/<meta http-equiv="?refresh[^>]*>/, ''));
    }
    if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? '') && /text|json|xml|java/.test(headers['content-type'])) {
      headers['content-encoding'] = 'gzip';
      body = zlib.gzipSync(body);
    }
    send(status, headers, body);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, close: () => { server.close(); server.closeAllConnections(); } };
}
let origin;

/** The address of a page on the host. */
export const address = (site, page) => origin + site.at + encodeURI(page)
  + (page.endsWith('.html') && kindOf(site, page) === 'redirect' ? '?stay' : '');

/** A page in a context of its own; `close` ends both. Nothing moves, so that places can be measured. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.close = () => context.close();
  return page;
}

/** Does `work` for every item, two at a time. */
export async function each(items, work) {
  const queue = [...items];
  await Promise.all([0, 1].map(async () => { while (queue.length) await work(queue.shift()); }));
}

/** Gathers what a page says to the console and what it fails to load, into the list that is given. */
export function listen(page, list) {
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) list.push(`${m.type()}: ${m.text()} ${m.location().url}`); });
  page.on('pageerror', (e) => list.push(`uncaught: ${e}`));
  page.on('requestfailed', (r) => {
    // The icon and lazy images come after `load`; a page that is left or closed before breaks them off itself. A
    // question for a header alone, as the search asks, is called broken off too. What is missing or refused has
    // another text (ERR_FILE_NOT_FOUND, csp) or a status of 400 and more.
    if (r.failure()?.errorText === 'net::ERR_ABORTED') return;
    list.push(`failed request: ${r.url()} ${r.failure()?.errorText}`);
  });
  page.on('response', (r) => { if (r.status() >= 400) list.push(`${r.status()} ${r.url()}`); });
  page.on('request', (r) => {
    if (/^(https?|wss?):/.test(r.url()) && !r.url().startsWith(`${origin}/`)) list.push(`request to elsewhere: ${r.url()}`);
  });
}

/** What stands in a page, gathered in the browser. */
export function inspect() {
  const all = (selector, from = document) => Array.from(from.querySelectorAll(selector));
  const nameOf = (e) => e.getAttribute('aria-label')
    ?? e.getAttribute('aria-labelledby')?.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? `?${id}`).join(' ') ?? '';
  const tell = (e) => e.outerHTML.slice(0, 90).replace(/\s+/g, ' ');
  const inOwnBox = (e) => { for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX)) return true; };
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  const main = document.querySelector('main'), words = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  return {
    // Words that are written, and words that are shown.
    text: words(main?.textContent),
    shown: words(main?.innerText),
    lang: document.documentElement.lang,
    title: document.title,
    h1: all('h1').map((h) => h.textContent.trim()),
    mains: all('main').length,
    banners: all('body > header, [role=banner]').length,
    footers: all('body > footer, [role=contentinfo]').length,
    navs: all('nav, [role=navigation]').map(nameOf),
    asides: all('aside, [role=complementary]').map(nameOf),
    searches: all('search, [role=search]').length,
    ids: all('[id]').map((e) => e.id),
    styles: all('[style], style').map(tell),
    wide,
    wideElements: wide <= 0 ? [] : all('body *').filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1 && !inOwnBox(e)).map(tell),
    tables: all('table').map((t) => {
      const box = t.closest('[tabindex]');
      return { at: tell(t), box: box && { role: box.getAttribute('role'), name: nameOf(box).trim(), overflow: getComputedStyle(box).overflowX,
        reaches: box.getBoundingClientRect().right <= window.innerWidth + 1, more: box.scrollWidth > box.clientWidth,
        scrolls: (box.scrollLeft = 9999, box.scrollLeft > 0) } };
    }),
    links: all('a[href], area[href]').map((a) => ({ href: a.getAttribute('href'), url: a.href, words: a.textContent.trim().slice(0, 60) })),
    other: [...all('link[href]').map((e) => ({ href: e.getAttribute('href'), url: e.href, rel: e.rel })),
      ...all('[src]').map((e) => ({ href: e.getAttribute('src'), url: e.src })),
      ...all('form[action]').map((e) => ({ href: e.getAttribute('action'), url: e.action }))],
  };
}

const looks = new Map();
/** Every page of a site once, with script, 320 px wide: path -> what stands there and what the console said. */
export function look(browser, site) {
  if (!looks.has(site)) looks.set(site, (async () => {
    const found = new Map();
    const spare = [];
    await each(site.pages, async (name) => {
      const page = spare.pop() ?? await open(browser, { viewport: { width: 320, height: 800 } });
      const said = [];
      listen(page, said);
      await page.goto(address(site, name));
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))));
      found.set(name, { ...await page.evaluate(inspect), said });
      page.removeAllListeners();
      spare.push(page);
    });
    for (const page of spare) await page.close();
    return new Map([...found].sort());
  })());
  return looks.get(site);
}
