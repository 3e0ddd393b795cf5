import type { Answers, Card, Fact } from '../../cards/card.ts';
import { rectificationCard, roundCard } from '../../cards/round.ts';
import {
  ROUND_LINES,
  roundListCard,
  type RoundListLine,
  yearCard,
} from '../../cards/round-lists.ts';
import { pageOf, type Wanted } from '../../cards/pages.ts';
import { dayText, momentText } from '../../cards/times.ts';
import { voiceName } from '../../cards/vocabulary.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { readOrganisation } from '../directory/organisation.ts';
import { peopleById, type Person } from '../directory/people.ts';
import type { Hearing } from '../requests/fields.ts';
import type { Rules } from '../settings/rules.ts';
import { mayTakeBack } from '../undo/deeds.ts';
import { roundNamed } from './index.ts';
import { actsFor, isOfOffice, ownersOf } from './owners.ts';
import { daysOf, nextOf, plannedBy } from './plan.ts';
import {
  meanOfMonth,
  readRound,
  type Rectification,
  rectificationsOf,
  type Round,
} from './store.ts';
import { itemOf, recurrenceText, titleOf } from './texts.ts';
import { ticketsOf } from './ticket.ts';

/** How it is shown: with what was filled in a moment ago, and a remark about what just happened. */
export type RoundLook = { readonly answers?: Answers; readonly remark?: Words };

/** The card of an occurrence as one person sees it now; undefined for who has no role in the office. */
export async function drawRound(
  tx: Tx,
  round: Round,
  viewer: number,
  rules: Rules,
  at: Hearing,
  look: RoundLook = {},
): Promise<Card | undefined> {
  const now = at.now.toInstant();
  const org = await readOrganisation(tx, rules.roles, now);
  const acts = actsFor(viewer, round.owner, org);
  if (!acts && !isOfOffice(viewer, org)) return undefined;
  const people = await peopleById(
    tx,
    [round.claimed_by, round.done_by].flatMap((id) => id ?? []),
  );
  const name = (id: number | null): string => (id === null ? '' : (people.get(id)?.name ?? ''));
  const open = round.state === 'open';
  const alone = ownersOf(round.owner, org).length === 1;
  const doing =
    open && acts && (round.claimed_by === viewer || (round.claimed_by === null && alone));
  const items = roundNamed(round.name)?.items ?? [];
  const findings = await rectificationsOf(tx, round.id);
  const tickets = await ticketsOf(tx, round.id);
  const scored = items.some(({ check }) => check === 'score');
  const mean = scored ? await meanOfMonth(tx, round.name, round.date) : undefined;
  return roundCard({
    id: round.id,
    version: round.version,
    title: titleOf(round.name),
    day: dayText(round.date, at.now.toPlainDate()),
    state: round.state,
    late: open && isPast(round.due_at, now),
    owner: voiceName(round.owner),
    due: momentText(round.due_at, at),
    ...(round.claimed_by === null ? {} : { claimedBy: name(round.claimed_by) }),
    ...(round.closed_at
      ? { closed: { by: name(round.done_by), at: momentText(round.closed_at, at) } }
      : {}),
    lines: items.map(({ name: item, title, check }) => {
      const result = round.results[item];
      return { name: item, title, check, ...(result ? { result } : {}) };
    }),
    ...(round.score === null ? {} : { score: round.score }),
    ...(mean ? { mean } : {}),
    findings: [
      ...findings.map(({ item, note, state }) => ({
        item: itemOf(round.name, item),
        note,
        open: state === 'open',
      })),
      ...tickets.map(({ item, number, closed_at: closed }) => ({
        item: itemOf(round.name, item),
        note: `${number} ${round.results[item]?.note ?? ''}`.trim(),
        open: closed === null,
      })),
    ],
    ...(open && acts && !doing
      ? { claim: round.claimed_by === null ? ('take' as const) : ('take-over' as const) }
      : {}),
    ...(doing ? { fill: { answers: look.answers ?? {} } } : {}),
    mayUndo: await mayTakeBack(
      tx,
      { person: viewer, subject: `round:${round.id}`, version: round.version },
      now,
      rules.undoSeconds,
    ),
    ...(look.remark ? { remark: look.remark } : {}),
  });
}

