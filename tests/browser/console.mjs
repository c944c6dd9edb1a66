// The console stays empty, under a policy that allows only what comes from the site itself.
import { look } from './lib.mjs';

export default async function ({ check, browser, sites }) {
  for (const site of sites) {
    await check(`${site.name}: ${site.pages.length} pages say nothing and load only from the site`, async () =>
      [...await look(browser, site)].flatMap(([name, page]) => page.said.map((line) => `${name}: ${line}`)));
    await check(`${site.name}: no inline style but in 404.html`, async () =>
      [...await look(browser, site)].filter(([name]) => name !== '404.html')
        .flatMap(([name, page]) => page.styles.map((at) => `${name}: ${at}`)));
  }
}
