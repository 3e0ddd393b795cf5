/**
 * From raw bytes to a verified event: the order of the checks is the point of this file (team's reliability notes §4.1).
 *
 * - envelope: what the platform wraps an event in; 2.0 has `schema` and `header`, 1.0 has neither.
 * - nonsense: signed by the platform, yet not to be understood; kept for the office and acknowledged, never repeated.
 */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { decrypt } from './crypto.ts';
import { isObject, parseJson } from './json.ts';
import type { JsonObject } from './json.ts';
import { type RefusalReason, sameSecret, verify } from './verify.ts';

/**
 * A verified event. `id` is unique with the platform; `late`: signed more than five minutes ago; `happened`: ms since 1970 by the platform's
 * clock, which stays when it is signed and sent again.
 */
export type Event = {
  readonly id: string;
  readonly type: string;
  readonly event: JsonObject;
  readonly late: boolean;
  readonly happened?: number;
};

export type Opened =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'challenge'; readonly challenge: string }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  | {
      readonly kind: 'nonsense';
      readonly key: string;
      readonly reason: string;
      readonly body: string;
    };

/** What our app and the platform agreed on. `encryptKeys`: the current one, and while it changes the one before. */
export type AppSecrets = {
  readonly appId: string;
  readonly encryptKeys: readonly string[];
  readonly verificationToken: string;
};

export type Push = { readonly heads: IncomingHttpHeaders; readonly raw: Uint8Array };

/** The console's check of our address carries no signature; it is small. Bytes. */
const CHALLENGE_BYTES = 2_048;

/** `ourTenant` says whether a tenant is the one we serve. */
export function open(
  push: Push,
  secrets: AppSecrets,
  nowSeconds: number,
  ourTenant: (tenant: string) => boolean,
): Opened {
  const verdict = verify(push.heads, push.raw, secrets.encryptKeys, nowSeconds);
  if (!verdict.ok) return unsigned(push, secrets, verdict.reason);
  const sealed = sealedText(push.raw);
  if ('reason' in sealed) {
    return sealed.reason === 'plain'
      ? refused('plain')
      : nonsense(push.raw, sealed.reason, push.raw);
  }
  const plain = decrypt(sealed.text, secrets.encryptKeys[verdict.key] ?? '');
  if (!plain) return nonsense(push.raw, 'encryption', push.raw);
  const parsed = parseJson(plain);
  if (!parsed.ok) return nonsense(push.raw, parsed.reason, plain);
  const challenge = challengeIn(parsed.value, secrets);
  if (challenge) return challenge;
  const envelope = envelopeIn(parsed.value);
  if (!envelope) return nonsense(push.raw, 'envelope', plain);
  if (!sameSecret(envelope.token, secrets.verificationToken)) return refused('token');
  return identified(envelope, secrets.appId, verdict.late, ourTenant);
}

/**
 * The envelope of a long connection, already parsed. It is neither encrypted nor signed: the connection itself was opened with
 * the app's secret, over TLS. The Verification Token is not asked for, since nobody has to configure one there.
 */
export function openPlain(
  value: unknown,
  appId: string,
  ourTenant: (tenant: string) => boolean,
): Opened {
  const plain = Buffer.from(JSON.stringify(value));
  const parsed = parseJson(plain);
  if (!parsed.ok) return nonsense(plain, parsed.reason, plain);
  const envelope = envelopeIn(parsed.value);
  if (!envelope) return nonsense(plain, 'envelope', plain);
  return identified(envelope, appId, false, ourTenant);
}

const refused = (reason: RefusalReason): Opened => ({ kind: 'refused', reason });

/** How much of a body that was not understood is kept, in characters. */
const KEPT = 4_000;

/** The body is kept for the office and goes into backups: without the token that the platform puts into each of its pushes. */
const TOKEN = /("token"\s*:\s*")[^"]*/g;

function nonsense(raw: Uint8Array, reason: string, body: Uint8Array): Opened {
  const key = `feishu:odd:${createHash('sha256').update(raw).digest('hex').slice(0, 32)}`;
  const text = new TextDecoder().decode(body.subarray(0, KEPT * 4)).replaceAll('\0', '\uFFFD');
  const harmless = text.replaceAll(TOKEN, '$1[secret]');
  return { kind: 'nonsense', key, reason, body: harmless.slice(0, KEPT).toWellFormed() };
}

