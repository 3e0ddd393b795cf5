import type { Answers } from '../../cards/card.ts';
import { clean } from '../../cards/clean.ts';
import { noteName } from '../../cards/round.ts';
import { type Words, words } from '../../cards/words.ts';
import type { CheckResult } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { PREFERRED } from '../delivery/owe.ts';
import { nameOf } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice } from '../filing/notices.ts';
import { answerText } from '../requests/fields/answers.ts';
import { addSpan } from '../time/working-time.ts';
import { roundNamed } from './index.ts';
import type { CheckItem } from './kind.ts';
import { actsFor } from './owners.ts';
import { firstReminder } from './plan.ts';
import { lockRectification, lockRound, type Rectification, type Round } from './store.ts';
import { noteRound } from './undo.ts';
import { organisationOf, oweOwners, oweQuietly } from './tell.ts';
import { itemOf, titleOf } from './texts.ts';
import { openTicket } from './ticket.ts';

/** What a tap wishes for: which row, and the version its card showed. */
export type RoundWish = { readonly id: number; readonly version: number | undefined };

/** What came of it: done, or why not. Either way the row as it stands; undefined when there is none or it is none of theirs. */
export type Acted<T> =
  | { readonly row: T; readonly done: boolean; readonly text: Words }
  | undefined;

const LONGEST_NOTE = 200;

/** [我来做]: whoever of the role is first. Taking it from somebody who has it needs a card that says so. */
export async function claimRound(
  work: Work,
  setup: Setup,
  person: number,
  { id, version }: RoundWish,
): Promise<Acted<Round>> {
  const round = await mine(work, setup, person, await lockRound(work.tx, id));
  if (!round) return undefined;
  const over = await whyOver(work, round);
  if (over) return { row: round, done: false, text: over };
  if (round.claimed_by === person)
    return { row: round, done: true, text: words('已在您手上', 'It is in your hands') };
  if (round.claimed_by !== null && version !== round.version) {
    const name = await nameOf(work.tx, round.claimed_by);
    return { row: round, done: false, text: words(`${name}已接手`, `${name} has taken it`) };
  }
  const row = await change(work, setup, round, { claimed_by: person }, person);
  await noteRound(work, setup, 'round-claim', round, row);
  await record(work, 'round.claimed', `round:${id}`, { before: { claimedBy: round.claimed_by } });
  return {
    row,
    done: true,
    text: words('已接手，检查完点「完成」', 'Yours; tap Done when checked'),
  };
}

/** [完成]: the checklist is kept, and whatever is wrong becomes a rectification of its own, or a repair. */
export async function completeRound(
  work: Work,
  setup: Setup,
  person: number,
  { id }: RoundWish,
  answers: Answers,
): Promise<Acted<Round>> {
  const round = await mine(work, setup, person, await lockRound(work.tx, id));
  if (!round) return undefined;
  const over = await whyOver(work, round);
  if (over) return { row: round, done: false, text: over };
  if (round.claimed_by !== null && round.claimed_by !== person) {
    const name = await nameOf(work.tx, round.claimed_by);
    return { row: round, done: false, text: words(`${name}已接手`, `${name} has taken it`) };
  }
  const items = roundNamed(round.name)?.items ?? [];
  const read = readChecklist(items, answers);
  if ('mistake' in read) return { row: round, done: false, text: read.mistake };
  const changes = {
    state: 'done',
    closed_at: work.now,
    next_reminder_at: null,
    claimed_by: person,
    done_by: person,
    results: JSON.stringify(read.results),
    score: meanOf(read.results),
  } as const;
  const row = await change(work, setup, round, changes, person);
  const found = items.filter(({ name }) => read.results[name]?.bad === true);
  await record(work, 'round.done', `round:${id}`, {
    after: { score: changes.score, found: found.map(({ name }) => name) },
  });
  // What became a repair or a rectification is others' by now.
  if (found.length === 0) await noteRound(work, setup, 'round-done', round, row);
  for (const item of found) {
    const note = read.results[item.name]?.note ?? '';
    if (item.equipment) await openTicket(work, setup, row, item, note, person);
    else await openRectification(work, setup, row, item.name, note);
  }
  const broken = found.filter(({ equipment }) => equipment).length;
  return { row, done: true, text: doneText(broken, found.length - broken) };
}

