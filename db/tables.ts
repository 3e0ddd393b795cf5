/**
 * The tables, as Kysely sees them. Words are those of src/README.md. Instants are Temporal.Instant in both directions;
 * ids are numbers; `jsonb` columns hold what the named type says.
 */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { RequestState } from '../cards/vocabulary.ts';
import type { Card } from '../cards/card.ts';
import type { Language, Words } from '../cards/words.ts';
import type { Span } from '../src/time/spans.ts';

type Instant = Temporal.Instant;
/** jsonb: read as parsed JSON, written as JSON text so that arrays are not taken for Postgres arrays. */
export type Json<T> = ColumnType<T, string, string>;
/** Written once by the insert and never changed. */
type Fixed<T> = ColumnType<T, T, never>;

/** A person in the directory. `leader_id` is their direct superior. People are never deleted, only made inactive. */
export type PersonTable = {
  id: GeneratedAlways<number>;
  name: string;
  name_en: string | null;
  email: string | null;
  employee_no: string | null;
  job_title: string | null;
  department_id: number | null;
  leader_id: number | null;
  active: boolean;
  language: 'zh' | 'en';
  /** When the bot first introduced itself; null means it has not. */
  greeted_at: Instant | null;
};

/** Where a person is reached: their id in a channel. */
export type AddressTable = {
  channel: string;
  external_id: string;
  person_id: number;
  /** Their private chat with us, once it is known. */
  chat: Generated<string | null>;
  /** Since when nothing arrives there, and why: the platform's code. */
  unreachable_since: Generated<Instant | null>;
  unreachable_code: Generated<string | null>;
  /** Until then nothing is tried there. */
  try_at: Generated<Instant | null>;
  buzzed_at: Generated<Instant | null>;
  /** When an event last told of this person: a reading that began before knows them less well. */
  told_at: Generated<Instant | null>;
  /** Since when the app may not see this person in the directory: kept as they were last known. */
  outside_since: Generated<Instant | null>;
};

/**
 * Whole readings of a channel's directory. `wishes` were made (by events, by night) and a reading that began later has `met`
 * so many of them; `tried_at` is when the last one began, real time. `refused`: so many people would have gone at once, and
 * nothing was changed. `accepted`: so many may go, an administrator says.
 */
export type DirectoryReadingTable = {
  channel: string;
  wishes: Generated<number>;
  met: Generated<number>;
  tried_at: Generated<Instant | null>;
  refused: Generated<number>;
  accepted: Generated<number>;
};

/** Calls of Feishu's API in a month of its clock (`2026-11`, Asia/Shanghai), all replicas together. `free`: outside the quota. */
export type ApiCallTable = { month: string; route: string; free: boolean; count: number };

export type DepartmentTable = {
  id: GeneratedAlways<number>;
  channel: string;
  external_id: string;
  name: string;
  parent_id: number | null;
  leader_id: number | null;
};

/** What came in, by dedupe key. `answer` is what was answered to a tap, to be given again; `{ refused }` where a message was beyond a limit. */
export type InboundTable = {
  key: Fixed<string>;
  kind: Fixed<string>;
  chat: Fixed<string | null>;
  received_at: Fixed<Instant>;
  answer: Json<unknown> | null;
};

/** What we could not handle, with its reason; shown to the office. */
export type SetAsideTable = {
  id: GeneratedAlways<number>;
  key: string;
  reason: string;
  body: string;
  at: Instant;
};

/** A request not yet submitted; at most one open per person, chat and kind. */
export type DraftTable = {
  id: GeneratedAlways<number>;
  person_id: Fixed<number>;
  channel: Fixed<string>;
  chat: Fixed<string>;
  kind: string;
  form: Json<{ readonly [field: string]: unknown }>;
  guessed: Json<readonly string[]>;
  state: 'open' | 'submitted' | 'cancelled' | 'expired';
  version: number;
  /** A change to an existing request instead of a new one. */
  changes_request_id: number | null;
  /** The sentence it was made of; null when it came from a button. */
  said: Fixed<string | null>;
  /** The platform's id of the message it was made of; null when it came from a button. */
  message: Fixed<string | null>;
  created_at: Fixed<Instant>;
  updated_at: Instant;
};

export type RequestTable = {
  id: GeneratedAlways<number>;
  number: Fixed<string>;
  kind: Fixed<string>;
  requester_id: Fixed<number>;
  state: RequestState;
  form: Json<{ readonly [field: string]: unknown }>;
  /** The kind's own measure, which tiers in office.yaml bound: hours, yuan, days. */
  measure: number;
  workflow: Json<unknown>;
  /** What doers filled in, by step id. */
  outcome: Json<{ readonly [step: string]: { readonly [field: string]: unknown } }>;
  stars: number | null;
  version: number;
  channel: Fixed<string>;
  chat: Fixed<string>;
  submitted_at: Fixed<Instant>;
  updated_at: Instant;
  closed_at: Instant | null;
  /** When the requester last pressed 催办. */
  urged_at: Instant | null;
  /** Since when it is kept without words: what is left are numbers, amounts, times and choices. */
  cleared_at: Generated<Instant | null>;
};

/** What one person owes by a time. */
export type TaskTable = {
  id: GeneratedAlways<number>;
  request_id: Fixed<number>;
  step_id: Fixed<string>;
  person_id: Fixed<number>;
  sort: Fixed<'approval' | 'task'>;
  state: 'open' | 'done' | 'cancelled';
  opened_at: Fixed<Instant>;
  due_at: Instant | null;
  closed_at: Instant | null;
  reminders: Generated<number>;
  next_reminder_at: Instant | null;
};

