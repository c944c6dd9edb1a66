// What script and machines add: previews of links, the switcher, the neighbourhood, search, JSON-LD.
import { address, kindOf, largest, listen, oneOfEach, open } from './lib.mjs';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const at = {
  card: '.preview', dialog: 'dialog.switch', field: '[role=combobox]', option: '[role=option]',
  near: '.near', results: '#_results .hits > li', subResults: '#_results .hits li li a', facets: '#_results .facets input',
};

/** True when `test` comes true within a while. */
async function soon(test, ms = 20000) {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((r) => setTimeout(r, 50))) if (await test()) return true;
  return false;
}

export default async function ({ check, browser, sites }) {
  const [site] = sites;
  const issue = largest(site, 'issue');
  const inBody = '.body > p a[href*="actors/"], .body a[href*="actors/"]';

  await check('previews: hover shows title and summary; the card can be pointed at; Escape closes', async () => {
    const wrong = [];
    const page = await open(browser);
    listen(page, wrong);
    await page.goto(address(site, issue));
    const link = page.locator(inBody).first(), card = page.locator(at.card);
    const href = await link.getAttribute('href');
    const target = site.read(path.posix.join(path.posix.dirname(issue), href.split('#')[0]));
    const title = target.match(/<h1>(.*?)<\/h1>/)[1];
    await link.hover();
    if (!await soon(() => card.isVisible())) return [`hovering over ${href} shows no card`, ...wrong];
    const said = await card.textContent();
    if (!said.includes(title)) wrong.push(`the card of ${href} does not say "${title}": ${said}`);
    const summary = target.match(/class="standfirst">(.*?)</)?.[1];
    if (summary && !said.includes(summary.slice(0, 40))) wrong.push(`the card does not say "${summary}"`);
    const box = await card.boundingBox();
    if (box.x < 0 || box.x + box.width > 1280) wrong.push('the card leaves the window');
    // WCAG 1.4.13: the pointer may go onto the card, slowly, and the card stays; Escape sends it away.
    const from = await link.boundingBox();
    const x = Math.max(box.x, from.x) + 4, [y0, y1] = [from.y + from.height / 2, box.y > from.y ? box.y + 8 : box.y + box.height - 8];
    for (let i = 0; i <= 8; i += 1) { await page.mouse.move(x, y0 + (y1 - y0) * i / 8); await page.waitForTimeout(20); }
    await page.waitForTimeout(500);
    if (!await card.isVisible()) wrong.push('the card goes when the pointer moves onto it (WCAG 1.4.13)');
    await page.mouse.move(2, 2);
    if (!await soon(async () => !await card.isVisible())) wrong.push('the card stays when the pointer has left');
    await link.hover();
    await soon(() => card.isVisible());
    await page.keyboard.press('Escape');
    if (!await soon(async () => !await card.isVisible())) wrong.push('Escape does not close the card');
    await page.close();
    return wrong;
  });

  await check('a theme without the field of the search has an A–Z without errors', async () => {
    const wrong = [];
    const page = await open(browser);
    listen(page, wrong);
    await page.route('**/a-z.html', async (route) => {
      const answer = await route.fetch(), html = await answer.text();
      if (!html.includes('id="_q"')) wrong.push('the A–Z has no field to take away');
      await route.fulfill({ response: answer, body: html.replace('id="_q"', '') });
    });
    await page.goto(address(site, 'a-z.html'));
    await page.close();
    return wrong;
  });

  await check('previews: the focus shows the card too, also where the page scrolls to it', async () => {
    const wrong = [];
    const page = await open(browser, { viewport: { width: 1280, height: 500 } });
    listen(page, wrong);
    await page.goto(address(site, issue));
    const card = page.locator(at.card), links = page.locator(inBody);
    for (const link of [links.first(), links.last()]) {
      await page.evaluate(() => scrollTo(0, 0));
      await page.waitForTimeout(200);
      await link.focus();
      const href = await link.getAttribute('href');
      if (!await soon(() => card.isVisible())) { wrong.push(`focus on ${href} shows no card`); continue; }
      await page.keyboard.press('Escape');
      if (!await soon(async () => !await card.isVisible())) wrong.push('Escape does not close it');
      if (!await link.evaluate((l) => l === document.activeElement)) wrong.push('Escape takes the focus from the link');
    }
    await links.first().focus();
    await soon(() => card.isVisible());
    await page.keyboard.press('Tab');
    await page.waitForTimeout(50);
    if (await card.isVisible() && (await card.textContent()).length === 0) wrong.push('an empty card');
    await page.close();
    return wrong;
  });

  for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [320, 'light']]) {
    await check(`axe finds nothing in the card or in the switcher, ${width} px, ${colorScheme}`, async () => {
      const wrong = [];
      const page = await open(browser, { viewport: { width, height: 800 }, colorScheme });
      await page.goto(address(site, issue));
      await page.evaluate(fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
      const run = async (what, selector) => {
        if (!await soon(() => page.locator(selector).isVisible())) { wrong.push(`${what} is not there`); return; }
        const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
        wrong.push(...violations.flatMap((v) => v.nodes.map((n) => `${what}: ${v.id} ${n.target}: ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? v.help}`)));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) wrong.push(`${what}: the page scrolls sideways by ${wide} px`);
      };
      await page.locator(inBody).first().hover();
      await run('card', at.card);
      await page.keyboard.press('Control+k');
      await run('switcher', `${at.dialog}[open]`);
      await page.close();
      return wrong;
    });
  }

  await check('previews and switcher: nothing, and no error, from a folder', async () => {
    const wrong = [];
    const page = await open(browser);
    listen(page, wrong);
    await page.goto(pathToFileURL(path.join(site.dir, issue)).href);
    await page.locator(inBody).first().hover();
    await page.waitForTimeout(800);
    if (await page.locator(at.card).count()) wrong.push('a card');
    await page.keyboard.press('Control+k');
    await page.waitForTimeout(300);
    if (await page.locator(`${at.dialog}[open]`).count()) wrong.push('a dialog without its names');
    await page.close();
    return wrong;
  });

  for (const key of ['Control+k', 'Meta+k']) {
    await check(`switcher: ${key} opens it; names and aliases are found; Escape gives the focus back; Enter goes there`, async () => {
      const wrong = [];
      const page = await open(browser);
      listen(page, wrong);
      await page.goto(address(site, issue));
      const start = page.locator('main a').first(), dialog = page.locator(`${at.dialog}[open]`);
      await start.focus();
      await page.keyboard.press(key);
      if (!await soon(() => dialog.isVisible())) return ['no dialog', ...wrong];
      const field = dialog.locator(at.field), options = dialog.locator(at.option);
      if (!await field.evaluate((f) => f === document.activeElement)) wrong.push('the field has not the focus');
      if (await field.inputValue()) wrong.push(`the key stands in the field: ${await field.inputValue()}`);
      for (const attribute of ['aria-label', 'aria-controls', 'aria-expanded']) if (!await field.getAttribute(attribute)) wrong.push(`the field has no ${attribute}`);
      if (/undefined/.test(await dialog.evaluate((d) => d.outerHTML))) wrong.push('a word is undefined');
      const name = await dialog.evaluate((d) => (d.getAttribute('aria-labelledby') ? document.getElementById(d.getAttribute('aria-labelledby'))?.textContent : d.getAttribute('aria-label')));
      if (!name?.trim()) wrong.push('the dialog has no name');
      await page.keyboard.press('Escape');
      if (!await soon(async () => !await dialog.isVisible())) wrong.push('Escape does not close it');
      if (!await start.evaluate((l) => l === document.activeElement)) wrong.push('the focus does not come back');
      await page.keyboard.press(key);
      await soon(() => dialog.isVisible());
      // Titles, aliases, other spellings and letters.
      for (const [typed, want] of [['nato', 'NATO'], ['Zelensky', 'Zelenskyy'], ['ZELENSKYY', 'Zelenskyy'], ['terms cease', 'Terms of a ceasefire']]) {
        await field.fill(typed);
        if (!await soon(async () => (await options.first().textContent())?.includes(want) || (await options.allTextContents()).some((t) => t.includes(want)))) {
          wrong.push(`"${typed}" finds ${(await options.allTextContents()).slice(0, 3).join(', ') || 'nothing'}`);
        }
      }
      await field.fill('qqqqq');
      await page.waitForTimeout(100);
      if (!(await dialog.textContent()).trim()) wrong.push('nothing is said when nothing is found');
      await field.fill('a');
      const chosen = () => dialog.locator('[aria-selected=true]').first().textContent();
      const first = await chosen();
      await page.keyboard.press('ArrowDown');
      if (await chosen() === first) wrong.push('ArrowDown does not move the choice');
      const active = await field.getAttribute('aria-activedescendant');
      if (!active || await page.locator(`[id="${active}"]`).getAttribute('aria-selected') !== 'true') wrong.push('aria-activedescendant does not name the choice');
      await field.fill('nato');
      await page.keyboard.press('Enter');
      if (!await soon(() => /\/(actors|issues)\/nato/.test(page.url()))) wrong.push(`Enter leads to ${page.url()}`);
      await page.close();
      return wrong;
    });
  }

  await check('switcher: no key alone opens it (WCAG 2.1.4), and a keydown without a key is no error', async () => {
    const wrong = [];
    const page = await open(browser);
    listen(page, wrong);
    await page.goto(address(site, issue));
    await page.locator('main a').first().focus();
    for (const key of ['/', 'k', 'K']) await page.keyboard.press(key);
    await page.evaluate(() => document.querySelector('input').dispatchEvent(new Event('keydown', { bubbles: true })));
    await page.waitForTimeout(300);
    if (await page.locator(`${at.dialog}[open]`).count()) wrong.push('a dialog');
    await page.close();
    return wrong;
  });

  for (const kind of ['issue', 'actor']) for (const s of sites) {
    const name = largest(s, kind);
    await check(`neighbourhood: ${s.name}: ${name}: a drawing with title and description, the same as a list`, async () => {
      const wrong = [];
      const page = await open(browser);
      await page.goto(address(s, name));
      const near = page.locator(at.near);
      if (!await near.count()) { await page.close(); return ['none']; }
      const found = await near.evaluate((n) => {
        const svg = n.querySelector('svg'), texts = Array.from(svg.querySelectorAll('text'), (t) => t.textContent.trim());
        const box = svg.getBoundingClientRect();
        const cut = Array.from(svg.querySelectorAll('text')).filter((t) => { const r = t.getBoundingClientRect(); return r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1; });
        return { title: svg.querySelector(':scope > title')?.textContent, desc: svg.querySelector(':scope > desc')?.textContent, role: svg.getAttribute('role'),
          labels: (svg.getAttribute('aria-labelledby') ?? '').split(' ').every((id) => document.getElementById(id)), texts,
          cut: cut.map((t) => t.textContent), links: Array.from(n.querySelectorAll('dl a, ul a, ol a'), (a) => a.textContent.trim()), words: n.querySelector('dl, ul, ol')?.textContent ?? '' };
      });
      if (!found.title || !found.desc || found.role !== 'img' || !found.labels) wrong.push(`title "${found.title}", desc "${found.desc}", role ${found.role}`);
      for (const text of found.texts) {
        const whole = text.replace(/…$/, '');
        if (whole && !found.words.includes(whole) && !found.links.some((l) => l.startsWith(whole))) wrong.push(`drawn, not listed: ${text}`);
      }
      for (const link of found.links) if (!found.texts.some((t) => link.startsWith(t.replace(/…$/, '').trim()))) wrong.push(`listed, not drawn: ${link}`);
      for (const text of found.cut) wrong.push(`runs out of the drawing: ${text}`);
      await page.close();
      return wrong;
    });
  }

  for (const s of sites) {
    await check(`${s.name}: JSON-LD parses and has a type on pages of each kind`, async () => oneOfEach(s)
      .filter(({ kind }) => ['home', 'issue', 'actor', 'event', 'document', 'source', 'term', 'page'].includes(kind))
      .flatMap(({ page: name }) => {
        const blocks = [...s.read(name).matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)].map((m) => m[1]);
        if (!blocks.length) return [`${name}: none`];
        return blocks.flatMap((block) => {
          try {
            const thing = JSON.parse(block);
            return thing['@type'] && /schema\.org/.test(thing['@context']) ? [] : [`${name}: ${block.slice(0, 100)}`];
          } catch (e) { return [`${name}: ${e.message}`]; }
        });
      }));

    await check(`${s.name}: the sitemap lists every page that has an address of its own; robots.txt names it`, async () => {
      if (!s.files.includes('sitemap.xml') || !s.files.includes('robots.txt')) return ['no sitemap.xml or no robots.txt'];
      const listed = [...s.read('sitemap.xml').matchAll(/<loc>(.*?)<\/loc>/g)].map((m) => m[1]);
      const wrong = listed.filter((l) => !l.startsWith(s.base) || !s.pages.includes(l.slice(s.base.length).replace(/(^|\/)$/, '$1index.html'))).map((l) => `listed, not there: ${l}`);
      for (const name of s.pages.filter((p) => ['home', 'index', 'a-z', 'questions', 'issue', 'actor', 'event', 'document', 'source', 'term', 'page'].includes(kindOf(s, p)))) {
        const own = [s.base + name, s.base + name.replace(/(^|\/)index\.html$/, '$1')];
        const canonical = s.read(name).match(/rel="canonical" href="([^"]*)"/)?.[1];
        if (!listed.some((l) => own.includes(l))) wrong.push(`not listed: ${name}`);
        else if (!listed.includes(canonical)) wrong.push(`listed under another address than its canonical: ${name}`);
      }
      if (!s.read('robots.txt').includes(`Sitemap: ${s.base}sitemap.xml`)) wrong.push('robots.txt does not name the sitemap');
      return wrong;
    });
  }

  await check('search: the form of the head finds words, headings, other spellings; facets narrow', async () => {
    const wrong = [];
    const page = await open(browser);
    listen(page, wrong);
    for (const [typed, want] of [['territory', /territory/i], ['Zelensky', /Zelenskyy/], ['cease-fire', /ceasefire/i], ['Kyiv', /./], ['Київ', /./]]) {
      await page.goto(address(site, 'index.html'));
      await page.getByRole('searchbox').first().fill(typed);
      await page.getByRole('searchbox').first().press('Enter');
      await page.waitForLoadState();
      const results = page.locator(at.results);
      if (!await soon(async () => await results.count() > 0)) { wrong.push(`"${typed}" finds nothing (${page.url()})`); continue; }
      if (!want.test((await results.allTextContents()).join(' '))) wrong.push(`"${typed}" finds ${(await results.allTextContents())[0]?.slice(0, 80)}`);
      if (typed !== 'territory') continue;
      for (const link of await results.locator('a').all()) if (!(await link.evaluate((a) => a.href)).startsWith(address(site, ''))) wrong.push('a result leads out of the site');
      const sub = page.locator(at.subResults);
      if (!await sub.count()) wrong.push('no results below headings');
      else if (!/#./.test(await sub.first().getAttribute('href'))) wrong.push('a result below a heading has no place');
      const facets = page.locator(at.facets);
      if (!await facets.count()) { wrong.push('no facets'); continue; }
      const before = await results.count();
      await facets.first().check();
      if (!await soon(async () => await results.count() < before || before < 2)) wrong.push('a facet does not narrow');
      const says = await page.locator('[role=status], [aria-live]').allTextContents();
      if (!says.join('').trim()) wrong.push('the count of results is not announced');
    }
    await page.close();
    return wrong;
  });

  const first = async (page, s, typed) => {
    await page.goto(`${address(s, 'a-z.html')}?q=${encodeURIComponent(typed)}`);
    const links = page.locator(`${at.results} > a`);
    await soon(async () => await links.count() > 0);
    return Promise.all((await links.all()).map(async (l) => (await l.evaluate((a) => a.href)).slice(address(s, '').length)));
  };

  for (const s of sites) {
    await check(`search: ${s.name}: a sentence leads to the issue or actor that says it, not to its source; a title to its page`, async () => {
      const wrong = [];
      const page = await open(browser);
      listen(page, wrong);
      const sources = s.pages.filter((p) => kindOf(s, p) === 'source');
      const quoted = sources.flatMap((p) => [...s.read(p).matchAll(/<q><a href="\.\.\/((?:issues|actors)\/[^"#/]*)(?:\/history)?\.html#[^>]*>([^<&]{60,})</g)].map((m) => [`${m[1]}.html`, m[2], p]));
      if (!quoted.length) wrong.push('no source quotes a sentence');
      for (const [said, sentence, source] of quoted.filter((_, n) => n % Math.ceil(quoted.length / 12) === 0)) {
        const found = await first(page, s, sentence);
        if (!/^(issues|actors)\//.test(found[0])) wrong.push(`"${sentence}" leads to ${found[0]}`);
        if (!found.includes(said)) wrong.push(`"${sentence}" does not find ${said}`);
        if (found.includes(source)) wrong.push(`"${sentence}" finds ${source}, which does not say it`);
      }
      for (const name of sources) {
        const title = s.read(name).match(/<h1[^>]*>([^<]*)</)[1].replaceAll('&#39;', "'").replaceAll('&amp;', '&');
        const found = await first(page, s, title);
        if (found[0] !== name) wrong.push(`"${title}" leads to ${found[0]}`);
      }
      await page.close();
      return wrong;
    });
  }

  await check('search: excerpts keep the cells of a table apart, and have no numbers of notes', async () => {
    const wrong = [];
    const page = await open(browser);
    for (const name of site.pages.filter((p) => kindOf(site, p) === 'issue' && site.read(p).includes('<thead'))) {
      const heads = [...site.read(name).match(/<thead>[\s\S]*?<\/thead>/)[0].matchAll(/<th [^>]*>([^<]*)</g)].map((m) => m[1]).slice(0, 3);
      const found = await first(page, site, heads.join(' '));
      if (!found.includes(name)) { wrong.push(`"${heads.join(' ')}" does not find ${name}`); continue; }
      const text = (await page.locator(at.results).nth(found.indexOf(name)).allTextContents()).join(' ');
      if (!text.includes(heads.join('. '))) wrong.push(`${name}: ${text}`);
      if (/[.,;] \d{1,2}\. /.test(text)) wrong.push(`${name}: a number of a note: ${text}`);
    }
    await page.close();
    return wrong;
  });
}