function doneText(broken: number, other: number): Words {
  if (broken + other === 0) return words('已完成，全部正常', 'Done, all in order');
  const parts = [
    ...(broken > 0 ? [words(`${broken} 项已报修`, `${broken} reported for repair`)] : []),
    ...(other > 0 ? [words(`${other} 项已转整改`, `${other} passed on to be put right`)] : []),
  ];
  return words(
    `已完成，${parts.map(({ zh }) => zh).join('，')}`,
    `Done, ${parts.map(({ en }) => en).join(', ')}`,
  );
}

type Checklist = { readonly [item: string]: CheckResult };

/** What was filled in, or the first thing that is missing. Nothing is taken for in order that nobody looked at. */
function readChecklist(
  items: readonly CheckItem[],
  answers: Answers,
): { readonly results: Checklist } | { readonly mistake: Words } {
  const results: [string, CheckResult][] = [];
  for (const item of items) {
    const read = readItem(item, answers);
    if ('mistake' in read) return read;
    results.push([item.name, read]);
  }
  return { results: Object.fromEntries(results) };
}

function readItem(item: CheckItem, answers: Answers): CheckResult | { readonly mistake: Words } {
  const { title } = item;
  const given = answerText(item.name, answers);
  const written = clean(answerText(noteName(item.name), answers) ?? '', LONGEST_NOTE);
  const note = written === '' ? {} : { note: written };
  if (item.check === 'score') {
    const score = /^\d{1,3}$/.test(given ?? '') ? Number(given) : Number.NaN;
    if (!(score <= 100))
      return {
        mistake: words(
          `请给「${title.zh}」打 0–100 的整数分`,
          `A score from 0 to 100, please: ${title.en}`,
        ),
      };
    if (score < item.least && written === '')
      return noteMissing(title, `${score} 分`, String(score));
    return { bad: score < item.least, score, ...note };
  }
  if (given !== 'ok' && given !== 'bad')
    return { mistake: words(`请选「${title.zh}」的结果`, `Please choose: ${title.en}`) };
  if (given === 'bad' && written === '')
    return item.check === 'done'
      ? noteMissing(title, '未完成', 'not done')
      : noteMissing(title, '有问题', 'something is wrong');
  return { bad: given === 'bad', ...note };
}

const noteMissing = (title: Words, zh: string, en: string): { readonly mistake: Words } => ({
  mistake: words(`「${title.zh}」${zh}，请写一句说明`, `${title.en}: ${en}; please add a note`),
});

function meanOf(results: Checklist): number | null {
  const scores = Object.values(results).flatMap(({ score }) =>
    score === undefined ? [] : [score],
  );
  if (scores.length === 0) return null;
  return Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length);
}

