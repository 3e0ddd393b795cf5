import type {
  ChannelName,
  DirectoryDepartment,
  DirectoryPerson,
  DirectorySnapshot,
} from '../channels/channel.ts';
import { record } from '../audit/record.ts';
import { mayBeBack } from './reachable.ts';
import type { Language } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';

/** A sync that would remove more of the company than this asks an administrator instead (reliability: half a list looks like departures). */
const MOST_LEAVERS = 0.05;
/** Below this many people a share says nothing: two of ten may well leave together. */
const SMALL_COMPANY = 40;

export type SyncResult =
  | { readonly synced: true; readonly people: number; readonly left: readonly number[] }
  | { readonly synced: false; readonly wouldLeave: number; readonly of: number };

/**
 * Makes our directory what the platform's whole reading says: departments, people, leaders; people it no longer names
 * become inactive. Refuses (and changes nothing) when that would remove suspiciously many, unless `force`. New people are
 * spoken to in `language` until they write in another.
 */
export async function applySnapshot(
  work: Work,
  channel: ChannelName,
  snapshot: DirectorySnapshot,
  options: { readonly force?: boolean; readonly language?: Language } = {},
): Promise<SyncResult> {
  const present = new Set(snapshot.people.filter((each) => each.active).map((each) => each.id));
  const known = await activeAddresses(work, channel);
  const leavers = known.filter((each) => !present.has(each.external_id));
  const tooMany = known.length >= SMALL_COMPANY && leavers.length > known.length * MOST_LEAVERS;
  if (tooMany && !options.force) {
    return { synced: false, wouldLeave: leavers.length, of: known.length };
  }
  const departments = await saveDepartments(work, channel, snapshot.departments);
  const people = new Map<string, number>();
  for (const person of snapshot.people) {
    people.set(person.id, await savePerson(work, channel, person, departments, options.language));
  }
  await linkLeaders(work, snapshot, people, departments);
  for (const each of leavers) await deactivate(work, each.person_id);
  await touchLexicon(work);
  return { synced: true, people: people.size, left: leavers.map((each) => each.person_id) };
}

/** One person changed at the platform (an event). Unknown departments or leaders are left to the next whole reading. */
export async function applyPerson(
  work: Work,
  channel: ChannelName,
  person: DirectoryPerson,
): Promise<number> {
  const departments = await departmentIds(work, channel);
  const id = await savePerson(work, channel, person, departments);
  const leader = person.leader ? await personIdAt(work, channel, person.leader) : undefined;
  if (leader !== undefined && leader !== id) {
    await work.tx.updateTable('person').set({ leader_id: leader }).where('id', '=', id).execute();
  }
  await touchLexicon(work);
  return id;
}

/** Somebody left: inactive from now on. Returns their id when they were known. */
export async function applyLeft(
  work: Work,
  channel: ChannelName,
  externalId: string,
): Promise<number | undefined> {
  const id = await personIdAt(work, channel, externalId);
  if (id !== undefined) {
    await deactivate(work, id);
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

const activeAddresses = (work: Work, channel: ChannelName) =>
  work.tx
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
  const leaderOfDepartment = new Map<string, string | undefined>();
  for (const { id, parent, leader } of snapshot.departments) {
    leaderOfDepartment.set(id, leader);
    await work.tx
      .updateTable('department')
      .set({
        parent_id: (parent && departments.get(parent)) || null,
        leader_id: (leader && people.get(leader)) || null,
      })
      .where('id', '=', departments.get(id) ?? -1)
      .execute();
  }
  for (const person of snapshot.people) {
    const leader = leaderOf(person, snapshot.departments, leaderOfDepartment);
    await work.tx
      .updateTable('person')
      .set({ leader_id: (leader && people.get(leader)) || null })
      .where('id', '=', people.get(person.id) ?? -1)
      .execute();
  }
}

/**
 * Who leads a person: the leader the platform names; else the head of their department, or of the first one above that
 * somebody else heads. Their own id and loops are stepped over.
 */
function leaderOf(
  person: DirectoryPerson,
  departments: readonly DirectoryDepartment[],
  heads: ReadonlyMap<string, string | undefined>,
): string | undefined {
  if (person.leader && person.leader !== person.id) return person.leader;
  const parents = new Map(departments.map((each) => [each.id, each.parent]));
  const seen = new Set<string>();
  let department = person.departments[0];
  while (department && !seen.has(department)) {
    seen.add(department);
    const head = heads.get(department);
    if (head && head !== person.id) return head;
    department = parents.get(department);
  }
  return undefined;
}

async function deactivate(work: Work, id: number): Promise<void> {
  await work.tx.updateTable('person').set({ active: false }).where('id', '=', id).execute();
  await record(work, 'person.left', `person:${id}`);
}
