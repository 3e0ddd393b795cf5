/**
 * Whether anything goes out at all. After a restore nothing does until a person has looked: what yesterday's state still owes may have been
 * sent since. What is owed meanwhile waits in its lane.
 */
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { keepSetting, settingNamed } from '../../db/setting.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';

const NAME = 'lanes-held';

/** For claims: true while lanes are open. */
export const lanesOpen = sql<boolean>`not exists (select from setting where name = ${NAME})`;

/** Holds every lane, since `why`. */
export const holdLanes = (work: Work, why: string): Promise<void> =>
  keepSetting(work.tx, NAME, why);

/** Lets them go. False: they were open. */
export async function releaseLanes(work: Work): Promise<boolean> {
  const held = await work.tx
    .deleteFrom('setting')
    .where('name', '=', NAME)
    .returning('value')
    .executeTakeFirst();
  if (!held) return false;
  await record(work, 'delivery.released', 'office', { after: { held: held.value } });
  return true;
}

/** Why they are held; undefined: they are open. */
export const lanesHeld = (db: Db): Promise<string | undefined> => settingNamed(db, NAME);
