// Issue pages stay small: what a host sends before it compresses, search aside.
import { address, each, kindOf, open } from './lib.mjs';

export default async function ({ check, browser, sites }) {
  for (const site of sites) {
    let most = [0, ''], mostAll = [0, ''];
    const issues = site.pages.filter((p) => kindOf(site, p) === 'issue');
    await check(`${site.name}: each of ${issues.length} issue pages under 30 kB, under 60 kB with all it loads`, async () => {
      const wrong = [];
      await each(issues, async (name) => {
        const page = await open(browser);
        const sizes = [];
        page.on('response', (r) => sizes.push(r.body().then((b) => [r.url(), b.length], () => [r.url(), 0])));
        await page.goto(address(site, name), { waitUntil: 'networkidle' });
        const loaded = (await Promise.all(sizes)).filter(([url]) => !url.includes('/pagefind/'));
        await page.close();
        const html = loaded[0][1], all = loaded.reduce((n, [, size]) => n + size, 0);
        if (html > most[0]) most = [html, name];
        if (all > mostAll[0]) mostAll = [all, name];
        if (html >= 30000) wrong.push(`${name}: ${html} bytes of HTML`);
        if (all >= 60000) wrong.push(`${name}: ${all} bytes in all: ${loaded.map(([u, n]) => `${u.replace(/.*\//, '')} ${n}`).join(', ')}`);
      });
      return wrong;
    });
    console.log(`       most: ${most.join(' bytes, ')}; with all: ${mostAll.join(' bytes, ')}`);
  }
}
