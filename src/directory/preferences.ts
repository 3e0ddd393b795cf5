import type { PreferenceTable } from '../../db/tables.ts';
import type { Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Hours } from '../time/hours.ts';
import type { QuietTime } from '../time/quiet-hours.ts';

/** What a person wishes of reminders. `hours`: the office's, none, or their own; `daysOff`: not on days the office does not work. */
export type Preference = {
  readonly hours: 'office' | 'none' | Hours;
  readonly daysOff: boolean;
};

/** Who never said anything. */
const USUAL: Preference = { hours: 'office', daysOff: false };

export async function readPreference(tx: Tx, person: number): Promise<Preference> {
  const row = await tx
    .selectFrom('preference')
    .selectAll()
    .where('person_id', '=', person)
    .executeTakeFirst();
  return row ? { hours: hoursIn(row), daysOff: row.days_off } : USUAL;
}

function hoursIn({ quiet, quiet_from, quiet_to }: PreferenceTable): Preference['hours'] {
  if (quiet !== 'own') return quiet;
  return quiet_from === null || quiet_to === null ? 'office' : { from: quiet_from, to: quiet_to };
}

/** When a person is not to be disturbed, in an office with these quiet hours (null: none). */
export const quietTimeOf = ({ hours, daysOff }: Preference, office: Hours | null): QuietTime => ({
  hours: hours === 'office' ? office : hours === 'none' ? null : hours,
  daysOff,
});

/** Changes what a person wishes; what they do not speak of stays. Recorded. Returns what holds now. */
export async function changePreference(
  work: Work,
  person: number,
  change: Partial<Preference>,
): Promise<Preference> {
  const before = await readPreference(work.tx, person);
  const after = { ...before, ...change };
  const { hours, daysOff } = after;
  const own = typeof hours === 'string' ? undefined : hours;
  const row = {
    quiet: typeof hours === 'string' ? hours : ('own' as const),
    quiet_from: own?.from ?? null,
    quiet_to: own?.to ?? null,
    days_off: daysOff,
  };
  await work.tx
    .insertInto('preference')
    .values({ person_id: person, ...row })
    .onConflict((at) => at.column('person_id').doUpdateSet(row))
    .execute();
  await record(work, 'preference.changed', `person:${person}`, { before, after });
  return after;
}
