// html-validate finds no error on any page. .htmlvalidate.json says which rules are off, and why.
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import fs from 'node:fs';

const config = JSON.parse(fs.readFileSync(new URL('htmlvalidate.json', import.meta.url), 'utf8'));
delete config.$comment;

export default async function ({ check, sites }) {
  const validator = new HtmlValidate(new FileSystemConfigLoader({ root: true, ...config }));
  for (const site of sites) {
    await check(`${site.name}: html-validate finds nothing on ${site.pages.length} pages`, async () => {
      const wrong = [];
      for (const name of site.pages) {
        const report = await validator.validateString(site.read(name), name);
        for (const { messages } of report.results) for (const m of messages) {
          wrong.push(`${name}:${m.line}:${m.column} ${m.ruleId}: ${m.message} ${m.selector ?? ''}`);
        }
      }
      return wrong;
    });
  }
}
