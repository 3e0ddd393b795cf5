/** What the office does for a meeting that asks for equipment or a layout: set-up, test, presence, and afterwards the room put back. */
import type { Selectable } from 'kysely';
import type { Work } from '../../db/work.ts';
import type { PreparationTable } from '../../db/tables.ts';
import { record } from '../audit/record.ts';
import type { Setup } from '../filing/move.ts';
import { type Deed, markUndone, type TakenBack } from '../undo/deeds.ts';
import { notePrepared, prepared } from './deeds.ts';
import { lockMeeting, type Meeting, type Plan } from './store.ts';
import { causeOf, officePeople, owePreparation, refreshBooking } from './tell.ts';
import { type Preparation, preparationTimes } from './times.ts';

export type PreparationRow = Selectable<PreparationTable>;

const preparationsOf = (work: Work, meeting: number): Promise<PreparationRow[]> =>
  work.tx
    .selectFrom('preparation')
    .selectAll()
    .where('meeting_id', '=', meeting)
    .forUpdate()
    .execute();

/** Opens, moves or drops a meeting's preparations, as its booking now asks. `anew`: time or place are others, so all is to be done again. */
export async function settlePreparations(
  work: Work,
  setup: Setup,
  meeting: Meeting,
  plan: Plan,
  anew: boolean,
): Promise<void> {
  const wanted = plan.equipment.length > 0 || plan.layout !== null;
  const rows = await preparationsOf(work, meeting.id);
  if (!wanted) return rows.length > 0 ? dropPreparations(work, setup, meeting) : undefined;
  const { calendar, rules } = setup;
  const time = { from: meeting.starts_at, to: meeting.ends_at };
  for (const { sort, tell, due } of preparationTimes(time, work.now, calendar, rules.rooms)) {
    const row = rows.find((each) => each.sort === sort);
    // Another end alone moves only what is done after it.
    const ends = row?.sort === 'restore' && !row.told && row.done_at === null;
    if (row && !anew && !ends) continue;
    const round = (row?.round ?? 0) + 1;
    const open = { tell_at: tell, remind_at: null, due_at: due, told: false, round };
    await work.tx
      .insertInto('preparation')
      .values({ ...open, meeting_id: meeting.id, sort, done_at: null, done_by: null })
      .onConflict((at) =>
        at.columns(['meeting_id', 'sort']).doUpdateSet({ ...open, done_at: null, done_by: null }),
      )
      .execute();
    if (row?.told)
      await owePreparation(work, setup, meeting, sort, {
        what: `moved:${round}`,
        attention: false,
      });
  }
}

/**
 * It is not needed any more; who was told and has not done it hears so. A room that was set up already is put back all the same.
 */
export async function dropPreparations(work: Work, setup: Setup, meeting: Meeting): Promise<void> {
  const rows = await preparationsOf(work, meeting.id);
  const isSetUp = rows.some(({ sort, done_at }) => sort === 'setup' && done_at !== null);
  for (const row of rows) {
    if (row.done_at || (row.sort === 'restore' && isSetUp)) continue;
    await work.tx
      .deleteFrom('preparation')
      .where('meeting_id', '=', meeting.id)
      .where('sort', '=', row.sort)
      .execute();
    if (row.told)
      await owePreparation(work, setup, meeting, row.sort, {
        what: `dropped:${causeOf(work)}`,
        attention: true,
      });
  }
}

/** 已完成, by one of the office. `not-yours`: somebody else; `gone`: not needed any more; `already`: who did it. */
export type Prepared =
  | { readonly prepared: true }
  | { readonly prepared: false; readonly why: 'not-yours' | 'gone' }
  | { readonly prepared: false; readonly why: 'already'; readonly by: number };

export async function prepare(
  work: Work,
  setup: Setup,
  id: number,
  sort: Preparation,
  person: number,
): Promise<Prepared> {
  if (!(await officePeople(work, setup)).includes(person)) {
    await record(work, 'refused.preparation', `meeting:${id}`, { after: { person, sort } });
    return { prepared: false, why: 'not-yours' };
  }
  const meeting = await lockMeeting(work.tx, id);
  const row = meeting && (await preparationsOf(work, id)).find((each) => each.sort === sort);
  const stands = sort === 'restore' ? row?.told === true : meeting?.state === 'planned';
  if (!meeting || !row || !stands) return { prepared: false, why: 'gone' };
  if (row.done_by !== null) return { prepared: false, why: 'already', by: row.done_by };
  await work.tx
    .updateTable('preparation')
    .set({ done_at: work.now, done_by: person, tell_at: null, remind_at: null })
    .where('meeting_id', '=', id)
    .where('sort', '=', sort)
    .execute();
  await record(work, 'meeting.prepared', `request:${meeting.request_id}`, { after: { sort } });
  await notePrepared(work, setup, row, person);
  await owePreparation(work, setup, meeting, sort, { what: `done:${row.round}`, attention: false });
  // That the room was put back is nothing to its host.
  if (sort !== 'restore') await refreshBooking(work, setup, meeting);
  return { prepared: true };
}

