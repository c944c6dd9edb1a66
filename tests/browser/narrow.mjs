// Nothing scrolls sideways but tables in their own boxes.
import { address, longWords, look, oneOfEach, open } from './lib.mjs';

export default async function ({ check, browser, sites }) {
  for (const site of [...sites, longWords]) {
    await check(`${site.name}: no sideways scroll at 320 px on any page`, async () =>
      [...await look(browser, site)].filter(([, page]) => page.wide > 0)
        .map(([name, page]) => `${name}: ${page.wide} px too wide: ${page.wideElements.slice(0, 3).join(' … ')}`));
    await check(`${site.name}: tables scroll in their own named boxes at 320 px`, async () => {
      const wrong = [];
      for (const [name, page] of await look(browser, site)) for (const { at, box } of page.tables) {
        const say = (what) => wrong.push(`${name}: ${what}: ${at}`);
        if (!box) say('a table without a box that takes the focus');
        else {
          if (!/auto|scroll/.test(box.overflow)) say(`the box of the table has overflow ${box.overflow}`);
          if (box.role !== 'region' || !box.name || box.name.includes('?')) say(`the box of the table is ${box.role} "${box.name}"`);
          if (!box.reaches) say('the box of the table leaves the window');
          if (box.more && !box.scrolls) say('the box of the table does not scroll');
        }
      }
      return wrong;
    });
    await check(`${site.name}: one page of each kind at other widths, and at 320 px with letters twice as large`, async () => {
      const wrong = [];
      const page = await open(browser);
      for (const { page: name } of oneOfEach(site)) {
        await page.goto(address(site, name));
        const wide = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        for (const width of [360, 500, 639, 640, 831, 832, 1024, 1183, 1184, 1280, 1920]) {
          await page.setViewportSize({ width, height: 900 });
          if (await wide() > 0) wrong.push(`${name}: ${await wide()} px too wide at ${width}`);
        }
        await page.setViewportSize({ width: 320, height: 800 });
        await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
        if (await wide() > 0) wrong.push(`${name}: ${await wide()} px too wide at 320 with letters twice as large`);
      }
      await page.close();
      return wrong;
    });
  }
  await check('a long word in a table stays whole: no column of letters at 320 px', async () => {
    const wrong = [];
    const page = await open(browser, { viewport: { width: 320, height: 800 } });
    for (const { page: name } of oneOfEach(longWords)) {
      await page.goto(address(longWords, name));
      wrong.push(...await page.$$eval('td, th', (cells, name) => cells.filter((cell) => {
        const word = document.createRange(), text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        while (text.nextNode()) {
          const at = text.currentNode.data.search(/\p{L}{5,}/u), end = at + text.currentNode.data.slice(at).match(/^\p{L}*/u)[0].length;
          if (at < 0) continue;
          word.setStart(text.currentNode, at);
          word.setEnd(text.currentNode, end);
          if (word.getClientRects().length > 1) return true;
        }
        return false;
      }).map((cell) => `${name}: ${cell.textContent.slice(0, 60)}`), name));
    }
    await page.close();
    return wrong;
  });
}
