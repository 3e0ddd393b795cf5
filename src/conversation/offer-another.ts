/** A room that cannot be had after all, or in which something failed: its host gets a draft of the change, with what is free instead. */
import type { Work } from '../../db/work.ts';
import { owe } from '../delivery/owe.ts';
import { addressOf, peopleById } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import type { Request } from '../filing/store.ts';
import { kindNamed } from '../requests/index.ts';
import type { StoredForm } from '../requests/kind.ts';
import { startChangeTo } from './changing.ts';
import { askingFor } from './drafts.ts';
import { hearingAt, type Talk } from './talk.ts';

/** Owes the requester a draft of a change of their request. */
export async function offerAnother(work: Work, setup: Setup, request: Request): Promise<void> {
  const talk = await talkWith(work, setup, request);
  if (talk) await oweChange(talk, request, request.form, `handed-back:v${request.version}`);
}

/** The same for what it asks for now, if anything is free instead; whether that was so. `why` tells this occasion from others. */
export async function offerIfFree(
  work: Work,
  setup: Setup,
  request: Request,
  form: StoredForm,
  why: string,
): Promise<boolean> {
  const talk = await talkWith(work, setup, request);
  if (!talk) return false;
  const { offers } = await kindNamed(request.kind).prepare(form, askingFor(talk, request.id));
  if (!offers?.length) return false;
  await oweChange(talk, request, form, why);
  return true;
}

/** What we have to say to the requester by ourselves; undefined: they are gone, or nowhere to be reached. */
async function talkWith(work: Work, setup: Setup, request: Request): Promise<Talk | undefined> {
  const person = (await peopleById(work.tx, [request.requester_id])).get(request.requester_id);
  const address = await addressOf(work.tx, request.requester_id, request.channel);
  if (person?.active !== true || !address) return undefined;
  return {
    work,
    setup,
    person,
    address,
    chat: 'private',
    answers: { count: 0 },
    ...hearingAt(work.now, setup.rules.timeZone),
  };
}

async function oweChange(
  talk: Talk,
  request: Request,
  form: StoredForm,
  why: string,
): Promise<void> {
  const draft = await startChangeTo(talk, request, form);
  await owe(talk.work, talk.setup.jobs, talk.person.id, request.channel, {
    what: `draft:${draft.id}:${why}`,
    view: { view: 'draft', draft: draft.id },
    attention: true,
    priority: 3,
    breaksQuiet: true,
  });
}
