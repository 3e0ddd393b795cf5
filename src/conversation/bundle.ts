/** The bundle: what waited out a person's quiet time, drawn from what of it is still true. */
import { bundleCard, type WaitedLine } from '../../cards/bundle.ts';
import { LINES } from '../../cards/answers.ts';
import { clean } from '../../cards/clean.ts';
import { pageOf, type Wanted } from '../../cards/pages.ts';
import { momentText } from '../../cards/times.ts';
import { STATE } from '../../cards/vocabulary.ts';
import { inLanguage, type Text, type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Drawn } from '../delivery/delivery.ts';
import type { View } from '../delivery/owe.ts';
import { nameOf, type Person } from '../directory/people.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import { openStep } from '../workflow/workflow.ts';
import { readRequest, type Request } from '../filing/store.ts';

/** Draws one of the messages in it, as it would be sent now; null when it is no longer true. */
type DrawOne = (view: View) => Promise<Drawn | null>;

/** A message of the bundle that is still true. */
type Waited = { readonly id: string; readonly view: View; readonly drawn: Drawn };

/**
 * One card for all that is still true, what waits for the reader first; when only one thing is left, that itself; null when
 * nothing is. `bundle` is its number.
 */
export async function drawBundle(
  tx: Tx,
  { bundle, ...wanted }: Wanted & { readonly bundle: number },
  reader: Person,
  at: Hearing,
  draw: DrawOne,
): Promise<Drawn | null> {
  const rows = await rowsOf(tx, bundle, reader.id);
  const waited = await stillTrue(rows, at, draw);
  const [only, another] = waited;
  if (!only || !another) return only?.drawn ?? null;
  const lines: Line[] = [];
  for (const each of waited) lines.push(await lineOf(tx, each, reader, at));
  const sorted = lines.toSorted((a, b) => Number(b.toDo) - Number(a.toDo));
  const page = pageOf(wanted, lines.length, LINES);
  const card = bundleCard({
    since: sinceText(rows[0]?.created_at ?? at.now.toInstant(), at),
    lines: sorted.slice(page.first, page.first + LINES),
    toDo: lines.filter((line) => line.toDo).length,
    ...page,
    list: `bundle:${bundle}`,
  });
  return { send: { card }, language: reader.language };
}

const rowsOf = (tx: Tx, bundle: number, person: number) =>
  tx
    .selectFrom('delivery')
    .select(['id', 'view', 'not_after', 'created_at'])
    .where('bundle', '=', bundle)
    .where('person_id', '=', person)
    .orderBy('seq')
    .execute();

/** Without what is over, and each request once: of two messages about it the one that asks something of the reader. */
async function stillTrue(
  rows: Awaited<ReturnType<typeof rowsOf>>,
  at: Hearing,
  draw: DrawOne,
): Promise<readonly Waited[]> {
  const now = at.now.toInstant();
  const kept = new Map<string, Waited>();
  for (const { id, view, not_after } of rows) {
    if (not_after && Temporal.Instant.compare(not_after, now) < 0) continue;
    const drawn = await draw(view);
    if (!drawn || 'replace' in drawn) continue;
    const about = drawn.subject ?? id;
    if (kept.get(about)?.view['waits'] !== true) kept.set(about, { id, view, drawn });
  }
  return [...kept.values()];
}

type Line = WaitedLine & { readonly toDo: boolean };

async function lineOf(
  tx: Tx,
  { id, view, drawn }: Waited,
  reader: Person,
  at: Hearing,
): Promise<Line> {
  const request =
    view.view === 'request' && typeof view['request'] === 'number'
      ? await readRequest(tx, view['request'])
      : undefined;
  if (request) return requestLine(tx, request, reader, view['waits'] === true, at);
  const send = 'replace' in drawn ? { text: NOTHING } : drawn.send;
  const opens = { v: 1, a: 'waited', t: id } as const;
  if (!('card' in send)) {
    if ('text' in send) return { what: short(send.text), why: NOTHING, more: NOTHING, toDo: false };
    return { what: short(send.file.name), why: NOTHING, more: NOTHING, toDo: false, opens };
  }
  const { title, preview } = send.card;
  return { what: short(title), why: NOTHING, more: short(preview), toDo: false, opens };
}

const NOTHING = words('', '');

/** The longest a notice may be in a list; the rest can be asked for. */
const LONGEST = 200;

const short = (text: Text): Words =>
  words(clean(inLanguage(text, 'zh'), LONGEST), clean(inLanguage(text, 'en'), LONGEST));

async function requestLine(
  tx: Tx,
  request: Request,
  reader: Person,
  waits: boolean,
  at: Hearing,
): Promise<Line> {
  const kind = kindNamed(request.kind);
  const who = await nameOf(tx, request.requester_id);
  const by = request.requester_id === reader.id ? '' : `${who} · `;
  const summary = kind.summary(request.form, at);
  return {
    what: words(request.number, request.number),
    why: words(
      `${kind.title.zh} · ${waits ? dutyText(request).zh : STATE[request.state].name.zh}`,
      `${kind.title.en} · ${waits ? dutyText(request).en : STATE[request.state].name.en}`,
    ),
    more: words(`${by}${summary.zh}`, `${by}${summary.en}`),
    opens: { v: 1, a: 'below', r: request.id },
    toDo: waits,
  };
}

const dutyText = (request: Request): Words =>
  openStep(request.workflow)?.sort === 'approval'
    ? words('等您审批', 'for you to decide')
    : words('等您处理', 'for you to do');

/** 「昨晚」 in the morning after; else since when exactly. */
function sinceText(since: Temporal.Instant, at: Hearing): Words {
  const { now } = at;
  const began = since.toZonedDateTimeISO(now.timeZoneId);
  const evening = began.hour >= 17 || began.hour < 6;
  const hours = now.since(began).total('hours');
  return evening && hours < 16 ? words('昨晚', 'last night') : momentText(since, at);
}
