import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { demoCompany } from '../../db/demo.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { applySnapshot, touchLexicon } from '../directory/sync.ts';
import { readRooms } from '../imports/rooms.ts';
import { readSupplies } from '../imports/supplies.ts';
import { importRooms } from '../requests/room/import.ts';
import { importSupplies } from '../requests/supply/import.ts';

const file = (name: string): Promise<Uint8Array> =>
  readFile(new URL(`../../db/demo/${name}`, import.meta.url));

/** Gives the simulator its company: people, rooms and a filled store room. Done again at each start, it brings only the people up to date. */
export async function openDemo(office: Office): Promise<void> {
  const rooms = await readRooms(await file('rooms.csv'), 'rooms.csv');
  const supplies = await readSupplies(await file('supplies.csv'), 'supplies.csv');
  if (!rooms.ok || !supplies.ok) throw new Error('the demo company’s files are damaged');
  await inWork(office, { actor: 'system' }, async (work) => {
    await applySnapshot(work, 'simulator', demoCompany);
    // Only into an empty office: what somebody has changed since stays as they left it.
    if (await isEmpty(work, 'room')) await importRooms(work, rooms.rows);
    if (await isEmpty(work, 'item')) await importSupplies(work, supplies.rows);
  });
}

const isEmpty = async (work: Work, table: 'room' | 'item'): Promise<boolean> =>
  (await work.tx.selectFrom(table).select('id').limit(1).executeTakeFirst()) === undefined;

/** Forgets every request of the demo and fills the store room again. The record stays: it is never rewritten. */
export async function forgetRequests(office: Office): Promise<void> {
  const supplies = await readSupplies(await file('supplies.csv'), 'supplies.csv');
  if (!supplies.ok) throw new Error('the demo company’s files are damaged');
  await inWork(office, { actor: 'system' }, async (work) => {
    await sql`truncate deed, space_release, equipment_fault, series_question, watcher, repair_part, vendor_link, major_fault, replacement, round_ticket, counterpart, expense_line, expense, companion, trip, trip_budget, follow_up, action_item, minutes, material, preparation, attendance, meeting, room_wish, room_swap, room_bump, room_closure, response_line, response, rectification, round, round_kept, note, attachment_content, attachment, write_off, supply_promise, supply_budget, loan, stock_take_line, stock_take, lot, receipt, quote, purchase, supplier, movement, booking, absence, task, draft, request, delivery, shown_card,
      inbound, message_count, set_aside, counter, item, last_said, misreading, preference, report`.execute(
      work.tx,
    );
    await work.tx.updateTable('person').set({ greeted_at: null }).execute();
    await importSupplies(work, supplies.rows);
    await touchLexicon(work);
    await record(work, 'simulator.reset', 'office');
  });
}
