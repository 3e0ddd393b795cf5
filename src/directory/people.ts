import type { Address } from '../channels/channel.ts';
import type { Tx } from '../../db/database.ts';

/** A person as the office knows them, with what is shown beside the name. */
export type Person = {
  readonly id: number;
  readonly name: string;
  readonly department: string | null;
  readonly jobTitle: string | null;
  readonly language: 'zh' | 'en';
  readonly active: boolean;
  readonly greeted: boolean;
};

const person = (tx: Tx) =>
  tx
    .selectFrom('person')
    .leftJoin('department', 'department.id', 'person.department_id')
    .select([
      'person.id',
      'person.name',
      'department.name as department',
      'person.job_title as jobTitle',
      'person.language',
      'person.active',
      'person.greeted_at',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof person>['executeTakeFirstOrThrow']>>;

const known = ({ greeted_at, ...row }: Row): Person => ({ ...row, greeted: greeted_at !== null });

/** Who writes from this address; undefined for strangers and for people who have left. */
export async function personAt(tx: Tx, address: Address): Promise<Person | undefined> {
  const row = await person(tx)
    .innerJoin('address', 'address.person_id', 'person.id')
    .where('address.channel', '=', address.channel)
    .where('address.external_id', '=', address.id)
    .where('person.active', '=', true)
    .executeTakeFirst();
  return row && known(row);
}

/** People by id, also those who have left: their names still stand on cards. */
export async function peopleById(
  tx: Tx,
  ids: Iterable<number>,
): Promise<ReadonlyMap<number, Person>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await person(tx).where('person.id', 'in', wanted).execute();
  return new Map(rows.map((row) => [row.id, known(row)]));
}

/** A person's name, also of somebody who has left; empty for an id that nobody has. */
export const nameOf = async (tx: Tx, id: number): Promise<string> =>
  (await peopleById(tx, [id])).get(id)?.name ?? '';

/** Every active person, by name: for choosing whom to hand something over to. */
export async function activePeople(tx: Tx): Promise<readonly Person[]> {
  const rows = await person(tx).where('person.active', '=', true).orderBy('person.name').execute();
  return rows.map(known);
}

/**
 * Where a person is reached: their address in `preferred`, else any other they have. Undefined when they have none, which
 * the caller must treat as unreachable.
 */
export const addressOf = async (
  tx: Tx,
  id: number,
  preferred: string,
): Promise<Address | undefined> => (await addressesOf(tx, [id], preferred)).get(id);

/** The same of several people. */
export async function addressesOf(
  tx: Tx,
  ids: readonly number[],
  preferred: string,
): Promise<ReadonlyMap<number, Address>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('address')
    .select(['person_id', 'channel', 'external_id'])
    .where('person_id', 'in', ids)
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ person_id }) => person_id)].flatMap(([id, theirs]) => {
      const row = theirs.find((each) => each.channel === preferred) ?? theirs[0];
      if (row?.channel !== 'feishu' && row?.channel !== 'simulator') return [];
      return [[id, { channel: row.channel, id: row.external_id }] as const];
    }),
  );
}