/** It is not done after all: the office sees it open again, told and reminded of as it would have been. */
export async function undoPreparation(work: Work, setup: Setup, deed: Deed): Promise<TakenBack> {
  const [, id, sort] = deed.subject.split(':');
  const meeting = await lockMeeting(work.tx, Number(id));
  const row =
    meeting && (await preparationsOf(work, meeting.id)).find((each) => each.sort === sort);
  const office = await officePeople(work, setup);
  const stands =
    row !== undefined &&
    row.round === deed.version &&
    row.done_by === deed.person_id &&
    office.includes(deed.person_id) &&
    (row.sort === 'restore' || meeting?.state === 'planned');
  const name = meeting?.place ?? '';
  const why = await markUndone(work, deed, setup.rules.undoSeconds, stands);
  if (why || !row || !meeting) return { undone: false, why: why ?? 'moved-on', name };
  const was = prepared.parse(deed.before);
  // What is told of it from now on is news again.
  const round = row.round + 1;
  await work.tx
    .updateTable('preparation')
    .set({ done_at: null, done_by: null, tell_at: moment(was.tell), remind_at: moment(was.remind) })
    .set({ round })
    .where('meeting_id', '=', meeting.id)
    .where('sort', '=', row.sort)
    .execute();
  await record(work, 'meeting.preparation-undone', `request:${meeting.request_id}`, {
    after: { sort: row.sort },
  });
  await owePreparation(work, setup, meeting, row.sort, {
    what: `undone:${round}`,
    attention: false,
  });
  if (row.sort !== 'restore') await refreshBooking(work, setup, meeting);
  return { undone: true, name };
}

const moment = (text: string | null): Temporal.Instant | null =>
  text === null ? null : Temporal.Instant.from(text);

/** Tells the office of one preparation whose time has come, or reminds of one that is late. False when there is none. */
export async function tellPreparation(work: Work, setup: Setup): Promise<boolean> {
  const row = await duePreparation(work, 'tell_at');
  const meeting = row && (await lockMeeting(work.tx, row.meeting_id));
  if (!row || !meeting) return false;
  await settle(work, row, { tell_at: null, remind_at: row.due_at, told: true });
  await owePreparation(work, setup, meeting, row.sort, {
    what: `tell:${row.round}`,
    attention: true,
  });
  return true;
}

export async function remindPreparation(work: Work, setup: Setup): Promise<boolean> {
  const row = await duePreparation(work, 'remind_at');
  const meeting = row && (await lockMeeting(work.tx, row.meeting_id));
  if (!row || !meeting) return false;
  await settle(work, row, { remind_at: null });
  await owePreparation(work, setup, meeting, row.sort, {
    what: `late:${row.round}`,
    attention: true,
  });
  return true;
}

const settle = (
  work: Work,
  row: PreparationRow,
  to: Partial<Pick<PreparationRow, 'tell_at' | 'remind_at' | 'told'>>,
): Promise<unknown> =>
  work.tx
    .updateTable('preparation')
    .set(to)
    .where('meeting_id', '=', row.meeting_id)
    .where('sort', '=', row.sort)
    .execute();

/**
 * The next one due of a meeting that is still to come or has just begun, or of the rooms to be put back, with its meeting locked first, as
 * everywhere.
 */
const duePreparation = (
  work: Work,
  column: 'tell_at' | 'remind_at',
): Promise<PreparationRow | undefined> =>
  work.tx
    .selectFrom('preparation')
    .innerJoin('meeting', 'meeting.id', 'preparation.meeting_id')
    .selectAll('preparation')
    .where((each) =>
      each.or([
        each('preparation.sort', '=', 'restore'),
        each.and([each('meeting.state', '=', 'planned'), each('meeting.ends_at', '>', work.now)]),
      ]),
    )
    .where(`preparation.${column}`, '<=', work.now)
    .orderBy(`preparation.${column}`)
    .limit(1)
    .forUpdate(['meeting', 'preparation'])
    .skipLocked()
    .executeTakeFirst();
