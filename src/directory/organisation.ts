import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';

/** Who stands where in the company, read in one go so that routing can be a pure function. Roles are lists of person ids. */
export type Organisation = {
  readonly people: ReadonlyMap<
    number,
    { readonly active: boolean; readonly leader: number | null; readonly department: number | null }
  >;
  readonly departments: ReadonlyMap<
    number,
    { readonly name: string; readonly parent: number | null; readonly leader: number | null }
  >;
  readonly roles: ReadonlyMap<string, readonly number[]>;
  /** Who is away now, and who stands in for them; null: nobody was named. */
  readonly absent: ReadonlyMap<number, number | null>;
};

type Roles = { readonly [role: string]: readonly string[] };

type Reading = {
  readonly roles: Roles;
  readonly now: Temporal.Instant;
  readonly organisation: Organisation;
  /** The transaction writes absences itself: only they are read anew. */
  readonly absencesChange?: true;
};

/** What a transaction has read already; `changing`: it writes people or absences itself and reads them anew each time. */
const readings = new WeakMap<Tx, Reading | 'changing'>();

/** Said before a transaction writes people or departments. */
export const changesOrganisation = (tx: Tx): void => void readings.set(tx, 'changing');

/** Said before a transaction writes absences: whom it has read already stay who they are. */
export function changesAbsences(tx: Tx): void {
  const known = readings.get(tx);
  if (known === undefined) changesOrganisation(tx);
  else if (known !== 'changing') readings.set(tx, { ...known, absencesChange: true });
}

/** Of which server and database, and which changes had been seen: of people, departments and addresses; of these and of absences. */
type Mark = { readonly people: string; readonly all: string };

/**
 * What was read last for these rules, by all transactions of the program; it is the same as long as its mark is. Absences that were over at `from` are
 * not in it.
 */
type Kept = { readonly mark: Mark; readonly from: Temporal.Instant; readonly rows: Rows };

const kept = new WeakMap<Roles, Kept>();

/**
 * Who leads whom, who holds which role and who is away at `now`. `roles` come from office.yaml as references: an `ou_…` id, an e-mail
 * address or an employee number; a reference that nobody answers to is left out (doctor names it). It is read from the tables only when they have
 * changed: a tap on 提交 asks five times, and a company of thousands is long.
 */
export async function readOrganisation(
  tx: Tx,
  roles: Roles,
  now: Temporal.Instant,
): Promise<Organisation> {
  const known = readings.get(tx);
  if (known === 'changing') return readAnew(tx, roles, now);
  if (known?.roles === roles && known.now.equals(now))
    return known.absencesChange
      ? { ...known.organisation, absent: absentAt(await absencesFrom(tx, now), now) }
      : known.organisation;
  const organisation = await readAnew(tx, roles, now);
  const meanwhile = readings.get(tx);
  if (meanwhile !== 'changing' && !meanwhile?.absencesChange)
    readings.set(tx, { roles, now, organisation });
  return organisation;
}

async function readAnew(tx: Tx, roles: Roles, now: Temporal.Instant): Promise<Organisation> {
  // What a transaction changed itself nobody else may see yet.
  if (readings.get(tx) === 'changing') return standing(await rowsOf(tx, roles, now), now);
  const { mark, own } = await markOf(tx);
  // Said by nobody, yet changed: later changes of the same transaction would not show in the mark.
  if (own) return standing(await rowsOf(tx, roles, now), now);
  const before = kept.get(roles);
  const isOfNow = before !== undefined && Temporal.Instant.compare(before.from, now) <= 0;
  if (isOfNow && before.mark.all === mark.all) return standing(before.rows, now);
  // Who is away changes with each approved trip, who stands where hardly ever: thousands are not read again for one.
  const rows =
    isOfNow && before.mark.people === mark.people
      ? { ...before.rows, absences: await absencesFrom(tx, now) }
      : await rowsOf(tx, roles, now);
  kept.set(roles, { mark, from: now, rows });
  return standing(rows, now);
}

/** Read before the rows: what changes in between is read again the next time. `own`: this transaction is one of those that changed it. */
async function markOf(tx: Tx): Promise<{ readonly mark: Mark; readonly own: boolean }> {
  const { rows } = await sql<{ people: string; all: string; own: boolean | null }>`
    select concat_ws(' ', pg_postmaster_start_time(), current_database(), string_agg(transaction::text, ',' order by transaction) filter (where not only_absences)) as people,
      concat_ws(' ', pg_postmaster_start_time(), current_database(), string_agg(transaction::text, ',' order by transaction)) as all,
      bool_or(transaction = pg_current_xact_id_if_assigned()::text::bigint) as own
    from organisation_change`.execute(tx);
  const { people = '', all = '', own = false } = rows[0] ?? {};
  return { mark: { people, all }, own: own === true };
}

