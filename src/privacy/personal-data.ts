/** All that the database holds of one person, for whoever may ask for it: them. */
import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { Workflow } from '../workflow/workflow.ts';
import { holdings, tableNames } from './holdings.ts';
import { about } from './rows.ts';

/** A value as it stands in the database, in JSON; bytes are in a file of this name. */
type Cell = unknown;

export type PersonalTable = {
  readonly table: string;
  readonly title: string;
  readonly rows: readonly { readonly [column: string]: Cell }[];
};

export type PersonalData = {
  readonly tables: readonly PersonalTable[];
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
};

/** Every table with a row that is theirs, and every file; read in one snapshot, which the caller opens. */
export async function personalData(tx: Tx, person: number): Promise<PersonalData> {
  const tables: PersonalTable[] = [];
  const files: { name: string; bytes: Uint8Array }[] = [];
  for (const name of tableNames) {
    const { theirs, title } = holdings[name];
    if (theirs === null) continue;
    const { rows } = await sql<{ readonly [column: string]: Cell }>`
      select * from ${sql.table(name)} where ${about(theirs, person)}`.execute(tx);
    if (rows.length === 0) continue;
    tables.push({
      table: name,
      title,
      rows: rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [
            column,
            value instanceof Uint8Array ? kept(value) : value,
          ]),
        ),
      ),
    });
    function kept(bytes: Uint8Array): string {
      const file = `${name}-${files.length + 1}`;
      files.push({ name: file, bytes });
      return `files/${file}`;
    }
  }
  const said = await decisionsOf(tx, person);
  if (said.length > 0) tables.push({ table: 'decision', title: '审批和办理', rows: said });
  return { tables, files };
}

/** What they decided and said in other people's requests, which are not theirs to see as a whole. */
async function decisionsOf(tx: Tx, person: number): Promise<PersonalTable['rows']> {
  const rows = await tx
    .selectFrom('request')
    .select(['number', 'workflow'])
    .where('requester_id', '<>', person)
    .where((row) =>
      row.exists(
        row
          .selectFrom('task')
          .select('task.id')
          .whereRef('task.request_id', '=', 'request.id')
          .where('task.person_id', '=', person),
      ),
    )
    .orderBy('id')
    .execute();
  return rows.flatMap(({ number, workflow }) =>
    // Written by move.ts as what it is
    (workflow as Workflow).steps.flatMap((step) =>
      [...step.seats.map(({ decision }) => decision), ...(step.earlier ?? [])].flatMap((decision) =>
        decision?.by === person
          ? [
              {
                number,
                step: step.title.zh,
                act: decision.act,
                at: decision.at,
                comment: decision.comment ?? null,
              },
            ]
          : [],
      ),
    ),
  );
}
