/**
 * The contract of a request kind: one plain declaration in a folder of its own, listed by hand in requests/index.ts.
 *
 * - form: what is asked; see fields.ts.
 * - prepare: completes a draft from the company's own data and says what is missing, wrong or better.
 * - gap: something a person must still give before the request can be submitted.
 * - offer: a one-tap change to the draft (another room, a smaller amount).
 * - measure: the number that `upTo` in office.yaml bounds.
 * - engagement: the time of its requester that a request takes up; where two overlap, who decides is told.
 * - effect: what the kind's own ledger does when a request moves; runs in the transaction of the move.
 */
import { z } from 'zod';
import type { Block, Card, Fact, Option } from '../../cards/card.ts';
import { type Text, type Words, words } from '../../cards/words.ts';
import type { FileSort } from '../channels/channel.ts';
import type { Tx } from '../../db/database.ts';
import type { RequestState } from '../../cards/vocabulary.ts';
import type { Work } from '../../db/work.ts';
import type { Organisation } from '../directory/organisation.ts';
import type { HeardAs } from '../language/lexicon.ts';
import type { Reading, Slots } from '../language/meaning.ts';
import type { Rules } from '../settings/rules.ts';
import type { Span } from '../time/spans.ts';
import type { DraftOf, Fields, FormOf, Hearing } from './fields.ts';

/** A form as stored, before its kind has checked it. */
export type StoredForm = { readonly [field: string]: unknown };

/** What a kind may look at while it prepares a draft or answers a question. Reads only. */
export type Asking = Hearing & {
  readonly tx: Tx;
  readonly rules: Rules;
  readonly person: number;
  /** The request that is being changed, when it is not a new one: its own booking does not stand in its way. */
  readonly changes?: number;
};

/** Something still missing or not acceptable; `why` is shown beside it. */
export type Gap = { readonly field: string; readonly why: Words };

/** A one-tap change of the draft, or away from it. */
export type Offer<D> = {
  readonly label: Words;
  readonly set: D;
  /** Instead of a change: the person joins this request, which is about the same thing, and the draft is closed. */
  readonly joins?: number;
};

export type Prepared<D> = {
  readonly form: D;
  /** What is filed, where it is another than the form that is shown: a change of one date of a series. */
  readonly filed?: D;
  /** Fields we filled in wholly by ourselves: shown as guesses, and found anew whenever the draft changes. */
  readonly guessed?: readonly string[];
  readonly gaps?: readonly Gap[];
  readonly notes?: readonly Words[];
  /** What has to be read before it is submitted; stands on top. */
  readonly warning?: Words;
  readonly offers?: readonly Offer<D>[];
  /** It cannot be had now, but somebody may give it back: its person may wait in line for it. */
  readonly mayQueue?: boolean;
  /** Choices of `choice` fields that come from the company's data. */
  readonly options?: { readonly [field: string]: readonly Option[] };
  /** Voices that must approve when the rules of office.yaml ask nobody (a room that needs approval). */
  readonly alsoAsk?: readonly string[];
  /** Voices that must approve besides whomever the rules ask (a standard that is exceeded). */
  readonly askedToo?: readonly string[];
};

/** Whom a kind asks by itself: when the rules ask nobody, and besides whomever they ask. */
export type OwnVoices = Pick<Prepared<unknown>, 'alsoAsk' | 'askedToo'>;

/** A step that comes after the approvals: somebody does something. */
export type TaskStep = {
  readonly id: string;
  readonly title: Words;
  /** `requester`, or a role of office.yaml. */
  readonly voice: string;
  readonly within?: Span;
  readonly doneLabel: Words;
  readonly claimable?: boolean;
  readonly sendsBack?: { readonly to: string; readonly label: Words };
  /** What the doer fills in on the card. */
  readonly fields?: Fields;
  /** The requester may give one to five stars here. */
  readonly stars?: boolean;
  /** Not there from the start: it is added when something asks for it. */
  readonly later?: boolean;
  /** What was done here has left the house (money, tickets): it is not taken back. */
  readonly final?: boolean;
};

