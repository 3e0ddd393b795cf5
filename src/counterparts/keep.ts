import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { inWork, type Office, type Work } from '../../db/work.ts';
import {
  type Channel,
  type CounterpartSort,
  DeliveryFault,
  type Kept,
} from '../channels/channel.ts';
import { failingSince, isGivenUp, waitBefore } from '../delivery/again.ts';
import { lastThrough, noteThrough } from '../delivery/through.ts';
import type { Clock } from '../time/clock.ts';
import { claim, type Claimed } from './claim.ts';
import type { Counterpart } from './want.ts';

/**
 * Told of what stands there now, in the transaction that notes it: `before` is the counterpart as it was, `kept` what its keeper found,
 * null when it was given up (`before.trouble` says why then). Not told when the same is found again.
 */
export type Watcher = (work: Work, before: Counterpart, kept: Kept | null) => Promise<void>;

export type KeepingOptions = {
  readonly office: Office;
  /** Real time, for leases and waits; the office's clock may be moved in the simulator. */
  readonly realTime: Clock;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly watchers: { readonly [Sort in CounterpartSort]?: Watcher };
  /** Takes the locks that a watcher needs, before the counterpart itself is locked. */
  readonly locks?: {
    readonly [Sort in CounterpartSort]?: (work: Work, row: Counterpart) => Promise<void>;
  };
  /** Chance between 0 and 1, so that what failed together does not come back together. */
  readonly random: () => number;
  readonly log: (what: string, about: object) => void;
};

/** No new ones are begun after this in one go, ms: other duties wait. */
const LONGEST_MS = 20_000;

/** Brings in line what is due, each with the platform's answer noted in a transaction of its own. */
export async function keepCounterparts(options: KeepingOptions): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  do {
    const holder = randomUUID();
    const claimed = await claim(options, holder);
    if (claimed.length === 0) return;
    await Promise.all(claimed.map((each) => keepOne(options, holder, each)));
  } while (performance.now() < until);
}

async function keepOne(options: KeepingOptions, holder: string, claimed: Claimed): Promise<void> {
  const { row, keeper, unsure } = claimed;
  const known = { id: row.external_id, facts: row.external };
  const nothing = row.wanted === null && known.id === null && unsure === null;
  const begunAt = options.office.clock.now();
  try {
    const kept = nothing
      ? known
      : await keeper.keep({ key: keyOf(row), wanted: row.wanted, known, tried: unsure });
    await noteKept(options, holder, row, kept, begunAt);
  } catch (error) {
    await noteFault(options, holder, claimed, error);
  }
}

/** 43 characters: base64url of sha256. The moment of its making tells two databases of one app apart. */
const keyOf = ({ id, generation, created_at }: Counterpart): string =>
  createHash('sha256')
    .update(`counterpart:${id}:${generation}:${created_at.epochMilliseconds}`)
    .digest('base64url');

/**
 * Writes down what stands there, unless somebody else has it in hand by now; what was wanted meanwhile is due at once. `begunAt`: when it
 * was asked; from then on it may have changed again.
 */
async function noteKept(
  options: KeepingOptions,
  holder: string,
  row: Counterpart,
  kept: Kept,
  begunAt: Temporal.Instant,
): Promise<void> {
  await inWork(options.office, { actor: `channel:${row.channel}` }, async (work) => {
    await options.locks?.[row.sort]?.(work, row);
    const now = await held(work, holder, row);
    if (!now) return;
    const atOnce = kept.unfinished === true || now.wanted_revision > row.wanted_revision;
    const { lookAgainMs } = kept;
    const later =
      lookAgainMs === undefined ? null : begunAt.add({ milliseconds: Math.ceil(lookAgainMs) });
    await work.tx
      .updateTable('counterpart')
      .set({
        ...(kept.unfinished ? {} : { kept_revision: row.wanted_revision }),
        external_id: kept.id,
        external: kept.facts === null ? null : JSON.stringify(kept.facts),
        tried: null,
        ...(kept.id === null && row.external_id !== null ? { generation: row.generation + 1 } : {}),
        due_at: atOnce ? work.now : later,
        tries: 0,
        failing_since: null,
        trouble: null,
        lease_holder: null,
        lease_until: null,
      })
      .where('id', '=', row.id)
      .execute();
    await noteThrough(work, wayOf(row));
    if (!isSame(row, kept)) await options.watchers[row.sort]?.(work, row, kept);
  });
}

