import { sql } from 'kysely';
import { type Words, words } from '../../cards/words.ts';
import type { Db, Tx } from '../../db/database.ts';
import type { Secret } from '../secret.ts';
import { EMPTY, type Entry, hashOf, type Head } from './chain.ts';

/** The first broken entry: its place in the chain (null: not in it), and its `seq` where it is known. */
export type Broken = { readonly place: number | null; readonly seq: number | null };

export type Verdict =
  | {
      readonly ok: true;
      /** Entries of the record; those after `sealed` are a few seconds old. */
      readonly entries: number;
      readonly sealed: number;
      readonly head: Head;
    }
  | { readonly ok: false; readonly firstBroken: Broken; readonly why: Words };

type Failure = Extract<Verdict, { readonly ok: false }>;

/**
 * Walks the whole chain in one snapshot: every place is there, every seal has its entry and fits it and the one before, and
 * no entry was slipped in behind. `anchors` are heads noted earlier: without one, entries cut off at the end cannot be missed.
 */
export function verifyRecord(db: Db, key: Secret, anchors: readonly Head[] = []): Promise<Verdict> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      await sql`set local statement_timeout = '60s'`.execute(tx);
      const walked = await walk(tx, key, anchors);
      if ('firstBroken' in walked) return walked;
      return (await slippedIn(tx)) ?? { ok: true, ...walked, entries: await entriesIn(tx) };
    });
}

/** Seals read at a time. */
const AT_ONCE = 5_000;

async function walk(
  tx: Tx,
  key: Secret,
  anchors: readonly Head[],
): Promise<{ readonly sealed: number; readonly head: Head } | Failure> {
  let head = EMPTY;
  for (;;) {
    const seals = await sealsAfter(tx, head.place);
    for (const seal of seals) {
      const failure = failureOf(seal, head, key) ?? notAnchored(seal, anchors);
      if (failure) return failure;
      head = { place: seal.place, hash: seal.hash };
    }
    if (seals.length < AT_ONCE) return cutOff(head, anchors) ?? { sealed: head.place, head };
  }
}

/** A seal with its entry; `actor` null: the entry is gone. */
type Sealed = Head & { readonly seq: number } & (Entry | { readonly actor: null });

async function sealsAfter(tx: Tx, place: number): Promise<readonly Sealed[]> {
  const { rows } = await sql<Sealed>`
    select s.place, s.hash, s.seq, a.at, a.actor, a.act, a.subject,
      a.before::text as before, a.after::text as after, a.cause
    from audit_seal s left join audit a on a.seq = s.seq
    where s.place > ${place} order by s.place limit ${AT_ONCE}`.execute(tx);
  return rows;
}

function failureOf(seal: Sealed, previous: Head, key: Secret): Failure | undefined {
  const expected = previous.place + 1;
  if (seal.place !== expected) return broken({ place: expected, seq: null }, SAYS.missing);
  if (seal.actor === null) return broken(seal, SAYS.deleted);
  if (hashOf(key, seal.place, seal, previous.hash) !== seal.hash) return broken(seal, SAYS.changed);
  return undefined;
}

function notAnchored(seal: Head & Broken, anchors: readonly Head[]): Failure | undefined {
  const wrong = anchors.some(({ place, hash }) => place === seal.place && hash !== seal.hash);
  return wrong ? broken(seal, SAYS.rewritten) : undefined;
}

function cutOff(head: Head, anchors: readonly Head[]): Failure | undefined {
  const beyond = anchors.some(({ place }) => place > head.place);
  return beyond ? broken({ place: head.place + 1, seq: null }, SAYS.cut) : undefined;
}

/** An entry older than the head's transaction was not there when the head was sealed. */
async function slippedIn(tx: Tx): Promise<Failure | undefined> {
  const { rows } = await sql<{ readonly seq: number }>`
    select seq from audit
    where tx < (select a.tx from audit_seal s join audit a on a.seq = s.seq order by s.place desc limit 1)
      and not exists (select from audit_seal where audit_seal.seq = audit.seq)
    order by seq limit 1`.execute(tx);
  return rows[0] && broken({ place: null, seq: rows[0].seq }, SAYS.slipped);
}

async function entriesIn(tx: Tx): Promise<number> {
  const { count } = await tx
    .selectFrom('audit')
    .select((at) => at.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

const broken = ({ place, seq }: Broken, why: Words): Failure => ({
  ok: false,
  firstBroken: { place, seq },
  why,
});

const SAYS = {
  missing: words(
    '封条缺失：有记录被连同封条删除',
    'its seal is missing: an entry was deleted with it',
  ),
  deleted: words('记录已被删除', 'the entry was deleted'),
  changed: words(
    '内容与封条不符：记录或封条被改动、调换或插入，或密钥不对',
    'entry and seal do not fit: changed, swapped or inserted, or this is another key',
  ),
  slipped: words('这条记录是事后插入的', 'the entry was slipped in afterwards'),
  rewritten: words(
    '与先前记下的封条不符：记录被整段重写',
    'differs from the anchor: rewritten since',
  ),
  cut: words('先前记下的封条已不在：末尾被截掉', 'the anchor is gone: the end was cut off'),
};
