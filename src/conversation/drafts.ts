import { isDeepStrictEqual } from 'node:util';
import type { Selectable } from 'kysely';
import type { DraftTable } from '../../db/tables.ts';
import type { Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { owe } from '../delivery/owe.ts';
import type { Asking, Prepared, RequestKind, StoredForm } from '../requests/kind.ts';
import { kindNamed } from '../requests/index.ts';
import type { Talk } from './talk.ts';

export type Draft = Selectable<DraftTable>;

/** Questions of a kind about the company's data, asked for the person of a draft. */
export const askingFor = (talk: Talk, changes?: number | null): Asking => ({
  tx: talk.work.tx,
  rules: talk.setup.rules,
  now: talk.now,
  person: talk.person.id,
  ...(changes ? { changes } : {}),
});

export const readDraft = (tx: Tx, id: number): Promise<Draft | undefined> =>
  tx.selectFrom('draft').selectAll().where('id', '=', id).executeTakeFirst();

/** The draft, locked until the end of the transaction. */
export const lockDraft = (tx: Tx, id: number): Promise<Draft | undefined> =>
  tx.selectFrom('draft').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/**
 * The drafts that a correction can be about, 「提交」 about the first: the one whose card was replied to, else the person's open
 * ones in this chat, newest first (one a kind). None when the reply is to the card of a request.
 */
export async function openDrafts(talk: Talk): Promise<readonly Draft[]> {
  const { about } = talk;
  if (about && 'request' in about) return [];
  let mine = talk.work.tx
    .selectFrom('draft')
    .selectAll()
    .where('person_id', '=', talk.person.id)
    .where('state', '=', 'open');
  mine = about
    ? mine.where('id', '=', about.draft)
    : mine.where('channel', '=', talk.address.channel).where('chat', '=', talk.chat);
  return mine.orderBy('updated_at', 'desc').orderBy('id', 'desc').forUpdate().execute();
}

/** What a draft is made of: the request it changes, the sentence it was heard in. */
export type DraftOrigin = { readonly changes?: number | undefined; readonly said?: string };

/** Begins a draft; an open one of the same kind in this chat is replaced by it. */
export async function startDraft(
  talk: Talk,
  kind: RequestKind,
  form: StoredForm,
  { changes, said }: DraftOrigin = {},
): Promise<Draft> {
  const { work, person, address, chat } = talk;
  const replaced = await work.tx
    .selectFrom('draft')
    .selectAll()
    .where('person_id', '=', person.id)
    .where('channel', '=', address.channel)
    .where('chat', '=', chat)
    .where('kind', '=', kind.name)
    .where('state', '=', 'open')
    .forUpdate()
    .execute();
  for (const old of replaced) {
    await closeDraft(work, old, 'cancelled');
    await oweClosed(talk, old);
  }
  const prepared = await kind.prepare(form, askingFor(talk, changes));
  return work.tx
    .insertInto('draft')
    .values({
      person_id: person.id,
      channel: address.channel,
      chat,
      kind: kind.name,
      form: JSON.stringify(prepared.form),
      guessed: JSON.stringify(prepared.guessed ?? []),
      state: 'open',
      version: 1,
      changes_request_id: changes ?? null,
      said: said ?? null,
      message: talk.message ?? null,
      created_at: work.now,
      updated_at: work.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Stands in `guessed` beside a field that a model filled: shown as a guess, but kept when the draft changes. */
const MODELS = 'model:';

/** Whether a model had a part in this draft. */
export const isDoubted = (draft: Draft): boolean =>
  draft.guessed.some((each) => each.startsWith(MODELS));

/** Marks what a model filled in. */
export async function doubt(talk: Talk, draft: Draft, fields: readonly string[]): Promise<void> {
  const guessed = new Set([...draft.guessed, ...fields, ...fields.map((field) => MODELS + field)]);
  await talk.work.tx
    .updateTable('draft')
    .set({ guessed: JSON.stringify([...guessed]) })
    .where('id', '=', draft.id)
    .execute();
}

/** A value as it comes back from the database: without what is undefined. */
const asStored = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

/** The marks of those fields that a model filled and nobody has changed since. */
const stillDoubted = (draft: Draft, form: StoredForm): readonly string[] =>
  Object.keys(draft.form)
    .filter((field) => draft.guessed.includes(MODELS + field))
    .filter((field) => isDeepStrictEqual(draft.form[field], asStored(form[field])))
    .flatMap((field) => [field, MODELS + field]);

/** A draft's form without what we guessed: that is found anew from what the person said. */
export const saidIn = (draft: Draft): StoredForm =>
  Object.fromEntries(
    Object.entries(draft.form).filter(
      ([field]) => !draft.guessed.includes(field) || draft.guessed.includes(MODELS + field),
    ),
  );

/** Whether two forms say the same, as they would be stored: the order of fields and fields without a value do not count. */
export const isSameForm = (one: StoredForm, other: StoredForm): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)));

/** Writes a draft's new form, completed by its kind. Returns the draft and what the kind makes of it. */
export async function reviseDraft(
  talk: Talk,
  draft: Draft,
  form: StoredForm,
): Promise<{ readonly draft: Draft; readonly prepared: Prepared<StoredForm> }> {
  const kind = kindNamed(draft.kind);
  const prepared = await kind.prepare(form, askingFor(talk, draft.changes_request_id));
  const guessed = [...(prepared.guessed ?? []), ...stillDoubted(draft, prepared.form)];
  const revised = await talk.work.tx
    .updateTable('draft')
    .set({
      form: JSON.stringify(prepared.form),
      guessed: JSON.stringify(guessed),
      version: draft.version + 1,
      updated_at: talk.work.now,
    })
    .where('id', '=', draft.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { draft: revised, prepared };
}

/** The request a submitted draft became: the first of its kind that moved since. */
export async function requestOf(tx: Tx, draft: Draft): Promise<number | undefined> {
  const row = await tx
    .selectFrom('request')
    .select('id')
    .where('requester_id', '=', draft.person_id)
    .where('kind', '=', draft.kind)
    .where('updated_at', '>=', draft.updated_at)
    .orderBy('id')
    .executeTakeFirst();
  return row?.id;
}

/** The card of a draft that was closed by a word loses its buttons. */
export const oweClosed = (
  { work, setup }: Pick<Talk, 'work' | 'setup'>,
  draft: Draft,
): Promise<boolean> =>
  owe(work, setup.jobs, draft.person_id, draft.channel, {
    what: `draft:${draft.id}:closed`,
    view: { view: 'draft', draft: draft.id },
    attention: false,
    priority: 6,
  });

/** Closes a draft: submitted, cancelled or expired. */
export async function closeDraft(
  work: Work,
  draft: Draft,
  state: 'submitted' | 'cancelled' | 'expired',
): Promise<void> {
  await work.tx
    .updateTable('draft')
    .set({ state, updated_at: work.now })
    .where('id', '=', draft.id)
    .execute();
  if (state !== 'submitted') await record(work, `draft.${state}`, `draft:${draft.id}`);
}