/** What a department has used of a budget, and what it may spend in that time, in yuan. */
export type Spent = {
  readonly department: string;
  readonly spent: number;
  readonly yuan: number;
  readonly per: 'month' | 'quarter';
};

/** A submitted request, as effects see it. */
export type Filed<F> = {
  readonly id: number;
  readonly number: string;
  readonly kind: string;
  readonly requester: number;
  readonly state: RequestState;
  readonly form: F;
  readonly outcome: { readonly [step: string]: { readonly [field: string]: unknown } };
  /** Who has approved it as it is, and for whom a stand-in did. */
  readonly approvedBy: readonly number[];
};

/** What tells the time that a request takes up; no more of it is read of the many that may be in the same time. */
export type Engaging<F> = Pick<Filed<F>, 'number' | 'form'>;

/**
 * A notice to a role or a person that is not about the request's own steps. `key` makes it once only; it is not sent any more after
 * `notAfter`, when nobody needs to know it.
 */
export type Notice = {
  readonly key: string;
  readonly text: Words;
  readonly notAfter?: Temporal.Instant;
};

/** What effects may use. */
export type Effects = {
  readonly work: Work;
  readonly rules: Rules;
  readonly org: Organisation;
  readonly tellRole: (role: string, notice: Notice) => Promise<void>;
  readonly tellPerson: (person: number, notice: Notice) => Promise<void>;
};

/** When effects run. `done:<step>` after that task is done; `released` when held things go back (rejected, withdrawn, cancelled, changed). */
export type EffectMoment = 'submitted' | 'approved' | 'released' | 'ended' | `done:${string}`;

/**
 * Takes back what an effect did at the moment `at`. The request is as it was before it and shall be again. Throws Refusal when that cannot
 * be any more: the room is another's by now.
 */
export type UndoEffect<F> = (
  effects: Effects,
  request: Filed<F>,
  at: Temporal.Instant,
) => Promise<void>;

/** For effects that only ask whether something may be: nothing is there to be taken back. */
export const NOTHING_TO_UNDO = (): Promise<void> => Promise.resolve();

/** The time of its requester that a request takes up, as long as it was not turned down or taken back. */
export type Engagement = {
  readonly from: Temporal.Instant;
  /** Excluded: who is engaged until three is free at three. */
  readonly until: Temporal.Instant;
  /** Its other times, of what is again and again. */
  readonly again?: readonly { readonly from: Temporal.Instant; readonly until: Temporal.Instant }[];
  /** They are out of the office meanwhile. */
  readonly away: boolean;
  /** For who decides about something else at that time: what, when, its number; never what for. */
  readonly told: Words;
};

/** Cities gone to, means of transport, categories of things: what tells requests of one kind apart for the rules. */
export type AskedFor = {
  readonly cities?: readonly string[];
  readonly transports?: readonly string[];
  readonly categories?: readonly string[];
};