/** The card of something found wrong, as one person sees it now. */
export async function drawRectification(
  tx: Tx,
  found: Rectification,
  viewer: number,
  rules: Rules,
  at: Hearing,
  look: RoundLook = {},
): Promise<Card | undefined> {
  const now = at.now.toInstant();
  const org = await readOrganisation(tx, rules.roles, now);
  const acts = actsFor(viewer, found.owner, org);
  const round = await readRound(tx, found.round_id);
  if (!round || (!acts && !isOfOffice(viewer, org))) return undefined;
  const people = await peopleById(
    tx,
    [round.done_by, found.done_by].flatMap((id) => id ?? []),
  );
  const name = (id: number | null): string => (id === null ? '' : (people.get(id)?.name ?? ''));
  const title = titleOf(round.name);
  const day = dayText(round.date, at.now.toPlainDate());
  const open = found.state === 'open';
  const filled = look.answers?.['answer'];
  return rectificationCard({
    id: found.id,
    version: found.version,
    found: words(`${title.zh} ${day.zh}`, `${title.en} ${day.en}`),
    item: itemOf(round.name, found.item),
    note: found.note,
    foundBy: name(round.done_by),
    owner: voiceName(found.owner),
    open,
    late: open && isPast(found.due_at, now),
    due: momentText(found.due_at, at),
    ...(found.closed_at
      ? {
          closed: {
            by: name(found.done_by),
            at: momentText(found.closed_at, at),
            answer: found.answer ?? '',
          },
        }
      : {}),
    mayAct: open && acts,
    ...(typeof filled === 'string' ? { filled } : {}),
    ...(look.remark ? { remark: look.remark } : {}),
  });
}

