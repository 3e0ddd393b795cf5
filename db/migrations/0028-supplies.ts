import { type Kysely, sql } from 'kysely';

/**
 * Things for which an old one is brought, and whether it was; what departments promised and spent of their budgets for supplies; things
 * that are written off; who has which assets, and what they say of them when they are asked.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table item add column trade_in boolean not null default false`,
  `alter table movement
    add column old_back boolean, add column old_why text,
    add constraint movement_old check (case when old_back is null then old_why is null else old_back or old_why is not null end)`,
  `create table supply_budget (
    department text not null, period text not null, primary key (department, period))`,
  `create table supply_promise (
    request_id bigint primary key references request, department text not null, period text not null,
    promised bigint not null check (promised >= 0), spent bigint not null check (spent >= 0))`,
  `create index supply_promise_budget on supply_promise (department, period)`,
  `create table write_off (
    id bigint generated always as identity primary key,
    item_id bigint not null references item, quantity numeric not null check (quantity > 0), why text,
    state text not null check (state in ('draft', 'agreeing', 'done', 'dropped')),
    person_id bigint not null references person, second_id bigint references person, value_fen bigint,
    version integer not null default 1, created_at timestamptz not null, ended_at timestamptz,
    check (second_id <> person_id), check (state not in ('agreeing', 'done') or why is not null))`,
  `alter table asset add column holder_id bigint references person, add column leaver_told_at timestamptz`,
  `create index asset_holder on asset (holder_id) where active`,
  `create table asset_check (
    id bigint generated always as identity primary key,
    started_by bigint not null references person, started_at timestamptz not null,
    reminded_at timestamptz, ended_at timestamptz)`,
  `create table asset_answer (
    check_id bigint not null references asset_check, asset_id bigint not null references asset,
    person_id bigint not null references person, answer text check (answer in ('here', 'gone')), answered_at timestamptz,
    primary key (check_id, asset_id), check ((answer is null) = (answered_at is null)))`,
  `create index asset_answer_person on asset_answer (check_id, person_id)`,
];
