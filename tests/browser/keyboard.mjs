// Without a mouse: every control can be reached in the order of the page and shows that it has the focus;
// skip link, dark switch and sorting work.
import { address, largest, listen, oneOfEach, open } from './lib.mjs';

/** Marks the controls in the order of the page and keeps how each looks without the focus. */
function mark() {
  window.lookOf = (e) => {
    const s = getComputedStyle(e);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, s.textDecoration].join(' | ');
  };
  const controls = Array.from(document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]'))
    .filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }));
  window.before = controls.map(window.lookOf);
  window.controls = controls;
  return controls.map((e) => e.outerHTML.slice(0, 80).replace(/\s+/g, ' '));
}

/** What has the focus: its number, and whether a reader sees it and sees that it has the focus. */
function focused() {
  const e = document.activeElement, i = window.controls.indexOf(e);
  if (!e || e === document.body) return { i: -1, body: true };
  const s = getComputedStyle(e), box = e.getClientRects()[0];
  const outlined = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
  const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 2), y = Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 2);
  const top = document.elementFromPoint(x, y);
  return { i, tell: e.outerHTML.slice(0, 80), shown: outlined || window.lookOf(e) !== window.before[i], outlined,
    inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !(top && (e.contains(top) || top.contains(e))) && top?.outerHTML.slice(0, 80),
    bar: !!e.closest('body > header'), y: box.top };
}

