// Pictures of the briefing: SITES=DIR node screenshots.mjs FOLDER, after SITES=DIR ./run.sh html has built the sites in DIR.
// home, issue, actor and an event with readouts, at 360 and 1280 px, light and dark, each whole; and
// screenshot.png, the top of an issue page, for the README (at most 200 kB).
import fs from 'node:fs';
import path from 'node:path';
import { address, kindOf, largest, launch, open, serve, sites } from './lib.mjs';

const folder = process.argv[2];
if (!folder) { console.error('Name a folder for the pictures.'); process.exit(2); }
fs.mkdirSync(folder, { recursive: true });

const [site] = sites;
const readouts = site.pages.find((p) => kindOf(site, p) === 'event' && site.read(p).includes('id="_readouts"'));
const shown = { home: 'index.html', issue: largest(site, 'issue'), actor: largest(site, 'actor'), event: readouts };
const readme = site.pages.includes('issues/ceasefire-terms.html') ? 'issues/ceasefire-terms.html' : shown.issue;
const server = await serve();
const browser = await launch();
const say = (file) => console.log(`${file} ${Math.ceil(fs.statSync(file).size / 1000)} kB`);
let failed = !readouts;
if (!readouts) console.error('No event has readouts.');
for (const width of [360, 1280]) for (const colorScheme of ['light', 'dark']) {
  const page = await open(browser, { viewport: { width, height: 900 }, colorScheme });
  for (const [name, at] of Object.entries(shown)) {
    if (!at) continue;
    const file = path.join(folder, `${name}-${width}-${colorScheme}.png`);
    await page.goto(address(site, at));
    await page.screenshot({ path: file, fullPage: true });
    say(file);
  }
  await page.close();
}
const page = await open(browser);
await page.goto(address(site, readme));
const file = path.join(folder, 'screenshot.png');
await page.screenshot({ path: file });
say(file);
if (fs.statSync(file).size > 200000) { console.error(`${file} has more than 200 kB.`); failed = true; }
await browser.close();
server.close();
process.exit(failed ? 1 : 0);
