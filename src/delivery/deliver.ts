import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { inWork } from '../../db/work.ts';
import { type Channel, DeliveryFault, type Sent } from '../channels/channel.ts';
import { reachOf, takeBuzz } from '../directory/reachable.ts';
import { reduced } from '../reduced.ts';
import { AT_ONCE, claim } from './claim.ts';
import type { Claimed, DelivererOptions, Drawn, Plan } from './delivery.ts';
import {
  drop,
  LOOKED,
  lookAgain,
  looksOf,
  never,
  noteFault,
  noteSent,
  unreachable,
} from './outcome.ts';
import { sendKey } from './owe.ts';
import { settleQuiet } from './quiet.ts';
import { settleOverdue, settleUnsure } from './unsure.ts';

export type Deliverer = {
  /** Delivers all that is due; calls while it runs make it look once more. */
  deliver(): Promise<void>;
  /** No more by itself; what is waiting waits for the next start. */
  stop(): void;
};

/** Messages that are in the air for longer than this, ms, keep no others waiting. */
const USUAL_MS = 250;
/** Messages in the air from one process, at most; only a platform that answers slowly, or not at all, brings it there. */
const MOST_IN_AIR = 64;

/**
 * Sends what is owed: claims the head of each lane, draws it, sends it, notes what became of it. A call of the platform that does not end holds up
 * its own lane alone.
 */
export function createDeliverer(options: DelivererOptions): Deliverer {
  /** What is being sent, by its lane. Kept beyond a run that failed, whose messages are still in the air. */
  const inAir = new Map<string, Promise<void>>();
  let running: Promise<void> | undefined;
  let called = Promise.withResolvers<void>();
  let again = false;
  let alarm: NodeJS.Timeout | undefined;
  const sendTogether = async (claimed: readonly Claimed[]): Promise<void> => {
    let failed: unknown;
    let left = false;
    for (const delivery of claimed) {
      const sending = deliverOne(options, delivery)
        .catch((error: unknown) => {
          if (left) options.log('delivery', { error: reduced(error) });
          else failed ??= error;
        })
        .finally(() => inAir.delete(delivery.lane));
      inAir.set(delivery.lane, sending);
    }
    await Promise.race([Promise.all(inAir.values()), passed(USUAL_MS)]);
    left = true;
    if (failed !== undefined) throw failed;
  };
  /** Until nothing more can go now; ms until something can, if that is soon. Ends early when called, and while more is to be decided about. */
  const sendDue = async (unsettled: boolean): Promise<number | undefined> => {
    for (;;) {
      const most = Math.min(AT_ONCE, MOST_IN_AIR - inAir.size);
      const claimed = await claim(options, most, inAir.keys());
      await sendTogether(claimed);
      const wait = await soonest(options, inAir.keys());
      // Claimed for nothing is not tried again at once: another replica may be at it.
      if (claimed.length > 0 && wait === 0) continue;
      if (again || unsettled || inAir.size === 0) return wait;
      await Promise.race([
        ...inAir.values(),
        called.promise,
        passed(Math.max(10, wait ?? SWEEP_MS)),
      ]);
    }
  };
  const run = async (): Promise<void> => {
    let unsettled: boolean;
    let wait: number | undefined;
    do {
      again = false;
      called = Promise.withResolvers();
      unsettled = await settleQuiet(options);
      wait = await sendDue(unsettled);
    } while (again || unsettled);
    // What the platform's pace held back is due in milliseconds: sooner than the sweep would come by. Only a wake-up call.
    clearTimeout(alarm);
    if (wait !== undefined) {
      alarm = setTimeout(
        () => {
          deliver().catch((error: unknown) => options.log('delivery', { error: reduced(error) }));
        },
        Math.max(10, wait),
      );
    }
  };
  const deliver = (): Promise<void> => {
    if (running) {
      again = true;
      called.resolve();
      return running;
    }
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  };
  return { deliver, stop: () => clearTimeout(alarm) };
}

const passed = (ms: number): Promise<void> => pause(ms, undefined, { ref: false });

/** Beyond this the regular sweep is there in time. */
const SWEEP_MS = 5_000;

