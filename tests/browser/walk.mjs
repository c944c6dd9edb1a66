// Every link of a site, as a host serves it below a sub-path.
import { address, kindOf, look, open } from './lib.mjs';

export default async function ({ check, browser, sites, origin }) {
  for (const site of sites) {
    const pages = await look(browser, site);
    // What a link asks the host for: a file of this site, or nothing that is here.
    const local = (url) => {
      const here = url.replace(site.base, origin + site.at).replace(/[?].*?(?=#|$)/, '');
      return here.startsWith(origin + site.at) ? here.slice((origin + site.at).length).replace(/(^|\/)(?=#|$)/, '$1index.html') : undefined;
    };
    await check(`${site.name}: every link leads to a page and a place in it`, async () => {
      const wrong = [];
      for (const [name, page] of pages) for (const { href, url, words } of page.links) {
        const say = (what) => wrong.push(`${name}: "${words}" (${href}): ${what}`);
        if (!/^https?:/.test(url)) { if (!/^mailto:/.test(url)) say('neither a page nor an address'); continue; }
        if (url.startsWith(origin) && local(url) === undefined) { say('leaves the folder of the site'); continue; }
        if (local(url) === undefined) continue;
        const [file, place] = local(url).split('#').map(decodeURIComponent);
        if (!site.files.includes(file)) { say('no such file'); continue; }
        if (place && !place.startsWith(':~:') && !pages.get(file)?.ids.includes(place)) say('no such place');
      }
      return wrong;
    });
    await check(`${site.name}: every style sheet, script, image and form has its file`, async () => {
      const wrong = [];
      for (const [name, page] of pages) for (const { href, url } of page.other) {
        // The empty icon of the page for lost addresses asks nobody for one.
        if (href === 'data:,' && name === '404.html') continue;
        if (local(url) === undefined) wrong.push(`${name}: ${href} is not of this site`);
        else if (!site.files.includes(decodeURIComponent(local(url).split('#')[0]))) wrong.push(`${name}: ${href}: no such file`);
      }
      return wrong;
    });
    await check(`${site.name}: links are relative, so that the folder can stand anywhere`, async () =>
      [...pages].filter(([name]) => name !== '404.html').flatMap(([name, page]) =>
        [...page.links, ...page.other].filter(({ href, rel, url }) => rel !== 'canonical' && (href.startsWith('/') || url.startsWith(site.base)))
          .map(({ href }) => `${name}: ${href}`)));
    await check(`${site.name}: every page can be reached from the home page`, async () => {
      const seen = new Set(['index.html']);
      for (const name of seen) for (const { url } of pages.get(name)?.links ?? []) {
        const to = local(url) && decodeURIComponent(local(url).split('#')[0]);
        if (pages.has(to)) seen.add(to);
      }
      return site.pages.filter((p) => !seen.has(p) && !['404', 'redirect'].includes(kindOf(site, p)));
    });
    await check(`${site.name}: the canonical address of each page is its own`, async () =>
      [...pages].filter(([name]) => !['404', 'redirect'].includes(kindOf(site, name))).flatMap(([name, page]) => {
        const canonical = page.other.filter((o) => o.rel === 'canonical').map((o) => o.url);
        const own = site.base + name, folder = own.replace(/index\.html$/, '');
        return canonical.length === 1 && [own, folder].includes(canonical[0]) ? [] : [`${name}: ${canonical.join(' ') || 'none'}`];
      }));
    await check(`${site.name}: what is missing gets 404.html at any depth, with a way home; folders get their index`, async () => {
      const wrong = [];
      const page = await open(browser);
      for (const missing of ['nothing.html', 'issues/nothing', 'issues/no/such/thing.html']) {
        const answer = await page.goto(origin + site.at + missing);
        if (answer.status() !== 404) wrong.push(`${missing}: ${answer.status()}`);
        const links = await page.$$eval('a', (list) => list.map((a) => a.href));
        if (!links.length) wrong.push(`${missing}: no link`);
        for (const link of links) if (!site.files.includes(local(link))) wrong.push(`${missing}: ${link} leads nowhere`);
      }
      for (const folder of ['', 'issues/', 'issues', 'actors/']) {
        const answer = await page.goto(origin + site.at + folder);
        if (answer.status() !== 200 || await page.locator('h1').count() !== 1) wrong.push(`${folder}: ${answer.status()}`);
      }
      await page.close();
      return wrong;
    });
    await check(`${site.name}: pages that have moved lead on`, async () => {
      const wrong = [];
      const page = await open(browser);
      for (const name of site.pages.filter((p) => kindOf(site, p) === 'redirect')) {
        const from = address(site, name).replace('?stay', '');
        await page.goto(from);
        await page.waitForURL((url) => url.href !== from, { timeout: 20000 }).catch(() => wrong.push(`${name} stays`));
        if (!pages.has(local(page.url())?.split('#')[0])) wrong.push(`${name} leads to ${page.url()}`);
      }
      await page.close();
      return wrong;
    });
  }
}
