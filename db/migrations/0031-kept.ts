import { type Kysely, sql } from 'kysely';

/**
 * How long things are kept: since when a closed request is without words. Movements of stock never change in what they count; the words
 * beside the numbers may be emptied when nobody's are to be kept any more, by work that says so.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table request add column cleared_at timestamptz`,
  `create index request_kept on request (closed_at) where cleared_at is null and closed_at is not null`,
  `create function refuse_recount() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and current_setting('banshi.forgetting', true) = 'on'
        and to_jsonb(new) - 'why' - 'old_why' = to_jsonb(old) - 'why' - 'old_why' then return new; end if;
      raise exception '% is append-only', tg_table_name using errcode = '42501';
    end $$`,
  `drop trigger movement_append_only on movement`,
  `create trigger movement_append_only before update or delete on movement
    for each row execute function refuse_recount()`,
];
