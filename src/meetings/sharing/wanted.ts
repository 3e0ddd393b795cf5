/** What a stored form of a booking says: its time, and the room that was named. */
import { z } from 'zod';
import type { Tx } from '../../../db/database.ts';
import type { StoredForm } from '../../requests/kind.ts';
import { nameRoom } from '../../requests/room/prepare.ts';
import { allRooms } from '../../requests/room/rooms.ts';
import type { Rules } from '../../settings/rules.ts';
import type { Time } from '../times.ts';

const booking = z.object({
  when: z.object({ from: z.string(), to: z.string() }).optional().catch(undefined),
  room: z.string().optional().catch(undefined),
});

/** Undefined when the form says no time. */
export function periodIn(form: StoredForm): Time | undefined {
  const { when } = booking.parse(form);
  return when && { from: Temporal.Instant.from(when.from), to: Temporal.Instant.from(when.to) };
}

/** The id of the room that was named; null: none was. */
export async function roomWanted(tx: Tx, rules: Rules, form: StoredForm): Promise<number | null> {
  const { room } = booking.parse(form);
  if (room === undefined) return null;
  return nameRoom(room, await allRooms(tx, rules))?.id ?? null;
}

/** The name of the room in a form; '' when there is none. */
export const roomIn = (form: StoredForm): string => booking.parse(form).room ?? '';
