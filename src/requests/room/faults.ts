/** What of rooms' equipment does not work: told by somebody, until the repair it led to is closed. */
import type { Selectable } from 'kysely';
import type { Tx } from '../../../db/database.ts';
import type { EquipmentFaultTable } from '../../../db/tables.ts';

/** `number`: of the repair. */
export type EquipmentFault = Selectable<EquipmentFaultTable> & { readonly number: string };

/** Faults whose repair is not closed, the oldest first; those of one room, or of all. */
export const openFaults = (tx: Tx, room?: number): Promise<readonly EquipmentFault[]> =>
  tx
    .selectFrom('equipment_fault')
    .innerJoin('request', 'request.id', 'equipment_fault.repair_id')
    .selectAll('equipment_fault')
    .select('request.number')
    // Its kind is said for the index of open tickets.
    .where('request.kind', '=', 'repair')
    .where('request.closed_at', 'is', null)
    .$if(room !== undefined, (query) => query.where('room_id', '=', room ?? 0))
    .orderBy('equipment_fault.id')
    .execute();
