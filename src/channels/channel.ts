/**
 * The port between the office and a chat platform. Small on purpose: receive a message, a tap, an opening; send, update,
 * look people up, fetch a file. Every channel passes the suite in test/contracts/channel.ts.
 *
 * - channel: one chat platform (Feishu, the simulator).
 * - address: where a person is reached in a channel (an open id).
 * - desk: the office's side, which a channel calls with what came in.
 */
import type { Answers, Card, Toast } from '../../cards/card.ts';
import type { Language, Words } from '../../cards/words.ts';

export type ChannelName = 'feishu' | 'simulator';

/**
 * A person's place in a channel: `id` is the platform's (an `ou_…`), private chats are reached by it. With the id of a group's
 * message (`om_…`) it is the thread of that message.
 */
export type Address = { readonly channel: ChannelName; readonly id: string };

/** A file somebody sent; its bytes stay with the platform until fetched. `key` and `message` are the platform's. */
export type IncomingFile = {
  readonly key: string;
  readonly message: string;
  readonly name: string;
  readonly sort: 'image' | 'file';
};

/**
 * How much of one message reaches the office, in graphemes. Requests are read up to less (`LONGEST` of the language), minutes of a
 * meeting in full.
 */
export const LONGEST_TEXT = 10_000;

/** What people send besides words, pictures and files. We read none of it, but each gets the answer that fits. */
export type MessageForm =
  | 'voice'
  | 'video'
  | 'sticker'
  | 'place'
  | 'contact'
  | 'folder'
  | 'card'
  | 'forwarded'
  | 'other';

/** A message to the office. `key` is its dedupe key (`feishu:msg:om_…`), `text` is without mentions of the bot. */
export type IncomingMessage = {
  readonly key: string;
  readonly from: Address;
  readonly chat: string;
  readonly group: boolean;
  readonly message: string;
  readonly text: string;
  readonly files: readonly IncomingFile[];
  /** What it is when it is neither words nor files; both are empty then. */
  readonly form?: MessageForm;
  readonly repliesTo?: string;
  /** When the person wrote it. A redelivery hours later still means 「明天」 as of then. */
  readonly sentAt: Temporal.Instant;
};

/** A tap on a card. `value` and `answers` are what the client sent: hostile until parsed. */
export type IncomingTap = {
  readonly key: string;
  readonly from: Address;
  readonly chat?: string;
  readonly message?: string;
  readonly value: unknown;
  readonly answers: Answers;
};

/** Somebody opened the private chat with the bot, or touched its menu (`menu` is the entry's key). */
export type IncomingOpening = {
  readonly key: string;
  readonly from: Address;
  readonly chat?: string;
  readonly menu?: string;
};

/** We were put into a group of a channel, or out of it. */
export type GroupChange = {
  readonly key: string;
  readonly channel: ChannelName;
  readonly chat: string;
  readonly change: 'added' | 'removed';
};

/** Somebody took a message back. `of` is the key it came under, or would have come under. */
export type IncomingRecall = {
  readonly key: string;
  readonly channel: ChannelName;
  readonly message: string;
  readonly of: string;
};

/** The immediate answer to a tap: a toast and the card as it now stands, drawn from what was committed. */
export type TapAnswer = { readonly toast?: Toast; readonly card?: Card };

/** What the office does with what comes in. Each call resolves after the commit; `OfficeUnavailable` means: nothing was recorded, come again. */
export type Desk = {
  message(incoming: IncomingMessage): Promise<void>;
  tap(incoming: IncomingTap): Promise<TapAnswer>;
  opened(incoming: IncomingOpening): Promise<void>;
  recalled(incoming: IncomingRecall): Promise<void>;
  groupChanged(change: GroupChange): Promise<void>;
  /** The directory changed at the platform: one person (new, changed or gone) or `everyone` when only a full reading helps. */
  directoryChanged(change: DirectoryChange): Promise<void>;
  /** Signed but not understood: kept for the office to see, with the reason. */
  setAside(incoming: {
    readonly key: string;
    readonly reason: string;
    readonly body: string;
  }): Promise<void>;
  /** A forged, unsigned or stale request was refused; recorded without its content. */
  refused(incoming: { readonly channel: ChannelName; readonly reason: string }): Promise<void>;
};

/** Nothing was committed; the same input may come again and will be handled then. Events answer 503, taps a truthful toast. */
export class OfficeUnavailable extends Error {
  override name = 'OfficeUnavailable';
}

