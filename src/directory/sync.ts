import { sql } from 'kysely';
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
import { keepSetting } from '../../db/setting.ts';
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
  const lines = lastOfEach(snapshot.departments);
  const departments = await saveDepartments(work, channel, lines);
  const kept = known.filter(({ external_id: id }) => here.has(id) || outside.has(id));
  const people = new Map([
    ...kept.map((each) => [each.external_id, each.person_id] as const),
    ...newer,
  ]);
  const told = lastOfEach(snapshot.people).filter(({ id }) => !newer.has(id));
  const saved = await savePeople(work, channel, told, departments, options.language);
  for (const [id, person] of saved) people.set(id, person);
  await linkLeaders(work, { people: told, departments: lines }, people, departments);
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

/** A reading may name somebody on two of its pages: the last is right. */
const lastOfEach = <T extends { readonly id: string }>(named: readonly T[]): readonly T[] => [
  ...new Map(named.map((each) => [each.id, each])).values(),
];

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
  const id = (await savePeople(work, channel, [person], departments)).get(person.id);
  const lines = await departmentLines(work, channel);
  const leader = leaderOf(person, lines);
  const found = leader === undefined ? null : await personIdAt(work, channel, leader);
  if (id !== undefined && found !== undefined) {
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
export const touchLexicon = (work: Work): Promise<void> =>
  keepSetting(work.tx, 'names-changed', work.now.toString());

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
  await sql`insert into department (channel, external_id, name)
    select ${channel}::text, id, name
    from unnest(${departments.map(({ id }) => id)}::text[], ${departments.map(({ name }) => name)}::text[])
      with ordinality as told (id, name, place)
    order by place
    on conflict (channel, external_id) do update set name = excluded.name`.execute(work.tx);
  return departmentIds(work, channel);
}

/** Brings people up to date, a statement for all of them, however many there are; answers our ids by the platform's. */
async function savePeople(
  work: Work,
  channel: ChannelName,
  people: readonly DirectoryPerson[],
  departments: ReadonlyMap<string, number>,
  language: Language = 'zh',
): Promise<ReadonlyMap<string, number>> {
  const known = await work.tx
    .selectFrom('address')
    .innerJoin('person', 'person.id', 'address.person_id')
    .select(['address.external_id', 'address.person_id', 'person.active'])
    .where('address.channel', '=', channel)
    .where(sql<boolean>`address.external_id = any(${people.map(({ id }) => id)}::text[])`)
    .execute();
  const ids = new Map(known.map((each) => [each.external_id, each.person_id]));
  await updatePeople(
    work,
    people.flatMap((each) => {
      const id = ids.get(each.id);
      return id === undefined ? [] : [{ ...factsOf(each, departments), id }];
    }),
  );
  const active = new Set(people.filter((each) => each.active).map(({ id }) => id));
  const back = known.filter((each) => !each.active && active.has(each.external_id));
  for (const { person_id: id } of back) await mayBeBack(work, id);
  const fresh = people.filter(({ id }) => !ids.has(id));
  const added = await addPeople(
    work,
    fresh.map((each) => factsOf(each, departments)),
    language,
  );
  await sql`insert into address (channel, external_id, person_id)
    select ${channel}::text, * from unnest(${fresh.map(({ id }) => id)}::text[], ${added}::bigint[])`.execute(
    work.tx,
  );
  return new Map([
    ...ids,
    ...fresh.map(({ id }, index) => [id, added[index] ?? Number.NaN] as const),
  ]);
}

/** What a reading says of a person, as our table has it. */
type Facts = {
  readonly name: string;
  readonly name_en: string | null;
  readonly email: string | null;
  readonly employee_no: string | null;
  readonly job_title: string | null;
  readonly department_id: number | null;
  readonly active: boolean;
};

const factsOf = (person: DirectoryPerson, departments: ReadonlyMap<string, number>): Facts => ({
  name: person.name,
  name_en: person.nameEn ?? null,
  email: person.email ?? null,
  employee_no: person.employeeNo ?? null,
  job_title: person.jobTitle ?? null,
  department_id:
    person.departments.map((id) => departments.get(id)).find((id) => id !== undefined) ?? null,
  active: person.active,
});

/** Rows of facts, in their order, as a table named `told`. */
const toldFacts = (people: readonly Facts[]) => sql`unnest(
    ${people.map(({ name }) => name)}::text[], ${people.map((each) => each.name_en)}::text[], ${people.map(({ email }) => email)}::text[],
    ${people.map((each) => each.employee_no)}::text[], ${people.map((each) => each.job_title)}::text[],
    ${people.map((each) => each.department_id)}::bigint[], ${people.map(({ active }) => active)}::boolean[])
  with ordinality as told (name, name_en, email, employee_no, job_title, department_id, active, place)`;

/** Writes only what is different: most nights that is nobody. */
async function updatePeople(
  work: Work,
  people: readonly (Facts & { readonly id: number })[],
): Promise<void> {
  await sql`update person set (name, name_en, email, employee_no, job_title, department_id, active)
      = (told.name, told.name_en, told.email, told.employee_no, told.job_title, told.department_id, told.active)
    from ${toldFacts(people)} join unnest(${people.map(({ id }) => id)}::bigint[]) with ordinality as whose (id, place) using (place)
    where person.id = whose.id
      and (person.name, person.name_en, person.email, person.employee_no, person.job_title, person.department_id, person.active)
        is distinct from (told.name, told.name_en, told.email, told.employee_no, told.job_title, told.department_id, told.active)`.execute(
    work.tx,
  );
}

/** Adds people; answers their ids in the same order. */
async function addPeople(
  work: Work,
  people: readonly Facts[],
  language: Language,
): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into person (name, name_en, email, employee_no, job_title, department_id, active, language)
    select name, name_en, email, employee_no, job_title, department_id, active, ${language}::text
    from ${toldFacts(people)} order by place returning id`.execute(work.tx);
  // Numbers are given in the order of the rows; that they come back in it is not promised.
  return rows.map(({ id }) => id).toSorted((a, b) => a - b);
}

async function linkLeaders(
  work: Work,
  snapshot: DirectorySnapshot,
  people: ReadonlyMap<string, number>,
  departments: ReadonlyMap<string, number>,
): Promise<void> {
  const lines = new Map(snapshot.departments.map((each) => [each.id, each]));
  const idOf = (id: string | undefined, ids: ReadonlyMap<string, number>): number | null =>
    (id && ids.get(id)) || null;
  await sql`update department set parent_id = told.parent, leader_id = told.leader
    from unnest(${snapshot.departments.map(({ id }) => departments.get(id) ?? null)}::bigint[],
      ${snapshot.departments.map(({ parent }) => idOf(parent, departments))}::bigint[],
      ${snapshot.departments.map(({ leader }) => idOf(leader, people))}::bigint[]) as told (id, parent, leader)
    where department.id = told.id and (department.parent_id, department.leader_id) is distinct from (told.parent, told.leader)`.execute(
    work.tx,
  );
  const led = snapshot.people.map((each) =>
    idOf(
      leaderOf(each, lines, (id) => people.has(id)),
      people,
    ),
  );
  await sql`update person set leader_id = told.leader
    from unnest(${snapshot.people.map(({ id }) => people.get(id) ?? null)}::bigint[], ${led}::bigint[]) as told (id, leader)
    where person.id = told.id and person.leader_id is distinct from told.leader`.execute(work.tx);
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