type Declaration<F extends Fields> = {
  readonly name: string;
  readonly title: Words;
  readonly prefix: string;
  readonly form: F;
  readonly heardAs: HeardAs;
  /** One tap in the help card says this. */
  readonly example: string;
  /** The same for who speaks English. */
  readonly exampleEn: string;
  /** Slots that need more than one field's own hearing (a name looked up, several slots joined). */
  hears?(slots: Slots, at: Hearing): DraftOf<F>;
  /** Corrections that are more than new values (再加两支笔). */
  amends?(draft: DraftOf<F>, slots: Slots, at: Hearing): DraftOf<F>;
  /** What is left when things are taken out (去掉A4纸); undefined when the draft holds none of them. */
  takesOut?(draft: DraftOf<F>, slots: Slots, at: Hearing): DraftOf<F> | undefined;
  prepare(draft: DraftOf<F>, asking: Asking): Promise<Prepared<DraftOf<F>>>;
  measure(form: FormOf<F>, rules: Rules): number;
  /** What conditions of office.yaml may ask of it. */
  asksFor?(form: FormOf<F>): AskedFor;
  /** Whether it cannot wait until the morning: its tasks and news reach people in their quiet time as well. */
  breaksQuiet?(form: FormOf<F>, rules: Rules): boolean;
  /** How soon somebody answers, where it is not as soon as for everything else (`service.response`). */
  responds?(form: FormOf<F>, rules: Rules): Span;
  /** For kinds that are for a time of their requester's own: two at one time are a clash. */
  engages?(request: Engaging<FormOf<F>>, at: Hearing): Engagement;
  readonly tasks: readonly TaskStep[] | ((rules: Rules, form: DraftOf<F>) => readonly TaskStep[]);
  /** When the first of its tasks is due, where that hangs on what was asked for and not on when it was approved. */
  due?(form: FormOf<F>, rules: Rules): Temporal.Instant;
  /** What was granted may be changed and given up until the day it is for (`days` of its form). */
  readonly revocable?: boolean;
  /** Whether approvals given for one form hold for the other. Without it any change is decided anew. */
  sameDecision?(before: FormOf<F>, after: FormOf<F>): boolean;
  /** Its approvals are given by people who are all different, each in so many working days. */
  readonly signatures?: (rules: Rules) => readonly Span[];
  /** Where it keeps account of budgets itself: that of the requester's department. Its own voices (`askedToo`) are asked because of it. */
  readonly budget?: (asking: Asking) => Promise<Spent | undefined>;
  /** What else weighs for who decides; `asking.person` is the requester. */
  decides?(form: FormOf<F>, asking: Asking): Promise<readonly Fact[]>;
  readonly endsAs: RequestState;
  readonly effects: {
    readonly [M in EffectMoment]?: (effects: Effects, request: Filed<FormOf<F>>) => Promise<void>;
  };
  /** How each of the effects above is taken back. What has an effect and does not stand here cannot be. */
  readonly undo?: { readonly [M in EffectMoment]?: UndoEffect<FormOf<F>> };
  /** One line that names it in lists: 「珠峰 明天 15:00–17:00」. */
  summary(form: FormOf<F>, at: Hearing): Words;
  /** Facts instead of the fields' own, where one line per field is not how people read it. */
  facts?(form: DraftOf<F>, at: Hearing, options: Prepared<DraftOf<F>>['options']): readonly Fact[];
  /** A table that belongs to the form (the items of a supply request), shown on drafts and requests alike. */
  table?(form: DraftOf<F>): Block | undefined;
  /** More on a submitted request's card: a table of items, the confirmation of a trip. */
  extra?(request: Filed<FormOf<F>>, at: Hearing): readonly Block[];
  /** Text of the help card; questions of this kind that are answered at once, by intent. */
  readonly answers?: {
    readonly [intent: string]: (reading: Reading, asking: Asking) => Promise<Card>;
  };
  /** What sorts of files, sent around the time of asking, belong to it. None by default. */
  readonly takes?: readonly FileSort[];
  /** Columns of its ledger beyond those that every request has. */
  ledger(form: FormOf<F>, at: Hearing): { readonly [column: string]: string | number };
};

