/** The text of a file that somebody sent as minutes. Pure; what it reads is hostile until read. */
import { inflatedPart } from '../imports/inflated.ts';

/** Endings that are read. */
const READABLE = /\.(?:txt|md|markdown|docx)$/iu;
/** Larger files are not minutes: of the file, and of the document within a .docx, in bytes. */
const MOST_BYTES = 5 * 1024 * 1024;
const MOST_XML = 8 * 1024 * 1024;

/** Whether a file of this name can be read as minutes. */
export const isReadable = (name: string): boolean => READABLE.test(name);

/** The text of a file; undefined when it is none that can be read, or damaged. */
export function fileText(name: string, bytes: Uint8Array): string | undefined {
  if (!isReadable(name) || bytes.length > MOST_BYTES) return undefined;
  return /\.docx$/iu.test(name) ? documentText(bytes) : plainText(bytes);
}

/** UTF-8, else what Windows in China writes. */
function plainText(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return text;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return undefined;
}

/** The paragraphs of a Word document; the cells of a table's row stand on one line, with bars between. */
function documentText(bytes: Uint8Array): string | undefined {
  const xml = inflatedPart(bytes, 'word/document.xml', MOST_XML);
  if (!xml) return undefined;
  const body = new TextDecoder().decode(xml);
  const lines: string[] = [];
  let line = '';
  let row = 0;
  for (const [, tag = '', text] of body.matchAll(PARTS)) {
    if (text !== undefined) line += unescaped(text);
    else if (/^<w:tr[ >]/u.test(tag)) row += 1;
    else if (/^<w:tab\b/u.test(tag)) line += '\t';
    else if (tag === '</w:tc>') line += ' | ';
    else if (tag === '</w:tr>') row -= 1;
    if ((tag === '</w:p>' || /^<w:br\b/u.test(tag)) && row > 0) line += ' ';
    else if (tag === '</w:p>' || /^<w:br\b/u.test(tag) || (tag === '</w:tr>' && row === 0)) {
      lines.push(line.replace(/[ |]+$/u, ''));
      line = '';
    }
  }
  return [...lines, line].join('\n').trim();
}

/** The tags that shape the text, and the text itself. */
const PARTS =
  /(<w:tr[ >]|<w:tab\b[^>]{0,200}>|<w:br\b[^>]{0,200}>|<\/w:(?:p|tc|tr)>)|<w:t(?:\s[^>]{0,200})?>([^<]*)<\/w:t>/gu;

const SIGNS: { readonly [name: string]: string } = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

const unescaped = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/giu,
    (whole, ten, sixteen, name) => {
      if (typeof name === 'string') return SIGNS[name.toLowerCase()] ?? whole;
      const code = typeof ten === 'string' ? Number(ten) : Number.parseInt(String(sixteen), 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