/**
 * Somebody is away from `since` until before `until`; their approvals go to `delegate_id`, else to their leader. `trip`: an
 * approved journey. `begun`: what waited for them when it began was handed on.
 */
export type AbsenceTable = {
  id: GeneratedAlways<number>;
  person_id: Fixed<number>;
  delegate_id: number | null;
  since: Instant;
  until: Instant;
  source: Fixed<'said' | 'trip'>;
  request_id: Fixed<number | null>;
  begun: Generated<boolean>;
  said_at: Fixed<Instant>;
};

/**
 * A request or a question that is owed a first human answer within a span. The clock runs from `running_since`; what ran before a
 * pause is in `used_minutes` (working minutes when the span is one of working time).
 */
export type ResponseTable = {
  id: GeneratedAlways<number>;
  /** The request; null for a question. */
  request_id: Fixed<number | null>;
  /** What was asked, as it was written; null for a request. */
  question: Fixed<string | null>;
  asked_by: Fixed<number>;
  /** Whose answer counts. */
  role: string;
  channel: Fixed<string>;
  /** The message of a group that asked, to be answered in its thread; null: in the private chat. */
  thread: Fixed<string | null>;
  /** The question whose answer did not help (还没解决); each may be asked again once. */
  reopens_id: Fixed<number | null>;
  cause: Fixed<string | null>;
  /** `over`: nobody has to answer any more (withdrawn). */
  state: 'running' | 'paused' | 'answered' | 'over';
  asked_at: Fixed<Instant>;
  /** The promise as it was when it was asked: a span of time/spans.ts. */
  within: Span;
  used_minutes: Generated<number>;
  running_since: Instant | null;
  paused_at: Instant | null;
  due_at: Instant;
  /** How many were told that it waits: 1 the office was warned, 2 and more the roles of the list. */
  told: Generated<number>;
  /** When the next is told: at first the moment of the warning. Null: paused, over, or everybody was told. */
  next_at: Instant | null;
  answered_at: Instant | null;
  answered_by: number | null;
  in_time: boolean | null;
  /** Grows with what its card shows. */
  version: Generated<number>;
};

/** What was said about it: the office's answer, what the office asked back, and what the asker replied to that. */
export type ResponseLineTable = {
  id: GeneratedAlways<number>;
  response_id: Fixed<number>;
  person_id: Fixed<number>;
  sort: Fixed<'answer' | 'asked-back' | 'reply'>;
  text: Fixed<string>;
  at: Fixed<Instant>;
};

/** The last number given out for a kind in a year. */
export type CounterTable = { kind: string; year: number; last: number };

/** Who did what, when, before and after. Append-only: a trigger refuses change. */
export type AuditTable = {
  seq: GeneratedAlways<number>;
  at: Fixed<Instant>;
  /** `person:12`, `system`, `channel:feishu`. */
  actor: Fixed<string>;
  act: Fixed<string>;
  subject: Fixed<string>;
  before: ColumnType<unknown, string | null, never>;
  after: ColumnType<unknown, string | null, never>;
  /** The inbound key that caused it. */
  cause: Fixed<string | null>;
  tx: GeneratedAlways<string>;
};

/** Seals of the record: an entry's gapless place and its chained hash. Written by the sealer only. */
export type AuditSealTable = {
  place: Fixed<number>;
  seq: Fixed<number>;
  hash: Fixed<string>;
};

/** A message owed. The row is the truth; a job only wakes somebody up. */
export type DeliveryTable = {
  id: Fixed<string>;
  seq: GeneratedAlways<number>;
  what: Fixed<string>;
  lane: Fixed<string>;
  person_id: Fixed<number | null>;
  channel: Fixed<string>;
  address: Fixed<string>;
  view: Json<{ readonly view: string; readonly [key: string]: unknown }>;
  /** True: must be noticed, so a new message; false: update the living card if there is one. */
  attention: boolean;
  priority: number;
  state: 'waiting' | 'sending' | 'sent' | 'unknown' | 'dropped' | 'dead';
  due: Instant;
  not_after: Instant | null;
  generation: Generated<number>;
  attempts: Generated<number>;
  lease_until: Instant | null;
  first_unknown: Instant | null;
  platform_message: string | null;
  last_error: string | null;
  created_at: Fixed<Instant>;
  /**
   * `ask`: its person may be in their quiet time, to be found out when it is due; `waits`: they are, it is due when that ends; `go`: they are
   * not; null: it never waits.
   */
  quiet: 'ask' | 'waits' | 'go' | null;
  /** The bundle it was told in: the `seq` of the first message of it. */
  bundle: number | null;
  /** Since when it fails by itself, while the way to the platform is open. */
  failing_since: Generated<Instant | null>;
  /** Its person is buzzed when it has arrived. */
  buzz: Generated<boolean>;
};

/** What stands on a platform for something of ours, as it shall be and as far as we know it; see src/counterparts. */
export type CounterpartTable = {
  id: GeneratedAlways<number>;
  channel: Fixed<string>;
  sort: Fixed<'event' | 'task' | 'task-list' | 'approval' | 'approval-form'>;
  /** What of ours it stands for: `request`, `action-item`, and its id. */
  about_kind: Fixed<string>;
  about_id: Fixed<number>;
  /** How it shall stand, in the terms of its sort; null: it shall not be there. */
  wanted: Json<unknown> | null;
  wanted_revision: number;
  kept_revision: Generated<number>;
  external_id: string | null;
  /** What its keeper noted of it; null: nothing. */
  external: Json<unknown> | null;
  /** What a try asked for of which nobody knows yet what came of it; null: none is open. */
  tried: Json<unknown> | null;
  /** Grows when it is gone there: the next one is another. */
  generation: Generated<number>;
  due_at: Instant | null;
  tries: Generated<number>;
  failing_since: Instant | null;
  /** The platform's code of the last failure. */
  trouble: string | null;
  dead_at: Instant | null;
  lease_holder: string | null;
  /** Real time: nobody else may touch it before, whether it is in the air or waits for another try. */
  lease_until: Instant | null;
  created_at: Fixed<Instant>;
};