/** A person as the platform's directory tells it. References are the platform's ids. */
export type DirectoryPerson = {
  readonly id: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly email?: string;
  readonly employeeNo?: string;
  readonly jobTitle?: string;
  readonly departments: readonly string[];
  readonly leader?: string;
  readonly active: boolean;
};
export type DirectoryDepartment = {
  readonly id: string;
  readonly name: string;
  readonly parent?: string;
  readonly leader?: string;
};
/** A whole reading of what may be seen; never a part of that: a failed page fails the reading. */
export type DirectorySnapshot = {
  readonly people: readonly DirectoryPerson[];
  readonly departments: readonly DirectoryDepartment[];
};
/**
 * Where people are whom a reading does not name: `here`, found when asked for alone (they moved while it was read), or
 * `outside` of what may be seen, so that nobody can tell. All others have left.
 */
export type Whereabouts = {
  readonly here: readonly string[];
  readonly outside: readonly string[];
};
export type DirectoryChange =
  | { readonly change: 'everyone'; readonly key: string }
  | { readonly change: 'person'; readonly key: string; readonly person: DirectoryPerson }
  | { readonly change: 'left'; readonly key: string; readonly id: string };

/** What is sent: a card, or a sentence in both languages. */
export type Outgoing = { readonly card: Card } | { readonly text: Words };

export type Sent = { readonly message: string; readonly chat?: string };

/**
 * Why a send or update failed, in the only terms delivery needs (the table in the team's reliability notes §6.2):
 * `not-sent` try again after `waitMs`; `ambiguous` it may have happened, repeat with the same key; `never` will not heal
 * (`code` says why); `unreachable` nothing reaches this person now, whatever it is; `gone` the message can no longer be updated:
 * send a new one. `closed`: no message would get through (the app is refused, the platform out of reach), so it says nothing
 * about this one.
 */
export class DeliveryFault extends Error {
  override name = 'DeliveryFault';
  readonly outcome: FaultOutcome;
  readonly code: string;
  readonly waitMs: number | undefined;
  readonly closed: boolean;
  constructor(
    outcome: FaultOutcome,
    code: string,
    message: string,
    waitMs?: number,
    closed = false,
  ) {
    super(message);
    this.outcome = outcome;
    this.code = code;
    this.waitMs = waitMs;
    this.closed = closed;
  }
}

type FaultOutcome = 'not-sent' | 'ambiguous' | 'never' | 'unreachable' | 'gone';

/** A send of a while ago of which nobody knows whether it arrived: all of it as it was asked for, and from when on to look. */
export type Unsure = {
  readonly to: Address;
  /** The private chat with `to`, where it is known. */
  readonly chat: string | null;
  readonly what: Outgoing;
  readonly key: string;
  readonly language: Language;
  readonly since: Temporal.Instant;
  /** Messages that are known to be something else, though they may look the same. */
  readonly except: ReadonlySet<string>;
};

/**
 * A bucket of allowed messages: it holds so many and refills at so many a second. In any one second at most
 * `holds + perSecond` pass.
 */
export type Allowance = { readonly perSecond: number; readonly holds: number };

/** How fast a platform lets us send: to one person or chat (a lane), and all together by the second and by the minute. */
export type Pace = {
  readonly lane: Allowance;
  readonly app: Allowance;
  readonly appMinute: Allowance;
};

/** The platform's side. `key` makes a repeated send harmless (at most 50 characters). All calls end within 5 s. */
export type Channel = {
  readonly name: ChannelName;
  /** Absent: it takes whatever comes. */
  readonly pace?: Pace;
  send(to: Address, what: Outgoing, key: string, language: Language): Promise<Sent>;
  update(message: string, card: Card, language: Language): Promise<void>;
  /**
   * The message of an unsure send, or undefined when it never arrived. A `DeliveryFault` of outcome `never`: the platform does not
   * let us look; any other: not now. Absent: nobody can look.
   */
  find?(unsure: Unsure): Promise<Sent | undefined>;
  /** Rings the person at `to` about a message of ours. Absent: it has no bell. */
  buzz?(to: Address, message: string): Promise<void>;
  directory(): Promise<DirectorySnapshot>;
  /** Looks for people whom a reading no longer names, one by one. Absent: they have left. */
  whereabouts?(ids: readonly string[]): Promise<Whereabouts>;
  fetchFile(file: IncomingFile): Promise<{ readonly bytes: Uint8Array; readonly name: string }>;
};
