/**
 * Bare pushes for attacks and odd events: nothing is kept, nothing comes again, every answer is given back. Over the long
 * connection there is nothing to bend but the envelope.
 */
import type { JsonObject } from './json.ts';
import { envelope, seal, shuffled } from './push.ts';
import type { AppKeys, Attack, Event, Pusher, Sealed } from './push.ts';
import type { Outcome } from './wire.ts';

/** An event to wrap, or a whole envelope (1.0 events, nonsense). */
export type RawEvent = Event | { readonly envelope: JsonObject };

/** `repeat`: each so many times; `shuffle`: in random order; `atOnce`: side by side; `to`: another address. */
export type RawOptions = Attack & {
  readonly repeat?: number;
  readonly shuffle?: boolean;
  readonly atOnce?: boolean;
  readonly to?: string;
};

export type RawPushes = {
  readonly pushes: (
    events: RawEvent | readonly RawEvent[],
    options?: RawOptions,
  ) => Promise<readonly Outcome[]>;
  /** Body and headers of a push without sending it, to keep, bend and replay. */
  readonly sealed: (event: RawEvent, attack?: Attack) => Sealed;
  /** Sends such a body once more, as it is. */
  readonly replays: (sealed: Sealed, to?: string) => Promise<Outcome>;
  /** The console checks the address: an unsigned `url_verification`, one second to answer. */
  readonly challenges: (
    challenge: string,
    options?: Pick<Attack, 'encrypt' | 'key' | 'token'> & { readonly to?: string },
  ) => Promise<Outcome>;
};

/** The challenge has to be answered within this, ms. */
const CHALLENGE_MS = 1_000;

export type RawParts = {
  readonly clock: () => number;
  readonly random: () => number;
  readonly keys: AppKeys;
  readonly pusher: Pusher;
  readonly url: () => string | undefined;
  readonly transport: 'webhook' | 'websocket';
};

export function createRawPushes(parts: RawParts): RawPushes {
  const { keys, pusher, url } = parts;
  const seconds = (): number => Math.floor(parts.clock() / 1_000);
  const sealed: RawPushes['sealed'] = (event, attack = {}) =>
    seal(keys, contentOf(parts, event, attack), seconds(), attack);
  const pushing =
    (push: Sealed, to = url()) =>
    (): Promise<Outcome> =>
      pusher.raw(to, push);
  return {
    sealed,
    replays: (push, to) => pusher.raw(to ?? url(), push),
    async pushes(events, options = {}) {
      const { repeat = 1, shuffle = false, atOnce = false, to } = options;
      const each = isMany(events) ? events : [events];
      const bodies = each.flatMap((event) => {
        const content = contentOf(parts, event, options);
        return Array.from({ length: repeat }, () =>
          parts.transport === 'websocket' && to === undefined
            ? () => pusher.carry(content)
            : pushing(seal(keys, content, seconds(), options), to),
        );
      });
      const order = shuffle ? shuffled(bodies, parts.random) : bodies;
      if (atOnce) return Promise.all(order.map((push) => push()));
      const outcomes: Outcome[] = [];
      for (const push of order) outcomes.push(await push());
      return outcomes;
    },
    challenges: (challenge, { to, ...attack } = {}) => {
      const token = attack.token ?? keys.verificationToken;
      const content = { challenge, token, type: 'url_verification' };
      const push = seal(keys, content, seconds(), { ...attack, sign: false });
      return pusher.raw(to ?? url(), push, CHALLENGE_MS);
    },
  };
}

const isMany = (events: RawEvent | readonly RawEvent[]): events is readonly RawEvent[] =>
  Array.isArray(events);

/** Card callbacks carry their time in µs, events in ms. */
function contentOf(parts: RawParts, event: RawEvent, attack: Attack): JsonObject {
  if ('envelope' in event) return event.envelope;
  const ms = parts.clock();
  const time = event.type === 'card.action.trigger' ? ms * 1_000 : ms;
  return envelope(parts.keys, event, String(time), attack);
}