/** What a person wishes of reminders; without a row, what the office has. */
export type PreferenceTable = {
  person_id: number;
  quiet: 'office' | 'own' | 'none';
  /** Their own quiet hours, `HH:MM` in the office's zone. */
  quiet_from: string | null;
  quiet_to: string | null;
  /** Not to be disturbed on days the office does not work. */
  days_off: boolean;
};

/** The living card of a person about a subject (`request:12`, `draft:5`): the one that is updated in place. */
export type ShownCardTable = {
  person_id: number;
  subject: string;
  channel: string;
  message: string;
  version: number;
  shown_at: Instant;
  /** A hash of what it shows; null while an update is on its way, which may have arrived or not. */
  looks: string | null;
};

/** How many messages came since then, within a minute, from a person or in a group (named as their lane); `told_at`: that it is too many was said. */
export type MessageCountTable = {
  who: string;
  since: Instant;
  messages: number;
  told_at: Instant | null;
};

/** The app's and each lane's allowance towards the platform, refilled by time. */
export type PaceTable = { name: string; tokens: number; refilled_at: Instant };

/** When something last got through, to the minute: by a channel (`feishu`) a message, by one part of it (`feishu:event`) a counterpart. */
export type ChannelThroughTable = { channel: string; at: Instant };

/** A duty only one replica has at a time. */
export type LeaseTable = { name: string; holder: string; until: Instant };

export type RoomTable = {
  id: GeneratedAlways<number>;
  name: string;
  floor: string;
  capacity: number;
  equipment: string[];
  needs_approval: boolean;
  aliases: string[];
  active: boolean;
  /** The meeting room of Feishu that it is (`omm_…`), booked with it. */
  feishu_room: Generated<string | null>;
  /** What its page at the door is found by: 32 hex digits that nobody guesses. */
  door: Generated<string>;
  /** 会议室, or what else is booked by the same means: 工位, 静音舱, or a sort of the office's own. */
  sort: Generated<string>;
  /** Whose fixed desk it is; null: anybody's. */
  holder_id: Generated<number | null>;
};

/** Which transactions changed who stands where, and which of them nothing but who is away; see the migrations. */
export type OrganisationChangeTable = {
  transaction: Fixed<number>;
  only_absences: Generated<boolean>;
};

/** A day on which somebody's fixed desk may be booked by others. */
export type SpaceReleaseTable = {
  room_id: Fixed<number>;
  day: Fixed<Temporal.PlainDate>;
  at: Fixed<Instant>;
};

/** A room held or booked for a request. Two that overlap cannot exist: an exclusion constraint refuses them. */
export type BookingTable = {
  id: GeneratedAlways<number>;
  /** Null while it is held for somebody who has not booked it yet: for a wish in the waiting line, or instead of a room given away. */
  request_id: Fixed<number | null>;
  wish_id: Generated<number | null>;
  bump_id: Generated<number | null>;
  room_id: Fixed<number>;
  starts_at: Fixed<Instant>;
  ends_at: Fixed<Instant>;
  /** Its end and the time that the room stays empty after it; null: none. The exclusion constraint goes by it. */
  blocked_until: Generated<Instant | null>;
  state: 'held' | 'booked' | 'released';
  /** Why the room of Feishu refused it: it is held until its host has chosen another. */
  refused: Generated<'taken' | 'rules' | 'removed' | 'unknown' | null>;
  /** Of a series: the date that its rule names, also when this one was moved to another; null for a single booking. */
  day: Generated<Temporal.PlainDate | null>;
  /** Of what is no meeting room, where its sort asks for check-in: when its host is reminded, when it is released, when they came. */
  check_in_at: Generated<Instant | null>;
  release_at: Generated<Instant | null>;
  checked_in_at: Generated<Instant | null>;
};

/**
 * Somebody in line for a room. `room_id` null: any that suits its form. `offered`: a room is held for them until `hold_until`.
 * `over`: its time has begun, `lapsed`: they did not answer.
 */
export type RoomWishTable = {
  id: GeneratedAlways<number>;
  person_id: Fixed<number>;
  channel: Fixed<string>;
  room_id: Fixed<number | null>;
  starts_at: Fixed<Instant>;
  ends_at: Fixed<Instant>;
  /** The form of the draft it came from. */
  form: Json<{ readonly [field: string]: unknown }>;
  state: 'waiting' | 'offered' | 'booked' | 'left' | 'lapsed' | 'over';
  offered_room: number | null;
  hold_until: Instant | null;
  request_id: number | null;
  version: number;
  queued_at: Fixed<Instant>;
};

/** Two hosts who exchange what they have booked: the asker confirms it, then the other; done while both bookings are as they were shown. */
export type RoomSwapTable = {
  id: GeneratedAlways<number>;
  asker_id: Fixed<number>;
  other_id: Fixed<number>;
  asker_request: Fixed<number>;
  other_request: Fixed<number>;
  asker_version: Fixed<number>;
  other_version: Fixed<number>;
  state: 'draft' | 'asked' | 'done' | 'refused' | 'withdrawn' | 'over';
  version: number;
  at: Fixed<Instant>;
};

/**
 * Somebody needs the room that another has booked. With `authority` its host cannot say no. Alternatives are held for the host
 * meanwhile: bookings with its `bump_id`.
 */
