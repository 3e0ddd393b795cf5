/**
 * Pushing events and callbacks to the program: envelope, encryption, signature, three seconds, and the ladder on which
 * unanswered events come again.
 *
 * - sealed: what goes over the wire, body and headers.
 * - attack: how a test bends a push away from what the platform would do.
 */
import { randomBytes } from 'node:crypto';
import { encrypt, legacySignature, signature } from './crypto.ts';
import { newId } from './ids.ts';
import type { JsonObject } from './json.ts';
import { post } from './wire.ts';
import type { Outcome } from './wire.ts';

/** The app as the two sides agreed on it. */
export type AppKeys = {
  readonly appId: string;
  readonly tenantKey: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
};

/** An event of schema 2.0 before it is put into its envelope. `eventId` is made when absent. */
export type Event = {
  readonly type: string;
  readonly event: JsonObject;
  readonly eventId?: string;
};

/** How a push departs from the platform's own. Left out: as the platform does it. */
export type Attack = {
  /** `false`: the envelope itself is the body, though a key is set. */
  readonly encrypt?: boolean;
  /** `false`: no signature headers; `wrong`: of another body; `legacy`: the old SHA-1 one; else this very text. */
  readonly sign?: boolean | 'wrong' | 'legacy' | (string & {});
  /** X-Lark-Request-Timestamp, seconds; the signature is made for it. */
  readonly stamp?: number | string;
  readonly nonce?: string;
  /** Another Encrypt Key, to encrypt and sign with. */
  readonly key?: string;
  /** In the envelope: another Verification Token, app, tenant. */
  readonly token?: string;
  readonly appId?: string;
  readonly tenantKey?: string;
  /** Members beside `encrypt`. */
  readonly beside?: JsonObject;
  /** Rewrites the body before it is signed: the signature stays right. */
  readonly format?: (body: string) => string;
  /** Rewrites the body after it was signed. */
  readonly tamper?: (body: Buffer) => Buffer;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Sealed = {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
};

/** The envelope of schema 2.0. `createTime` is a text: ms for events, µs for card callbacks. */
export function envelope(
  keys: AppKeys,
  event: Event,
  createTime: string,
  attack: Attack = {},
): JsonObject {
  return {
    schema: '2.0',
    header: {
      event_id: event.eventId ?? newId(''),
      event_type: event.type,
      create_time: createTime,
      token: attack.token ?? keys.verificationToken,
      app_id: attack.appId ?? keys.appId,
      tenant_key: attack.tenantKey ?? keys.tenantKey,
    },
    event: event.event,
  };
}

/** Encrypts and signs. Without an Encrypt Key there is neither; `seconds` is the time of signing. */
export function seal(
  keys: AppKeys,
  content: JsonObject,
  seconds: number,
  attack: Attack = {},
): Sealed {
  const key = attack.key ?? keys.encryptKey;
  const encrypted = key !== '' && attack.encrypt !== false;
  const plain = JSON.stringify(content);
  const text = encrypted
    ? JSON.stringify({ encrypt: encrypt(plain, key), ...attack.beside })
    : plain;
  const body = Buffer.from(attack.format ? attack.format(text) : text, 'utf8');
  const headers = { ...baseHeaders, ...signed(keys, body, seconds, attack), ...attack.headers };
  return { body: attack.tamper ? attack.tamper(body) : body, headers };
}

const baseHeaders = {
  'content-type': 'application/json;charset=utf-8',
  'user-agent': 'Go-http-client/1.1',
  'accept-encoding': 'gzip',
};

function signed(
  keys: AppKeys,
  body: Buffer,
  seconds: number,
  attack: Attack,
): Readonly<Record<string, string>> {
  const { sign = true, nonce = randomBytes(8).toString('hex') } = attack;
  const key = attack.key ?? keys.encryptKey;
  if (sign === false || (sign === true && key === '')) return {};
  const timestamp = String(attack.stamp ?? seconds);
  return {
    'x-lark-request-timestamp': timestamp,
    'x-lark-request-nonce': nonce,
    'x-lark-signature': mark(sign, { timestamp, nonce, secret: key }, body, keys),
  };
}

function mark(
  sign: Exclude<Attack['sign'], undefined | false>,
  given: { readonly timestamp: string; readonly nonce: string; readonly secret: string },
  body: Buffer,
  keys: AppKeys,
): string {
  if (sign === true) return signature(given, body);
  if (sign === 'wrong') return signature(given, Buffer.concat([body, Buffer.from('.')]));
  if (sign === 'legacy') {
    return legacySignature({ ...given, secret: keys.verificationToken }, body);
  }
  return sign;
}

/** Waits between the attempts at one event, ms: 15 s, 5 min, 1 h, 6 h; after that it is given up. */
const ladderMs = [15_000, 300_000, 3_600_000, 21_600_000] as const;

/** An event on its way. `attempts` counts pushes so far, `dueAt` (ms) says when the platform would come again. */
export type Pending = {
  readonly eventId: string;
  readonly type: string;
  readonly envelope: JsonObject;
  readonly firstSeconds: number;
  readonly attempts: number;
  readonly dueAt: number;
  readonly last?: Outcome;
};

export type Pusher = {
  /** Pushes a new event and keeps it when it is not answered with 200 in time. */
  readonly event: (event: Event, options?: DeliverOptions) => Promise<readonly Outcome[]>;
  /** Pushes what is pending once more, with the same event id. */
  readonly again: (options?: AgainOptions) => Promise<readonly Outcome[]>;
  readonly pending: () => readonly Pending[];
  /** Events given up after the last attempt. */
  readonly lost: () => readonly Pending[];
  /** One exchange the way the app has chosen, sealed if it is its webhook: nothing is kept, nothing comes again. */
  readonly carry: (content: JsonObject, options?: CarryOptions) => Promise<Outcome>;
  /** One bare exchange with the webhook: nothing is kept, nothing comes again. */
  readonly raw: (url: string | undefined, sealed: Sealed, deadlineMs?: number) => Promise<Outcome>;
};

/** `url`: the webhook (for events unless told); `seconds`: when it is signed (now). */
export type CarryOptions = {
  readonly url?: string | undefined;
  readonly seconds?: number;
};

/** `times`: how often it is pushed although answered; `hold`: not pushed now, but pending. */
export type DeliverOptions = { readonly times?: number; readonly hold?: boolean };

/**
 * `due`: only what the ladder has due by now; `shuffle`: in random order; `sameStamp`: signed with the time of the first
 * attempt (whether the platform signs anew is not documented).
 */
export type AgainOptions = {
  readonly due?: boolean;
  readonly shuffle?: boolean;
  readonly sameStamp?: boolean;
};

/** `clock` and `pace` in ms; `url` is asked for at each push; `arrived` is told after each answer. */
export type PushParts = {
  readonly clock: () => number;
  readonly pace: () => number;
  readonly random: () => number;
  readonly keys: AppKeys;
  readonly url: () => string | undefined;
  readonly deadlineMs: number;
  readonly arrived: () => void;
  /** Of what else happens the app is told nothing, now or later. */
  readonly subscribed: (type: string) => boolean;
  /** There when the app has chosen the long connection. */
  readonly overConnection?: (envelope: JsonObject, deadlineMs: number) => Promise<Outcome>;
};

const nobody: Outcome = { got: 'nothing', why: 'refused', ms: 0 };

export function createPusher(parts: PushParts): Pusher {
  const pending = new Map<string, Pending>();
  const lost: Pending[] = [];

  const raw: Pusher['raw'] = async (url, sealed, deadlineMs = parts.deadlineMs) => {
    if (url === undefined) return nobody;
    const outcome = await post(url, sealed.body, sealed.headers, deadlineMs, parts.pace);
    parts.arrived();
    return outcome;
  };
  const carry: Pusher['carry'] = async (content, { url = parts.url(), seconds } = {}) => {
    const { overConnection, keys, deadlineMs } = parts;
    if (!overConnection) {
      return raw(url, seal(keys, content, seconds ?? Math.floor(parts.clock() / 1_000)));
    }
    const outcome = await overConnection(content, deadlineMs);
    parts.arrived();
    return outcome;
  };
  const attempt = async (entry: Pending, sameStamp: boolean): Promise<Outcome> => {
    const outcome = await carry(entry.envelope, sameStamp ? { seconds: entry.firstSeconds } : {});
    if (outcome.got === 'answer' && outcome.status === 200) pending.delete(entry.eventId);
    else keep(entry, outcome);
    return outcome;
  };
  const keep = (entry: Pending, last: Outcome): void => {
    const wait = ladderMs[entry.attempts];
    const next = { ...entry, attempts: entry.attempts + 1, last };
    pending.delete(entry.eventId);
    if (wait === undefined) lost.push(next);
    else pending.set(entry.eventId, { ...next, dueAt: parts.clock() + wait });
  };
  return {
    carry,
    raw,
    pending: () => [...pending.values()],
    lost: () => lost,
    async event(event, { times = 1, hold = false } = {}) {
      if (!parts.subscribed(event.type)) return [];
      const eventId = event.eventId ?? newId('');
      const now = parts.clock();
      const entry: Pending = {
        eventId,
        type: event.type,
        envelope: envelope(parts.keys, { ...event, eventId }, String(now)),
        firstSeconds: Math.floor(now / 1_000),
        attempts: 0,
        dueAt: now,
      };
      if (hold) {
        pending.set(eventId, entry);
        return [];
      }
      const copies = Array.from({ length: times }, () => attempt(entry, false));
      return Promise.all(copies);
    },
    async again({ due = false, shuffle = false, sameStamp = false } = {}) {
      const now = parts.clock();
      const chosen = [...pending.values()].filter((entry) => !due || entry.dueAt <= now);
      const outcomes: Outcome[] = [];
      for (const entry of shuffle ? shuffled(chosen, parts.random) : chosen) {
        outcomes.push(await attempt(entry, sameStamp));
      }
      return outcomes;
    },
  };
}

/** The items in random order (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
