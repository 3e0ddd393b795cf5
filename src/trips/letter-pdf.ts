/** How a letter is laid out on A4: facts in two columns, as many pages as they need. */
import { fileURLToPath } from 'node:url';
import { clean } from '../../cards/clean.ts';

/** Noto Sans SC, SIL Open Font License 1.1: may be shipped and embedded. Only the characters that are used go into the file. */
const FONT = fileURLToPath(
  import.meta.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
);

/** What a letter says, line by line; `issued`: the day, as it is printed. */
export type Letter = {
  readonly company: string;
  readonly title: string;
  readonly number: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly issued: string;
  readonly at: Temporal.Instant;
  /** What stands below each page when there are several; both count from 1. */
  readonly pageOf: (page: number, pages: number) => string;
};

/** The longest text a letter holds of one fact: less than a page. */
const LONGEST = 1_000;

/** Points of the page, A4. */
const MARGIN = 64;
const LABEL_WIDTH = 96;
const GAP = 12;
/** Between two facts. */
const LEADING = 7;
/** How far below the text the page is counted. */
const FOOT = 24;

/** One letter, some 100 ms of work. The library comes with the first letter: no start and no command waits for it. */
export async function letterPdf(letter: Letter): Promise<Uint8Array> {
  const { company, title, number, facts, issued, at, pageOf } = letter;
  const { default: PDFDocument } = await import('pdfkit');
  const page = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    info: {
      Title: `${title} ${number}`,
      Author: company,
      CreationDate: new Date(at.epochMilliseconds),
    },
  });
  const parts: Uint8Array[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    page.on('data', (part: Uint8Array) => parts.push(part));
    page.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
    page.on('error', reject);
  });
  const { width, height } = page.page;
  const bottom = height - MARGIN;
  const [narrow, wide] = [
    { width: LABEL_WIDTH - GAP },
    { width: width - 2 * MARGIN - LABEL_WIDTH },
  ];
  page.font(FONT);
  page.fontSize(11).fillColor('#666').text(clean(company, LONGEST));
  page.moveDown(0.5).fontSize(20).fillColor('#000').text(title);
  page.fontSize(11).fillColor('#666').text(number);
  page.moveDown(1);
  for (const { label, value } of facts) {
    const said = clean(value, LONGEST, 'many');
    // A long label takes several lines as well: what comes next stands below both.
    const tall = Math.max(page.heightOfString(said, wide), page.heightOfString(label, narrow));
    if (page.y + tall > bottom) page.addPage();
    const { y } = page;
    page.fillColor('#666').text(label, MARGIN, y, narrow);
    page.fillColor('#000').text(said, MARGIN + LABEL_WIDTH, y, wide);
    page.y = y + tall + LEADING;
  }
  page.moveDown(1).fillColor('#666').text(`${company}  ${issued}`, MARGIN);
  const { count } = page.bufferedPageRange();
  for (let index = 0; count > 1 && index < count; index++) {
    page.switchToPage(index);
    // Written below the margin, which would otherwise begin another page.
    page.page.margins.bottom = 0;
    page.fontSize(9).text(`${number}  ${pageOf(index + 1, count)}`, MARGIN, bottom + FOOT);
  }
  page.end();
  return whole;
}
