import type {
  ChannelName,
  DirectoryDepartment,
  DirectoryPerson,
  DirectorySnapshot,
  Whereabouts,
} from '../channels/channel.ts';
import { record } from '../audit/record.ts';
import { changesOrganisation } from './organisation.ts';
import { mayBeBack } from './reachable.ts';
import type { Language } from '../../cards/words.ts';
import type { Db } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';

/** A sync that would remove more of the company than this asks an administrator instead (reliability: half a list looks like departures). */
const MOST_LEAVERS = 0.05;
/** Below this many people so small a share says nothing, two of ten may well leave together; half of them do not. */
const SMALL_COMPANY = 40;
const MOST_LEAVERS_OF_FEW = 0.5;

/** `unseen`: so many cannot be seen and are kept as they were; `outside`: who of them from this reading on. */
export type SyncResult =
  | {
      readonly synced: true;
      readonly people: number;
      readonly left: readonly number[];
      readonly unseen: number;
      readonly outside: readonly number[];
    }
  | { readonly synced: false; readonly wouldLeave: number; readonly of: number };

/**
 * Makes our directory what the platform's whole reading says: departments, people, leaders; people it no longer names
 * become inactive, unless their `whereabouts` say that they are there or cannot be seen any more. Refuses (and changes nothing)
 * when that would remove suspiciously many, unless an administrator `accepted` so many. Of whom an event told after the
 * reading `began`, we know more than it. New people are spoken to in `language` until they write in another.
 */
export async function applySnapshot(
  work: Work,
  channel: ChannelName,
  snapshot: DirectorySnapshot,
  options: {
    readonly accepted?: number;
    readonly began?: Temporal.Instant;
    readonly whereabouts?: Whereabouts;
    readonly language?: Language;
  } = {},
): Promise<SyncResult> {
  changesOrganisation(work.tx);
  const newer = await toldSince(work, channel, options.began);
  const known = await activeAddresses(work.tx, channel);
  const here = new Set(options.whereabouts?.here);
  const missing = unnamed(known, snapshot).filter(
    ({ external_id: id }) => !newer.has(id) && !here.has(id),
  );
  // Who accepts so many leavers knows better than we who is only out of sight.
  const outside = new Set(
    missing.length > (options.accepted ?? 0) ? options.whereabouts?.outside : [],
  );
  const leavers = missing.filter(({ external_id: id }) => !outside.has(id));
  if (isSuspicious(leavers.length, known.length) && leavers.length > (options.accepted ?? 0)) {
    return { synced: false, wouldLeave: leavers.length, of: known.length };
  }
  const departments = await saveDepartments(work, channel, snapshot.departments);
  const kept = known.filter(({ external_id: id }) => here.has(id) || outside.has(id));
  const people = new Map([
    ...kept.map((each) => [each.external_id, each.person_id] as const),
    ...newer,
  ]);
  const told = snapshot.people.filter(({ id }) => !newer.has(id));
  for (const person of told) {
    people.set(person.id, await savePerson(work, channel, person, departments, options.language));
  }
  await linkLeaders(work, { ...snapshot, people: told }, people, departments);
  for (const each of leavers) await deactivate(work, each.person_id);
  const unseen = missing.filter(({ external_id: id }) => outside.has(id));
  const newlyUnseen = await noteOutside(work, channel, unseen);
  await dropDepartments(work, channel, snapshot.departments);
  await touchLexicon(work);
  return {
    synced: true,
    people: people.size,
    left: leavers.map((each) => each.person_id),
    unseen: unseen.length,
    outside: newlyUnseen,
  };
}

type KnownAddress = { readonly external_id: string; readonly person_id: number };

/** Who is known and active, and not named as active by a reading. */
function unnamed<A extends KnownAddress>(known: readonly A[], snapshot: DirectorySnapshot): A[] {
  const present = new Set(snapshot.people.filter((each) => each.active).map((each) => each.id));
  return known.filter(({ external_id: id }) => !present.has(id));
}

/** The platform's ids of those who work here and whom a reading does not name at all. */
export async function missingFrom(
  db: Db,
  channel: ChannelName,
  snapshot: DirectorySnapshot,
): Promise<readonly string[]> {
  const named = new Set(snapshot.people.map(({ id }) => id));
  const known = await activeAddresses(db, channel);
  return known.map((each) => each.external_id).filter((id) => !named.has(id));
}

