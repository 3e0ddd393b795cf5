/** Whom an administrator means, and by what a person can be recognised in a text. */
import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';

export type Whom = {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
  readonly department: string | null;
  readonly active: boolean;
};

/** Everybody who is called so, or has this e-mail, employee number, platform id, or id of ours (`#12`); also those who left. */
export async function peopleCalled(tx: Tx, said: string): Promise<readonly Whom[]> {
  const { rows } = await sql<Whom>`
    select person.id, person.name, person.email, department.name as department, person.active
    from person left join department on department.id = person.department_id
    where ${said} in (person.name, person.name_en, person.email, person.employee_no, '#' || person.id)
      or exists (select from address where person_id = person.id and external_id = ${said})
    order by person.id`.execute(tx);
  return rows;
}

/** What a person is recognised by in what others wrote: `ids` are of platforms, `names` nobody else is called by. */
export type Marks = { readonly ids: readonly string[]; readonly names: readonly string[] };

/**
 * Whoever shares a name, or has it in theirs, would lose it as well: then it stays in texts, where it means nobody for certain. English
 * names of one word are words of English, too.
 */
export async function marksOf(tx: Tx, person: number): Promise<Marks> {
  const addresses = await tx
    .selectFrom('address')
    .select(['external_id', 'chat'])
    .where('person_id', '=', person)
    .execute();
  const { rows } = await sql<{ readonly called: string }>`
    select called from person, unnest(array[name, name_en, email]) as called
    where id = ${person} and length(called) > 1 and (called = name or called ~ '[ @]')
      and not exists (select from person other where other.id <> ${person}
        and (position(called in other.name) > 0 or position(called in other.name_en) > 0 or other.email = called))
    order by length(called) desc`.execute(tx);
  return {
    ids: addresses.flatMap(({ external_id, chat }) => [external_id, ...(chat ? [chat] : [])]),
    names: rows.map(({ called }) => called),
  };
}