/** Milliseconds until the next waiting message outside the lanes `inAir` can go, 0 when it can now, if that is before the sweep. */
async function soonest(
  { office, realTime }: DelivererOptions,
  inAir: Iterable<string>,
): Promise<number | undefined> {
  const now = office.clock.now();
  const real = realTime.now();
  const within = now.add({ milliseconds: SWEEP_MS });
  const elsewhere = sql`lane <> all(${[...inAir]}::text[])`;
  // What nobody could decide about yet is left to the sweep: it must not keep us running.
  const { rows } = await sql<{ due: Temporal.Instant; lease_until: Temporal.Instant | null }>`
    (select due, lease_until from delivery
      where state = 'waiting' and lease_until is null and (quiet is null or quiet = 'go') and due <= ${within} and ${elsewhere}
      order by due limit 1)
    union all
    (select due, lease_until from delivery
      where state = 'waiting' and lease_until is not null and (quiet is null or quiet = 'go') and due <= ${within} and ${elsewhere}
      order by lease_until limit 50)`.execute(office.db);
  const waits = rows.map(({ due, lease_until }) =>
    Math.max(
      now.until(due).total('milliseconds'),
      lease_until ? real.until(lease_until).total('milliseconds') : 0,
    ),
  );
  return waits.length === 0 ? undefined : Math.min(SWEEP_MS, Math.max(0, Math.min(...waits)));
}

async function deliverOne(options: DelivererOptions, delivery: Claimed): Promise<void> {
  const channel = options.channels.get(delivery.channel);
  if (!channel) return never(options, delivery, 'channel-off');
  const began = options.office.clock.now();
  let sent: Sent | undefined;
  try {
    const plan = await options.office.db.transaction().execute((tx) => draw(options, tx, delivery));
    if (!plan) return await leave(options, channel, delivery);
    if ('closed' in plan) return await unreachable(options, delivery, plan.closed);
    if (await turnedUp(options, channel, delivery, plan)) return;
    sent = await sendOnce(options, channel, delivery, plan);
    await noteSent(options, delivery, plan, sent);
    if (delivery.buzz && plan.update === undefined)
      await buzzOnce(options, channel, delivery, sent.message);
  } catch (error) {
    await noteFault(options, delivery, error, { began, sent: sent !== undefined });
  }
}

/** What is new to its person, unless nothing arrives there now anyway: then why. */
async function draw(
  options: DelivererOptions,
  tx: Tx,
  delivery: Claimed,
): Promise<Plan | { readonly closed: string } | null> {
  const plan = await planOf(options, tx, delivery);
  if (!plan || plan.update !== undefined || delivery.person_id === null) return plan;
  const place = { channel: delivery.channel, id: delivery.address };
  const reach = await reachOf(tx, place, options.office.clock.now());
  return reach.closed === null ? { ...plan, reach } : { closed: reach.closed };
}

async function planOf(
  { draw: drawView, office }: DelivererOptions,
  tx: Tx,
  delivery: Claimed,
): Promise<Plan | null> {
  const now = office.clock.now();
  if (delivery.not_after && Temporal.Instant.compare(delivery.not_after, now) < 0) return null;
  const drawn = await drawView(tx, delivery.view, delivery.person_id, now);
  if (!drawn) return null;
  if ('replace' in drawn) return { drawn, update: drawn.replace };
  // A quiet update has nothing to update: nobody is shown something new without a reason to look.
  const attention = delivery.attention && drawn.over !== true;
  if (!drawn.subject || delivery.person_id === null) return attention ? { drawn } : null;
  const shown = await shownOf(tx, delivery, drawn);
  if (!shown) return attention ? { drawn } : null;
  if (attention) return { drawn, before: shown.message };
  // A change that this reader does not see, or that an update before this one has shown already, is no call to the platform.
  if (shown.looks === looksOf(drawn)) return null;
  // Until this one is known to have arrived, nobody knows which of the two the card shows.
  await tx
    .updateTable('shown_card')
    .set({ looks: null })
    .where('person_id', '=', delivery.person_id)
    .where('subject', '=', drawn.subject)
    .execute();
  return { drawn, update: shown.message };
}