/** Each sort has its own part of the platform, which may be away while messages still arrive. */
const wayOf = ({ channel, sort }: Counterpart): string => `${channel}:${sort}`;

/** The row as it is now, locked; undefined when our lease ended and another one has taken it. */
const held = (work: Work, holder: string, { id }: Counterpart): Promise<Counterpart | undefined> =>
  work.tx
    .selectFrom('counterpart')
    .selectAll()
    .where('id', '=', id)
    .where('lease_holder', '=', holder)
    .forUpdate()
    .executeTakeFirst();

/** Facts are compared as they are read back. */
const isSame = ({ external_id, external }: Counterpart, { id, facts }: Kept): boolean =>
  external_id === id && isDeepStrictEqual(external, JSON.parse(JSON.stringify(facts)));

/** While the platform refuses the app itself each try is a call of the month's quota for nothing: twice as long each time, up to 32 times. */
const patience = (fault: DeliveryFault | undefined, tries: number): number =>
  fault?.closed && fault.waitMs !== undefined ? 2 ** Math.min(5, tries - 1) : 1;

/**
 * Nobody waits for a counterpart as for a message, and each call counts to the month's: one that fails by itself is tried less and less
 * often, some twenty times in its day.
 */
const LONGEST_WAIT_MS = 3_600_000;
const longestOf = (fault: DeliveryFault | undefined): number | undefined =>
  fault?.closed ? undefined : LONGEST_WAIT_MS;

/** Tries it again later, or gives it up: at once when it will not heal, after a day of failing by itself. */
async function noteFault(
  { office, realTime, watchers, locks, random, log }: KeepingOptions,
  holder: string,
  { row, unsure }: Claimed,
  error: unknown,
): Promise<void> {
  const fault = error instanceof DeliveryFault ? error : undefined;
  const trouble = fault?.code ?? 'error';
  const about = { counterpart: row.id, sort: row.sort, code: trouble, tries: row.tries };
  await inWork(office, { actor: `channel:${row.channel}` }, async (work) => {
    await locks?.[row.sort]?.(work, row);
    const now = await held(work, holder, row);
    if (!now) return;
    const through = await lastThrough(work.tx, wayOf(row));
    const failing_since = failingSince(fault, row.failing_since, through, work.now);
    const heals = fault === undefined || ['not-sent', 'ambiguous'].includes(fault.outcome);
    const outdated = now.wanted_revision > row.wanted_revision;
    const dead = !outdated && (!heals || isGivenUp(failing_since, work.now));
    const wait = {
      milliseconds:
        waitBefore(fault, row.tries, random, longestOf(fault)) * patience(fault, row.tries),
    };
    // Refused for certain: whatever was unsure before still is. Anything else may have taken effect, and stays written down.
    const refused = fault !== undefined && fault.outcome !== 'ambiguous';
    await work.tx
      .updateTable('counterpart')
      .set({
        trouble,
        failing_since: outdated ? null : failing_since,
        ...(dead ? { due_at: null, dead_at: work.now } : {}),
        ...(refused ? { tried: unsure === null ? null : JSON.stringify(unsure) } : {}),
        lease_holder: null,
        lease_until: dead ? null : realTime.now().add(wait),
      })
      .where('id', '=', row.id)
      .execute();
    log(dead ? 'counterpart.dead' : 'counterpart.fault', about);
    if (dead) await watchers[row.sort]?.(work, { ...row, trouble }, null);
  });
}
