/**
 * What a failed call to the platform means (platform notes §11, team's reliability notes §6.2).
 *
 * - fault of a call: no answer, an unreadable one, or an answer with a code that is not 0.
 * - not sent, ambiguous, never, gone: what delivery needs to know.
 */
import { DeliveryFault } from '../channel.ts';

/**
 * A call that failed. `reached`: `no` it never got there; `unclear` it may have taken effect; `answered` the platform said no.
 * `code` is the platform's, or a name of ours; `detail` holds sub code and place of a refused card, never anybody's words.
 */
export class CallFault extends Error {
  override name = 'CallFault';
  readonly reached: 'no' | 'unclear' | 'answered';
  readonly code: string;
  readonly status: number;
  readonly route: string;
  readonly logId: string | undefined;
  readonly detail: string | undefined;
  /** How long the platform asks us to wait, ms. */
  readonly waitMs: number | undefined;
  constructor(fault: {
    readonly reached: 'no' | 'unclear' | 'answered';
    readonly code: string;
    readonly route: string;
    readonly status?: number;
    readonly logId?: string | undefined;
    readonly detail?: string | undefined;
    readonly waitMs?: number | undefined;
  }) {
    super(`feishu ${fault.code} at ${fault.route}`);
    this.reached = fault.reached;
    this.code = fault.code;
    this.status = fault.status ?? 0;
    this.route = fault.route;
    this.logId = fault.logId;
    this.detail = fault.detail;
    this.waitMs = fault.waitMs;
  }
}

/** Codes after which a fresh token helps, once. */
const TOKEN_CODES: ReadonlySet<string> = new Set(['99991663', '99991664', '99991665', '99991668']);

export const isTokenFault = (error: unknown): boolean =>
  error instanceof CallFault && TOKEN_CODES.has(error.code);

/** Too many calls or messages; the message was not taken. */
const RATE_CODES: ReadonlySet<string> = new Set([
  '99991400',
  '230020',
  '11232',
  '11233',
  '11247',
  '190004',
  '190005',
  '190010',
]);

/** The month's quota of calls is used up (free plan). */
export const QUOTA_CODE = '99991403';

/**
 * The app, not the message, is refused: quota of the month, address not allowed, token, secret, app switched off, bot not
 * published, permission missing, an address that is no platform's. It heals when the administrator acts, so nothing that is owed
 * may be given up for it.
 */
const APP_CODES: ReadonlySet<string> = new Set([
  QUOTA_CODE,
  '99991401',
  '99991661',
  '99991662',
  '99991663',
  '99991664',
  '99991665',
  '99991668',
  '99991671',
  '99991672',
  '99991673',
  '99991676',
  '99991679',
  '99991201',
  '99991301',
  '10003',
  '10014',
  '10015',
  '190007',
  '230006',
  '232025',
  '232034',
]);

/** What the app may not do; for reading back what was sent that is a no for good, since the office does without. */
const PERMISSION_CODES: ReadonlySet<string> = new Set(['99991672', '99991676', '99991679']);

/**
 * Nothing reaches this person: out of the app's range, banned or gone, the bot muted or blocked, or an id of another app or
 * tenant. Every other message to them would fare the same.
 */
const UNREACHABLE_CODES: ReadonlySet<string> = new Set([
  '230013',
  '230029',
  '230034',
  '230035',
  '230038',
  '230053',
  '99992351',
  '99992352',
  '99992360',
  '99992361',
  '99992364',
]);

/** Internal errors that come with HTTP 200 or 400 as well, and `230049`: a message with this key is just being sent. */
const UNCLEAR_CODES: ReadonlySet<string> = new Set([
  '2200',
  '1500',
  '5000',
  '10101',
  '230049',
  '1395001',
]);

/** An event that was deleted, or that nobody knows. */
const EVENT_GONE: ReadonlySet<string> = new Set(['193000', '193001', '193003']);
export const isEventGone = (error: unknown): boolean =>
  error instanceof CallFault && EVENT_GONE.has(error.code);

