import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Tx } from '../../../db/database.ts';
import type { Work } from '../../../db/work.ts';
import { record } from '../../audit/record.ts';
import { peopleNamed, unsureText } from '../../directory/people-named.ts';
import { touchLexicon } from '../../directory/sync.ts';
import type { MeetingRoom } from '../../channels/channel.ts';
import type { RoomRow } from '../../imports/rooms.ts';
import { shown } from '../../imports/table.ts';
import type { Rules } from '../../settings/rules.ts';
import { MEETING_ROOM } from '../../settings/space-rules.ts';

/** Rooms of the file by what became of them. */
type Imported = { readonly added: number; readonly changed: number; readonly unchanged: number };
type Known = Facts & { readonly id: number; readonly name: string };
type Facts = {
  readonly floor: string;
  readonly capacity: number;
  readonly equipment: string[];
  readonly needs_approval: boolean;
  readonly aliases: string[];
  readonly active: boolean;
  readonly feishu_room: string | null;
  readonly sort: string;
  readonly holder_id: number | null;
};

/** What is wrong with a list besides what its own lines show: sorts that the office has not, people whom nobody knows. */
export async function roomMistakes(
  tx: Tx,
  rows: readonly RoomRow[],
  { spaces }: Rules,
): Promise<readonly string[]> {
  const sorts = [MEETING_ROOM, ...Object.keys(spaces)];
  const unknown = rows.flatMap(({ name, sort }) =>
    sort === undefined || sorts.includes(sort)
      ? []
      : [
          `${name} 类型: 没有 “${shown(sort)}”；可用：${sorts.join('、')}，别的先写进 office.yaml 的 spaces`,
        ],
  );
  return [...unknown, ...(await holdersOf(tx, rows)).mistakes];
}

/** Whose the fixed desks are, and a sentence for each row whose person nobody is, or several are. */
async function holdersOf(
  tx: Tx,
  rows: readonly RoomRow[],
): Promise<{
  readonly people: ReadonlyMap<string, number>;
  readonly mistakes: readonly string[];
}> {
  const { people, unsure } = await peopleNamed(
    tx,
    rows.flatMap(({ holder }) => holder ?? []),
  );
  const mistakes = rows.flatMap(({ name, holder }) => {
    const count = typeof holder === 'string' ? unsure.get(holder) : undefined;
    return count === undefined ? [] : [`${name} ${unsureText(holder ?? '', count)}`];
  });
  return { people, mistakes };
}

/**
 * Makes our rooms what a file says, by name: new ones are added, known ones changed where the file differs. Rooms that the
 * file does not name stay as they are. The same rows again change nothing. Throws Refusal when it names somebody whom nobody knows.
 */
export async function importRooms(work: Work, rows: readonly RoomRow[]): Promise<Imported> {
  const { people, mistakes } = await holdersOf(work.tx, rows);
  const [mistake] = mistakes;
  if (mistake !== undefined) throw new Refusal('import.holder', words(mistake, mistake));
  const known = await lockRooms(work);
  await unlink(work, rows, known);
  const byName = new Map(known.map((room) => [room.name, room]));
  const outcome = { added: 0, changed: 0, unchanged: 0 };
  for (const row of rows) {
    const holder = typeof row.holder === 'string' ? (people.get(row.holder) ?? null) : row.holder;
    outcome[await save(work, { ...row, holder }, byName.get(row.name))]++;
  }
  if (outcome.added + outcome.changed > 0) await touchLexicon(work);
  await record(work, 'import.rooms', 'office', { after: outcome });
  return outcome;
}

/**
 * A room of Feishu that the file gives to one of ours is nobody else's: those in the file let go of it first, so that two may change
 * theirs. Throws Refusal when one that is not in the file has it.
 */
async function unlink(
  work: Work,
  rows: readonly RoomRow[],
  known: readonly Known[],
): Promise<void> {
  for (const { name, feishuRoom } of rows) {
    const other = known.find(
      (each) => each.name !== name && each.feishu_room !== null && each.feishu_room === feishuRoom,
    );
    if (!other) continue;
    const theirs = rows.find((row) => row.name === other.name);
    if (theirs?.feishuRoom === undefined)
      throw new Refusal(
        'import.linked',
        words(
          `飞书会议室: ${other.feishu_room} 已关联「${other.name}」，请在文件里把它写成 -`,
          `${other.feishu_room} is linked to “${other.name}” already`,
        ),
      );
    await work.tx
      .updateTable('room')
      .set({ feishu_room: null })
      .where('id', '=', other.id)
      .execute();
  }
}

/** Locked in the order of their ids, as everybody locks them. */
const lockRooms = (work: Work): Promise<readonly Known[]> =>
  work.tx.selectFrom('room').selectAll().orderBy('id').forUpdate().execute();

/** A row with its person found. */
type Row = Omit<RoomRow, 'holder'> & { readonly holder: number | null | undefined };

async function save(work: Work, row: Row, room: Known | undefined): Promise<keyof Imported> {
  const after = factsOf(row, room);
  if (!room) {
    await work.tx
      .insertInto('room')
      .values({ name: row.name, ...after })
      .execute();
    return 'added';
  }
  const before = pick(room);
  if (JSON.stringify(before) === JSON.stringify(after)) return 'unchanged';
  await work.tx.updateTable('room').set(after).where('id', '=', room.id).execute();
  await record(work, 'room.changed', `room:${room.id}`, { before, after });
  return 'changed';
}

/** A room that is in the file is in use, also when it had been taken out before. */
const factsOf = (row: Row, known: Known | undefined): Facts => ({
  floor: row.floor,
  capacity: row.capacity,
  equipment: [...row.equipment],
  needs_approval: row.needsApproval,
  aliases: [...row.aliases],
  active: true,
  // A file that says nothing about it leaves it as it is.
  feishu_room: row.feishuRoom === undefined ? (known?.feishu_room ?? null) : row.feishuRoom,
  sort: row.sort ?? known?.sort ?? MEETING_ROOM,
  holder_id: row.holder === undefined ? (known?.holder_id ?? null) : row.holder,
});

/** The same facts of a room we have, in the same order, so that the two can be compared as text. */
const pick = ({
  floor,
  capacity,
  equipment,
  needs_approval,
  aliases,
  active,
  feishu_room,
  sort,
  holder_id,
}: Known): Facts => ({
  floor,
  capacity,
  equipment,
  needs_approval,
  aliases,
  active,
  feishu_room,
  sort,
  holder_id,
});

/**
 * Links our rooms to meeting rooms of Feishu that have their name or one of their aliases. `unknown`: rooms of Feishu that are none of
 * ours. A room that is linked already keeps its link.
 */
export async function linkToFeishu(
  work: Work,
  found: readonly MeetingRoom[],
): Promise<{ readonly linked: number; readonly unknown: readonly MeetingRoom[] }> {
  const known = await lockRooms(work);
  const taken = new Set(known.flatMap(({ feishu_room }) => feishu_room ?? []));
  const free = new Set(known.filter((each) => each.active && each.feishu_room === null));
  const unknown: MeetingRoom[] = [];
  let linked = 0;
  for (const { id, ...room } of found) {
    if (taken.has(id)) continue;
    const ours = [...free].find((each) => [each.name, ...each.aliases].includes(room.name));
    if (!ours) {
      unknown.push({ id, ...room });
      continue;
    }
    await work.tx.updateTable('room').set({ feishu_room: id }).where('id', '=', ours.id).execute();
    await record(work, 'room.changed', `room:${ours.id}`, { after: { feishu_room: id } });
    free.delete(ours);
    linked++;
  }
  return { linked, unknown };
}
