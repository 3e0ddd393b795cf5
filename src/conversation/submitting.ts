import type { Answers } from '../../cards/card.ts';
import type { Refusal } from '../../cards/refusal.ts';
import { type Words, words } from '../../cards/words.ts';
import { attempt } from '../../db/work.ts';
import { change } from '../filing/change.ts';
import type { Request } from '../filing/store.ts';
import { submit } from '../filing/submit.ts';
import { kindNamed } from '../requests/index.ts';
import { readAnswers } from '../requests/kind.ts';
import { askedFields, lookAt } from './draft-view.ts';
import { askingFor, closeDraft, type Draft, reviseDraft } from './drafts.ts';
import { metTicket, reportInTurn } from './joining.ts';
import { refuseTooMany } from './limits.ts';
import type { Talk } from './talk.ts';

/** Submitted, or joined with what was reported already, as `told` says; or still a draft with the reason. */
export type Submitted =
  | { readonly request: Request; readonly told: Words; readonly joined: boolean }
  | { readonly draft: Draft; readonly remark: Words };

/**
 * Submits a draft as it was shown, after taking in what was filled in on its card. `tapped` when the person did it on the
 * card, which then becomes the request's card.
 */
export async function submitDraft(
  talk: Talk,
  draft: Draft,
  answers: Answers | undefined,
  tapped: boolean,
): Promise<Submitted> {
  const current = answers ? await takeAnswers(talk, draft, answers) : { draft };
  if ('refused' in current) return { draft, remark: refusalText(current.refused) };
  await reportInTurn(talk, draft);
  const { prepared, gaps } = await lookAt(current.draft, askingFor(talk, draft.changes_request_id));
  if (gaps.length > 0) {
    return {
      draft: current.draft,
      remark: words('还差下面这些，补上就能提交', 'A few things are still missing'),
    };
  }
  const met = await metTicket(talk, draft, current.draft, prepared);
  if (met) return 'request' in met ? { ...met, joined: true } : { draft: current.draft, ...met };
  const filing = await attempt(talk.work, () => file(talk, current.draft, prepared, tapped));
  if ('done' in filing) {
    await closeDraft(talk.work, draft, 'submitted');
    const { number } = filing.done;
    const told = words(`已提交 ${number}`, `Submitted ${number}`);
    return { request: filing.done, told, joined: false };
  }
  return { draft: current.draft, remark: refusalText(filing.refused) };
}

async function file(
  talk: Talk,
  draft: Draft,
  prepared: Awaited<ReturnType<typeof lookAt>>['prepared'],
  tapped: boolean,
): Promise<Request> {
  const { work, setup, person } = talk;
  const touched = tapped ? { touched: person.id } : {};
  const { filed: form = prepared.form, alsoAsk = [], askedToo = [] } = prepared;
  const own = { alsoAsk, askedToo };
  if (draft.changes_request_id !== null) {
    const by = { person: person.id, ...touched };
    return change(work, setup, draft.changes_request_id, by, form, own);
  }
  const kind = kindNamed(draft.kind);
  await refuseTooMany(work, setup.rules, kind, person.id);
  return submit(work, setup, {
    kind,
    form,
    requester: person.id,
    channel: draft.channel,
    chat: draft.chat,
    ...own,
    begun: draft.created_at,
    ...touched,
  });
}

/** Takes what was filled in on the card into the draft. A value that cannot be read comes back as its Refusal. */
async function takeAnswers(
  talk: Talk,
  draft: Draft,
  answers: Answers,
): Promise<{ readonly draft: Draft } | { readonly refused: Refusal }> {
  const kind = kindNamed(draft.kind);
  const { gaps } = await lookAt(draft, askingFor(talk, draft.changes_request_id));
  const asked = askedFields(
    kind,
    gaps,
    isEditing(
      answers,
      gaps.map((gap) => gap.field),
    ),
    talk,
  );
  const reading = await attempt(talk.work, () =>
    Promise.resolve().then(() => readAnswers(kind.fields, asked, answers, talk)),
  );
  if ('refused' in reading) return reading;
  const form = Object.fromEntries(
    Object.entries({ ...draft.form, ...reading.done }).filter(([, value]) => value !== undefined),
  );
  return { draft: (await reviseDraft(talk, draft, form)).draft };
}

/** A card that was being edited sends every field along; one with gaps only sends those. */
const isEditing = (answers: Answers, gaps: readonly string[]): boolean =>
  Object.keys(answers).some(
    (name) => !gaps.some((gap) => name === gap || name.startsWith(`${gap}_`)),
  );

/** What and what next, in one line. */
export const refusalText = (refusal: Refusal): Words =>
  refusal.next
    ? words(`${refusal.what.zh}。${refusal.next.zh}`, `${refusal.what.en}. ${refusal.next.en}`)
    : refusal.what;
