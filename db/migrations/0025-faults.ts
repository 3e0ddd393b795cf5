import { type Kysely, sql } from 'kysely';

/** What of a room's equipment does not work, and the repair that puts it right: while that is open, nobody is offered the room for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table equipment_fault (
    id bigint generated always as identity primary key,
    room_id bigint not null references room, equipment text not null,
    repair_id bigint not null references request, meeting_id bigint references meeting,
    reported_by bigint not null references person, reported_at timestamptz not null,
    call_at timestamptz)`,
  `create index equipment_fault_room on equipment_fault (room_id, id)`,
  `create index equipment_fault_repair on equipment_fault (repair_id)`,
  `create index equipment_fault_meeting on equipment_fault (meeting_id)`,
  `create index equipment_fault_call on equipment_fault (call_at) where call_at is not null`,
];
