// Lighthouse, as a phone: 100 in all four on home, issue and actor. A busy machine costs points in speed, so
// that a page has eight tries.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import lighthouse from 'lighthouse';
import { address, chromiumArgs, chromiumPath, largest } from './lib.mjs';

const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

export default async function ({ check, sites }) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'lighthouse-'));
  const chromium = spawn(chromiumPath, [...chromiumArgs, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((done) => chromium.once('exit', done));
  try {
    const port = await new Promise((done, fail) => {
      let said = '';
      chromium.stderr.on('data', (data) => { said += data; const m = said.match(/ws:\/\/[^:]+:(\d+)/); if (m) done(Number(m[1])); });
      ended.then(() => fail(new Error(`chromium ended: ${said}`)));
    });
    const [site] = sites;
    for (const kind of ['home', 'issue', 'actor']) {
      const name = largest(site, kind);
      await check(`${site.name}: ${name}: 100 in ${categories.join(', ')}`, async () => {
        let best;
        for (let turn = 0; turn < 8; turn += 1) {
          const { lhr } = await lighthouse(address(site, name), { port, logLevel: 'silent', output: 'json', onlyCategories: categories, formFactor: 'mobile' });
          const lost = categories.filter((c) => lhr.categories[c].score < 1).map((c) => {
            const audits = lhr.categories[c].auditRefs.filter((r) => r.weight && (lhr.audits[r.id].score ?? 1) < (c === 'performance' ? .99 : 1))
              .map((r) => { const a = lhr.audits[r.id]; return `${a.title} ${a.displayValue ?? ''} ${a.explanation ?? ''} ${JSON.stringify(a.details?.items?.slice(0, 3).map((i) => i.node?.snippet ?? i.description ?? i.source ?? '') ?? '')}`; });
            return `${c} ${Math.round(lhr.categories[c].score * 100)}: ${audits.join('; ')}`;
          });
          if (lhr.runtimeError) lost.push(lhr.runtimeError.message);
          if (!best || lost.length < best.length) best = lost;
          // Only speed wavers.
          if (!best.length || best.some((l) => !l.startsWith('performance'))) break;
        }
        return best;
      });
    }
  } finally {
    chromium.kill();
    await ended;
    // The browser's helpers may still write into its profile; what stays lies in the temporary folder.
    try {
      fs.rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    } catch (error) {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EBUSY') throw error;
    }
  }
}