const isPast = (due: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(due, now) < 0;

/** 今天有哪些巡检: what is open, first due first, and what is to be put right; then what was done today. */
export async function drawToday(
  tx: Tx,
  { id: viewer }: Person,
  rules: Rules,
  at: Hearing,
  wanted: Wanted,
): Promise<Card> {
  const now = at.now.toInstant();
  const org = await readOrganisation(tx, rules.roles, now);
  const readable = isOfOffice(viewer, org);
  const lines = [
    ...(await openLines(tx, at)),
    ...(await foundLines(tx, at)),
    ...(await doneLines(tx, at)),
  ];
  const today = at.now.toPlainDate();
  const page = pageOf(wanted, lines.length, ROUND_LINES);
  const shown = lines.slice(page.first, page.first + ROUND_LINES);
  return roundListCard(
    shown.map((line) => ({ ...line, readable })),
    nextText(rules, today),
    page,
  );
}

/** How much recurring work waits for a person: what they took on, what their roles owe and nobody took, what they have to put right. */
export async function countWaiting(
  tx: Tx,
  person: number,
  rules: Rules,
  now: Temporal.Instant,
): Promise<number> {
  const rounds = await tx
    .selectFrom('round')
    .select(['owner', 'claimed_by'])
    .where('state', '=', 'open')
    .execute();
  const found = await tx
    .selectFrom('rectification')
    .select('owner')
    .where('state', '=', 'open')
    .execute();
  if (rounds.length + found.length === 0) return 0;
  const org = await readOrganisation(tx, rules.roles, now);
  const mine = rounds.filter(({ owner, claimed_by }) =>
    claimed_by === null ? actsFor(person, owner, org) : claimed_by === person,
  );
  return mine.length + found.filter(({ owner }) => actsFor(person, owner, org)).length;
}

type Line = Omit<RoundListLine, 'readable'>;

async function openLines(tx: Tx, at: Hearing): Promise<readonly Line[]> {
  const rounds = await tx
    .selectFrom('round')
    .leftJoin('person', 'person.id', 'round.claimed_by')
    .select(['round.id', 'round.name', 'round.owner', 'round.due_at', 'person.name as by'])
    .where('round.state', '=', 'open')
    .orderBy('round.due_at')
    .orderBy('round.id')
    .execute();
  return rounds.map(({ id, name, owner, due_at, by }) => {
    const who = by === null ? voiceName(owner) : words(by, by);
    const due = dueText(due_at, at);
    return {
      subject: `round:${id}`,
      title: titleOf(name),
      about: words(`${who.zh} · ${due.zh}`, `${who.en} · ${due.en}`),
    };
  });
}

function dueText(due: Temporal.Instant, at: Hearing): Words {
  const moment = momentText(due, at);
  return isPast(due, at.now.toInstant())
    ? words(`已超时，期限 ${moment.zh}`, `late, was due ${moment.en}`)
    : words(`期限 ${moment.zh}`, `due ${moment.en}`);
}

async function foundLines(tx: Tx, at: Hearing): Promise<readonly Line[]> {
  const rows = await tx
    .selectFrom('rectification')
    .innerJoin('round', 'round.id', 'rectification.round_id')
    .select(['rectification.id', 'rectification.item', 'rectification.owner'])
    .select(['rectification.due_at', 'round.name'])
    .where('rectification.state', '=', 'open')
    .orderBy('rectification.due_at')
    .orderBy('rectification.id')
    .execute();
  return rows.map(({ id, item, owner, due_at, name }) => {
    const title = itemOf(name, item);
    const who = voiceName(owner);
    const due = dueText(due_at, at);
    return {
      subject: `rectification:${id}`,
      title: words(`整改：${title.zh}`, `To put right: ${title.en}`),
      about: words(`${who.zh} · ${due.zh}`, `${who.en} · ${due.en}`),
    };
  });
}

async function doneLines(tx: Tx, at: Hearing): Promise<readonly Line[]> {
  const rows = await tx
    .selectFrom('round')
    .innerJoin('person', 'person.id', 'round.done_by')
    .select(['round.id', 'round.name', 'round.closed_at', 'person.name as by'])
    .where('round.state', '=', 'done')
    .where('round.closed_at', '>=', at.now.startOfDay().toInstant())
    .orderBy('round.closed_at')
    .execute();
  return rows.map(({ id, name, closed_at, by }) => {
    const when = momentText(closed_at ?? at.now.toInstant(), at);
    return {
      subject: `round:${id}`,
      title: titleOf(name),
      about: words(`已完成 · ${by} ${when.zh}`, `done · ${by} ${when.en}`),
    };
  });
}

/** 「接下来：3月4日（周三）设施日常巡检」 */
function nextText(rules: Rules, today: Temporal.PlainDate): Words | undefined {
  const next = plannedBy(rules)
    .flatMap((planned) => {
      const date = nextOf(planned, today, rules)?.date;
      return date ? [{ date, title: planned.kind.title }] : [];
    })
    .toSorted((a, b) => Temporal.PlainDate.compare(a.date, b.date))[0];
  if (!next) return undefined;
  const day = dayText(next.date, today);
  return words(`接下来：${day.zh}${next.title.zh}`, `Next: ${day.en} ${next.title.en}`);
}

/** 行政日历: the recurring work of one month, counted from the year 0; undefined: of this month. */
export function drawYear(rules: Rules, at: Hearing, wanted: number | undefined): Card {
  const today = at.now.toPlainDate();
  const place = wanted ?? today.year * 12 + today.month - 1;
  const first = Temporal.PlainDate.from({
    year: Math.floor(place / 12),
    month: (place % 12) + 1,
    day: 1,
  });
  const planned = plannedBy(rules);
  const isOften = (every: string): boolean => every === 'day' || every === 'week';
  const days = planned
    .filter(({ recurrence }) => !isOften(recurrence.every))
    .flatMap((each) =>
      daysOf(each, first, first.with({ day: first.daysInMonth }), rules).map(({ date }) => ({
        date,
        title: each.kind.title,
        who: voiceName(each.owner),
      })),
    )
    .toSorted((a, b) => Temporal.PlainDate.compare(a.date, b.date));
  return yearCard({
    month: words(`${first.year}年${first.month}月`, first.toString().slice(0, 7)),
    place,
    often: planned
      .filter(({ recurrence }) => isOften(recurrence.every))
      .map((each): Fact => {
        const often = recurrenceText(each.recurrence);
        const who = voiceName(each.owner);
        return {
          label: each.kind.title,
          value: words(`${often.zh} ${each.at} · ${who.zh}`, `${often.en} ${each.at} · ${who.en}`),
        };
      }),
    days: days.map(({ date, title, who }) => ({ day: dayText(date, today), title, who })),
    next: planned.flatMap((each): readonly Fact[] => {
      const date = nextOf(each, today, rules)?.date;
      return date ? [{ label: each.kind.title, value: dayText(date, today) }] : [];
    }),
  });
}
