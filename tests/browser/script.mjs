// With script off every page is complete: the same text and the same links, nothing hidden.
import { address, each, inspect, look, open } from './lib.mjs';

const differs = (a, b) => {
  let i = 0;
  while (a[i] === b[i]) i += 1;
  return `with script: "${a.slice(Math.max(0, i - 30), i + 30)}", without: "${b.slice(Math.max(0, i - 30), i + 30)}"`;
};

export default async function ({ check, browser, sites }) {
  for (const site of sites) {
    await check(`${site.name}: ${site.pages.length} pages are as complete without script as with it`, async () => {
      const wrong = [], spare = [];
      const withScript = await look(browser, site);
      await each(site.pages, async (name) => {
        const page = spare.pop() ?? await open(browser, { javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
        await page.goto(address(site, name));
        const off = await page.evaluate(inspect), on = withScript.get(name);
        spare.push(page);
        if (on.text !== off.text) wrong.push(`${name}: text differs, ${differs(on.text, off.text)}`);
        if (on.shown !== off.shown) wrong.push(`${name}: what is shown differs, ${differs(on.shown, off.shown)}`);
        const lost = on.links.filter((l) => !off.links.some((o) => o.url === l.url));
        if (lost.length) wrong.push(`${name}: links that only script makes: ${lost.map((l) => l.href).join(' ')}`);
      });
      for (const page of spare) await page.close();
      return wrong;
    });
    await check(`${site.name}: without script no dead control, and the form of the head leads to all names`, async () => {
      const wrong = [];
      const page = await open(browser, { javaScriptEnabled: false });
      for (const name of ['index.html', 'issues/index.html']) {
        await page.goto(address(site, name));
        const dead = await page.$$eval('button', (list) => list.filter((b) => b.checkVisibility() && !(b.form && b.type === 'submit')).map((b) => b.outerHTML));
        wrong.push(...dead.map((b) => `${name}: ${b} does nothing`));
      }
      await page.getByRole('searchbox').fill('a');
      await page.getByRole('searchbox').press('Enter');
      await page.waitForURL('**/a-z.html*', { timeout: 20000 }).catch(() => wrong.push(`the form leads to ${page.url()}`));
      if (await page.locator('main li a').count() < 10) wrong.push('fewer than ten names there');
      await page.close();
      return wrong;
    });
  }
}