/** Marks exactly these people as out of sight; answers who was not so before. */
async function noteOutside(
  work: Work,
  channel: ChannelName,
  outside: readonly KnownAddress[],
): Promise<readonly number[]> {
  const ids = ['', ...outside.map((each) => each.external_id)];
  await work.tx
    .updateTable('address')
    .set({ outside_since: null })
    .where('channel', '=', channel)
    .where('outside_since', 'is not', null)
    .where('external_id', 'not in', ids)
    .execute();
  const newly = await work.tx
    .updateTable('address')
    .set({ outside_since: work.now })
    .where('channel', '=', channel)
    .where('outside_since', 'is', null)
    .where('external_id', 'in', ids)
    .returning('person_id')
    .execute();
  return newly.map((each) => each.person_id);
}

/** A department that is gone goes with it, once nobody who is or was here belongs to it. */
async function dropDepartments(
  work: Work,
  channel: ChannelName,
  there: readonly DirectoryDepartment[],
): Promise<void> {
  await work.tx
    .deleteFrom('department')
    .where('channel', '=', channel)
    .where('external_id', 'not in', ['', ...there.map(({ id }) => id)])
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('person')
            .select('person.id')
            .whereRef('person.department_id', '=', 'department.id'),
        ),
      ),
    )
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('department as below')
            .select('below.id')
            .whereRef('below.parent_id', '=', 'department.id'),
        ),
      ),
    )
    .execute();
}

const isSuspicious = (leavers: number, known: number): boolean =>
  leavers > 1 && leavers > known * (known < SMALL_COMPANY ? MOST_LEAVERS_OF_FEW : MOST_LEAVERS);

/** Of whom an event told since then, with our ids. */
async function toldSince(
  work: Work,
  channel: ChannelName,
  began: Temporal.Instant | undefined,
): Promise<ReadonlyMap<string, number>> {
  if (!began) return new Map();
  const rows = await work.tx
    .selectFrom('address')
    .select(['external_id', 'person_id'])
    .where('channel', '=', channel)
    .where('told_at', '>=', began)
    .execute();
  return new Map(rows.map((row) => [row.external_id, row.person_id]));
}

/**
 * One person changed at the platform (an event). `complete`: all that it refers to is known here; else a whole reading has to
 * bring the rest.
 */
export async function applyPerson(
  work: Work,
  channel: ChannelName,
  person: DirectoryPerson,
): Promise<{ readonly complete: boolean }> {
  changesOrganisation(work.tx);
  const departments = await departmentIds(work, channel);
  const id = await savePerson(work, channel, person, departments);
  const lines = await departmentLines(work, channel);
  const leader = leaderOf(person, lines);
  const found = leader === undefined ? null : await personIdAt(work, channel, leader);
  if (found !== undefined) {
    await work.tx.updateTable('person').set({ leader_id: found }).where('id', '=', id).execute();
  }
  await noteTold(work, channel, person.id);
  await touchLexicon(work);
  const known = person.departments.every((each) => departments.has(each));
  return { complete: known && found !== undefined };
}

const noteTold = (work: Work, channel: ChannelName, externalId: string): Promise<unknown> =>
  work.tx
    .updateTable('address')
    .set({ told_at: work.now })
    .where('channel', '=', channel)
    .where('external_id', '=', externalId)
    .execute();

/** Somebody left: inactive from now on. Returns their id when they were known. */
export async function applyLeft(
  work: Work,
  channel: ChannelName,
  externalId: string,
): Promise<number | undefined> {
  changesOrganisation(work.tx);
  const id = await personIdAt(work, channel, externalId);
  if (id !== undefined) {
    await deactivate(work, id);
    await noteTold(work, channel, externalId);
    await touchLexicon(work);
  }
  return id;
}

/** Names changed: whoever keeps the office's names in memory reads them again. */
export async function touchLexicon(work: Work): Promise<void> {
  await work.tx
    .insertInto('setting')
    .values({ name: 'names-changed', value: work.now.toString() })
    .onConflict((at) => at.column('name').doUpdateSet({ value: work.now.toString() }))
    .execute();
}

const activeAddresses = (db: Db, channel: ChannelName) =>
  db
    .selectFrom('address')
    .innerJoin('person', 'person.id', 'address.person_id')
    .select(['address.external_id', 'address.person_id'])
    .where('address.channel', '=', channel)
    .where('person.active', '=', true)
    .execute();

async function personIdAt(
  work: Work,
  channel: ChannelName,
  externalId: string,
): Promise<number | undefined> {
  const row = await work.tx
    .selectFrom('address')
    .select('person_id')
    .where('channel', '=', channel)
    .where('external_id', '=', externalId)
    .executeTakeFirst();
  return row?.person_id;
}