async function openRectification(
  work: Work,
  setup: Setup,
  round: Round,
  item: string,
  note: string,
): Promise<void> {
  const findings = roundNamed(round.name)?.findings;
  if (!findings) return;
  const { owner, within } = findings;
  const due = addSpan(work.now, within, setup.calendar);
  const { id } = await work.tx
    .insertInto('rectification')
    .values({
      round_id: round.id,
      item,
      note,
      owner,
      state: 'open',
      opened_at: work.now,
      due_at: due,
      closed_at: null,
      done_by: null,
      answer: null,
      version: 1,
      next_reminder_at: firstReminder(work.now, due, within, setup.calendar),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(work, 'rectification.opened', `rectification:${id}`, {
    after: { round: round.id, item },
  });
  const org = await organisationOf(work, setup);
  await oweOwners(work, setup, org, { sort: 'rectification', id, owner }, 'new');
}

/** [已整改]: closed by any of those who owe it; who found it is told. */
export async function rectify(
  work: Work,
  setup: Setup,
  person: number,
  { id }: RoundWish,
  answers: Answers,
): Promise<Acted<Rectification>> {
  const found = await mine(work, setup, person, await lockRectification(work.tx, id));
  if (!found) return undefined;
  if (found.state === 'done') {
    const name = found.done_by === null ? '' : await nameOf(work.tx, found.done_by);
    return { row: found, done: false, text: words(`${name}已整改`, `${name} has put it right`) };
  }
  const answer = clean(answerText('answer', answers) ?? '', LONGEST_NOTE);
  if (answer === '')
    return {
      row: found,
      done: false,
      text: words('请写一句怎么处理的', 'Please say what was done'),
    };
  const changes = {
    state: 'done',
    closed_at: work.now,
    next_reminder_at: null,
    done_by: person,
    answer,
    version: found.version + 1,
  } as const;
  await work.tx.updateTable('rectification').set(changes).where('id', '=', id).execute();
  await record(work, 'rectification.done', `rectification:${id}`);
  const row: Rectification = { ...found, ...changes };
  await oweQuietly(work, setup, { sort: 'rectification', id, version: row.version }, person);
  await tellFinder(work, setup, row, person, answer);
  return { row, done: true, text: words('已记下，整改完成', 'Noted; it is put right') };
}

/** The finder hears of it, and the card of the round shows it. */
async function tellFinder(
  work: Work,
  setup: Setup,
  found: Rectification,
  person: number,
  answer: string,
): Promise<void> {
  const round = await lockRound(work.tx, found.round_id);
  if (!round) return;
  const version = round.version + 1;
  await work.tx.updateTable('round').set({ version }).where('id', '=', round.id).execute();
  await oweQuietly(work, setup, { sort: 'round', id: round.id, version });
  if (round.done_by === null || round.done_by === person) return;
  const item = itemOf(round.name, found.item);
  const title = titleOf(round.name);
  await oweNotice(
    work,
    setup.jobs,
    round.done_by,
    {
      key: `rectified:${found.id}`,
      text: words(
        `您在「${title.zh}」里发现的「${item.zh}」已整改：${answer}`,
        `What you found (${title.en}, ${item.en}) is put right: ${answer}`,
      ),
    },
    PREFERRED,
  );
}

/** The row, if the person may do what it asks for; else nothing, and the attempt is recorded. */
async function mine<T extends Round | Rectification>(
  work: Work,
  setup: Setup,
  person: number,
  row: T | undefined,
): Promise<T | undefined> {
  if (!row) return undefined;
  if (actsFor(person, row.owner, await organisationOf(work, setup))) return row;
  const subject =
    'round_id' in row ? (`rectification:${row.id}` as const) : (`round:${row.id}` as const);
  await record(work, 'refused.round', subject);
  return undefined;
}

async function whyOver(work: Work, round: Round): Promise<Words | undefined> {
  switch (round.state) {
    case 'open':
      return undefined;
    case 'done': {
      const name = round.done_by === null ? '' : await nameOf(work.tx, round.done_by);
      return words(`${name}已经完成了`, `${name} has done it already`);
    }
    case 'missed':
      return words('这一次已经过去，请做最新的一次', 'This one is over; please do the newest');
    case 'dropped':
      return words('这项工作已停用', 'This work was switched off');
    default:
      return round.state satisfies never;
  }
}

async function change(
  work: Work,
  setup: Setup,
  round: Round,
  changes: RoundChanges,
  touched: number,
): Promise<Round> {
  const version = round.version + 1;
  const row = await work.tx
    .updateTable('round')
    .set({ ...changes, version })
    .where('id', '=', round.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await oweQuietly(work, setup, { sort: 'round', id: round.id, version }, touched);
  return row;
}

type RoundChanges = {
  readonly claimed_by: number;
  readonly state?: 'done';
  readonly closed_at?: Temporal.Instant;
  readonly next_reminder_at?: null;
  readonly done_by?: number;
  readonly results?: string;
  readonly score?: number | null;
};