export type RoomBumpTable = {
  id: GeneratedAlways<number>;
  asker_id: Fixed<number>;
  host_id: Fixed<number>;
  request_id: Fixed<number>;
  request_version: Fixed<number>;
  reason: Fixed<string>;
  authority: Fixed<boolean>;
  /** What the asker books there. */
  form: Json<{ readonly [field: string]: unknown }>;
  state: 'draft' | 'asked' | 'done' | 'refused' | 'withdrawn' | 'over';
  asker_request: number | null;
  version: number;
  at: Fixed<Instant>;
};

/** Rooms that cannot be booked for a time: closed for works, or kept for something. A block waits for the office manager first. */
export type RoomClosureTable = {
  id: GeneratedAlways<number>;
  person_id: Fixed<number>;
  rooms: Fixed<number[]>;
  starts_at: Fixed<Instant>;
  ends_at: Instant;
  sort: Fixed<'closed' | 'block'>;
  reason: Fixed<string>;
  state: 'draft' | 'asked' | 'in-force' | 'refused' | 'dropped' | 'reopened' | 'over';
  /** Hosts who were told that their booking is affected: they hear of its end, too. */
  told: Generated<number[]>;
  decided_by: number | null;
  version: number;
  at: Fixed<Instant>;
};

/**
 * What a booked room is for. Its due columns are null when there is nothing to be done any more. `released`: nobody was there and
 * the room was given to others, which is a no-show and no cancellation; `over`: it ended.
 */
export type MeetingTable = {
  id: GeneratedAlways<number>;
  request_id: Fixed<number>;
  /** As in its booking. */
  day: Generated<Temporal.PlainDate | null>;
  host_id: Fixed<number>;
  channel: Fixed<string>;
  starts_at: Instant;
  ends_at: Instant;
  /** The room's name. */
  place: string;
  title: string | null;
  /** Grows when time or place change. */
  revision: number;
  state: 'planned' | 'cancelled' | 'released' | 'over';
  notice_at: Instant | null;
  /** When the host is told who has not answered. */
  ask_at: Instant | null;
  check_in_at: Instant | null;
  release_at: Instant | null;
  checked_in_at: Instant | null;
  checked_in_by: number | null;
  /** When the card of who may lengthen or end it is drawn anew, since it begins; null: not, or done. */
  begin_at: Generated<Instant | null>;
};

/** Equipment of a room that does not work, until its repair is closed. */
export type EquipmentFaultTable = {
  id: GeneratedAlways<number>;
  room_id: Fixed<number>;
  /** In the words of the booking's form (投影), or what else was tapped (网络). */
  equipment: Fixed<string>;
  /** The request of the repair. */
  repair_id: Fixed<number>;
  /** The meeting in which it was told. */
  meeting_id: Fixed<number | null>;
  reported_by: Fixed<number>;
  reported_at: Fixed<Instant>;
  /** When somebody higher is called, unless a repairer has taken it. */
  call_at: Instant | null;
};

/**
 * 「还要吗」: a series that nobody came to for several times in a row, up to the date `day`. `due_at`: when the office is told; null once it
 * was told, or its host has answered.
 */
export type SeriesQuestionTable = {
  id: GeneratedAlways<number>;
  request_id: Fixed<number>;
  day: Fixed<Temporal.PlainDate>;
  host_id: Fixed<number>;
  missed: Fixed<number>;
  asked_at: Fixed<Instant>;
  due_at: Instant | null;
  answer: Generated<'keep' | 'end' | null>;
  answered_at: Generated<Instant | null>;
};

/** Somebody invited to a meeting; the host is not. `noticed_revision` is the newest they were told of, 0: none yet. */
export type AttendanceTable = {
  meeting_id: Fixed<number>;
  person_id: Fixed<number>;
  answer: 'none' | 'coming' | 'away';
  reason: string | null;
  answered_at: Instant | null;
  noticed_revision: Generated<number>;
};

/** What the office does for a meeting: set the room up, test the equipment, be there, put the room back. `round` grows when it has to be done anew. */
export type PreparationTable = {
  meeting_id: Fixed<number>;
  sort: Fixed<'setup' | 'test' | 'presence' | 'restore'>;
  tell_at: Instant | null;
  remind_at: Instant | null;
  due_at: Instant;
  told: Generated<boolean>;
  round: number;
  done_at: Instant | null;
  done_by: number | null;
};

/** What is read before a meeting: a line, a link or a file. `weight`: for a decision or for discussion; null: not said yet. */
export type MaterialTable = {
  id: GeneratedAlways<number>;
  request_id: Fixed<number>;
  person_id: Fixed<number>;
  name: Fixed<string>;
  attachment_id: Fixed<number | null>;
  weight: 'decision' | 'discussion' | null;
  at: Fixed<Instant>;
};

/** A thing in the store room. `on_hand`, `reserved` and `value_fen` are the sums of its movements and change by them only. */
export type ItemTable = {
  id: GeneratedAlways<number>;
  name: string;
  category: string;
  unit: string;
  /** Yuan a unit, as the catalogue has it. */
  price: number;
  on_hand: ColumnType<number, 0, never>;
  reserved: ColumnType<number, 0, never>;
  /** What it came in for, less what left, in fen. */
  value_fen: ColumnType<number, never, never>;
  low_mark: number;
  aliases: string[];
  active: boolean;
  /** The office was told that stock is below the mark; cleared when it is filled up. */
  low_told_at: Instant | null;
  /** The count the last imported file gave for it; null: never imported. Not today's stock, which moves. */
  imported_stock: number | null;
  /** Where it lies: 三楼文具柜. */
  place: Generated<string | null>;
  /** It is lent out, not used up. */
  loanable: Generated<boolean>;
  /** An old one is brought for it (以旧换新). */
  trade_in: Generated<boolean>;
};

