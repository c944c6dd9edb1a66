// Runs the checks that are named: node run.mjs axe keyboard …  (started by run.sh, which builds the sites)
import { launch, serve, sites } from './lib.mjs';

const most = 40;   // lines told of one check
let passed = 0, failed = 0;
const server = await serve();
const browser = await launch();
for (const area of process.argv.slice(2)) {
  /** One check: `find` gives a list of what is wrong; an empty list is a pass. */
  const check = async (name, find) => {
    const start = Date.now();
    let wrong;
    try { wrong = await find(); } catch (e) { wrong = [String(e.stack ?? e)]; }
    const time = `${((Date.now() - start) / 1000).toFixed(1)} s`;
    console.log(`${wrong.length ? 'FAIL' : 'ok  '} ${area}: ${name} (${time})`);
    for (const line of wrong.slice(0, most)) console.log(`       ${line}`);
    if (wrong.length > most) console.log(`       and ${wrong.length - most} more`);
    if (wrong.length) failed += 1; else passed += 1;
  };
  const { default: run } = await import(`./${area}.mjs`);
  await run({ check, browser, sites, origin: server.origin });
}
await browser.close();
server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
