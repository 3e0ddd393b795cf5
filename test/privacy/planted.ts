/** A database in which one person is in every table, with a mark of their own in every column that can hold something of them. */
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Tables } from '../../db/tables.ts';
import { holdings, tableNames } from '../../src/privacy/holdings.ts';

/** All that anybody may recognise them by. Every id of theirs, and of what is theirs, is the same number. */
export const planted = {
  id: 77,
  name: '欧阳测试',
  nameEn: 'Ouyang Ceshi',
  email: 'ouyang@planted.example',
  number: 'EMP-7731',
  address: 'ou_planted_1',
  chat: 'oc_planted_1',
};

export type Column = {
  readonly table: keyof Tables;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
};

/** Every column of every table of ours. */
export async function columnsOf(db: Db): Promise<readonly Column[]> {
  const { rows } = await sql<Column>`
    select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%'
      and a.attgenerated = ''
    order by c.relname, a.attnum`.execute(db);
  return rows;
}

/** Columns that can hold words, or a picture of them. */
export const holdsWords = ({ type }: Column): boolean =>
  /^(text|jsonb?|bytea|character)/.test(type);

/** Whether a mark belongs there: rows there are theirs, and either go as a whole or the list does not say that the column is of no person. */
function takesMark(column: Column): boolean {
  const { theirs, goes, others } = holdings[column.table];
  if (!holdsWords(column) || theirs === null || STATES.has(column.name)) return false;
  return goes === theirs || others?.includes(column.name) !== true;
}

/** What a row is found or told by. */
const STATES: ReadonlySet<string> = new Set([
  'channel',
  'state',
  'sort',
  'kind',
  'person',
  'direction',
]);

const markOf = ({ table, name }: Column): string => `mark.${table}.${name}`;

/** What makes a row theirs, and what a column cannot hold a mark beside. */
const GIVEN: { readonly [column: string]: string } = {
  'address.channel': 'simulator',
  'address.external_id': planted.address,
  'address.chat': planted.chat,
  'counterpart.about_kind': 'request',
  'inbound.chat': planted.chat,
  'pace.name': `lane:simulator:${planted.address}`,
  'message_count.who': `simulator:${planted.address}`,
  'audit.actor': `person:${planted.id}`,
  'simulator_message.person': planted.address,
  'simulator_file.person': planted.address,
  'set_aside.body': `{"open_id":"${planted.address}","text":"mark.set_aside.body"}`,
  'person.name': planted.name,
  'person.name_en': planted.nameEn,
  'person.email': planted.email,
  'person.employee_no': planted.number,
  'person.language': 'zh',
  'request.kind': 'room',
  'request.form': JSON.stringify({
    when: { from: '2026-01-01T01:00:00Z', to: '2026-01-01T02:00:00Z' },
    room: '珠峰',
    people: 8,
    title: 'mark.request.form',
    notFound: ['mark.request.form.guest'],
    unknown: 'mark.request.form.unknown',
  }),
  'request.outcome': JSON.stringify({ fix: { done: 'mark.request.outcome', cost: 12 } }),
  'request.workflow': workflow(planted.id, 'mark.request.workflow'),
  'minutes.attendees': '[1]',
  'minutes.decisions': '["mark.minutes.decisions"]',
};

function workflow(requester: number, comment: string): string {
  const decision = { act: 'return', by: planted.id, at: '2026-01-01T00:00:00Z', comment };
  const step = {
    id: 'manager',
    sort: 'approval',
    title: { zh: '直属上级', en: 'Manager' },
    needs: 'any',
    seats: [{ via: 'manager', people: [planted.id], decision }],
    earlier: [{ ...decision, comment: `${comment}.earlier` }],
    state: 'done',
    stateWhile: 'pending',
  };
  return JSON.stringify({ requester, steps: [step], endsAs: 'booked' });
}

