import { sql } from 'kysely';
import type { Db, Tx } from '../../db/database.ts';
import type { Secret } from '../secret.ts';
import { EMPTY, type Entry, hashOf, type Head } from './chain.ts';

/** Entries sealed in one transaction: well under a second, and few parameters in one insert. */
const AT_ONCE = 1_000;

/**
 * Seals every entry that is older than all running transactions, so that none can slip in behind it later, and returns how
 * many. Only one sealer at a time: the caller holds a lease; should two ever meet, the second fails on `place` and nothing
 * is written twice.
 */
export async function sealEntries(db: Db, key: Secret): Promise<number> {
  let sealed = 0;
  let last: Spot | null = null;
  for (;;) {
    const after: Spot | null = last;
    const batch: readonly Spot[] = await db.transaction().execute((tx) => sealSome(tx, key, after));
    sealed += batch.length;
    last = batch.at(-1) ?? null;
    if (batch.length < AT_ONCE) return sealed;
  }
}

/** Where an entry stands in the order of sealing: by its transaction, then by `seq`. */
type Spot = { readonly tx: string; readonly seq: number };

async function sealSome(tx: Tx, key: Secret, after: Spot | null): Promise<readonly Spot[]> {
  let head = await headOf(tx);
  const entries = await nextEntries(tx, after ?? { tx: head.tx, seq: -1 });
  const seals: { readonly place: number; readonly seq: number; readonly hash: string }[] = [];
  for (const entry of entries) {
    const place = head.place + 1;
    head = { ...head, place, hash: hashOf(key, place, entry, head.hash) };
    seals.push({ place, seq: entry.seq, hash: head.hash });
  }
  if (seals.length > 0) await tx.insertInto('audit_seal').values(seals).execute();
  return entries;
}

/** The end of the chain, and the transaction of its entry. */
async function headOf(tx: Tx): Promise<Head & { readonly tx: string }> {
  const row = await tx
    .selectFrom('audit_seal')
    .leftJoin('audit', 'audit.seq', 'audit_seal.seq')
    .select(['audit_seal.place', 'audit_seal.hash', 'audit.tx'])
    .orderBy('audit_seal.place', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { place: row?.place ?? EMPTY.place, hash: row?.hash ?? EMPTY.hash, tx: row?.tx ?? '0' };
}

/**
 * Entries come in the order of their transactions, so all that is unsealed is at or after the head's: nothing before it is
 * read again, however long the record is. (After a restore many entries share one transaction; hence the look at the seals.)
 */
async function nextEntries(tx: Tx, after: Spot): Promise<readonly (Entry & Spot)[]> {
  const { rows } = await sql<Entry & Spot>`
    select seq, at, actor, act, subject, before::text as before, after::text as after, cause, tx
    from audit
    where (tx, seq) > (${after.tx}::xid8, ${after.seq}) and tx < pg_snapshot_xmin(pg_current_snapshot())
      and not exists (select from audit_seal where audit_seal.seq = audit.seq)
    order by tx, seq limit ${AT_ONCE}`.execute(tx);
  return rows;
}
