// With script off every page is complete: the same text and the same links, nothing hidden.
import { address, each, open } from './lib.mjs';

function content() {
  const main = document.querySelector('main'), words = (text) => text.replace(/\s+/g, ' ').trim();
  // Written words and shown words: what a style hides until a script comes would be missing in the second.
  return { text: words(main.textContent), shown: words(main.innerText),
    links: Array.from(document.querySelectorAll('a[href]'), (a) => a.href) };
}
const differs = (a, b) => {
  let i = 0;
  while (a[i] === b[i]) i += 1;
  return `"${a.slice(Math.max(0, i - 30), i + 30)}" against "${b.slice(Math.max(0, i - 30), i + 30)}"`;
};

export default async function ({ check, browser, sites }) {
  for (const site of sites) {
    await check(`${site.name}: ${site.pages.length} pages are as complete without script as with it`, async () => {
      const wrong = [], pairs = [];
      await each(site.pages, async (name) => {
        const [on, off] = pairs.pop() ?? [await open(browser), await open(browser, { javaScriptEnabled: false })];
        const there = [];
        for (const page of [on, off]) {
          await page.goto(address(site, name));
          there.push(await page.evaluate(content));
        }
        const [with_, without] = there;
        if (with_.text !== without.text) wrong.push(`${name}: text with script ${differs(with_.text, without.text)}`);
        if (with_.shown !== without.shown) wrong.push(`${name}: shown with script ${differs(with_.shown, without.shown)}`);
        const lost = with_.links.filter((l) => !without.links.includes(l));
        if (lost.length) wrong.push(`${name}: links that only script makes: ${lost.join(' ')}`);
        pairs.push([on, off]);
      });
      for (const page of pairs.flat()) await page.close();
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
      await page.waitForLoadState();
      if (!page.url().includes('a-z.html')) wrong.push(`the form leads to ${page.url()}`);
      if (await page.locator('main li a').count() < 10) wrong.push('fewer than ten names there');
      await page.close();
      return wrong;
    });
  }
}
