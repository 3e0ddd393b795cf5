/**
 * Bookings have one order: that of the record. Replayed in it no two overlap; it respects the time in which people were answered; and
 * whoever was told that a room is taken was told so while it was.
 */
import type { Step } from '../history.ts';
import type { World } from '../world.ts';
import type { Verdict } from './conservation.ts';

type Entry = {
  readonly seq: number;
  readonly act: string;
  readonly number: string;
  readonly person: string;
  readonly room: number;
  readonly from: Date;
  readonly to: Date;
};

/** One operation of a person as it looked from outside; ms of the run. */
type Operation = {
  readonly began: number;
  readonly ended: number;
  readonly told: string;
  readonly person: string;
  readonly op: string;
};

export async function bookings({ sql, history, counts }: World): Promise<Verdict> {
  const broken: string[] = [];
  const entries = await sql<Entry>(
    `select a.seq::int as seq, a.act, r.number, d.external_id as person, b.room_id as room, b.starts_at as from, b.ends_at as to
      from audit a join request r on a.subject = 'request:' || r.id join booking b on b.request_id = r.id
      join address d on d.person_id = r.requester_id
      where a.act in ('request.submitted', 'request.withdraw', 'request.cancel') and r.kind = 'room' order by a.seq`,
  );
  // The model: who has what, one entry after the other.
  const held = new Map<string, Entry>();
  const freed: Entry[] = [];
  for (const entry of entries) {
    if (entry.act !== 'request.submitted') {
      held.delete(entry.number);
      freed.push(entry);
      continue;
    }
    for (const other of held.values())
      if (overlap(other, entry)) broken.push(`${entry.number} was given what ${other.number} had`);
    if (freed.some((other) => overlap(other, entry))) counts.add('room booked again after that');
    held.set(entry.number, entry);
  }
  const states = await sql<{ number: string }>(
    `select r.number from booking b join request r on r.id = b.request_id where b.state in ('held', 'booked') and r.kind = 'room'`,
  );
  const there = new Set(states.map(({ number }) => number));
  for (const number of held.keys())
    if (!there.has(number)) broken.push(`lost: the room of ${number}`);
  for (const number of there)
    if (!held.has(number)) broken.push(`still held: the room of ${number}, which was given back`);

  const seen = operations(history.steps);
  const placed = seen.flatMap((operation) => {
    const number = /已提交 (\w+-\d+-\d+)/.exec(operation.told)?.[1];
    const entry = entries.find(
      (each) => each.number === number && each.act === 'request.submitted',
    );
    return entry ? [{ ...operation, entry }] : [];
  });
  const inTime = placed.toSorted((a, b) => a.entry.seq - b.entry.seq);
  let latest = 0;
  for (const { began, ended, entry } of inTime) {
    // Somebody later in the record began first, and somebody before them had not begun when this one was answered.
    if (ended < latest)
      broken.push(
        `${entry.number} was answered before somebody began who stands before it in the record`,
      );
    latest = Math.max(latest, began);
  }
  // Who had all that it takes, and is told that something is missing, is told that the room is taken.
  for (const { told } of seen)
    if (/已被预订|被别人订走|还差下面这些/.test(told)) counts.add('taken by another');
  return broken;
}

const overlap = (a: Entry, b: Entry): boolean =>
  a.room === b.room && a.from < b.to && b.from < a.to;

/** Pairs of beginning and end, of each person one after the other. */
function operations(steps: readonly Step[]): readonly Operation[] {
  const open = new Map<string, number>();
  return steps.flatMap(({ t, process: person, op, type, value }) => {
    if (type === 'invoke') {
      open.set(`${person} ${op}`, t);
      return [];
    }
    const began = open.get(`${person} ${op}`);
    if (began === undefined || type !== 'ok') return [];
    return [{ began, ended: t, told: String(value), person, op }];
  });
}