export type MovementSort =
  | 'opening'
  | 'import'
  | 'reserve'
  | 'release'
  | 'issue'
  | 'return'
  | 'lend'
  | 'receive'
  | 'count'
  | 'write-off'
  | 'correct';

/** One movement of stock. Numbers are never edited; they only move, and a trigger adds them up in the item. */
export type MovementTable = {
  id: GeneratedAlways<number>;
  item_id: Fixed<number>;
  request_id: Fixed<number | null>;
  sort: Fixed<MovementSort>;
  on_hand_change: Fixed<number>;
  reserved_change: Fixed<number>;
  at: Fixed<Instant>;
  person_id: Fixed<number | null>;
  /** Fen: what came in cost, or what left had cost (negative). Null: moved before costs were kept. */
  value_change: Fixed<number | null>;
  why: Fixed<string | null>;
  receipt_id: Fixed<number | null>;
  /** Whether the old one came back for it, and why not; null: none was asked for. */
  old_back: Fixed<boolean | null>;
  old_why: Fixed<string | null>;
};

/**
 * What a person did a moment ago, so that they may take it back: an `act` upon a `subject` (`request:12`), which had this `version` after it.
 * `before` is what is put back, as its sort of subject wrote it down; `owed` are the deliveries that it owed. Nobody but who did it reads it.
 */
export type DeedTable = {
  id: GeneratedAlways<number>;
  person_id: Fixed<number>;
  subject: Fixed<string>;
  act: Fixed<string>;
  version: Fixed<number>;
  before: Json<unknown>;
  owed: Json<readonly string[]>;
  /** The key of the tap or message that did it, and perhaps more at once. */
  cause: Fixed<string | null>;
  at: Fixed<Instant>;
  undone_at: Generated<Instant | null>;
};

/** What came in together, at one cost; used up oldest first. `rest` of `quantity` is still there. */
export type LotTable = {
  id: GeneratedAlways<number>;
  item_id: Fixed<number>;
  movement_id: Fixed<number>;
  quantity: Fixed<number>;
  value_fen: Fixed<number>;
  rest: number;
};

export type SupplierTable = { id: GeneratedAlways<number>; name: Fixed<string> };

/** Something to be bought: wanted, (asking the director, agreed,) ordered, arrived, shelved. */
export type PurchaseTable = {
  id: GeneratedAlways<number>;
  item_id: Fixed<number>;
  quantity: number;
  /** `low`: stock fell below its mark; one open at a time. */
  why: Fixed<'low' | 'asked'>;
  state: 'wanted' | 'asking' | 'agreed' | 'ordered' | 'arrived' | 'shelved' | 'dropped';
  /** What it may cost: the catalogue's price when it was put down. */
  budget_fen: number;
  quote_id: number | null;
  /** Why there are fewer quotes than the rules want. */
  waiver: string | null;
  /** What was bargained, where the price is near the budget. */
  bargain: string | null;
  asked_by: number | null;
  decided_by: number | null;
  ordered_by: number | null;
  ordered_at: Instant | null;
  version: Generated<number>;
  created_at: Fixed<Instant>;
  closed_at: Instant | null;
};

/** What a supplier asks for one unit. */
export type QuoteTable = {
  id: GeneratedAlways<number>;
  purchase_id: Fixed<number>;
  supplier_id: Fixed<number>;
  price_fen: number;
  person_id: number;
  at: Instant;
};

/**
 * A delivery: a draft until it was inspected, then in the ledger. `quantity` good ones for `value_fen`, `damaged` ones beside them; the
 * supplier's score for it, 1 to 5. `shelve_due`: by when it is to be in its place; null: nobody waits for that.
 */
export type ReceiptTable = {
  id: GeneratedAlways<number>;
  item_id: Fixed<number>;
  purchase_id: Fixed<number | null>;
  supplier_id: number | null;
  quantity: number;
  damaged: Generated<number>;
  value_fen: number;
  score: number | null;
  person_id: number;
  at: Instant;
  state: 'draft' | 'in' | 'dropped';
  version: Generated<number>;
  shelve_due: Instant | null;
  shelved_at: Instant | null;
  told_late_at: Instant | null;
};

/** A count of some of the store room, one item after another; what differs is corrected when a second person agrees. */
export type StockTakeTable = {
  id: GeneratedAlways<number>;
  what: Fixed<string>;
  state: 'counting' | 'agreeing' | 'done' | 'dropped';
  person_id: Fixed<number>;
  agreed_by: number | null;
  version: Generated<number>;
  started_at: Fixed<Instant>;
  ended_at: Instant | null;
};

/** `expected`: what the ledger said at the moment of counting. */
export type StockTakeLineTable = {
  take_id: Fixed<number>;
  item_id: Fixed<number>;
  place: Fixed<number>;
  expected: number | null;
  counted: number | null;
  skipped: Generated<boolean>;
};

/** A budget for supplies: its row is locked by whoever promises something of it. */
export type SupplyBudgetTable = { department: Fixed<string>; period: Fixed<string> };

/** What a request that was approved takes of its department's budget, in fen: promised until it is handed over, then spent. */
export type SupplyPromiseTable = {
  request_id: Fixed<number>;
  department: string;
  /** `2026-03`, or `2026-Q1`. */
  period: string;
  promised: number;
  spent: number;
};

