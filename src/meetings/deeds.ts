/** What a person did in a meeting, noted so that they may take it back. */
import { z } from 'zod';
import type { Work } from '../../db/work.ts';
import type { Setup } from '../filing/move.ts';
import { noteDeed } from '../undo/deeds.ts';
import type { Meeting } from './store.ts';

/** When check-in was to open, and the room to be released. */
export const checkIn = z.object({ checkIn: z.string().nullable(), release: z.string().nullable() });
/** Until when it was to last. */
export const ended = z.object({ to: z.string() });

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