export default async function ({ check, browser, sites }) {
  for (const site of sites) {
    for (const width of [1280, 320]) {
      await check(`${site.name}: Tab reaches every control in order, in view, with visible focus, ${width} px`, async () => {
        const wrong = [];
        const page = await open(browser, { viewport: { width, height: 900 } });
        for (const { page: name, kind } of oneOfEach(site)) {
          if (width === 320 && !['home', 'issue', 'actor', 'event', 'index'].includes(kind)) continue;
          await page.goto(address(site, name));
          const controls = await page.evaluate(mark);
          let last = -1, barAt = -Infinity;
          for (let press = 0; press <= controls.length; press += 1) {
            await page.keyboard.press('Tab');
            const now = await page.evaluate(focused);
            if (now.body) break;
            const say = (what) => wrong.push(`${name}: ${what}: ${now.tell}`);
            if (now.i < 0) { say('takes the focus and is no control'); break; }
            if (now.i <= last) break;
            for (let i = last + 1; i < now.i; i += 1) wrong.push(`${name}: Tab passes over ${controls[i]}`);
            if (!now.shown) say('does not show the focus');
            if (!now.inView) say('out of view');
            else if (now.covered) say(`covered by ${now.covered}`);
            if (now.bar && now.i > 0) { if (now.y < barAt - 24) say('the focus jumps up in the head'); barAt = now.y; }
            last = now.i;
          }
          if (last < controls.length - 1) wrong.push(`${name}: Tab ends at control ${last + 1} of ${controls.length}`);
        }
        await page.close();
        return wrong;
      });
    }

    await check(`${site.name}: the skip link comes first and leads past the head`, async () => {
      const wrong = [];
      const page = await open(browser);
      for (const { page: name, kind } of oneOfEach(site)) {
        if (kind === '404') continue;
        await page.goto(address(site, name));
        await page.evaluate(mark);
        await page.keyboard.press('Tab');
        const first = await page.evaluate(focused);
        if (first.i !== 0 || !/href="#/.test(first.tell)) wrong.push(`${name}: first comes ${first.tell}`);
        await page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
        const after = await page.evaluate(() => {
          const e = document.activeElement, main = document.querySelector('main');
          return main.contains(e) || (main.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING) > 0 ? '' : e.outerHTML.slice(0, 80);
        });
        if (after) wrong.push(`${name}: after the skip link comes ${after}`);
      }
      await page.close();
      return wrong;
    });
  }

  const [site] = sites;
  for (const system of ['light', 'dark']) {
    await check(`the dark switch works by key, is remembered, and gives way to the system's ${system} again`, async () => {
      const wrong = [];
      const page = await open(browser, { colorScheme: system });
      const paper = () => page.evaluate(() => {
        const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
        return r + g + b > 384 ? 'light' : 'dark';
      });
      const expect = async (what, when) => { if (await paper() !== what) wrong.push(`${when}: the page is ${await paper()}`); };
      const other = system === 'light' ? 'dark' : 'light';
      await page.goto(address(site, 'index.html'));
      await expect(system, 'at first');
      const button = page.locator('#_theme'), named = await button.textContent();
      await button.focus();
      await page.keyboard.press('Enter');
      await expect(other, 'after Enter');
      if (await button.textContent() === named) wrong.push(`the switch still says "${named}"`);
      await page.goto(address(site, largest(site, 'issue')));
      await expect(other, 'on another page');
      await page.reload();
      await expect(other, 'loaded anew');
      await page.locator('#_theme').focus();
      await page.keyboard.press('Space');
      await expect(system, 'after Space');
      await page.emulateMedia({ colorScheme: other });
      await expect(other, 'when the system changes');
      await page.close();
      return wrong;
    });
  }

  for (const [site, name] of sites.flatMap((s) => [[s, 'issues/index.html'], [s, 'events/index.html'], [s, largest(s, 'event')], [s, largest(s, 'issue')]])) {
    if (!/data-sort/.test(site.read(name))) continue;
    await check(`${site.name}: ${name}: columns sort by key, and say so`, async () => {
      const wrong = [];
      const page = await open(browser);
      listen(page, wrong);
      await page.goto(address(site, name));
      for (const table of await page.locator('table[data-sort]').all()) {
        const order = () => table.evaluate((t) => Array.from(t.querySelectorAll('tbody tr'), (r) => r.textContent.replace(/\s+/g, ' ').trim()));
        const written = await order(), heads = await table.locator('thead th').all();
        for (const [column, head] of heads.entries()) {
          const button = head.locator('button');
          if (!await button.count()) continue;
          const say = (what) => wrong.push(`column ${column + 1}: ${what}`);
          if (await head.getAttribute('scope') !== 'col') say('no scope');
          // The key of each unit: of a date its first day and, where it is another, its last; of a figure its number. A cell
          // of several figures has none.
          const keysOf = () => table.evaluate((t, i) => Array.from(t.querySelectorAll('tbody tr:not(.noted)'), (row) => row.cells[i])
            .map((c) => c.dataset.k ?? (c.matches(':has(time), .num:not(:empty, :has(a, .empty))') ? `none: ${c.textContent}` : '')), column);
          const orders = [], dayOrNumber = /^(\d{4}-\d\d-\d\d(\/\d{4}-\d\d-\d\d)?|-?[\d.]+)$/;
          for (const want of ['ascending', 'descending', null]) {
            await button.press(want === 'descending' ? 'Space' : 'Enter');
            if (await head.getAttribute('aria-sort') !== want) say(`aria-sort is ${await head.getAttribute('aria-sort')}, not ${want}`);
            if (await table.locator('[aria-sort]').count() !== (want ? 1 : 0)) say('another column says it is sorted');
            if (!await button.evaluate((b) => b === document.activeElement)) say('the button loses the focus');
            orders.push(await order());
            const keys = (await keysOf()).filter(Boolean), bare = keys.filter((k) => !dayOrNumber.test(k));
            if (bare.length) say(`dates or figures without a key: ${bare.slice(0, 3)}`);
            const sign = { ascending: 1, descending: -1 }[want] ?? 0;
            const less = (a, b) => (isNaN(a) ? a < b : +a < +b), wrongWay = (a, b) => (sign > 0 ? less(b, a) : less(a, b));
            if (sign && keys.some((k, i) => i && wrongWay(keys[i - 1], k))) say(`not ${want}: ${keys}`);
          }
          const keys = (rows) => [...rows].sort().join('\n');
          if (orders.some((o) => keys(o) !== keys(written))) say('rows are lost');
          if (orders[2].join('\n') !== written.join('\n')) say('the third press does not restore the order');
          // Values rise, then fall; cells without a value stand last both times.
          const values = await table.evaluate((t, i) => Array.from(t.tBodies.length > 1 ? t.tBodies : t.tBodies[0].rows)
            .map((u) => u.rows?.[0] ?? u).filter((row) => !row.matches('.noted')).map((row) => {
            const c = row.cells[i];
            return c.dataset.k ?? (c.querySelector('.empty') ? '' : c.textContent.trim());
          }), column);
          const distinct = new Set(values.filter(Boolean)).size;
          if (distinct > 1 && orders[0].join() === orders[1].join()) say('rising and falling are the same');
        }
        // A note under a row stays with it.
        await heads[0].locator('button').press('Enter');
        await heads[0].locator('button').press('Enter');
        const torn = await table.evaluate((t) => Array.from(t.querySelectorAll('tr.noted')).filter((r) => !r.previousElementSibling).length);
        if (torn) wrong.push('a note stands without its row');
        await heads[0].locator('button').press('Enter');
      }
      await page.close();
      return wrong;
    });
  }
}
