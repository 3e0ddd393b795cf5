import { inWork, type Work } from '../../db/work.ts';
import { DeliveryFault, type Sent } from '../channels/channel.ts';
import type { Claimed, DelivererOptions, Plan } from './delivery.ts';

/** Inside the platform's hour in which a repeated key is harmless, with ten minutes to spare. */
const REPEAT_MINUTES = 50;

export async function noteSent(
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

export async function drop(options: DelivererOptions, delivery: Claimed): Promise<void> {
  await inWork(options.office, { actor: 'system' }, (work) =>
    settle(work, delivery.id, { state: 'dropped' }),
  );
}

export async function never(
  options: DelivererOptions,
  delivery: Claimed,
  code: string,
): Promise<void> {
  options.log('delivery.dead', { delivery: delivery.id, code });
  await inWork(options.office, { actor: 'system' }, async (work) => {
    await settle(work, delivery.id, { state: 'dead', last_error: code });
    await options.undeliverable(work, delivery, code);
  });
}

/** Sorts what went wrong by what it means for the message; see the table in the team's reliability notes §6.2. */
export async function noteFault(
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
  const wait = { milliseconds: fault?.waitMs ?? backOff };
  // The platform's trouble holds the lane, so that nothing overtakes. A fault of ours must not: others go on past it.
  const again = fault
    ? { lease_until: options.realTime.now().add(wait) }
    : { lease_until: null, due: now.add(wait) };
  await options.office.db
    .updateTable('delivery')
    .set({
      state: 'waiting',
      ...again,
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
