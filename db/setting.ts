import type { Db } from './database.ts';

/** What the program keeps of itself under a name: how far it came, what it last saw. Undefined: nothing yet. */
export async function settingNamed(db: Db, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value;
}

/** Keeps it, whatever stood there. Who may only be the first writes that condition where it is needed. */
export async function keepSetting(db: Db, name: string, value: string): Promise<void> {
  await db
    .insertInto('setting')
    .values({ name, value })
    .onConflict((at) => at.column('name').doUpdateSet({ value }))
    .execute();
}
