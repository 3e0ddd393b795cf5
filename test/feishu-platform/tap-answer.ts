/** Judging the program's answer to a card callback, with the codes that the client shows to people. */
import { validateCard } from './card-rules.ts';
import type { KnownToPlatform } from './card-rules.ts';
import { either, oneOf, when } from './card-rules/checks.ts';
import { byLanguage } from './card-rules/looks.ts';
import { isObject, parseJson } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Outcome } from './wire.ts';

/** The codes of "出错了，请稍后重试 code: N". */
const tapCodes = {
  unreached: 200340,
  late: 200341,
  noConnection: 200342,
  noHost: 200343,
  status: 200671,
  format: 200672,
  card: 200673,
  schema: 200830,
} as const;

/** `type` is `info` when absent. */
export type Toast = {
  readonly type?: string;
  readonly content: string;
  readonly i18n?: Readonly<Record<string, string>>;
};

/** What the client makes of an answer; `why` explains an error to whoever reads the test. */
export type Judged =
  | { readonly toast?: Toast; readonly card?: JsonObject }
  | { readonly error: number; readonly why: string };

/** `present` is the card that was tapped. */
export function judge(outcome: Outcome, present: JsonObject, known: KnownToPlatform): Judged {
  if (outcome.got === 'nothing') return unanswered(outcome.why);
  if (outcome.status !== 200) return { error: tapCodes.status, why: `HTTP ${outcome.status}` };
  const answer = parseJson(outcome.body);
  if (!isObject(answer)) return malformed('the body is no JSON object');
  const strange = Object.keys(answer).filter((name) => name !== 'toast' && name !== 'card');
  if (strange.length > 0) return malformed(`unknown members: ${strange.join(', ')}`);
  const toast = answer['toast'];
  if (toast !== undefined && !isToast(toast)) return malformed('the toast is malformed');
  const drawn = judgeCard(answer['card'], present, known);
  if (drawn && 'error' in drawn) return drawn;
  return { ...(toast !== undefined && { toast }), ...(drawn && { card: drawn.card }) };
}

type Failed = Extract<Judged, { error: number }>;

function unanswered(why: Extract<Outcome, { got: 'nothing' }>['why']): Failed {
  switch (why) {
    case 'late':
      return { error: tapCodes.late, why: 'no answer within the deadline' };
    case 'refused':
      return { error: tapCodes.noConnection, why: 'nobody listens there' };
    case 'no-such-host':
      return { error: tapCodes.noHost, why: 'the host is unknown' };
    case 'cut':
      return { error: tapCodes.status, why: 'the connection was cut' };
    case 'unacked':
      return { error: tapCodes.unreached, why: 'the long connection did not acknowledge' };
    case 'unconnected':
      return { error: tapCodes.unreached, why: 'no long connection is open' };
  }
}

const malformed = (why: string): Failed => ({ error: tapCodes.format, why });

const absent = when((value) => value === undefined, 'expected nothing');
const toastType = either(absent, oneOf('info', 'success', 'error', 'warning'));

function isToast(value: unknown): value is Toast {
  if (!isObject(value) || typeof value['content'] !== 'string') return false;
  const members = Object.keys(value).every((name) => ['type', 'content', 'i18n'].includes(name));
  const i18n = value['i18n'] ?? {};
  return members && toastType(value['type'], []).length === 0 && byLanguage(i18n, []).length === 0;
}

function judgeCard(
  given: unknown,
  present: JsonObject,
  known: KnownToPlatform,
): Failed | { readonly card: JsonObject } | undefined {
  if (given === undefined) return undefined;
  if (!isObject(given) || given['type'] !== 'raw' || !isObject(given['data'])) {
    return malformed('card is not {type: "raw", data: {…}}');
  }
  const card = given['data'];
  if (present['schema'] === '2.0' && card['schema'] !== '2.0') {
    return { error: tapCodes.schema, why: 'the card went from schema 2.0 to 1.0' };
  }
  const [fault] = validateCard(card, known);
  if (fault) return { error: tapCodes.card, why: `${fault.path}: ${fault.message}` };
  return { card };
}
