/** Five months of an office as they lie in the database, so that the reports have something to show. */
import type { Db } from '../../db/database.ts';

/** A month: requests, those done late, and the stars that were given. */
type Past = {
  readonly month: string;
  readonly requests: number;
  readonly late: number;
  readonly stars: readonly number[];
};

const PAST: readonly Past[] = [
  { month: '2025-09', requests: 18, late: 3, stars: [5, 4, 3, 4, 5] },
  { month: '2025-10', requests: 21, late: 3, stars: [5, 4, 4, 3, 5, 4] },
  { month: '2025-11', requests: 26, late: 2, stars: [5, 4, 5, 4, 3, 5, 4] },
  { month: '2025-12', requests: 31, late: 2, stars: [5, 5, 4, 4, 3, 5, 4, 5] },
  { month: '2026-01', requests: 24, late: 1, stars: [5, 5, 4, 4, 5, 5, 4, 2, 5] },
  { month: '2026-02', requests: 29, late: 1, stars: [5, 5, 4, 4, 5, 5, 4, 5, 5, 3] },
];

/** Writes them down: repairs reported at ten, due at four, done an hour before or after. */
export async function writeHistory(db: Db): Promise<void> {
  const people = await db.selectFrom('person').select(['id', 'name']).execute();
  const idOf = (name: string): number => people.find((each) => each.name === name)?.id ?? 0;
  const askers = ['陈晨', '王磊', '林晓', '何佳', '罗敏'].map(idOf);
  for (const past of PAST) {
    for (let n = 0; n < past.requests; n++) {
      const day = String(((n * 5 + 24) % 28) + 1).padStart(2, '0');
      const submitted = Temporal.Instant.from(`${past.month}-${day}T10:00:00+08:00`);
      const due = submitted.add({ hours: 6 });
      const closed = due.add({ hours: n < past.late ? 1 : -1 });
      const { id } = await db
        .insertInto('request')
        .values({
          number: `FIX-${past.month.slice(2)}-${n}`,
          kind: 'repair',
          requester_id: askers[n % askers.length] ?? 0,
          state: 'done',
          form: JSON.stringify({
            object: '打印机',
            place: '3楼',
            problem: '卡纸',
            urgency: 'normal',
          }),
          measure: 0,
          workflow: JSON.stringify({}),
          outcome: JSON.stringify({}),
          stars: past.stars[n] ?? null,
          version: 3,
          channel: 'simulator',
          chat: 'private',
          submitted_at: submitted,
          updated_at: closed,
          closed_at: closed,
          urged_at: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('task')
        .values({
          request_id: id,
          step_id: 'fix',
          person_id: idOf('郑强'),
          sort: 'task',
          state: 'done',
          opened_at: submitted,
          due_at: due,
          closed_at: closed,
          next_reminder_at: null,
        })
        .execute();
    }
  }
}

/** Rooms booked and things handed out in February, for requests that are there. */
export async function writeUse(db: Db): Promise<void> {
  const requests = await db.selectFrom('request').select('id').orderBy('id').execute();
  const rooms = await db.selectFrom('room').select('id').orderBy('id').execute();
  const items = await db.selectFrom('item').select('id').orderBy('id').execute();
  for (const [place, { id: room }] of rooms.entries()) {
    for (const day of ['03', '05', '09', '10', '11', '12', '25', '26'].slice(place)) {
      await db
        .insertInto('booking')
        .values({
          request_id: requests[place]?.id ?? 0,
          room_id: room,
          starts_at: Temporal.Instant.from(`2026-02-${day}T09:30:00+08:00`),
          ends_at: Temporal.Instant.from(`2026-02-${day}T15:30:00+08:00`),
          state: 'booked',
        })
        .execute();
    }
  }
  for (const [place, { id: item }] of items.entries()) {
    const quantity = 14 - 2 * place;
    const moved = { item_id: item, reserved_change: 0, person_id: null };
    const at = Temporal.Instant.from('2026-02-10T09:00:00+08:00');
    await db
      .insertInto('movement')
      .values({ ...moved, sort: 'receive', on_hand_change: quantity, at })
      .execute();
    await db
      .insertInto('movement')
      .values({
        item_id: item,
        request_id: requests[place % 5]?.id ?? 0,
        sort: 'issue',
        on_hand_change: -quantity,
        reserved_change: 0,
        at: Temporal.Instant.from('2026-02-10T10:00:00+08:00'),
        person_id: null,
      })
      .execute();
  }
}
