/** 出差安排确认函 as a PDF: what the confirmation on the card says, to be printed or forwarded. */
import { inLanguage, type Language, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { peopleById } from '../directory/people.ts';
import { filed, readRequest } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import { isBooked } from './follow.ts';
import { letterPdf } from './letter-pdf.ts';

const TITLE = words('出差安排确认函', 'Travel confirmation');

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
    pageOf: (page, pages) =>
      say(words(`第 ${page} 页，共 ${pages} 页`, `Page ${page} of ${pages}`)),
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