/** The living card of the same subject on its person's screen. */
async function shownOf(
  tx: Tx,
  { person_id, channel }: Claimed,
  drawn: Drawn,
): Promise<{ readonly message: string; readonly looks: string | null } | undefined> {
  if ('replace' in drawn || drawn.subject === undefined || person_id === null) return undefined;
  return tx
    .selectFrom('shown_card')
    .select(['message', 'looks'])
    .where('person_id', '=', person_id)
    .where('subject', '=', drawn.subject)
    .where('channel', '=', channel)
    .executeTakeFirst();
}

/**
 * Nothing is to be said any more. What was said already without our knowing is found, and shows what is true; a platform that took it late has it
 * by the second look.
 */
async function leave(
  options: DelivererOptions,
  channel: Channel,
  delivery: Claimed,
): Promise<void> {
  if (delivery.first_unknown === null) return drop(options, delivery);
  const { db, clock } = options.office;
  const drawn = await db
    .transaction()
    .execute((tx) => options.drawStanding(tx, delivery.view, delivery.person_id, clock.now()));
  if (await foundStanding(options, channel, delivery, drawn)) return;
  return delivery.last_error === LOOKED ? drop(options, delivery) : lookAgain(options, delivery);
}

/**
 * It was to be a new message, may have arrived as one, and would now only change an older card in its place: both would stand there. What arrived
 * is the living card from now on.
 */
async function turnedUp(
  options: DelivererOptions,
  channel: Channel,
  delivery: Claimed,
  { drawn, update }: Plan,
): Promise<boolean> {
  if (!delivery.attention || delivery.first_unknown === null || update === undefined) return false;
  if (await foundStanding(options, channel, delivery, drawn)) return true;
  if (delivery.last_error === LOOKED) return false;
  await lookAgain(options, delivery);
  return true;
}

/** What may have arrived is looked for, shows what is true, and is noted. False: nothing stands there. */
async function foundStanding(
  options: DelivererOptions,
  channel: Channel,
  delivery: Claimed,
  drawn: Drawn,
): Promise<boolean> {
  const sent = await settleOverdue(options, channel, delivery, drawn, () =>
    carryOut(channel, delivery, { drawn }),
  );
  if (!sent) return false;
  const { db } = options.office;
  const before = await db.transaction().execute((tx) => shownOf(tx, delivery, drawn));
  await noteSent(options, delivery, { drawn, ...(before && { before: before.message }) }, sent);
  return true;
}

/** Sends it; what may have arrived is not sent twice. */
async function sendOnce(
  options: DelivererOptions,
  channel: Channel,
  delivery: Claimed,
  plan: Plan,
): Promise<Sent> {
  const send = (): Promise<Sent> => carryOut(channel, delivery, plan);
  if (plan.update !== undefined || delivery.first_unknown === null) return send();
  const settled = await settleUnsure(options, channel, delivery, plan, send);
  return 'arrived' in settled ? settled.arrived : carryOut(channel, settled.anew, plan);
}

/** Once an hour and person, however many replicas: taken before it rings. That it does not ring is nobody's loss, the message is there. */
async function buzzOnce(
  { office, log }: DelivererOptions,
  channel: Channel,
  { id, address, person_id }: Claimed,
  message: string,
): Promise<void> {
  if (!channel.buzz || person_id === null) return;
  const to = { channel: channel.name, id: address };
  try {
    if (!(await inWork(office, { actor: 'system' }, (work) => takeBuzz(work, to)))) return;
    await channel.buzz(to, message);
  } catch (error) {
    log('delivery.not-buzzed', {
      delivery: id,
      code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown',
    });
  }
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
      // Too old or recalled: the person gets a fresh card instead, unless it would only say that it is over.
      if (!(error instanceof DeliveryFault) || error.outcome !== 'gone' || drawn.over) throw error;
    }
  }
  const key = sendKey(delivery.id, delivery.generation);
  const to = { channel: channel.name, id: delivery.address };
  return channel.send(to, drawn.send, key, drawn.language);
}
