// Opened from a folder, without a server, every page and every link works.
import fs from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inspect, kindOf, listen, open } from './lib.mjs';

export default async function ({ check, browser, sites }) {
  for (const site of sites) {
    await check(`${site.name}: as file://, all links from the home page on`, async () => {
      const wrong = [], ids = new Map(), links = [], root = `${pathToFileURL(site.dir)}/`;
      const page = await open(browser);
      const said = [];
      listen(page, said);
      const queue = [`${root}index.html`], seen = new Set(queue);
      while (queue.length) {
        const from = queue.shift(), name = from.slice(root.length);
        said.length = 0;
        const moved = kindOf(site, decodeURI(name)) === 'redirect';
        const text = async () => {
          const there = await page.evaluate(inspect);
          ids.set(from, there.ids);
          return there;
        };
        await page.goto(from);
        if (moved) {
          await page.waitForURL((u) => u.href !== from, { timeout: 20000 }).catch(() => wrong.push(`${name} stays`));
          continue;
        }
        const there = await text();
        wrong.push(...said.map((line) => `${name}: ${line}`));
        if (name !== '404.html' && await page.evaluate(() => getComputedStyle(document.body).marginTop) !== '0px') wrong.push(`${name}: no style sheet`);
        for (const { href, url, words } of there.links) {
          if (!url.startsWith('file:')) continue;
          const target = url.replace(/[?#].*/, '');
          links.push({ name, href, words, target, place: decodeURIComponent(url.split('#')[1] ?? '') });
          if (!target.startsWith(root)) wrong.push(`${name}: "${words}" (${href}) leaves the folder`);
          else if (!fs.statSync(fileURLToPath(target), { throwIfNoEntry: false })?.isFile()) wrong.push(`${name}: "${words}" (${href}): no such file`);
          else if (target.endsWith('.html') && !seen.has(target)) { seen.add(target); queue.push(target); }
        }
      }
      await page.close();
      for (const { name, href, words, target, place } of links) {
        if (place && ids.has(target) && !ids.get(target).includes(place)) wrong.push(`${name}: "${words}" (${href}): no such place`);
      }
      if (seen.size < 10) wrong.push(`only ${seen.size} pages were reached`);
      return wrong;
    });
  }
}