/** Fills every table. Returns the marks, each as it must be found in an export of all that is theirs. */
export async function plant(db: Db): Promise<readonly string[]> {
  const columns = await columnsOf(db);
  const marks = columns.filter(takesMark).map((column) => GIVEN[keyOf(column)] ?? markOf(column));
  await db.connection().execute(async (connection) => {
    const { rows: checks } = await sql<{ table: string; name: string }>`
      select conrelid::regclass::text as table, conname as name from pg_constraint
      where contype in ('c', 'x') and connamespace = 'public'::regnamespace`.execute(connection);
    // The rows need no sense: states of nothing, references to anything.
    for (const { table, name } of checks)
      await sql.raw(`alter table "${table}" drop constraint "${name}"`).execute(connection);
    await sql.raw('set session_replication_role = replica').execute(connection);
    // Seals are the sealer's: one made up would be a broken record.
    for (const table of tableNames.filter((name) => name !== 'audit_seal')) {
      const own = columns.filter((column) => column.table === table);
      await insert(connection, own, (column) => valueOf(column, planted.id, markedText(column)));
      await insert(connection, own, (column) => valueOf(column, 88, toldOf(column)));
    }
    await sql
      .raw(
        `update request set workflow = '${workflow(88, 'mark.said-of-another')}' where id = 88;
       update task set request_id = 88 where id = 77;
       update person set name = '别人', name_en = null, email = null, active = true where id = 88`,
      )
      .execute(connection);
    await sql.raw('set session_replication_role = origin').execute(connection);
  });
  return [...marks.flatMap(piecesOf), 'mark.said-of-another', 'mark.said-of-another.earlier'];
}

/** The marks in a given text; one without any is a mark itself. */
const piecesOf = (text: string): readonly string[] => text.match(/mark\.[\w.-]+/g) ?? [text];

const keyOf = ({ table, name }: Column): string => `${table}.${name}`;

const markedText = (column: Column): string =>
  GIVEN[keyOf(column)] ?? (takesMark(column) ? markOf(column) : 'x');

/** In somebody else's row: the person's name and ids, where others may write of them. */
const toldOf = (column: Column): string =>
  holdings[column.table].mentions?.includes(column.name) === true
    ? `about ${planted.name} (${planted.nameEn}, ${planted.email}) at ${planted.address}, ${planted.chat}`
    : 'y';

async function insert(
  db: Db,
  columns: readonly Column[],
  value: (column: Column) => string,
): Promise<void> {
  const [first] = columns;
  if (!first) throw new Error('a table without columns');
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const values = columns.map(
    (column) => `'${value(column).replaceAll("'", "''")}'::${column.type}`,
  );
  await sql
    .raw(
      `insert into "${first.table}" (${names}) overriding system value values (${values.join(', ')})`,
    )
    .execute(db);
}

function valueOf({ type, table, name }: Column, id: number, text: string): string {
  if (type === 'bigint[]') return `{${id}}`;
  if (type === 'text[]') return `{${text}}`;
  if (type === 'bytea') return `\\x${Buffer.from(text).toString('hex')}`;
  if (type.startsWith('json')) return /^[[{]/.test(text) ? text : JSON.stringify({ text });
  if (type === 'uuid') return `00000000-0000-0000-0000-0000000000${id}`;
  if (type === 'xid8') return '1';
  if (type === 'boolean') return 'false';
  if (type === 'date') return '2026-01-01';
  if (type.startsWith('timestamp')) return '2026-01-01T00:00:00Z';
  if (type === 'text') return text;
  if (table === 'request' && name === 'stars') return '5';
  return type === 'bigint' ? String(id) : '1';
}

/** Everything that is in the database, as text: every row of every table of every schema of ours, pictures as bytes. */
export async function dump(db: Db): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace n on n.oid = relnamespace
    where relkind in ('r', 'p', 'm') and nspname !~ '^(pg_|information_schema)'`.execute(db);
  const all: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql
      .raw<{ row: string }>(`select row_to_json(t)::text as row from ${name} as t`)
      .execute(db);
    all.push(...rows.map(({ row }) => readable(row)));
  }
  return all.join('\n');
}

/** Bytes are written as hexadecimal; what can be read in them is read. */
const readable = (row: string): string =>
  row.replaceAll(/\\\\x([0-9a-f]+)/g, (_, hex: string) => Buffer.from(hex, 'hex').toString('utf8'));