async function departmentIds(
  work: Work,
  channel: ChannelName,
): Promise<ReadonlyMap<string, number>> {
  const rows = await work.tx
    .selectFrom('department')
    .select(['id', 'external_id'])
    .where('channel', '=', channel)
    .execute();
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

async function saveDepartments(
  work: Work,
  channel: ChannelName,
  departments: readonly DirectoryDepartment[],
): Promise<ReadonlyMap<string, number>> {
  for (const { id, name } of departments) {
    await work.tx
      .insertInto('department')
      .values({ channel, external_id: id, name, parent_id: null, leader_id: null })
      .onConflict((at) => at.columns(['channel', 'external_id']).doUpdateSet({ name }))
      .execute();
  }
  return departmentIds(work, channel);
}

async function savePerson(
  work: Work,
  channel: ChannelName,
  person: DirectoryPerson,
  departments: ReadonlyMap<string, number>,
  language: Language = 'zh',
): Promise<number> {
  const department = person.departments
    .map((id) => departments.get(id))
    .find((id) => id !== undefined);
  const facts = {
    name: person.name,
    name_en: person.nameEn ?? null,
    email: person.email ?? null,
    employee_no: person.employeeNo ?? null,
    job_title: person.jobTitle ?? null,
    department_id: department ?? null,
    active: person.active,
  };
  const existing = await personIdAt(work, channel, person.id);
  if (existing !== undefined) {
    const back =
      person.active &&
      (await work.tx
        .selectFrom('person')
        .select('id')
        .where('id', '=', existing)
        .where('active', '=', false)
        .executeTakeFirst());
    await work.tx.updateTable('person').set(facts).where('id', '=', existing).execute();
    if (back) await mayBeBack(work, existing);
    return existing;
  }
  const { id } = await work.tx
    .insertInto('person')
    .values({ ...facts, leader_id: null, language, greeted_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await work.tx
    .insertInto('address')
    .values({ channel, external_id: person.id, person_id: id })
    .execute();
  return id;
}

async function linkLeaders(
  work: Work,
  snapshot: DirectorySnapshot,
  people: ReadonlyMap<string, number>,
  departments: ReadonlyMap<string, number>,
): Promise<void> {
  for (const { id, parent, leader } of snapshot.departments) {
    await work.tx
      .updateTable('department')
      .set({
        parent_id: (parent && departments.get(parent)) || null,
        leader_id: (leader && people.get(leader)) || null,
      })
      .where('id', '=', departments.get(id) ?? -1)
      .execute();
  }
  const lines = new Map(snapshot.departments.map((each) => [each.id, each]));
  for (const person of snapshot.people) {
    const leader = leaderOf(person, lines, (id) => people.has(id));
    await work.tx
      .updateTable('person')
      .set({ leader_id: (leader && people.get(leader)) || null })
      .where('id', '=', people.get(person.id) ?? -1)
      .execute();
  }
}

/** Who heads a department and what it belongs to, as the platform's ids. */
type Line = Pick<DirectoryDepartment, 'parent' | 'leader'>;

/** The departments as they were last read. */
async function departmentLines(
  work: Work,
  channel: ChannelName,
): Promise<ReadonlyMap<string, Line>> {
  const rows = await work.tx
    .selectFrom('department')
    .leftJoin('department as above', 'above.id', 'department.parent_id')
    .leftJoin('address as head', (join) =>
      join.onRef('head.person_id', '=', 'department.leader_id').on('head.channel', '=', channel),
    )
    .select([
      'department.external_id as id',
      'above.external_id as parent',
      'head.external_id as leader',
    ])
    .where('department.channel', '=', channel)
    .execute();
  return new Map(
    rows.map(({ id, parent, leader }) => [
      id,
      { ...(parent !== null && { parent }), ...(leader !== null && { leader }) },
    ]),
  );
}

/**
 * Who leads a person: the leader the platform names; else the head of their department, or of the first one above that
 * somebody else heads. Their own id and loops are stepped over, and whoever cannot be seen and so is not `known`.
 */
function leaderOf(
  person: DirectoryPerson,
  departments: ReadonlyMap<string, Line>,
  known: (id: string) => boolean = () => true,
): string | undefined {
  const leads = (id: string | undefined): id is string =>
    id !== undefined && id !== person.id && known(id);
  if (leads(person.leader)) return person.leader;
  const seen = new Set<string>();
  let department = person.departments[0];
  while (department && !seen.has(department)) {
    seen.add(department);
    const line = departments.get(department);
    if (leads(line?.leader)) return line.leader;
    department = line?.parent;
  }
  return undefined;
}

async function deactivate(work: Work, id: number): Promise<void> {
  await work.tx.updateTable('person').set({ active: false }).where('id', '=', id).execute();
  await record(work, 'person.left', `person:${id}`);
}
