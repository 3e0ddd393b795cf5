/** One broken thing is one ticket: what is reported already is joined, by 「我也遇到了」 or as a second report of it is submitted. */
import { words, type Words } from '../../cards/words.ts';
import { nameOf } from '../directory/people.ts';
import { takeTurn } from '../filing/numbers.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { joinFiles } from '../filing/submit.ts';
import { joinRepair } from '../repairs/watchers.ts';
import { kindNamed } from '../requests/index.ts';
import type { Prepared, StoredForm } from '../requests/kind.ts';
import { brokenIn } from '../requests/repair/open-tickets.ts';
import { keyOf } from '../requests/repair/same.ts';
import { closeDraft, type Draft } from './drafts.ts';
import type { Talk } from './talk.ts';

/** In the place of a second report the person watches the first; what they said and sent goes along. Undefined: it is done by now. */
export async function joinWith(talk: Talk, draft: Draft, id: number): Promise<Request | undefined> {
  const { work, setup, person } = talk;
  const said = draft.form['problem'];
  const problem = typeof said === 'string' ? said : '';
  const request = await joinRepair(work, setup, id, person.id, problem);
  if (!request) return undefined;
  await joinFiles(work, kindNamed(draft.kind), request, {
    person: person.id,
    channel: draft.channel,
    begun: draft.created_at,
  });
  await closeDraft(work, draft, 'cancelled');
  return request;
}

/** Reports are submitted one after another, each knowing of those before it: called before a draft is looked at for the last time. */
export async function reportInTurn({ work, setup }: Talk, draft: Draft): Promise<void> {
  if (draft.kind !== 'repair' || draft.changes_request_id !== null) return;
  await takeTurn(work, kindNamed(draft.kind).prefix, setup.rules.timeZone);
}

/**
 * What becomes of a report as it is submitted while somebody else's ticket may be about the same thing, which its writer has not called
 * another. The same place and thing, reported since the card was drawn: theirs is joined. What is only alike, or was on the card: they are asked.
 */
export async function metTicket(
  talk: Talk,
  shown: Draft,
  draft: Draft,
  { form, offers = [] }: Prepared<StoredForm>,
): Promise<
  { readonly request: Request; readonly told: Words } | { readonly remark: Words } | undefined
> {
  const id = offers.find(({ joins }) => joins !== undefined)?.joins;
  const ticket = id === undefined ? undefined : await readRequest(talk.work.tx, id);
  if (!ticket) return undefined;
  const isNews = Temporal.Instant.compare(ticket.submitted_at, shown.updated_at) > 0;
  if (!isNews || aboutIn(ticket.form) !== aboutIn(form)) return { remark: WHICH(ticket.number) };
  const name = await nameOf(talk.work.tx, ticket.requester_id);
  const request = await joinWith(talk, draft, ticket.id);
  // Done in this very moment: theirs is a report of its own.
  return request && { request, told: JOINED(name, request.number) };
}

const aboutIn = (form: StoredForm): string | undefined => {
  const broken = brokenIn(form);
  return broken && keyOf(broken);
};

const JOINED = (name: string, number: string): Words =>
  words(
    `${name}刚报了同一件，已为您加入 ${number}，有进展会告诉您`,
    `${name} has just reported the same: you are with ${number} now and will hear how it goes on`,
  );

const WHICH = (number: string): Words =>
  words(
    `${number} 好像是同一件：是就点「我也遇到了」，不是就点「不是同一件」再提交`,
    `${number} seems to be the same: tap I have it too, or Not the same and submit yours`,
  );
