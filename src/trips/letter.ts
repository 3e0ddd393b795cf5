/** 出差安排确认函 as a PDF: what the confirmation on the card says, to be printed or forwarded. */
import { fileURLToPath } from 'node:url';
import { clean } from '../../cards/clean.ts';
import { inLanguage, type Language, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { peopleById } from '../directory/people.ts';
import { filed, readRequest } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import { isBooked } from './follow.ts';

/** Noto Sans SC, SIL Open Font License 1.1: may be shipped and embedded. Only the characters that are used go into the file. */
const FONT = fileURLToPath(
  import.meta.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
);

/** What a letter says, line by line. */
type Letter = {
  readonly company: string;
  readonly title: string;
  readonly number: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly issued: string;
  readonly at: Temporal.Instant;
};

const TITLE = words('出差安排确认函', 'Travel confirmation');
/** The longest text a letter holds of one fact. */
const LONGEST = 1_000;

/** The letter of a booked journey for its traveller or a companion who comes along; undefined for others, and while nothing is booked. */
export async function drawLetter(
  tx: Tx,
  id: number,
  person: number,
  company: string,
  language: Language,
  at: Hearing,
): Promise<{ readonly name: string; readonly bytes: Uint8Array } | undefined> {
  const request = await readRequest(tx, id);
  if (!request || !isBooked(request)) return undefined;
  if (request.requester_id !== person && !(await comesAlong(tx, id, person))) return undefined;
  const kind = kindNamed(request.kind);
  const say = (text: Parameters<typeof inLanguage>[0]): string => inLanguage(text, language);
  const traveller = (await peopleById(tx, [request.requester_id])).get(request.requester_id);
  const table = kind.table(request.form);
  const legs = table?.block === 'table' ? table.rows : [];
  const booked = kind.extra(filed(request), at);
  const bytes = await letterPdf({
    company,
    title: say(TITLE),
    number: request.number,
    facts: [
      {
        label: say(words('出差人', 'Traveller')),
        value: [traveller?.name, traveller?.department].filter(Boolean).join(' · '),
      },
      ...kind
        .facts(request.form, at)
        .filter(({ field }) => field !== undefined && TOLD.includes(field))
        .map(({ label, value }) => ({ label: say(label), value: say(value) })),
      ...legs.map((row, index) => ({
        label: say(words(`第 ${index + 1} 段`, `Leg ${index + 1}`)),
        value: [row['date'], row['way'], row['by']].map((each) => say(each ?? '')).join('  '),
      })),
      ...booked.flatMap((block) =>
        block.block === 'facts'
          ? block.facts.map(({ label, value }) => ({ label: say(label), value: say(value) }))
          : [],
      ),
    ],
    issued: at.now.toPlainDate().toString(),
    at: at.now.toInstant(),
  });
  return { name: `${TITLE.zh}-${request.number}.pdf`, bytes };
}

/** What of the form stands in the letter; what it costs does not. */
const TOLD = ['to', 'days', 'from', 'transport', 'seat', 'purpose', 'companions'];

async function comesAlong(tx: Tx, request: number, person: number): Promise<boolean> {
  const row = await tx
    .selectFrom('companion')
    .select('person_id')
    .where('request_id', '=', request)
    .where('person_id', '=', person)
    .where('state', '=', 'confirmed')
    .executeTakeFirst();
  return row !== undefined;
}

/** Points of the page, A4. */
const MARGIN = 64;
const LABEL_WIDTH = 96;

/** One A4 letter, some 100 ms of work. The library comes with the first letter: no start and no command waits for it. */
async function letterPdf({
  company,
  title,
  number,
  facts,
  issued,
  at,
}: Letter): Promise<Uint8Array> {
  const { default: PDFDocument } = await import('pdfkit');
  const page = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
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
  page.font(FONT);
  page.fontSize(11).fillColor('#666').text(clean(company, LONGEST));
  page.moveDown(0.5).fontSize(20).fillColor('#000').text(title);
  page.fontSize(11).fillColor('#666').text(number);
  page.moveDown(1).fillColor('#000');
  const width = page.page.width - 2 * MARGIN - LABEL_WIDTH;
  for (const { label, value } of facts) {
    const said = clean(value, LONGEST, 'many');
    if (page.y + page.heightOfString(said, { width }) > page.page.height - MARGIN) page.addPage();
    const { y } = page;
    page.fillColor('#666').text(label, MARGIN, y, { width: LABEL_WIDTH - 12 });
    page.fillColor('#000').text(said, MARGIN + LABEL_WIDTH, y, { width });
    page.moveDown(0.4);
  }
  page.moveDown(1).fillColor('#666').text(`${company}  ${issued}`, MARGIN);
  page.end();
  return whole;
}