/** Things that are written off: a draft until its reason is given; `value_fen`, once it is done, what they had cost. */
export type WriteOffTable = {
  id: GeneratedAlways<number>;
  item_id: Fixed<number>;
  quantity: Fixed<number>;
  why: string | null;
  state: 'draft' | 'agreeing' | 'done' | 'dropped';
  person_id: Fixed<number>;
  /** Somebody else of the office: who agreed, or did not. */
  second_id: number | null;
  value_fen: number | null;
  version: Generated<number>;
  created_at: Fixed<Instant>;
  ended_at: Instant | null;
};

/** Something lent until a moment. `value_fen`: what left the ledger with it and comes back with it. */
export type LoanTable = {
  id: GeneratedAlways<number>;
  item_id: Fixed<number>;
  quantity: number;
  person_id: Fixed<number>;
  state: 'draft' | 'asked' | 'out' | 'returning' | 'returned' | 'dropped';
  due_at: Instant;
  value_fen: number | null;
  handed_by: number | null;
  out_at: Instant | null;
  returned_at: Instant | null;
  soon_told_at: Instant | null;
  late_told_at: Instant | null;
  version: Generated<number>;
  created_at: Fixed<Instant>;
};

/** A picture or file people sent. `minutes_id`: the minutes that it was sent as; such a file joins no request. */
export type AttachmentTable = {
  id: GeneratedAlways<number>;
  person_id: Fixed<number>;
  channel: Fixed<string>;
  chat: Fixed<string>;
  request_id: number | null;
  draft_id: number | null;
  message: Fixed<string>;
  file_key: Fixed<string>;
  name: string;
  sort: Fixed<'image' | 'file'>;
  path: string | null;
  at: Fixed<Instant>;
  /** When its content is looked at next; null once that is settled. */
  look_at: Instant | null;
  minutes_id: number | null;
};

/** The bytes of a file that was looked at and taken. */
export type AttachmentContentTable = {
  attachment_id: Fixed<number>;
  bytes: Fixed<Uint8Array>;
};

/** A progress note on a request (进展). */
export type NoteTable = {
  id: GeneratedAlways<number>;
  request_id: Fixed<number>;
  person_id: Fixed<number>;
  text: Fixed<string>;
  at: Fixed<Instant>;
};

/** The last thing a person said in a chat and what was made of it; kept until they say the next. */
export type LastSaidTable = {
  person_id: number;
  channel: string;
  chat: string;
  said: string;
  /** Intents it was taken for, in the order tried. */
  tried: Json<readonly string[]>;
  /** The draft it led to. */
  draft_id: number | null;
  /** That draft's form before the sentence changed it; null when the sentence began the draft. */
  before: Json<{ readonly [field: string]: unknown }> | null;
  /** A question of ours that it left open; written and read by the conversation only. */
  asked: Json<unknown> | null;
  /** The misreading that the next sentence may be the correction of. */
  misreading_id: number | null;
  at: Instant;
};

/** A sentence that was misread, as the office may look at it: names and phone numbers masked, nobody named. */
export type MisreadingTable = {
  id: GeneratedAlways<number>;
  text: Fixed<string>;
  /** What we took it for. */
  reading: Fixed<string>;
  /** What the person made of it; '' while they have not said. */
  correction: string;
  at: Fixed<Instant>;
};

/**
 * Minutes of a meeting: asked of its host, made into a draft, confirmed; or waived. `due_at`: when they are promised; `next_at`:
 * when the host is next spoken to, the `reminders`-th time in this state. `attachment_id`: a file still to be fetched, at `fetch_at`.
 */
export type MinutesTable = {
  id: GeneratedAlways<number>;
  /** The booking of the meeting; null for minutes that somebody gave by themselves. */
  request_id: Fixed<number | null>;
  /** As in its booking. */
  day: Generated<Temporal.PlainDate | null>;
  host_id: Fixed<number>;
  /** '' when the meeting had none. */
  title: string;
  held_at: Fixed<Instant>;
  channel: Fixed<string>;
  state: 'asked' | 'drafted' | 'confirmed' | 'waived';
  due_at: Instant | null;
  next_at: Instant | null;
  reminders: Generated<number>;
  text: string | null;
  decisions: Json<readonly string[]>;
  /** Ids of the people who were there, without the host. */
  attendees: Json<readonly number[]>;
  attachment_id: number | null;
  fetch_at: Instant | null;
  confirmed_at: Instant | null;
  version: Generated<number>;
  created_at: Fixed<Instant>;
};

/**
 * An action item: who does what by when, how well. `owner_said`: the owner in the words of the minutes, while nobody is found by
 * them. `first_due`: the date it was handed out with, which the figures go by. `reason`: of a postponement or 不是我.
 */
export type ActionItemTable = {
  id: GeneratedAlways<number>;
  minutes_id: Fixed<number>;
  number: string | null;
  what: string;
  standard: string | null;
  owner_id: number | null;
  owner_said: string | null;
  due: Temporal.PlainDate | null;
  first_due: Temporal.PlainDate | null;
  asked_by: Fixed<number>;
  state: 'draft' | 'open' | 'doing' | 'done' | 'postponed' | 'refused' | 'dropped';
  reason: string | null;
  opened_at: Instant | null;
  done_at: Instant | null;
  /** When the owner's leader was told that it is late. */
  escalated_at: Instant | null;
  version: Generated<number>;
};

/** Whom the follow-up of a week (its Monday) tells: owners of their open items, those who asked of how theirs stand. */
export type FollowUpTable = {
  week: Temporal.PlainDate;
  person_id: number;
  sort: 'owner' | 'asker';
  told: Generated<boolean>;
};

/** Since when this office does a piece of recurring work; gone while it is switched off. */
export type RoundKeptTable = { name: string; since: Fixed<Instant> };

