import type { Tx } from '../../db/database.ts';

/** Who sees a subject (`request:12`) now, by id: those whose card of it has to be kept in line. */
export async function peopleShowing(tx: Tx, subject: string): Promise<readonly number[]> {
  const rows = await tx
    .selectFrom('shown_card')
    .select('person_id')
    .where('subject', '=', subject)
    .orderBy('person_id')
    .execute();
  return rows.map((row) => row.person_id);
}
