/** A message that its writer takes back takes back what it had begun, as long as nobody else was asked for anything. */
import { actingAs, type Work } from '../../db/work.ts';
import { BUTTON } from '../../cards/vocabulary.ts';
import type { IncomingRecall } from '../channels/channel.ts';
import { oweNotice } from '../filing/notices.ts';
import type { Setup } from '../filing/move.ts';
import { readRequest } from '../filing/store.ts';
import { closeDraft, oweClosed, requestOf } from './drafts.ts';

/**
 * Closes the drafts that were made of a message and forgets the files that came with it. What is submitted stands: its requester
 * is told so once, and how to take it back.
 */
export async function takeBack(work: Work, setup: Setup, recall: IncomingRecall): Promise<void> {
  const submitted = new Set([
    ...(await takeBackDrafts(work, setup, recall)),
    ...(await forgetFiles(work, recall)),
  ]);
  for (const id of submitted) await tellItStands(work, setup, id);
}

/** Returns the requests that drafts of this message have become. */
async function takeBackDrafts(
  work: Work,
  setup: Setup,
  { channel, message }: IncomingRecall,
): Promise<readonly number[]> {
  const drafts = await work.tx
    .selectFrom('draft')
    .selectAll()
    .where('channel', '=', channel)
    .where('message', '=', message)
    .where('state', 'in', ['open', 'submitted'])
    .orderBy('id')
    .forUpdate()
    .execute();
  const requests: number[] = [];
  for (const draft of drafts) {
    if (draft.state === 'open') {
      const own = actingAs(work, draft.person_id);
      await closeDraft(own, draft, 'cancelled');
      await oweClosed({ work: own, setup }, draft);
    } else {
      const request = draft.changes_request_id ?? (await requestOf(work.tx, draft));
      if (request !== undefined) requests.push(request);
    }
  }
  return requests;
}

/** Returns the requests that files of this message belong to already. */
async function forgetFiles(
  work: Work,
  { channel, message }: IncomingRecall,
): Promise<readonly number[]> {
  const files = await work.tx
    .selectFrom('attachment')
    .select(['id', 'request_id'])
    .where('channel', '=', channel)
    .where('message', '=', message)
    .forUpdate()
    .execute();
  for (const { id } of files.filter(({ request_id }) => request_id === null)) {
    // Minutes that were to be read from it are asked for again; those that were read stay.
    await work.tx
      .updateTable('minutes')
      .set({ attachment_id: null, fetch_at: null })
      .where('attachment_id', '=', id)
      .execute();
    await work.tx.deleteFrom('attachment').where('id', '=', id).execute();
  }
  return files.flatMap(({ request_id }) => request_id ?? []);
}

async function tellItStands(work: Work, { jobs }: Setup, id: number): Promise<void> {
  const request = await readRequest(work.tx, id);
  // Over already: there is nothing left to be taken back.
  if (!request || request.closed_at) return;
  const { withdraw } = BUTTON;
  const text = {
    zh: `已提交的申请不受影响。要撤回 ${request.number}，请点卡片上的「${withdraw.zh}」，或回复「撤回 ${request.number}」`,
    en: `What was submitted stands. To take back ${request.number}, tap “${withdraw.en}” on its card or reply “withdraw ${request.number}”`,
  };
  const notice = { key: `recalled:${id}`, text };
  await oweNotice(work, jobs, request.requester_id, notice, request.channel);
}