/** Somebody who cannot be invited: gone, of another tenant, unknown. */
const NOT_INVITED: ReadonlySet<string> = new Set(['194002', '195100', '99992351', '99992361']);
export const isNotInvited = (error: unknown): boolean =>
  error instanceof CallFault && error.reached === 'answered' && NOT_INVITED.has(error.code);

/** A message that can no longer be changed: too old, recalled, deleted, unknown. */
const GONE_CODES: ReadonlySet<string> = new Set(['230031', '230011', '230110', '99992354']);

/** How long we leave a platform alone that refuses the app, ms. */
const APP_WAIT_MS = 60_000;
/** And one whose month is used up: nothing but money or the 1st helps, ms. */
const QUOTA_WAIT_MS = 15 * 60_000;
/** At least this after a rate limit that does not say how long, ms. */
const RATE_WAIT_MS = 1_000;

/** Sorts a failure of a send, an update, a look back, or of keeping what stands there for something of ours. An error that is no fault of a call is returned as it is. */
export function sorted(error: unknown, doing: Doing): unknown {
  if (!(error instanceof CallFault)) return error;
  const { outcome, waitMs } = meaning(error, doing);
  const what = error.detail === undefined ? error.message : `${error.message} (${error.detail})`;
  const closed = error.reached === 'no' || APP_CODES.has(error.code);
  return new DeliveryFault(outcome, error.code, what, waitMs, closed);
}

type Doing = 'send' | 'update' | 'look' | 'keep';

type Meaning = { readonly outcome: DeliveryFault['outcome']; readonly waitMs?: number };

function meaning(fault: CallFault, doing: Doing): Meaning {
  if (fault.reached === 'no') return { outcome: 'not-sent' };
  if (fault.reached === 'unclear') return { outcome: 'ambiguous' };
  if (doing === 'look' && PERMISSION_CODES.has(fault.code)) return { outcome: 'never' };
  if (fault.code === QUOTA_CODE) {
    return { outcome: 'not-sent', waitMs: Math.max(fault.waitMs ?? QUOTA_WAIT_MS, APP_WAIT_MS) };
  }
  if (APP_CODES.has(fault.code)) return { outcome: 'not-sent', waitMs: APP_WAIT_MS };
  if (fault.status === 429 || RATE_CODES.has(fault.code) || isLocked(fault)) {
    return { outcome: 'not-sent', waitMs: fault.waitMs ?? RATE_WAIT_MS };
  }
  if (UNCLEAR_CODES.has(fault.code)) return { outcome: 'ambiguous' };
  if (doing === 'update' && GONE_CODES.has(fault.code)) return { outcome: 'gone' };
  if (doing === 'send' && UNREACHABLE_CODES.has(fault.code)) return { outcome: 'unreachable' };
  return { outcome: 'never' };
}

/** Somebody is tapping the card at this moment; the next try goes through. */
const isLocked = (fault: CallFault): boolean =>
  fault.code === '230099' && fault.detail?.includes('locked') === true;

/** Our card was refused as wrong or too big: a mistake of ours, the words can still be sent. */
export const isCardRefused = (error: unknown): error is CallFault =>
  error instanceof CallFault &&
  error.reached === 'answered' &&
  (error.code === '230025' || (error.code === '230099' && !isLocked(error)));

/** This group, or this sort of message, has no topics; the reply was not taken. */
export const isThreadRefused = (error: unknown): boolean =>
  error instanceof CallFault &&
  error.reached === 'answered' &&
  (error.code === '230071' || error.code === '230072');

/** Sub code and place in a refused card, from the platform's message; what it quotes of the card is dropped. */
export function detailOf(message: string): string | undefined {
  const code = /ErrCode: ?(\d{1,9})/.exec(message)?.[1];
  if (code === undefined) return undefined;
  const place = /ErrPath: ?([\w\s>[\]():-]{1,160});/.exec(message)?.[1];
  const locked = message.includes('action is lock') ? ', locked' : '';
  return `ErrCode ${code}${place === undefined ? '' : ` at ${place}`}${locked}`;
}
