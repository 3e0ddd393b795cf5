import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Card } from '../../cards/card.ts';
import type { Language } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { type Channel, DeliveryFault, type Outgoing, type Sent } from '../channels/channel.ts';
import type { Clock } from '../time/clock.ts';
import { sendKey, type View } from './owe.ts';
import { takePace } from './pace.ts';

/** A view drawn from the truth of now: something to send, or a known message to replace. `subject` names the living card. */
export type Drawn =
  | {
      readonly send: Outgoing;
      readonly subject?: string;
      readonly version?: number;
      readonly language: Language;
    }
  | { readonly replace: string; readonly card: Card; readonly language: Language };

/** Draws a view for a person (null: a stranger). Null when it is no longer true: then nothing is sent. */
export type Draw = (
  tx: Tx,
  view: View,
  person: number | null,
  now: Temporal.Instant,
) => Promise<Drawn | null>;

export type DelivererOptions = {
  readonly office: Office;
  /** Real time, for leases and the platform's pace; the office's clock may be moved in the simulator. */
  readonly realTime: Clock;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly draw: Draw;
  /** A message that can never arrive: somebody else must be told, in the same transaction. */
  readonly undeliverable: (work: Work, delivery: Claimed, code: string) => Promise<void>;
  /** The old living card of a subject is to say that it moved: owed in the same transaction. */
  readonly moved: (
    work: Work,
    delivery: Claimed,
    subject: string,
    message: string,
  ) => Promise<void>;
  readonly log: (what: string, about: object) => void;
};

export type Deliverer = {
  /** Delivers all that is due; calls while it runs make it look once more. */
  deliver(): Promise<void>;
  /** No more by itself; what is waiting waits for the next start. */
  stop(): void;
};

type Claimed = {
  readonly id: string;
  readonly lane: string;
  readonly person_id: number | null;
  readonly channel: string;
  readonly address: string;
  readonly view: View;
  readonly attention: boolean;
  readonly priority: number;
  readonly generation: number;
  readonly attempts: number;
  readonly not_after: Temporal.Instant | null;
  readonly first_unknown: Temporal.Instant | null;
};

/** Messages in the air at once from one process; each in a lane of its own. */
const AT_ONCE = 8;
/** Longer than any call may take (5 s) with room for a slow commit. */
const LEASE_SECONDS = 30;
/** Inside the platform's hour in which a repeated key is harmless, with ten minutes to spare. */
const REPEAT_MINUTES = 50;

