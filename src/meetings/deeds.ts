/** What a person did in a meeting, noted so that they may take it back. */
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { PreparationTable } from '../../db/tables.ts';
import type { Work } from '../../db/work.ts';
import type { Setup } from '../filing/move.ts';
import { noteDeed } from '../undo/deeds.ts';
import type { Meeting } from './store.ts';

/** When check-in was to open, and the room to be released. */
export const checkIn = z.object({ checkIn: z.string().nullable(), release: z.string().nullable() });
/** Until when it was to last. */
export const ended = z.object({ to: z.string() });

/** When the office was to be told of a preparation, and reminded. */
export const prepared = z.object({ tell: z.string().nullable(), remind: z.string().nullable() });

/** Notes that a person did a preparation, which stood like this before. */
export async function notePrepared(
  work: Work,
  { rules }: Pick<Setup, 'rules'>,
  was: Selectable<PreparationTable>,
  person: number,
): Promise<void> {
  if (rules.undoSeconds === null) return;
  await noteDeed(work, {
    person,
    subject: `preparation:${was.meeting_id}:${was.sort}`,
    act: 'prepared',
    version: was.round,
    before: {
      tell: was.tell_at?.toString() ?? null,
      remind: was.remind_at?.toString() ?? null,
    } satisfies z.infer<typeof prepared>,
    owed: [],
  });
}

/** Notes that a person checked in to the meeting, which stood like this before. */
export const noteCheckIn = (
  work: Work,
  { rules }: Pick<Setup, 'rules'>,
  was: Meeting,
  person: number,
): Promise<void> =>
  note(work, rules.undoSeconds, person, was, 'check-in', {
    checkIn: was.check_in_at?.toString() ?? null,
    release: was.release_at?.toString() ?? null,
  } satisfies z.infer<typeof checkIn>);

/** Notes that a person ended a meeting that was to last until `to`. */
export const noteEnding = (
  work: Work,
  { rules }: Pick<Setup, 'rules'>,
  now: Meeting,
  person: number,
  to: Temporal.Instant,
): Promise<void> =>
  note(work, rules.undoSeconds, person, now, 'end-early', {
    to: to.toString(),
  } satisfies z.infer<typeof ended>);

async function note(
  work: Work,
  seconds: number | null,
  person: number,
  { id, revision }: Meeting,
  act: 'check-in' | 'end-early',
  before: object,
): Promise<void> {
  if (seconds === null) return;
  await noteDeed(work, {
    person,
    subject: `meeting:${id}`,
    act,
    version: revision,
    before,
    owed: [],
  });
}
