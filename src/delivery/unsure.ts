/** A send of which nobody knows whether it arrived: repeated under its key as long as that is safe, then looked for. */
import { type Channel, DeliveryFault, type Sent } from '../channels/channel.ts';
import { reachOf } from '../directory/reachable.ts';
import type { Claimed, DelivererOptions, Drawn, Plan } from './delivery.ts';
import { sendKey } from './owe.ts';

/** Inside the platform's hour in which a repeated key is harmless, with ten minutes to spare. */
const REPEAT_MINUTES = 50;

/** Whether its key no longer keeps a repeat from being a second message. */
const isUnsure = (
  { first_unknown }: Pick<Claimed, 'first_unknown'>,
  now: Temporal.Instant,
): boolean => first_unknown !== null && now.since(first_unknown).total('minutes') >= REPEAT_MINUTES;

/** What came of it: the message that arrived, brought up to date, or the delivery under a new key, to be sent now. */
export type Settled = { readonly arrived: Sent } | { readonly anew: Claimed };

/**
 * Brings what arrived up to date, since it shows what was true when it was first tried. `repeat` sends it once more under its key: within
 * the hour the platform answers that with the message that is there. Later it is looked for; what did not arrive, or may not be looked
 * for, goes out again: a decision asked for twice is better than one never asked for. Throws when the platform cannot be asked now.
 */
export async function settleUnsure(
  options: DelivererOptions,
  channel: Channel,
  delivery: Claimed,
  plan: Plan,
  repeat: () => Promise<Sent>,
): Promise<Settled> {
  const arrived = isUnsure(delivery, options.office.clock.now())
    ? await look(options, channel, delivery, plan.drawn)
    : await repeat();
  if (arrived && (await isBroughtUpToDate(channel, arrived, plan.drawn))) return { arrived };
  const generation = delivery.generation + 1;
  await options.office.db
    .updateTable('delivery')
    .set({ generation, first_unknown: null })
    .where('id', '=', delivery.id)
    .execute();
  return { anew: { ...delivery, generation, first_unknown: null } };
}

/**
 * It is not to be sent any more, but may have arrived: then it says from now on what is true. Undefined: nothing stands there. Of whom no chat
 * is known nothing can be looked for: `repeat` then asks for it by its key, while that is safe; at worst somebody who never heard of us
 * reads how it ended. Throws when the platform cannot be asked now.
 */
export async function settleOverdue(
  options: DelivererOptions,
  channel: Channel,
  delivery: Claimed,
  drawn: Drawn,
  repeat: () => Promise<Sent>,
): Promise<Sent | undefined> {
  const { db, clock } = options.office;
  const to = { channel: channel.name, id: delivery.address };
  const { chat } = await db.transaction().execute((tx) => reachOf(tx, to, clock.now()));
  const arrived =
    chat === null && !isUnsure(delivery, clock.now())
      ? await repeat()
      : await look(options, channel, delivery, drawn);
  return arrived && (await isBroughtUpToDate(channel, arrived, drawn)) ? arrived : undefined;
}

async function look(
  { office, log }: DelivererOptions,
  channel: Channel,
  delivery: Claimed,
  drawn: Drawn,
): Promise<Sent | undefined> {
  if (!channel.find || !delivery.first_unknown || 'replace' in drawn) return undefined;
  const to = { channel: channel.name, id: delivery.address };
  const { chat } = await office.db
    .transaction()
    .execute((tx) => reachOf(tx, to, office.clock.now()));
  const known = await office.db
    .selectFrom('delivery')
    .select('platform_message')
    .where('lane', '=', delivery.lane)
    .where('platform_message', 'is not', null)
    .where('created_at', '>=', delivery.first_unknown.subtract({ hours: 24 }))
    .execute();
  try {
    return await channel.find({
      to,
      chat,
      what: drawn.send,
      key: sendKey(delivery.id, delivery.generation),
      language: drawn.language,
      since: delivery.first_unknown,
      except: new Set(known.flatMap(({ platform_message: id }) => id ?? [])),
    });
  } catch (error) {
    if (!(error instanceof DeliveryFault) || error.outcome !== 'never') throw error;
    log('delivery.unasked', { delivery: delivery.id, code: error.code });
    return undefined;
  }
}

/** False: it was recalled meanwhile, so nobody sees it. What cannot be changed (words in place of a refused card) stays as it is. */
async function isBroughtUpToDate(
  channel: Channel,
  { message }: Sent,
  drawn: Drawn,
): Promise<boolean> {
  if ('replace' in drawn || !('card' in drawn.send)) return true;
  try {
    await channel.update(message, drawn.send.card, drawn.language);
    return true;
  } catch (error) {
    if (!(error instanceof DeliveryFault)) throw error;
    if (error.outcome !== 'gone' && error.outcome !== 'never') throw error;
    return error.outcome === 'never';
  }
}
