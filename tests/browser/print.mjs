// On paper: black on white whatever the screen shows, notes and stamp, no navigation. Read from the PDF itself.
import zlib from 'node:zlib';
import { address, largest, open } from './lib.mjs';

/** Text and the colours of text in a PDF that chromium wrote. */
function readPdf(bytes) {
  const file = bytes.toString('latin1'), objects = new Map();
  for (const [, number, body] of file.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(number, body);
  const unpack = (body) => {
    const at = body.indexOf('stream\n');
    if (at < 0) return '';
    const data = Buffer.from(body.slice(at + 7, body.lastIndexOf('\nendstream')), 'latin1');
    return /FlateDecode/.test(body.slice(0, at)) ? zlib.inflateSync(data).toString('latin1') : data.toString('latin1');
  };
  const letters = (hex) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  const fonts = new Map();
  for (const [number, body] of objects) {
    const cmap = body.match(/\/ToUnicode (\d+) 0 R/)?.[1];
    if (!cmap) continue;
    const map = new Map(), text = unpack(objects.get(cmap));
    for (const [, block] of text.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
      for (const [, from, to] of block.matchAll(/<(\w+)> <(\w+)>/g)) map.set(parseInt(from, 16), letters(to));
    }
    for (const [, block] of text.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
      for (const [, from, to, start] of block.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
        for (let i = parseInt(from, 16); i <= parseInt(to, 16); i += 1) {
          map.set(i, letters((parseInt(start, 16) + i - parseInt(from, 16)).toString(16).padStart(start.length, '0')));
        }
      }
    }
    fonts.set(number, map);
  }
  let text = '', pages = 0;
  const inks = new Map(), fills = [];
  for (const [, body] of objects) if (/\/Type \/Page\b/.test(body)) {
    pages += 1;
    const content = unpack(objects.get(body.match(/\/Contents (\d+)/)[1]));
    let font, ink = '0 0 0';
    const stack = [];
    for (const [op, name, array, single, rgb, save] of content.matchAll(/\/F(\d+) [\d.]+ Tf|\[([^\]]*)\] TJ|<(\w+)> Tj|([\d.]+ [\d.]+ [\d.]+) rg|\b(q|Q|BT|ET)\b|\bf\b/g)) {
      if (name) font = fonts.get(name);
      else if (rgb) ink = rgb;
      else if (save === 'q') stack.push(ink);
      else if (save === 'Q') ink = stack.pop() ?? ink;
      else if (save) text += ' ';
      else if (array ?? single) {
        const hex = single ?? [...array.matchAll(/<(\w+)>/g)].map((m) => m[1]).join('');
        const words = (hex.match(/.{4}/g) ?? []).map((code) => font?.get(parseInt(code, 16)) ?? '').join('');
        text += words;
        if (words.trim()) inks.set(ink, (inks.get(ink) ?? '') + words);
      } else if (op === 'f') fills.push(ink);
    }
  }
  const light = (rgb) => { const [r, g, b] = rgb.split(' ').map(Number); return .2126 * r + .7152 * g + .0722 * b; };
  return { text: text.replace(/\s+/g, ''), pages, inks, fills, light };
}

export default async function ({ check, browser, sites }) {
  for (const site of sites) for (const kind of ['issue', 'event', 'actor', 'document']) {
    const name = largest(site, kind);
    await check(`${site.name}: ${name} as PDF, from a dark screen`, async () => {
      const wrong = [];
      const page = await open(browser, { colorScheme: 'dark' });
      await page.goto(address(site, name));
      await page.evaluate(() => { document.documentElement.dataset.theme = 'dark'; });
      const bytes = await page.pdf({ format: 'A4', printBackground: true, preferCSSPageSize: true });
      const pdf = readPdf(bytes);
      const flat = (text) => text.replace(/\s+/g, '');
      const words = await page.evaluate(() => {
        const all = (s) => Array.from(document.querySelectorAll(s), (e) => e.textContent);
        return { must: [...all('h1'), ...all('.notes li > :not(.back)').slice(0, 5), ...all('main h2:not(nav h2)'), ...all('main :is(th, td)')],
          not: [...all('.skip'), ...all('#_theme'), ...all('.edit'), ...all('form button')],
          nav: all('.bar nav li').join(''), canonical: document.querySelector('link[rel=canonical]')?.href,
          stamp: document.querySelector('body > footer time').textContent,
          outside: Array.from(document.querySelectorAll('main .notes a[href^=http]'), (a) => a.getAttribute('href'))[0] };
      });
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const paper = await page.evaluate(() => [document.documentElement, document.body].map((e) => getComputedStyle(e).backgroundColor));
      // Wider than A4 between its margins: chromium then shrinks every letter of the print, and cuts what is left over.
      const sideways = await page.evaluate(() => {
        document.body.style.width = '166mm';
        return Array.from(document.querySelectorAll('.table')).filter((t) => t.scrollWidth > t.clientWidth + 1)
          .map((t) => `${t.getAttribute('aria-labelledby')} by ${t.scrollWidth - t.clientWidth} px`);
      });
      await page.close();
      if (pdf.pages < 1 || pdf.text.length < 300) wrong.push(`the PDF has ${pdf.pages} pages and ${pdf.text.length} letters`);
      for (const must of words.must) if (must.trim() && !pdf.text.includes(flat(must))) wrong.push(`not on paper: "${must.trim().slice(0, 60)}"`);
      for (const not of words.not) if (pdf.text.includes(flat(not))) wrong.push(`on paper: "${not}"`);
      if (words.nav && pdf.text.includes(flat(words.nav))) wrong.push('the navigation is on paper');
      if (!pdf.text.includes(flat(words.stamp))) wrong.push(`no as-of stamp (${words.stamp})`);
      if (words.canonical && !pdf.text.includes(flat(words.canonical))) wrong.push('the address of the page is not on paper');
      if (words.outside && !pdf.text.includes(flat(words.outside).replace(/^https?:../, ''))) wrong.push(`the address of a link is not on paper: ${words.outside}`);
      for (const [ink, said] of pdf.inks) if (pdf.light(ink) > 0.35) wrong.push(`letters in pale ink ${ink}: "${said.slice(0, 60)}"`);
      for (const colour of paper) if (!['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].includes(colour)) wrong.push(`the paper is ${colour}`);
      for (const table of sideways) wrong.push(`a table runs over the edge of the paper: ${table}`);
      return wrong;
    });
  }
}