/** A kind as the rest of the program knows it: forms are checked on the way in, so nothing outside a kind knows its fields. */
export type RequestKind = {
  readonly name: string;
  readonly title: Words;
  readonly prefix: string;
  readonly heardAs: HeardAs;
  readonly example: string;
  readonly exampleEn: string;
  readonly fields: Fields;
  readonly takes: readonly FileSort[];
  readonly endsAs: RequestState;
  tasks(rules: Rules, form: StoredForm): readonly TaskStep[];
  due(form: StoredForm, rules: Rules): Temporal.Instant | undefined;
  readonly revocable: boolean;
  sameDecision(before: StoredForm, after: StoredForm): boolean;
  signatures(rules: Rules): readonly Span[] | undefined;
  decides(form: StoredForm, asking: Asking): Promise<readonly Fact[]>;
  /** Undefined for a kind that keeps no account of budgets itself. */
  readonly budget: ((asking: Asking) => Promise<Spent | undefined>) | undefined;
  /** A draft's form after a correction. */
  amend(form: StoredForm, slots: Slots, at: Hearing): StoredForm;
  /** A draft's form without the things that slots name; undefined when it holds none of them, or its kind no things at all. */
  takeOut(form: StoredForm, slots: Slots, at: Hearing): StoredForm | undefined;
  /** What understood slots fill in. */
  hear(slots: Slots, at: Hearing): StoredForm;
  prepare(draft: StoredForm, asking: Asking): Promise<Prepared<StoredForm>>;
  /** The complete form, or the names of fields that are missing or wrong. */
  check(
    form: StoredForm,
  ): { readonly ok: true } | { readonly ok: false; readonly gaps: readonly Gap[] };
  measure(form: StoredForm, rules: Rules): number;
  asksFor(form: StoredForm): AskedFor;
  breaksQuiet(form: StoredForm, rules: Rules): boolean;
  responds(form: StoredForm, rules: Rules): Span;
  /** Whether its requests take up their requester's time: only then `engagement` has an answer. */
  readonly engages: boolean;
  engagement(request: Engaging<StoredForm>, at: Hearing): Engagement | undefined;
  effect(moment: EffectMoment, effects: Effects, request: Filed<StoredForm>): Promise<void>;
  /** Whether what happens at that moment can be taken back. */
  undoes(moment: EffectMoment): boolean;
  undo(moment: EffectMoment, ...undone: Parameters<UndoEffect<StoredForm>>): Promise<void>;
  summary(form: StoredForm, at: Hearing): Words;
  facts(
    form: StoredForm,
    at: Hearing,
    options?: Prepared<StoredForm>['options'],
  ): readonly (Fact & { readonly field?: string })[];
  table(form: StoredForm): Block | undefined;
  extra(request: Filed<StoredForm>, at: Hearing): readonly Block[];
  answer(reading: Reading, asking: Asking): Promise<Card | undefined>;
  readonly answersIntents: readonly string[];
  ledger(form: StoredForm, at: Hearing): { readonly [column: string]: string | number };
  /** The form without anybody's words: numbers, amounts, times and choices, of which its ledger is made. */
  keeps(form: StoredForm): StoredForm;
};

/** Makes a kind of a declaration: ties the typed functions of the folder to checked forms. */
export function requestKind<const F extends Fields>(kind: Declaration<F>): RequestKind {
  const complete = z.object(
    mapFields(kind.form, (field) => (field.required ? field.schema : field.schema.optional())),
  );
  const partial = z.object(
    mapFields(kind.form, (field) => field.schema.optional().catch(undefined)),
  );
  const full = (form: StoredForm): FormOf<F> => complete.parse(form) as FormOf<F>;
  const draft = (form: StoredForm): DraftOf<F> => partial.parse(form) as DraftOf<F>;
  return {
    name: kind.name,
    title: kind.title,
    prefix: kind.prefix,
    heardAs: kind.heardAs,
    example: kind.example,
    exampleEn: kind.exampleEn,
    fields: kind.form,
    takes: kind.takes ?? [],
    endsAs: kind.endsAs,
    tasks: (rules, form) =>
      typeof kind.tasks === 'function' ? kind.tasks(rules, draft(form)) : kind.tasks,
    due: (form, rules) => kind.due?.(full(form), rules),
    revocable: kind.revocable === true,
    sameDecision: (before, after) => kind.sameDecision?.(full(before), full(after)) ?? false,
    signatures: (rules) => kind.signatures?.(rules),
    budget: kind.budget,
    decides: async (form, asking) => (await kind.decides?.(full(form), asking)) ?? [],
    hear: (slots, at) => ({ ...heard(kind.form, slots, at), ...kind.hears?.(slots, at) }),
    amend: (form, slots, at) => ({
      ...amended(kind.form, form, slots, at),
      ...kind.amends?.(draft(form), slots, at),
    }),
    takeOut: (form, slots, at) => {
      const left = kind.takesOut?.(draft(form), slots, at);
      return left && { ...form, ...left };
    },
    prepare: (form, asking) => kind.prepare(draft(form), asking),
    check: (form) => check(kind.form, form),
    measure: (form, rules) => kind.measure(full(form), rules),
    asksFor: (form) => kind.asksFor?.(full(form)) ?? {},
    breaksQuiet: (form, rules) => kind.breaksQuiet?.(full(form), rules) ?? false,
    responds: (form, rules) => kind.responds?.(full(form), rules) ?? rules.service.response.within,
    engages: kind.engages !== undefined,
    engagement: (request, at) => kind.engages?.({ ...request, form: full(request.form) }, at),
    effect: async (moment, effects, request) => {
      await kind.effects[moment]?.(effects, { ...request, form: full(request.form) });
    },
    undoes: (moment) => kind.effects[moment] === undefined || kind.undo?.[moment] !== undefined,
    undo: async (moment, effects, request, at) => {
      await kind.undo?.[moment]?.(effects, { ...request, form: full(request.form) }, at);
    },
    summary: (form, at) => kind.summary(full(form), at),
    facts: (form, at, options) =>
      kind.facts?.(draft(form), at, options) ?? factsOf(kind.form, form, at, options),
    table: (form) => kind.table?.(draft(form)),
    extra: (request, at) => kind.extra?.({ ...request, form: full(request.form) }, at) ?? [],
    answer: async (reading, asking) => kind.answers?.[reading.intent]?.(reading, asking),
    answersIntents: Object.keys(kind.answers ?? {}),
    ledger: (form, at) => kind.ledger(full(form), at),
    keeps: (form) => kept(kind.form, form),
  };
}

