import { record } from '../audit/record.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { OwnVoices, RequestKind, StoredForm } from '../requests/kind.ts';
import type { Work } from '../../db/work.ts';
import { begin } from '../workflow/advance.ts';
import { stateOf } from '../workflow/workflow.ts';
import { circumstancesOf } from './circumstances.ts';
import { FILE_MINUTES } from './files.ts';
import { freeze } from './freeze.ts';
import { effect, effects, follow, seated, type Setup, tasks } from './move.ts';
import { nextNumber } from './numbers.ts';
import type { Request } from './store.ts';
import { tell } from './tell.ts';

/** What is submitted: a complete form of a kind, by whom and where. */
export type Submission = OwnVoices & {
  readonly kind: RequestKind;
  readonly form: StoredForm;
  readonly requester: number;
  readonly channel: string;
  readonly chat: string;
  /** When its draft was begun: files sent shortly before that, or since, go along. */
  readonly begun: Temporal.Instant;
  /** Whose card is answered with the result; nobody when it was submitted by words. */
  readonly touched?: number;
};

/**
 * Files a request: number, frozen steps, the kind's holds (room, stock), first tasks, cards to those who must act. Throws the
 * kind's Refusal when what was asked for is gone; nothing is kept then.
 */
export async function submit(work: Work, setup: Setup, submission: Submission): Promise<Request> {
  const { kind, form, requester, askedToo } = submission;
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const { rules } = setup;
  const asked = { kind, form, requester, askedToo };
  const at = await circumstancesOf(work.tx, asked, org, rules, work.now);
  const begun = begin(freeze(kind, form, requester, submission, org, rules, at));
  const { happenings } = begun;
  const workflow = seated(begun.workflow, org);
  const number = await nextNumber(work, kind.prefix, setup.rules.timeZone);
  const row = await work.tx
    .insertInto('request')
    .values({
      number,
      kind: kind.name,
      requester_id: requester,
      state: stateOf(workflow),
      form: JSON.stringify(form),
      measure: kind.measure(form, rules),
      workflow: JSON.stringify(workflow),
      outcome: JSON.stringify({}),
      stars: null,
      version: 1,
      channel: submission.channel,
      chat: submission.chat,
      submitted_at: work.now,
      updated_at: work.now,
      closed_at: happenings.some((each) => each.happened === 'ended') ? work.now : null,
      urged_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const request: Request = { ...row, workflow };
  await effect(work, setup, request, 'submitted');
  await effects(work, setup, request, happenings);
  await joinFiles(work, kind, request, {
    person: requester,
    channel: submission.channel,
    begun: submission.begun,
  });
  const added = await tasks(work, setup, request, undefined);
  await record(work, 'request.submitted', `request:${request.id}`, {
    after: { number, kind: kind.name, state: request.state, measure: request.measure },
  });
  await follow(work, setup, {
    before: undefined,
    after: request,
    act: 'submitted',
    person: requester,
  });
  const { touched } = submission;
  await tell(work, setup, undefined, request, {
    by: requester,
    added,
    ...(touched === undefined ? {} : { touched }),
  });
  return request;
}

/** Whose files, from where, since when. */
type FilesOf = {
  readonly person: number;
  readonly channel: string;
  readonly begun: Temporal.Instant;
};

/** Files of the sorts its kind takes, which a person sent in a channel for what they began to ask for, join the request. */
export async function joinFiles(
  work: Work,
  { takes }: RequestKind,
  request: Request,
  { person, channel, begun }: FilesOf,
): Promise<void> {
  if (takes.length === 0) return;
  await work.tx
    .updateTable('attachment')
    .set({ request_id: request.id })
    .where('person_id', '=', person)
    .where('request_id', 'is', null)
    .where('minutes_id', 'is', null)
    .where('at', '>', begun.subtract({ minutes: FILE_MINUTES }))
    .where('sort', 'in', takes)
    .where('channel', '=', channel)
    .execute();
}