/** Without a signature only the console's challenge is answered, and only when it is encrypted and names our token. */
function unsigned(
  { heads, raw }: Push,
  secrets: AppSecrets,
  reason: 'headers' | 'clock' | 'signature',
): Opened {
  if (heads['x-lark-signature'] !== undefined || raw.length > CHALLENGE_BYTES) {
    return refused(reason);
  }
  const sealed = sealedText(raw);
  if ('reason' in sealed) return refused(reason);
  const asked = secrets.encryptKeys.map((key) => {
    const plain = decrypt(sealed.text, key);
    const parsed = plain && parseJson(plain);
    return parsed?.ok ? challengeIn(parsed.value, secrets) : undefined;
  });
  return asked.find((one) => one !== undefined) ?? refused(reason);
}

/** The one member `encrypt` of the body. Fields beside it could be taken for decrypted ones: `plain`. */
function sealedText(raw: Uint8Array): { readonly text: string } | { readonly reason: string } {
  const parsed = parseJson(raw);
  if (!parsed.ok) return { reason: parsed.reason };
  const members = isObject(parsed.value) ? Object.entries(parsed.value) : [];
  const [only] = members;
  if (members.length !== 1 || only?.[0] !== 'encrypt') return { reason: 'plain' };
  return typeof only[1] === 'string' ? { text: only[1] } : { reason: 'encryption' };
}

const challengeSchema = z.object({
  type: z.literal('url_verification'),
  token: z.string(),
  challenge: z.string().max(256),
});

function challengeIn(value: unknown, secrets: AppSecrets): Opened | undefined {
  if (!isObject(value) || value['type'] !== 'url_verification') return undefined;
  const asked = challengeSchema.safeParse(value);
  if (!asked.success || !sameSecret(asked.data.token, secrets.verificationToken)) {
    return refused('challenge');
  }
  return { kind: 'challenge', challenge: asked.data.challenge };
}

/** An id from the platform, as it goes into our dedupe keys; and the name of a type, as it is logged and counted by. */
const eventId = z.string().regex(/^[\x21-\x7e]{1,128}$/);
const eventType = z.string().regex(/^[\w.-]{1,128}$/);
const members = z.record(z.string(), z.unknown());

const version2 = z.object({
  schema: z.literal('2.0'),
  header: z.object({
    event_id: eventId,
    event_type: eventType,
    create_time: z
      .string()
      .regex(/^\d{13}$/)
      .optional()
      .catch(undefined),
    token: z.string().default(''),
    app_id: z.string(),
    tenant_key: z.string(),
  }),
  event: members,
});

const version1 = z.object({
  uuid: eventId,
  token: z.string().default(''),
  type: z.literal('event_callback'),
  event: z.looseObject({
    type: eventType,
    app_id: z.string(),
    tenant_key: z.string(),
  }),
});

type Envelope = {
  readonly id: string;
  readonly type: string;
  readonly token: string;
  readonly app: string;
  readonly tenant: string;
  readonly event: JsonObject;
  readonly happened?: number;
};

function envelopeIn(value: unknown): Envelope | undefined {
  if (isObject(value) && Object.hasOwn(value, 'schema')) {
    const parsed = version2.safeParse(value);
    if (!parsed.success) return undefined;
    const { header, event } = parsed.data;
    const { event_id: id, event_type: type, token, app_id: app, tenant_key: tenant } = header;
    const happened =
      header.create_time === undefined ? {} : { happened: Number(header.create_time) };
    return { id, type, token, app, tenant, event, ...happened };
  }
  const parsed = version1.safeParse(value);
  if (!parsed.success) return undefined;
  const { uuid: id, token, event } = parsed.data;
  return { id, type: event.type, token, app: event.app_id, tenant: event.tenant_key, event };
}

/** Whose event it is: our app's, in the tenant that we serve. */
function identified(
  { id, type, event, app, tenant, happened }: Envelope,
  ourApp: string,
  late: boolean,
  ourTenant: (tenant: string) => boolean,
): Opened {
  if (app !== ourApp) return refused('app');
  if (!ourTenant(tenant)) return refused('tenant');
  if (late && type === 'card.action.trigger') return refused('stale-tap');
  const told = { id, type, event, late, ...(happened === undefined ? {} : { happened }) };
  return { kind: 'event', event: told };
}