/** Sends what is owed: claims the head of each lane, draws it, sends it, notes what became of it. */
export function createDeliverer(options: DelivererOptions): Deliverer {
  let running: Promise<void> | undefined;
  let again = false;
  let alarm: NodeJS.Timeout | undefined;
  const run = async (): Promise<void> => {
    do {
      again = false;
      for (;;) {
        const claimed = await claim(options);
        if (claimed.length === 0) break;
        await Promise.all(claimed.map((delivery) => deliverOne(options, delivery)));
      }
    } while (again);
    // What the platform's pace held back is due in milliseconds: sooner than the sweep would come by. Only a wake-up call.
    const wait = await soonest(options.office);
    clearTimeout(alarm);
    if (wait !== undefined) {
      alarm = setTimeout(() => {
        deliver().catch((error: unknown) => options.log('delivery', { error: String(error) }));
      }, wait);
    }
  };
  const deliver = (): Promise<void> => {
    if (running) {
      again = true;
      return running;
    }
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
  return { deliver, stop: () => clearTimeout(alarm) };
}

/** Beyond this the regular sweep is there in time. */
const SWEEP_MS = 5_000;

/** Milliseconds until the next waiting message is due, if that is before the sweep. */
async function soonest({ db, clock }: Office): Promise<number | undefined> {
  const now = clock.now();
  const row = await db
    .selectFrom('delivery')
    .select((select) => select.fn.min('due').as('due'))
    .where('state', '=', 'waiting')
    .where('due', '<=', now.add({ milliseconds: SWEEP_MS }))
    .executeTakeFirst();
  if (!row?.due) return undefined;
  return Math.max(10, now.until(row.due).total('milliseconds'));
}

/** Due, first of its lane by priority and age, and the lane not held by a living sender. */
async function claim({
  office,
  realTime,
  channels,
}: DelivererOptions): Promise<readonly Claimed[]> {
  const now = office.clock.now();
  const real = realTime.now();
  return office.db.transaction().execute(async (tx) => {
    const { rows } = await sql<Claimed>`
      update delivery set state = 'sending', attempts = attempts + 1,
        lease_until = ${real.add({ seconds: LEASE_SECONDS })}
      where id in (
        select d.id from delivery d
        where ((d.state = 'waiting' and d.due <= ${now}) or (d.state = 'sending' and d.lease_until < ${real}))
          and not exists (select 1 from delivery e
            where e.lane = d.lane and e.id <> d.id and e.state in ('waiting', 'sending')
              and ((e.state = 'sending' and e.lease_until >= ${real})
                or (e.due <= ${now} and (e.priority, e.seq) < (d.priority, d.seq))))
        order by d.priority, d.due limit ${AT_ONCE} for update of d skip locked)
      returning *`.execute(tx);
    const going: Claimed[] = [];
    for (const row of rows) {
      const pace = channels.get(row.channel)?.pace;
      const wait = pace ? await takePace(tx, row, pace, real) : 0;
      if (wait === 0) going.push(row);
      else await waitFor(tx, row.id, now.add({ milliseconds: wait }), row.attempts - 1);
    }
    return going;
  });
}

async function waitFor(tx: Tx, id: string, due: Temporal.Instant, attempts: number): Promise<void> {
  await tx
    .updateTable('delivery')
    .set({ state: 'waiting', due, lease_until: null, attempts })
    .where('id', '=', id)
    .execute();
}

async function deliverOne(options: DelivererOptions, delivery: Claimed): Promise<void> {
  const channel = options.channels.get(delivery.channel);
  if (!channel) return never(options, delivery, 'channel-off');
  try {
    const plan = await options.office.db.transaction().execute((tx) => draw(options, tx, delivery));
    if (!plan) return drop(options, delivery);
    const sent = await carryOut(channel, delivery, plan);
    await noteSent(options, delivery, plan, sent);
  } catch (error) {
    await noteFault(options, delivery, error);
  }
}

/** What is to be done at the platform: replace a message in place, or send a new one. */
type Plan = {
  readonly drawn: Drawn;
  /** The message to update in place. */
  readonly update?: string;
  /** The living card that a new message will replace. */
  readonly before?: string;
};

async function draw(
  { draw: drawView, office }: DelivererOptions,
  tx: Tx,
  delivery: Claimed,
): Promise<Plan | null> {
  const now = office.clock.now();
  if (delivery.not_after && Temporal.Instant.compare(delivery.not_after, now) < 0) return null;
  const drawn = await drawView(tx, delivery.view, delivery.person_id, now);
  if (!drawn) return null;
  if ('replace' in drawn) return { drawn, update: drawn.replace };
  if (!drawn.subject || delivery.person_id === null) return { drawn };
  const shown = await tx
    .selectFrom('shown_card')
    .select('message')
    .where('person_id', '=', delivery.person_id)
    .where('subject', '=', drawn.subject)
    .where('channel', '=', delivery.channel)
    .executeTakeFirst();
  // A quiet update has nothing to update: nobody is shown something new without a reason to look.
  if (!shown) return delivery.attention ? { drawn } : null;
  return delivery.attention ? { drawn, before: shown.message } : { drawn, update: shown.message };
}

async function carryOut(channel: Channel, delivery: Claimed, plan: Plan): Promise<Sent> {
  const { drawn, update } = plan;
  if ('replace' in drawn) {
    await channel.update(drawn.replace, drawn.card, drawn.language);
    return { message: drawn.replace };
  }
  if (update !== undefined && 'card' in drawn.send) {
    try {
      await channel.update(update, drawn.send.card, drawn.language);
      return { message: update };
    } catch (error) {
      // Too old or recalled: the person gets a fresh card instead.
      if (!(error instanceof DeliveryFault) || error.outcome !== 'gone') throw error;
    }
  }
  const key = sendKey(delivery.id, delivery.generation);
  const to = { channel: channel.name, id: delivery.address };
  return channel.send(to, drawn.send, key, drawn.language);
}

async function noteSent(
  options: DelivererOptions,
  delivery: Claimed,
  plan: Plan,
  sent: Sent,
): Promise<void> {
  await inWork(options.office, { actor: 'system' }, async (work) => {
    await settle(work, delivery.id, { state: 'sent', platform_message: sent.message });
    const { drawn } = plan;
    if ('replace' in drawn || !drawn.subject || delivery.person_id === null) return;
    await showing(work, {
      person: delivery.person_id,
      subject: drawn.subject,
      channel: delivery.channel,
      message: sent.message,
      version: drawn.version ?? 0,
    });
    if (plan.before !== undefined && plan.before !== sent.message) {
      await options.moved(work, delivery, drawn.subject, plan.before);
    }
  });
}

/** Notes which message is now the living card of a person about a subject. */
export async function showing(
  work: Work,
  shown: {
    readonly person: number;
    readonly subject: string;
    readonly channel: string;
    readonly message: string;
    readonly version: number;
  },
): Promise<void> {
  const { person, ...rest } = shown;
  const row = { ...rest, person_id: person, shown_at: work.now };
  await work.tx
    .insertInto('shown_card')
    .values(row)
    .onConflict((at) => at.columns(['person_id', 'subject']).doUpdateSet(row))
    .execute();
}

const settle = (
  work: Work,
  id: string,
  how: {
    readonly state: 'sent' | 'dropped' | 'dead';
    readonly platform_message?: string;
    readonly last_error?: string;
  },
) =>
  work.tx
    .updateTable('delivery')
    .set({ ...how, lease_until: null })
    .where('id', '=', id)
    .execute();

async function drop(options: DelivererOptions, delivery: Claimed): Promise<void> {
  await inWork(options.office, { actor: 'system' }, (work) =>
    settle(work, delivery.id, { state: 'dropped' }),
  );
}

async function never(options: DelivererOptions, delivery: Claimed, code: string): Promise<void> {
  options.log('delivery.dead', { delivery: delivery.id, code });
  await inWork(options.office, { actor: 'system' }, async (work) => {
    await settle(work, delivery.id, { state: 'dead', last_error: code });
    await options.undeliverable(work, delivery, code);
  });
}

/** Sorts what went wrong by what it means for the message; see the table in the team's reliability notes §6.2. */
async function noteFault(
  options: DelivererOptions,
  delivery: Claimed,
  error: unknown,
): Promise<void> {
  const fault = error instanceof DeliveryFault ? error : undefined;
  if (fault?.outcome === 'never' || fault?.outcome === 'gone') {
    return never(options, delivery, fault.code);
  }
  // Anything we cannot read (a bug of ours in drawing, a lost database) is tried again later, never dropped.
  options.log('delivery.fault', {
    delivery: delivery.id,
    code: fault?.code ?? (error instanceof Error ? error.name : 'unknown'),
    attempts: delivery.attempts,
  });
  const now = options.office.clock.now();
  const backOff = Math.min(60_000, 1_000 * 2 ** Math.min(delivery.attempts, 6));
  const due = now.add({ milliseconds: fault?.waitMs ?? backOff });
  await options.office.db
    .updateTable('delivery')
    .set({
      state: 'waiting',
      due,
      lease_until: null,
      last_error: fault?.code ?? 'error',
      ...(fault?.outcome === 'ambiguous' ? ambiguity(delivery, now) : {}),
    })
    .where('id', '=', delivery.id)
    .execute();
}

/**
 * It may have arrived. Within 50 minutes the same key makes a repeat harmless; after that a new key is used, since a
 * decision asked for twice is better than one never asked for.
 */
function ambiguity(
  delivery: Claimed,
  now: Temporal.Instant,
): { readonly first_unknown: Temporal.Instant; readonly generation?: number } {
  const since = delivery.first_unknown ?? now;
  if (now.since(since).total('minutes') < REPEAT_MINUTES) return { first_unknown: since };
  return { first_unknown: now, generation: delivery.generation + 1 };
}

/** A fresh id of this process, for leases. */
export const processName = (): string => `${process.pid}-${randomUUID().slice(0, 8)}`;