/** One occurrence of recurring work. `missed`: still open when the next one came; `dropped`: switched off meanwhile. */
export type RoundTable = {
  id: GeneratedAlways<number>;
  name: Fixed<string>;
  /** Unique with the name: `2026-03`, `2026-W10`. */
  period: Fixed<string>;
  /** The day the rule gives. */
  date: Fixed<Temporal.PlainDate>;
  /** The role that does it. */
  owner: Fixed<string>;
  state: 'open' | 'done' | 'missed' | 'dropped';
  opened_at: Fixed<Instant>;
  due_at: Fixed<Instant>;
  closed_at: Instant | null;
  claimed_by: number | null;
  done_by: number | null;
  /** By item of the checklist. */
  results: Json<{ readonly [item: string]: CheckResult }>;
  /** The mean of the items that are scored, 0 to 100. */
  score: number | null;
  version: number;
  reminders: Generated<number>;
  next_reminder_at: Instant | null;
};

/** What was found about one item: a score from 0 to 100 where it is scored, a note where something is not as it should be. */
export type CheckResult = {
  readonly bad: boolean;
  readonly score?: number;
  readonly note?: string;
};

/** Something found wrong in a round, until it is put right. At most one an item and round. */
export type RectificationTable = {
  id: GeneratedAlways<number>;
  round_id: Fixed<number>;
  item: Fixed<string>;
  note: Fixed<string>;
  owner: Fixed<string>;
  state: 'open' | 'done';
  opened_at: Fixed<Instant>;
  due_at: Fixed<Instant>;
  closed_at: Instant | null;
  done_by: number | null;
  /** What was done about it. */
  answer: string | null;
  version: number;
  reminders: Generated<number>;
  next_reminder_at: Instant | null;
};

/** A thing of the office that has a number of its own: what a report about it need not say. */
export type AssetTable = {
  id: GeneratedAlways<number>;
  /** In capitals, as it stands on its label. */
  number: Fixed<string>;
  name: string;
  place: string;
  model: string | null;
  bought: Temporal.PlainDate | null;
  /** The last day of its warranty. */
  warranty_until: Temporal.PlainDate | null;
  supplier: string | null;
  supplier_contact: string | null;
  active: Generated<boolean>;
  /** Who has it. */
  holder_id: Generated<number | null>;
  /** When the office was told that its holder has left. */
  leaver_told_at: Generated<Instant | null>;
};

/** Everybody who has assets was asked by the office whether they still have them. */
export type AssetCheckTable = {
  id: GeneratedAlways<number>;
  started_by: Fixed<number>;
  started_at: Fixed<Instant>;
  /** Who has not answered was asked again. */
  reminded_at: Instant | null;
  /** When everybody had answered; told to who began it. */
  ended_at: Instant | null;
};

/** What its holder said of an asset; `answer` null: nothing yet. */
export type AssetAnswerTable = {
  check_id: Fixed<number>;
  asset_id: Fixed<number>;
  person_id: Fixed<number>;
  answer: 'here' | 'gone' | null;
  answered_at: Instant | null;
};

/** Somebody who met the same fault; `left_at`: they want to hear no more of it. */
export type WatcherTable = {
  request_id: Fixed<number>;
  person_id: Fixed<number>;
  joined_at: Fixed<Instant>;
  left_at: Instant | null;
};

/** What was taken from stock for a repair; `cost`: fen, what all of it had come in for. */
export type RepairPartTable = {
  id: GeneratedAlways<number>;
  request_id: Fixed<number>;
  item_id: Fixed<number>;
  name: Fixed<string>;
  unit: Fixed<string>;
  quantity: Fixed<number>;
  cost: Fixed<number>;
  at: Fixed<Instant>;
  person_id: Fixed<number>;
};

/** A link by which a firm from outside says that it came and that it is done. */
export type VendorLinkTable = {
  id: GeneratedAlways<number>;
  request_id: Fixed<number>;
  vendor: Fixed<string>;
  made_by: Fixed<number>;
  made_at: Fixed<Instant>;
  expires_at: Fixed<Instant>;
  revoked_at: Instant | null;
  arrived_at: Instant | null;
  done_at: Instant | null;
};

/** A fault whose progress is told every day; the days on which its doer was asked and its watchers were told. */
export type MajorFaultTable = {
  request_id: Fixed<number>;
  since: Fixed<Instant>;
  asked_on: Temporal.PlainDate | null;
  told_on: Temporal.PlainDate | null;
};

/** `about` (`asset:AST-0007`, or place and thing) broke so often that its replacement was suggested at this request. */
export type ReplacementTable = {
  about: Fixed<string>;
  request_id: Fixed<number>;
  told_at: Fixed<Instant>;
};

/** The repair that a failed step of recurring work opened. */
export type RoundTicketTable = {
  request_id: Fixed<number>;
  round_id: Fixed<number>;
  item: Fixed<string>;
};

/**
 * A calendar that is fetched by a secret link: of a person (what they host or attend) or of a room. The link is made of `seed` by a key that
 * is not stored here; `token_hash` is the SHA-256 of the link's secret part, in hex.
 */
export type CalendarFeedTable = {
  id: GeneratedAlways<number>;
  person_id: Fixed<number | null>;
  room_id: Fixed<number | null>;
  seed: Fixed<string>;
  token_hash: Fixed<string>;
  made_by: Fixed<number>;
  made_at: Fixed<Instant>;
  revoked_at: Instant | null;
};

/** A digest or monthly report that was owed to its readers; `period`: the ISO date or the month (`2026-10`) it is about. */
export type ReportTable = {
  sort: Fixed<'digest' | 'monthly'>;
  period: Fixed<string>;
  owed_at: Fixed<Instant>;
};