type Absence = {
  readonly person_id: number;
  readonly delegate_id: number | null;
  readonly since: Temporal.Instant;
  readonly until: Temporal.Instant;
};

type Rows = Omit<Organisation, 'absent'> & { readonly absences: readonly Absence[] };

/** The organisation as it stands at a moment: who is away then. */
const standing = ({ absences, ...rest }: Rows, now: Temporal.Instant): Organisation => ({
  ...rest,
  absent: absentAt(absences, now),
});

const absentAt = (absences: readonly Absence[], now: Temporal.Instant): Organisation['absent'] =>
  new Map(
    absences
      .filter(
        ({ since, until }) =>
          Temporal.Instant.compare(since, now) <= 0 && Temporal.Instant.compare(until, now) > 0,
      )
      .map((each) => [each.person_id, each.delegate_id]),
  );

/** Those that are not over; of several at once what was said last comes last. */
const absencesFrom = (tx: Tx, now: Temporal.Instant): Promise<readonly Absence[]> =>
  tx
    .selectFrom('absence')
    .select(['person_id', 'delegate_id', 'since', 'until'])
    .where('until', '>', now)
    .orderBy('said_at')
    .orderBy('id')
    .execute();

async function rowsOf(tx: Tx, roles: Roles, now: Temporal.Instant): Promise<Rows> {
  const people = await tx
    .selectFrom('person')
    .select(['id', 'active', 'leader_id', 'department_id', 'email', 'employee_no'])
    .execute();
  const departments = await tx
    .selectFrom('department')
    .select(['id', 'name', 'parent_id', 'leader_id'])
    .execute();
  const addresses = await tx.selectFrom('address').select(['external_id', 'person_id']).execute();
  const absences = await absencesFrom(tx, now);
  const byReference = new Map<string, number>([
    ...people.flatMap((each): [string, number][] => [
      ...(each.email ? [[each.email, each.id] satisfies [string, number]] : []),
      ...(each.employee_no ? [[each.employee_no, each.id] satisfies [string, number]] : []),
    ]),
    ...addresses.map((each): [string, number] => [each.external_id, each.person_id]),
  ]);
  return {
    people: new Map(
      people.map((each) => [
        each.id,
        { active: each.active, leader: each.leader_id, department: each.department_id },
      ]),
    ),
    departments: new Map(
      departments.map((each) => [
        each.id,
        { name: each.name, parent: each.parent_id, leader: each.leader_id },
      ]),
    ),
    roles: new Map(
      Object.entries(roles).map(([role, references]) => [
        role,
        references.flatMap((reference) => byReference.get(reference) ?? []),
      ]),
    ),
    absences,
  };
}

/** The names of a person's departments, their own first, then those above it. */
export async function departmentNames(tx: Tx, person: number): Promise<readonly string[]> {
  const rows = await tx
    .withRecursive('mine', (q) =>
      q
        .selectFrom('person')
        .innerJoin('department', 'department.id', 'person.department_id')
        .where('person.id', '=', person)
        .select(['department.name', 'department.parent_id', sql<number>`1`.as('height')])
        .unionAll(
          q
            .selectFrom('department')
            .innerJoin('mine', 'mine.parent_id', 'department.id')
            .where('mine.height', '<', HIGHEST)
            .select([
              'department.name',
              'department.parent_id',
              sql<number>`mine.height + 1`.as('height'),
            ]),
        ),
    )
    .selectFrom('mine')
    .select('name')
    .orderBy('height')
    .execute();
  return rows.map(({ name }) => name);
}

/** Departments above each other, should they ever stand in a circle. */
const HIGHEST = 20;

/** Who holds a role now and works here, in the order of office.yaml. */
export const holdersOf = (org: Organisation, role: string): readonly number[] =>
  (org.roles.get(role) ?? []).filter((person) => org.people.get(person)?.active === true);

/** Whether somebody holds one of these roles now. */
export const holdsAny = (org: Organisation, roles: readonly string[], person: number): boolean =>
  roles.some((role) => holdersOf(org, role).includes(person));
