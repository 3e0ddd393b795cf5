import { type Kysely, sql } from 'kysely';

/**
 * The store room's ledger. An item's numbers are the sums of its movements: a trigger adds each movement up, another refuses any
 * other change of them, and the checks on `item` keep them from going negative. Movements are never changed. Lots are what came in
 * together at one price, used up oldest first. What is there already is carried over as an opening movement at the catalogue's price.
 * Besides: stock-takes, purchases with their quotes and receipts, loans.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `alter table item
    add column value_fen bigint not null default 0 check (value_fen >= 0),
    add column place text,
    add column loanable boolean not null default false`,
  `alter table movement drop constraint movement_sort_check`,
  `alter table movement
    add constraint movement_sort_check check (sort in ('opening', 'import', 'reserve', 'release', 'issue', 'return', 'lend',
      'receive', 'count', 'write-off', 'correct')),
    add column value_change bigint, add column why text`,
  `create table supplier (
    id bigint generated always as identity primary key, name text not null unique)`,
  `create table purchase (
    id bigint generated always as identity primary key,
    item_id bigint not null references item, quantity numeric not null check (quantity > 0),
    why text not null check (why in ('low', 'asked')),
    state text not null check (state in ('wanted', 'asking', 'agreed', 'ordered', 'arrived', 'shelved', 'dropped')),
    budget_fen bigint not null check (budget_fen >= 0), quote_id bigint, waiver text, bargain text,
    asked_by bigint references person, decided_by bigint references person, ordered_by bigint references person,
    ordered_at timestamptz, version integer not null default 1,
    created_at timestamptz not null, closed_at timestamptz)`,
  `create unique index purchase_low on purchase (item_id)
    where why = 'low' and state not in ('shelved', 'dropped')`,
  `create index purchase_open on purchase (state) where state not in ('shelved', 'dropped')`,
  `create table quote (
    id bigint generated always as identity primary key,
    purchase_id bigint not null references purchase, supplier_id bigint not null references supplier,
    price_fen bigint not null check (price_fen >= 0), person_id bigint not null references person, at timestamptz not null,
    unique (purchase_id, supplier_id))`,
  `alter table purchase add constraint purchase_quote foreign key (quote_id) references quote`,
  `create table receipt (
    id bigint generated always as identity primary key,
    item_id bigint not null references item, purchase_id bigint references purchase, supplier_id bigint references supplier,
    quantity numeric not null check (quantity >= 0), damaged numeric not null default 0 check (damaged >= 0),
    value_fen bigint not null check (value_fen >= 0), score smallint check (score between 1 and 5),
    person_id bigint not null references person, at timestamptz not null,
    state text not null check (state in ('draft', 'in', 'dropped')), version integer not null default 1,
    shelve_due timestamptz, shelved_at timestamptz, told_late_at timestamptz)`,
  `create index receipt_to_shelve on receipt (shelve_due) where state = 'in' and shelved_at is null`,
  `create index receipt_supplier on receipt (supplier_id)`,
  `alter table movement add column receipt_id bigint references receipt`,
  `create table lot (
    id bigint generated always as identity primary key,
    item_id bigint not null references item, movement_id bigint not null unique references movement,
    quantity numeric not null check (quantity > 0), value_fen bigint not null check (value_fen >= 0),
    rest numeric not null check (rest >= 0 and rest <= quantity))`,
  `create index lot_rest on lot (item_id, id) where rest > 0`,
  `create table stock_take (
    id bigint generated always as identity primary key, what text not null,
    state text not null check (state in ('counting', 'agreeing', 'done', 'dropped')),
    person_id bigint not null references person, agreed_by bigint references person, version integer not null default 1,
    started_at timestamptz not null, ended_at timestamptz, check (agreed_by <> person_id))`,
  `create unique index stock_take_one on stock_take (person_id) where state = 'counting'`,
  `create table stock_take_line (
    take_id bigint not null references stock_take, item_id bigint not null references item, place integer not null,
    expected numeric, counted numeric check (counted >= 0), skipped boolean not null default false,
    primary key (take_id, item_id))`,
  `create table loan (
    id bigint generated always as identity primary key,
    item_id bigint not null references item, quantity numeric not null check (quantity > 0),
    person_id bigint not null references person,
    state text not null check (state in ('draft', 'asked', 'out', 'returning', 'returned', 'dropped')),
    due_at timestamptz not null, value_fen bigint, handed_by bigint references person, out_at timestamptz,
    returned_at timestamptz, soon_told_at timestamptz, late_told_at timestamptz, version integer not null default 1,
    created_at timestamptz not null)`,
  `create index loan_open on loan (due_at) where state in ('out', 'returning')`,

  // What is there now, carried over.
  `insert into movement (item_id, request_id, sort, on_hand_change, reserved_change, at, person_id, value_change, why)
    select item.id, null, 'opening', item.on_hand - coalesce(sum(m.on_hand_change), 0),
      item.reserved - coalesce(sum(m.reserved_change), 0), now(), null, round(item.on_hand * item.price * 100), '结转'
    from item left join movement m on m.item_id = item.id group by item.id`,
  `insert into lot (item_id, movement_id, quantity, value_fen, rest)
    select item.id, m.id, item.on_hand, m.value_change, item.on_hand
    from item join movement m on m.item_id = item.id and m.sort = 'opening' where item.on_hand > 0`,
  `update item set value_fen = m.value_change from movement m where m.item_id = item.id and m.sort = 'opening'`,

  `create function add_movement() returns trigger language plpgsql as $$
    begin
      if current_setting('banshi.restoring', true) = 'on' then return null; end if;
      update item set on_hand = on_hand + new.on_hand_change, reserved = reserved + new.reserved_change,
        value_fen = value_fen + coalesce(new.value_change, 0) where id = new.item_id;
      return null;
    end $$`,
  `create trigger movement_adds after insert on movement for each row execute function add_movement()`,
  `create trigger movement_append_only before update or delete on movement
    for each row execute function refuse_change()`,
  `create function only_movements() returns trigger language plpgsql as $$
    begin
      if current_setting('banshi.restoring', true) = 'on' then return new; end if;
      if tg_op = 'INSERT' then
        if new.on_hand = 0 and new.reserved = 0 and new.value_fen = 0 then return new; end if;
      elsif pg_trigger_depth() > 1 or (new.on_hand, new.reserved, new.value_fen) = (old.on_hand, old.reserved, old.value_fen) then
        return new;
      end if;
      raise exception 'stock changes by movements only';
    end $$`,
  `create trigger item_by_movements before insert or update on item for each row execute function only_movements()`,
];