/** A budget that journeys commit to: its row is locked by whoever changes what they commit. */
export type TripBudgetTable = { department: Fixed<string>; period: Fixed<string> };

/** A journey that was approved. Money in fen; `reminded`: the leg its traveller was last reminded of. */
export type TripTable = {
  request_id: Fixed<number>;
  person_id: number;
  starts: Temporal.PlainDate;
  ends: Temporal.PlainDate;
  state: 'approved' | 'cancelled';
  department: string | null;
  period: string | null;
  committed: number;
  spent: number;
  reminded: Temporal.PlainDate | null;
  claim_asked: boolean;
};

/** Who goes along on a journey, and whether they said so. */
export type CompanionTable = {
  request_id: Fixed<number>;
  person_id: Fixed<number>;
  state: 'asked' | 'confirmed' | 'declined';
  answered_at: Instant | null;
};

/** A claim for expenses, and the journey it is for. */
export type ExpenseTable = { request_id: Fixed<number>; trip_id: number | null };

/** One line of a claim, in fen. An invoice number stands once in all claims that were not given back. */
export type ExpenseLineTable = {
  id: GeneratedAlways<number>;
  request_id: Fixed<number>;
  person_id: Fixed<number>;
  sort: Fixed<string>;
  fen: Fixed<number>;
  invoice: Fixed<string | null>;
  day: Fixed<Temporal.PlainDate | null>;
  at: Fixed<Instant>;
};

/** Facts about this database: which environment and app it belongs to, the simulator's clock. */
export type SettingTable = { name: string; value: string };

/** A message of the simulator's chat; `body` is written and read by the channel only. `in`: from the person to the office. */
export type SimulatorMessageTable = {
  id: Fixed<string>;
  place: GeneratedAlways<number>;
  /** Grows with every new or changed message. */
  change: Generated<number>;
  person: Fixed<string>;
  direction: Fixed<'in' | 'out'>;
  body: Json<SimulatorBody>;
  send_key: Fixed<string>;
  created_at: Fixed<Instant>;
  updated_at: Instant;
};

/**
 * What a message of the simulator shows: our words or a card with the language its reader was written to in, or what a person
 * wrote, the pictures they sent along and the message of ours they replied to.
 */
export type SimulatorBody =
  | { readonly words: Words; readonly language?: Language }
  | { readonly card: Card; readonly language?: Language }
  | {
      readonly text: string;
      readonly files: readonly SimulatorFile[];
      readonly repliesTo?: string | undefined;
    };
export type SimulatorFile = { readonly id: string; readonly name: string };

/** A picture sent in the simulator. */
export type SimulatorFileTable = {
  id: Fixed<string>;
  person: Fixed<string>;
  name: Fixed<string>;
  type: Fixed<string>;
  bytes: Fixed<Uint8Array>;
  at: Fixed<Instant>;
};

export type Tables = {
  person: PersonTable;
  address: AddressTable;
  directory_reading: DirectoryReadingTable;
  api_call: ApiCallTable;
  department: DepartmentTable;
  inbound: InboundTable;
  set_aside: SetAsideTable;
  draft: DraftTable;
  request: RequestTable;
  task: TaskTable;
  absence: AbsenceTable;
  response: ResponseTable;
  response_line: ResponseLineTable;
  counter: CounterTable;
  audit: AuditTable;
  audit_seal: AuditSealTable;
  delivery: DeliveryTable;
  counterpart: CounterpartTable;
  preference: PreferenceTable;
  shown_card: ShownCardTable;
  pace: PaceTable;
  message_count: MessageCountTable;
  channel_through: ChannelThroughTable;
  lease: LeaseTable;
  room: RoomTable;
  booking: BookingTable;
  space_release: SpaceReleaseTable;
  organisation_change: OrganisationChangeTable;
  room_wish: RoomWishTable;
  room_swap: RoomSwapTable;
  room_bump: RoomBumpTable;
  room_closure: RoomClosureTable;
  meeting: MeetingTable;
  series_question: SeriesQuestionTable;
  attendance: AttendanceTable;
  equipment_fault: EquipmentFaultTable;
  preparation: PreparationTable;
  material: MaterialTable;
  item: ItemTable;
  movement: MovementTable;
  lot: LotTable;
  supplier: SupplierTable;
  purchase: PurchaseTable;
  quote: QuoteTable;
  receipt: ReceiptTable;
  stock_take: StockTakeTable;
  stock_take_line: StockTakeLineTable;
  loan: LoanTable;
  supply_budget: SupplyBudgetTable;
  supply_promise: SupplyPromiseTable;
  write_off: WriteOffTable;
  deed: DeedTable;
  attachment: AttachmentTable;
  attachment_content: AttachmentContentTable;
  note: NoteTable;
  last_said: LastSaidTable;
  misreading: MisreadingTable;
  round_kept: RoundKeptTable;
  round: RoundTable;
  rectification: RectificationTable;
  asset: AssetTable;
  asset_check: AssetCheckTable;
  asset_answer: AssetAnswerTable;
  watcher: WatcherTable;
  repair_part: RepairPartTable;
  vendor_link: VendorLinkTable;
  major_fault: MajorFaultTable;
  replacement: ReplacementTable;
  round_ticket: RoundTicketTable;
  calendar_feed: CalendarFeedTable;
  report: ReportTable;
  minutes: MinutesTable;
  action_item: ActionItemTable;
  follow_up: FollowUpTable;
  trip_budget: TripBudgetTable;
  trip: TripTable;
  companion: CompanionTable;
  expense: ExpenseTable;
  expense_line: ExpenseLineTable;
  setting: SettingTable;
  simulator_message: SimulatorMessageTable;
  simulator_file: SimulatorFileTable;
};
