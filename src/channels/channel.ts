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
import type { SeenEvent } from './event.ts';

export type ChannelName = 'feishu' | 'simulator';

/**
 * A person's place in a channel: `id` is the platform's (an `ou_…`), private chats are reached by it. With the id of a group's
 * message (`om_…`) it is the thread of that message.
 */
export type Address = { readonly channel: ChannelName; readonly id: string };

/** How a file was sent: as a picture that everybody sees, or as a file to be opened. */
export type FileSort = 'image' | 'file';

/** A file somebody sent; its bytes stay with the platform until fetched. `key` and `message` are the platform's. */
export type IncomingFile = {
  readonly key: string;
  readonly message: string;
  readonly name: string;
  readonly sort: FileSort;
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
  /** The key of this wording, when it was changed since it was written. What was heard before is not heard again in other words. */
  readonly edition?: string;
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

/**
 * The immediate answer to a tap: a toast and the card as it now stands, drawn from what was committed; `language` is that of whoever
 * tapped.
 */
export type TapAnswer = {
  readonly toast?: Toast;
  readonly card?: Card;
  readonly language?: Language;
};

/** What the office does with what comes in. Each call resolves after the commit; `OfficeUnavailable` means: nothing was recorded, come again. */
export type Desk = {
  message(incoming: IncomingMessage): Promise<void>;
  tap(incoming: IncomingTap): Promise<TapAnswer>;
  opened(incoming: IncomingOpening): Promise<void>;
  recalled(incoming: IncomingRecall): Promise<void>;
  groupChanged(change: GroupChange): Promise<void>;
  /**
   * What one person wrote while we were away, found by looking, oldest first. Each is heard once like any other; what is more than a day old
   * is asked about instead, all of it in one message.
   */
  missed(messages: readonly IncomingMessage[]): Promise<void>;
  /** A decision that was taken in the platform's approval centre; a repeat of what was done is done. */
  decided(incoming: IncomingDecision): Promise<DecisionAnswer>;
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

/** A file as it is sent to somebody who asked for it. */
export type OutgoingFile = { readonly name: string; readonly bytes: Uint8Array };

/** What is sent: a card, a sentence in both languages, or a file. */
export type Outgoing =
  | { readonly card: Card }
  | { readonly text: Words }
  | { readonly file: OutgoingFile };

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

/** A page of what somebody wrote, oldest first; `next`: there is another one. */
export type Written = {
  readonly messages: readonly IncomingMessage[];
  readonly next?: string;
};

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

/**
 * What may stand on a platform for something of ours: an event in its calendar, a task of its own on a list of ours, an entry of its
 * approval centre under a form of ours.
 */
export type CounterpartSort = 'event' | 'task' | 'task-list' | 'approval' | 'approval-form';

/** What of ours a counterpart stands for; what there is one of in an office has the id 0. */
export type CounterpartAbout = { readonly kind: string; readonly id: number };

/** What the one list of tasks stands for, and the form of each kind of request. */
export const THE_TASK_LIST: CounterpartAbout = { kind: 'office', id: 0 };
export const formOfKind = (kind: string): CounterpartAbout => ({ kind, id: 0 });

/** A task as it shall stand. `owner` is the platform's id of whose it is, `due` an ISO date, `doneAt` an ISO instant or null. */
export type WantedTask = {
  /** Begins with a word that no other task of ours has, such as its number: it is found again by it. */
  readonly summary: string;
  readonly description: string;
  readonly owner: string;
  readonly due: string | null;
  readonly doneAt: string | null;
};

/** The list that all our tasks are on; nobody sees it, it is for us to look through. */
export type WantedTaskList = { readonly name: string };

/** A task as the platform shows it: whose it is (platform ids), and since when it is done. */
export type SeenTask = {
  readonly id: string;
  readonly owners: readonly string[];
  readonly doneAt: Temporal.Instant | null;
};

/** An approval as it shall stand in the platform's list; people are the platform's ids, moments ISO instants. */
export type WantedApproval = {
  /** The kind of request; its form is the counterpart about it. */
  readonly kind: string;
  /** Unique for ever. */
  readonly id: string;
  readonly title: Words;
  /** What the list shows of it, most important first. */
  readonly lines: readonly { readonly name: Words; readonly value: Words }[];
  readonly requester: string;
  readonly state: 'pending' | 'approved' | 'rejected' | 'cancelled';
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** Who is asked, and who has decided. */
  readonly turns: readonly ApprovalTurn[];
};

/** One person's turn. `acts`: the list may offer them to agree or refuse; `context` comes back with what they do. */
export type ApprovalTurn = {
  readonly id: string;
  readonly person: string;
  readonly step: Words;
  readonly state: 'waiting' | 'approved' | 'rejected';
  readonly endedAt: string | null;
  readonly acts: boolean;
  readonly context: string;
};

/** A kind of request, as the platform's approval centre names it. `told` changes when the centre has to be told anew how to call us. */
export type WantedApprovalForm = {
  readonly kind: string;
  readonly name: Words;
  readonly told: string;
};

/** Somebody decides in the platform's approval centre. All of it is hostile but `from`, whom the channel has made sure of. */
export type IncomingDecision = {
  readonly from: Address;
  readonly act: 'approve' | 'reject';
  /** The `context` of their turn, as it came back. */
  readonly context: string;
  readonly reason: string;
};

/** What came of it, for the person to read. `done` false: nothing was changed. */
export type DecisionAnswer = {
  readonly done: boolean;
  readonly text: Words;
  readonly language: Language;
};

/** What is known of a counterpart: its id there, and what its keeper noted of it. Both are read back as they were answered. */
export type KnownCounterpart = { readonly id: string | null; readonly facts: unknown };

/** A counterpart that is to be brought in line. What is wanted is written by whoever wants it and parsed by the keeper. */
export type Keeping = {
  /** The same for every try to create it, 43 characters of letters, digits, `-` and `_`; another one once it was gone. */
  readonly key: string;
  /** How it shall stand; null: it shall not be there. */
  readonly wanted: unknown;
  readonly known: KnownCounterpart;
  /** What an earlier try asked for that may have taken effect without our knowing, in whole or in part; null: none. Look before doing it anew. */
  readonly tried: unknown;
};

/**
 * How it stands now; `id` null: it is not there. `lookAgainMs`: something is still to come, so call again after that. `unfinished`: one
 * step was done and another is left, so call again at once. What took effect is told before the next is tried, so that none is forgotten.
 */
export type Kept = KnownCounterpart & {
  readonly lookAgainMs?: number;
  readonly unfinished?: true;
};

/**
 * Brings a counterpart in line. Called with the same at any time: what is as it shall be is left alone. Ends within 30 s; throws
 * `DeliveryFault` when nothing is known to have taken effect.
 */
export type Keeper = { keep(keeping: Keeping): Promise<Kept> };

/** A meeting room of the platform, by its id there. */
export type MeetingRoom = {
  readonly id: string;
  readonly name: string;
  readonly capacity: number;
  readonly enabled: boolean;
};

/** The platform's side. `key` makes a repeated send harmless (at most 50 characters). All calls end within 5 s, those with files within 20 s. */
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
  /**
   * A page of what was written to us in a private chat since then. A `DeliveryFault` of outcome `never`: this chat cannot be looked through, or
   * none (`closed`). Absent: nobody can look.
   */
  writtenSince?(chat: string, since: Temporal.Instant, page?: string): Promise<Written>;
  /** Rings the person at `to` about a message of ours. Absent: it has no bell. */
  buzz?(to: Address, message: string): Promise<void>;
  /** Who keeps what stands here for something of ours. Absent: that sort is switched off, or there is no such thing here. */
  readonly counterparts?: { readonly [Sort in CounterpartSort]?: Keeper };
  /**
   * How events of ours stand in the calendar now: one call for those between `from` and `to`, less than 40 days, and one for each of `ids`
   * that is not among them. Absent: there is no calendar.
   */
  seeEvents?(
    ids: readonly string[],
    from: Temporal.Instant,
    to: Temporal.Instant,
  ): Promise<readonly SeenEvent[]>;
  /** The tenant's meeting rooms. Absent: it has none. */
  meetingRooms?(): Promise<readonly MeetingRoom[]>;
  /** Our tasks that were made since then, as they are there now. Absent: there are none here. */
  tasksSince?(since: Temporal.Instant): Promise<readonly SeenTask[]>;
  directory(): Promise<DirectorySnapshot>;
  /** Looks for people whom a reading no longer names, one by one. Absent: they have left. */
  whereabouts?(ids: readonly string[]): Promise<Whereabouts>;
  fetchFile(file: IncomingFile): Promise<{ readonly bytes: Uint8Array; readonly name: string }>;
};
