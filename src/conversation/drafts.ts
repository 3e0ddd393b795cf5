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

/** The person's newest open draft in this chat: what a correction or 「提交」 is about. */
export const openDraft = (talk: Talk): Promise<Draft | undefined> =>
  talk.work.tx
    .selectFrom('draft')
    .selectAll()
    .where('person_id', '=', talk.person.id)
    .where('channel', '=', talk.address.channel)
    .where('chat', '=', talk.chat)
    .where('state', '=', 'open')
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();

/** Begins a draft; an open one of the same kind in this chat is replaced by it. */
export async function startDraft(
  talk: Talk,
  kind: RequestKind,
  form: StoredForm,
  changes?: number,
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
      created_at: work.now,
      updated_at: work.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A draft's form without what we guessed: that is found anew from what the person said. */
export const saidIn = (draft: Draft): StoredForm =>
  Object.fromEntries(
    Object.entries(draft.form).filter(([field]) => !draft.guessed.includes(field)),
  );

/** Writes a draft's new form, completed by its kind. Returns the draft and what the kind makes of it. */
export async function reviseDraft(
  talk: Talk,
  draft: Draft,
  form: StoredForm,
): Promise<{ readonly draft: Draft; readonly prepared: Prepared<StoredForm> }> {
  const kind = kindNamed(draft.kind);
  const prepared = await kind.prepare(form, askingFor(talk, draft.changes_request_id));
  const revised = await talk.work.tx
    .updateTable('draft')
    .set({
      form: JSON.stringify(prepared.form),
      guessed: JSON.stringify(prepared.guessed ?? []),
      version: draft.version + 1,
      updated_at: talk.work.now,
    })
    .where('id', '=', draft.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { draft: revised, prepared };
}

/** The card of a draft that was closed by a word loses its buttons. */
export const oweClosed = ({ work, setup }: Talk, draft: Draft): Promise<boolean> =>
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
