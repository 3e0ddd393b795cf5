import { createHash } from 'node:crypto';
import { inWork, type Work } from '../../db/work.ts';
import { DeliveryFault, type Sent } from '../channels/channel.ts';
import { noteUnreachable, reachOf } from '../directory/reachable.ts';
import { failingSince, isGivenUp, waitBefore } from './again.ts';
import { heardFrom } from './dead.ts';
import type { Claimed, DelivererOptions, Drawn, Plan, Undeliverable } from './delivery.ts';
import { lastThrough, noteThrough } from './through.ts';

export async function noteSent(
  options: DelivererOptions,
  delivery: Claimed,
  plan: Plan,
  sent: Sent,
): Promise<void> {
  await inWork(options.office, { actor: 'system' }, async (work) => {
    await settle(work, delivery.id, { state: 'sent', platform_message: sent.message });
    await noteThrough(work, delivery.channel);
    const { drawn } = plan;
    if (delivery.person_id === null) return;
    if (plan.update === undefined && !isKnown(plan, sent))
      await heardFrom(work, { channel: delivery.channel, id: delivery.address }, sent.chat);
    if ('replace' in drawn || !drawn.subject) return;
    await showing(work, {
      person: delivery.person_id,
      subject: drawn.subject,
      channel: delivery.channel,
      message: sent.message,
      version: drawn.version ?? 0,
      looks: looksOf(drawn),
    });
    if (plan.before !== undefined && plan.before !== sent.message) {
      await options.moved(work, delivery, drawn.subject, plan.before);
    }
  });
}

/** That it arrived there is nothing new: what is sent to an address is sent one after another, so nothing has changed since it was drawn. */
const isKnown = ({ reach }: Plan, { chat }: Sent): boolean =>
  reach?.open === true && (chat === undefined || chat === reach.chat);

/** What a card looks like to its reader, as a hash. */
export const looksOf = ({ send, language }: Extract<Drawn, { readonly send: unknown }>): string =>
  createHash('sha256')
    .update(JSON.stringify([send, language]))
    .digest('base64url');

/** Notes which message is now the living card of a person about a subject. */
export async function showing(
  work: Work,
  shown: {
    readonly person: number;
    readonly subject: string;
    readonly channel: string;
    readonly message: string;
    readonly version: number;
    readonly looks: string | null;
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

/** In place of an error: it was looked for, and was not there yet. */
export const LOOKED = 'looked';
/** A platform that keeps a call for longer than this, after it closed the connection, is not known; nothing waits for it meanwhile. */
const LOOKED_AGAIN_AFTER = { minutes: 2 };

/** It may still arrive: a call that broke off can take effect later than our look. */
export async function lookAgain({ office }: DelivererOptions, { id }: Claimed): Promise<void> {
  await office.db
    .updateTable('delivery')
    .set({
      state: 'waiting',
      due: office.clock.now().add(LOOKED_AGAIN_AFTER),
      lease_until: null,
      last_error: LOOKED,
    })
    .where('id', '=', id)
    .execute();
}

export async function never(
  options: DelivererOptions,
  delivery: Claimed,
  code: string,
  why: Undeliverable['why'] = 'message',
): Promise<void> {
  options.log('delivery.dead', { delivery: delivery.id, code });
  await inWork(options.office, { actor: 'system' }, async (work) => {
    await settle(work, delivery.id, { state: 'dead', last_error: code });
    await options.undeliverable(work, delivery, { code, why });
  });
}

/** Nothing reaches its person now. The address is left alone for a while, and what waits for them goes other ways. */
export async function unreachable(
  options: DelivererOptions,
  delivery: Claimed,
  code: string,
): Promise<void> {
  options.log('delivery.unreachable', { delivery: delivery.id, code });
  await inWork(options.office, { actor: 'system' }, async (work) => {
    await settle(work, delivery.id, { state: 'dead', last_error: code });
    const place = { channel: delivery.channel, id: delivery.address };
    const { closed } = await reachOf(work.tx, place, work.now);
    const first = closed === null && (await noteUnreachable(work, place, code));
    const why = first ? 'out-of-reach' : 'stays-out-of-reach';
    await options.undeliverable(work, delivery, { code, why });
  });
}

/**
 * Sorts what went wrong with a try that `began` then, by what it means for the message; see the table in the team's reliability notes §6.2. `sent`: it had arrived, and only
 * could not be noted, which to whoever tries it next is as if nobody knew.
 */
export async function noteFault(
  options: DelivererOptions,
  delivery: Claimed,
  error: unknown,
  { began, sent }: { readonly began: Temporal.Instant; readonly sent: boolean },
): Promise<void> {
  const fault = error instanceof DeliveryFault ? error : undefined;
  // The old card that was to say that there is a newer one is gone itself.
  if (fault?.outcome === 'gone') return drop(options, delivery);
  if (fault?.outcome === 'unreachable' && delivery.person_id !== null) {
    return unreachable(options, delivery, fault.code);
  }
  if (fault?.outcome === 'never' || fault?.outcome === 'unreachable') {
    return never(options, delivery, fault.code);
  }
  // Anything we cannot read (a bug of ours in drawing, a lost database) is tried again later, never dropped.
  options.log('delivery.fault', {
    delivery: delivery.id,
    code: fault?.code ?? (error instanceof Error ? error.name : 'unknown'),
    attempts: delivery.attempts,
  });
  const now = options.office.clock.now();
  const through = await lastThrough(options.office.db, delivery.channel);
  const failing_since = failingSince(fault, delivery.failing_since, through, now);
  if (isGivenUp(failing_since, now))
    return never(options, delivery, fault?.code ?? 'error', 'given-up');
  const wait = { milliseconds: waitBefore(fault, delivery.attempts, options.random) };
  // The platform's trouble holds the lane, so that nothing overtakes. A fault of ours must not: others go on past it.
  const again = fault
    ? { lease_until: options.realTime.now().add(wait) }
    : { lease_until: null, due: now.add(wait) };
  await options.office.db
    .updateTable('delivery')
    .set({
      state: 'waiting',
      ...again,
      failing_since,
      last_error: fault?.code ?? 'error',
      // It may have arrived, from the moment on when it was first tried.
      ...((sent || fault?.outcome === 'ambiguous') && delivery.first_unknown === null
        ? { first_unknown: began }
        : {}),
    })
    .where('id', '=', delivery.id)
    .execute();
}
