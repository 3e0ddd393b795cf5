import { type Kysely, sql } from 'kysely';

/**
 * Readings of the directory that are wished for, so that neither a restart nor a second replica loses or doubles one; calls of
 * the platform by month; what a card shows, so that it is not sent again unchanged.
 */
export async function up<T>(db: Kysely<T>): Promise<void> {
  await sql`create table directory_reading (
    channel text primary key,
    wishes int not null default 0, met int not null default 0, tried_at timestamptz,
    refused int not null default 0, accepted int not null default 0)`.execute(db);
  await sql`alter table address add column told_at timestamptz, add column outside_since timestamptz`.execute(
    db,
  );
  await sql`create table api_call (
    month text not null, route text not null, free boolean not null, count int not null,
    primary key (month, route))`.execute(db);
  await sql`alter table shown_card add column looks text`.execute(db);
}
