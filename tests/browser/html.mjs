// html-validate finds no error on any page.
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const config = {
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Ids that the program makes begin with "_", so that none meets one made of a heading. HTML allows any id
    // without a space; the rule's stricter default is for old selectors.
    'valid-id': ['error', { relaxed: true }],
    // The box in which a wide table scrolls is a named region, that the keyboard may reach it, and no section
    // of the text.
    'prefer-native-element': ['error', { exclude: ['region'] }],
    // Advice to those who sell, not an error: titles are the writers', and the site's name comes last.
    'long-title': 'off',
  },
};

export default async function ({ check, sites }) {
  const validator = new HtmlValidate(new StaticConfigLoader(config));
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