function kept(fields: Fields, form: StoredForm): StoredForm {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const read = field.schema.safeParse(form[name]);
      if (!read.success || form[name] === undefined) return [];
      const value = field.keeps ? field.keeps(read.data) : read.data;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const mapFields = <T>(fields: Fields, each: (field: Fields[string]) => T): { [name: string]: T } =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, each(field)]));

function heard(fields: Fields, slots: Slots, at: Hearing): StoredForm {
  const form: { [name: string]: unknown } = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = field.hears(slots, at);
    if (value !== undefined) form[name] = value;
  }
  return form;
}

function amended(fields: Fields, form: StoredForm, slots: Slots, at: Hearing): StoredForm {
  const next: { [name: string]: unknown } = { ...form };
  for (const [name, field] of Object.entries(fields)) {
    const old = field.schema.safeParse(form[name]);
    const value =
      field.amends && old.success && form[name] !== undefined
        ? field.amends(old.data, slots, at)
        : field.hears(slots, at);
    if (value !== undefined) next[name] = value;
  }
  return next;
}

const NEEDED = words('必填', 'needed');
const UNREADABLE = words('看不懂，请重填', 'unreadable, please fill in again');

function check(
  fields: Fields,
  form: StoredForm,
): { readonly ok: true } | { readonly ok: false; readonly gaps: readonly Gap[] } {
  const gaps: Gap[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = form[name];
    if (value === undefined || value === null) {
      if (field.required) gaps.push({ field: name, why: NEEDED });
    } else if (!field.schema.safeParse(value).success) gaps.push({ field: name, why: UNREADABLE });
  }
  return gaps.length > 0 ? { ok: false, gaps } : { ok: true };
}

/** One fact a filled field, in the form's order. */
export function factsOf(
  fields: Fields,
  form: StoredForm,
  at: Hearing,
  options: Prepared<StoredForm>['options'] = {},
): readonly (Fact & { readonly field: string })[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const parsed = field.schema.safeParse(form[name]);
    if (form[name] === undefined || !parsed.success) return [];
    const value: Text = field.shows(parsed.data, options[name] ?? [], at);
    return [{ field: name, label: field.label, value, ...(isGuess(parsed.data) ? GUESS : {}) }];
  });
}

/** A value that says itself that part of it is a guess (an hour nobody named). */
const isGuess = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'guessed' in value && value.guessed === true;
const GUESS = { mark: 'guessed' } as const;

/** Reads a card's answers into a form. Fields that are not on the card keep their value; an emptied field is taken out. */
export function readAnswers(
  fields: Fields,
  asked: readonly string[],
  answers: { readonly [name: string]: string | readonly string[] | boolean },
  at: Hearing,
): StoredForm {
  return Object.fromEntries(
    asked.flatMap((name) => {
      const field = fields[name];
      return field ? [[name, field.reads(name, answers, at)]] : [];
    }),
  );
}
