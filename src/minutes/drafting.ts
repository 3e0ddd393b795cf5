import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { peopleMeant } from '../directory/people-meant.ts';
import type { Setup } from '../filing/move.ts';
import { extract } from './extract.ts';
import type { Drafted, Reader } from './drafted.ts';
import { nextMorning } from './promised.ts';
import { askedOf, type Minutes } from './store.ts';

/** Longest texts kept, in characters: what a person pastes, and what a column of an item holds. */
const LONGEST_TEXT = 20_000;
const LONGEST_ITEM = 300;
const LONGEST_TITLE = 60;

/** Minutes that somebody gives without having been asked. */
export async function newMinutes(
  work: Work,
  host: number,
  channel: string,
  title: string,
): Promise<Minutes> {
  return work.tx
    .insertInto('minutes')
    .values({
      request_id: null,
      host_id: host,
      title: title.slice(0, LONGEST_TITLE),
      held_at: work.now,
      channel,
      state: 'asked',
      due_at: null,
      next_at: null,
      text: null,
      decisions: '[]',
      attendees: '[]',
      attachment_id: null,
      fetch_at: null,
      confirmed_at: null,
      created_at: work.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * The meeting that a text of this host's belongs to: of those they were asked about, the one whose subject it names, else the
 * last; undefined when they owe none.
 */
export async function askedFor(
  work: Work,
  host: number,
  text: string,
): Promise<Minutes | undefined> {
  const asked = await askedOf(work.tx, host);
  return asked.find(({ title }) => title !== '' && text.includes(title)) ?? asked[0];
}

/** 「产品周会纪要」 as the first line names the meeting. */
export function titleIn(text: string): string {
  const first = text.trim().split(/\n/u)[0]?.trim() ?? '';
  const found = /^[#【[\s]*(.{2,40}?)的?(?:会议)?(?:纪要|记录|minutes)[】\]\s：:]*$/iu.exec(first);
  const title = found?.[1]?.trim() ?? '';
  return /^(?:会议|meeting)$/iu.test(title) ? '' : title;
}

/**
 * Makes a draft of minutes that were given: keeps the text and adds an item for each that is found in it. None is left out for
 * lacking an owner or a date. The row must be locked. Answers the minutes as they stand, and how many items were found.
 */
export async function draftOf(
  work: Work,
  setup: Setup,
  minutes: Minutes,
  text: string,
  reader: Reader,
): Promise<{ readonly minutes: Minutes; readonly found: number }> {
  const { items, decisions } = extract(text.slice(0, LONGEST_TEXT), reader);
  for (const item of items) await addItem(work, minutes, item);
  const given = minutes.text === null ? text : `${minutes.text}\n\n${text}`;
  const next = await work.tx
    .updateTable('minutes')
    .set({
      state: 'drafted',
      text: given.slice(0, LONGEST_TEXT),
      title: minutes.title === '' ? titleIn(text).slice(0, LONGEST_TITLE) : minutes.title,
      decisions: JSON.stringify([...new Set([...minutes.decisions, ...decisions])]),
      attachment_id: null,
      fetch_at: null,
      reminders: 0,
      next_at: nextMorning(work.now, setup),
      version: minutes.version + 1,
    })
    .where('id', '=', minutes.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(work, 'minutes.given', `minutes:${minutes.id}`, { after: { items: items.length } });
  return { minutes: next, found: items.length };
}

async function addItem(work: Work, minutes: Minutes, item: Drafted): Promise<void> {
  const owner = item.owner === null ? undefined : await ownerNamed(work, item.owner);
  await work.tx
    .insertInto('action_item')
    .values({
      minutes_id: minutes.id,
      number: null,
      what: item.what.slice(0, LONGEST_ITEM),
      standard: item.standard?.slice(0, LONGEST_ITEM) ?? null,
      owner_id: owner ?? null,
      owner_said: item.owner,
      due: item.due === null ? null : Temporal.PlainDate.from(item.due),
      first_due: null,
      asked_by: minutes.host_id,
      state: 'draft',
      reason: null,
      opened_at: null,
      done_at: null,
      escalated_at: null,
    })
    .execute();
}

/** An empty item, for the host to fill in. */
export const addEmptyItem = (work: Work, minutes: Minutes): Promise<void> =>
  addItem(work, minutes, { what: '', owner: null, due: null, standard: null });

/** The one person a spoken name means; undefined when there is none, or several. */
export async function ownerNamed(work: Work, said: string): Promise<number | undefined> {
  const [only, another] = await peopleMeant(work.tx, said, []);
  return only && !another ? only.id : undefined;
}

/** Nothing was written down, and nothing has to be. */
export async function waive(work: Work, minutes: Minutes): Promise<Minutes> {
  const next = await work.tx
    .updateTable('minutes')
    .set({ state: 'waived', next_at: null, version: minutes.version + 1 })
    .where('id', '=', minutes.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(work, 'minutes.waived', `minutes:${minutes.id}`);
  return next;
}
