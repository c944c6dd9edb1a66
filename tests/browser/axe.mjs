// axe-core, every rule with those of good practice and those still on trial, on one page of each kind:
// light and dark, at 320 and 1280 px.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { address, each, oneOfEach, open } from './lib.mjs';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice', 'experimental'];

export default async function ({ check, browser, sites }) {
  for (const site of sites) for (const width of [320, 1280]) for (const colorScheme of ['light', 'dark']) {
    const kinds = oneOfEach(site);
    await check(`${site.name}: ${kinds.length} kinds of page, ${width} px, ${colorScheme}`, async () => {
      const wrong = [], spare = [];
      await each(kinds, async ({ page: name }) => {
        const page = spare.pop() ?? await open(browser, { viewport: { width, height: 900 }, colorScheme });
        await page.goto(address(site, name));
        // Playwright evaluates through the debugger, which the policy does not stop.
        await page.evaluate(axe);
        const found = await page.evaluate(async ([values, reasons]) => {
          const { violations } = await window.axe.run(document, { runOnly: { type: 'tag', values } });
          // Axe measures no contrast where a box hides the rest of its table, nor before the shade that says so.
          const sheet = document.styleSheets[0];
          sheet?.insertRule('.table { background: none !important; overflow: visible !important; }', sheet.cssRules.length);
          const contrast = await window.axe.run(document, { runOnly: ['color-contrast'] });
          const unsure = contrast.incomplete.map((v) => ({ ...v, nodes: v.nodes.filter((n) => reasons.includes(n.any[0]?.data?.messageKey)) }));
          return { violations: [...violations.filter((v) => v.id !== 'color-contrast'), ...contrast.violations], unsure };
        }, [tags, ['bgGradient', 'bgImage', 'pseudoContent', 'colorParse', 'complexTextShadows', 'fgAlpha']]);
        // Nor on a drawing, whose letters stand on the paper.
        const pale = await page.evaluate(() => {
          const light = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map((c) => c / 255)
            .map((c) => (c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
          const paper = light(getComputedStyle(document.body).backgroundColor);
          return Array.from(document.querySelectorAll('.near svg text'), (t) => [t.textContent, light(getComputedStyle(t).fill)])
            .map(([words, ink]) => [words, (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05)]).filter(([, ratio]) => ratio < 4.5);
        });
        wrong.push(...pale.map(([words, ratio]) => `${name}: contrast ${ratio.toFixed(1)} in the drawing: ${words}`));
        spare.push(page);
        const tell = (v, how) => v.nodes.slice(0, 4).map((n) => `${name}: ${how}${v.id} (${v.impact}) ${n.target}: `
          + ((n.any[0] ?? n.all[0] ?? n.none[0])?.message ?? v.help)).concat(v.nodes.length > 4 ? [`${name}: … ${v.nodes.length} in all`] : []);
        wrong.push(...found.violations.flatMap((v) => tell(v, '')), ...found.unsure.flatMap((v) => tell(v, 'not sure: ')));
      });
      for (const page of spare) await page.close();
      return wrong;
    });
  }
}
