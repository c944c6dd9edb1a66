// Every page says what it is: language, title, one h1, landmarks with names of their own.
import { kindOf, look } from './lib.mjs';

export default async function ({ check, browser, sites }) {
  for (const site of sites) {
    await check(`${site.name}: language, title, one h1, landmarks`, async () => {
      const wrong = [], titles = new Map();
      for (const [name, page] of await look(browser, site)) {
        const say = (what) => wrong.push(`${name}: ${what}`);
        if (!/^[a-z]{2,3}(-|$)/.test(page.lang)) say(`lang is "${page.lang}"`);
        if (!page.title.trim()) say('no title');
        if (kindOf(site, name) !== 'redirect') {
          if (titles.has(page.title)) say(`has the title of ${titles.get(page.title)}: ${page.title}`);
          titles.set(page.title, name);
        }
        if (page.h1.length !== 1 || !page.h1[0]) say(`${page.h1.length} h1: ${page.h1.join(' | ')}`);
        if (page.mains !== 1) say(`${page.mains} main`);
        const twice = page.ids.filter((id, i) => page.ids.indexOf(id) !== i);
        if (twice.length) say(`ids that stand twice: ${twice.join(' ')}`);
        if (name === '404.html') continue;
        if (page.banners !== 1) say(`${page.banners} banners`);
        if (page.footers !== 1) say(`${page.footers} contentinfo`);
        if (page.searches !== 1) say(`${page.searches} search landmarks`);
        if (!page.navs.length) say('no navigation');
        for (const names of [page.navs, page.asides]) {
          names.forEach((n, i) => {
            if (!n.trim() || n.startsWith('?')) say(`a landmark without a name (${n})`);
            if (names.indexOf(n) !== i) say(`two landmarks named ${n}`);
          });
        }
      }
      return wrong;
    });
  }
}
