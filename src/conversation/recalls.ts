/** A message that its writer takes back takes back what it had begun, as long as nobody else was asked for anything. */
import { actingAs, type Work } from '../../db/work.ts';
import { BUTTON } from '../../cards/vocabulary.ts';
import { words } from '../../cards/words.ts';
import type { IncomingRecall } from '../channels/channel.ts';
import { oweNotice } from '../filing/notices.ts';
import type { Setup } from '../filing/move.ts';
import { readRequest } from '../filing/store.ts';
import { closeDraft, oweClosed, requestOf } from './drafts.ts';

/** A request that a message has become, or that it sent a file for, and who sent it. */
type Submitted = { readonly request: number; readonly by: number };

/**
 * Closes the drafts that were made of a message and forgets the files that came with it. What is submitted stands: whoever sent it
 * is told so once, and how to take it back.
 */
export async function takeBack(work: Work, setup: Setup, recall: IncomingRecall): Promise<void> {
  const submitted = [
    ...(await takeBackDrafts(work, setup, recall)),
    ...(await forgetFiles(work, recall)),
  ];
  for (const each of submitted) await tellItStands(work, setup, recall, each);
}

/** Returns the requests that drafts of this message have become. */
async function takeBackDrafts(
  work: Work,
  setup: Setup,
  { channel, message }: IncomingRecall,
): Promise<readonly Submitted[]> {
  const drafts = await work.tx
    .selectFrom('draft')
    .selectAll()
    .where('channel', '=', channel)
    .where('message', '=', message)
    .where('state', 'in', ['open', 'submitted'])
    .orderBy('id')
    .forUpdate()
    .execute();
  const submitted: Submitted[] = [];
  for (const draft of drafts) {
    if (draft.state === 'open') {
      const own = actingAs(work, draft.person_id);
      await closeDraft(own, draft, 'cancelled');
      await oweClosed({ work: own, setup }, draft);
    } else {
      const request = draft.changes_request_id ?? (await requestOf(work.tx, draft));
      if (request !== undefined) submitted.push({ request, by: draft.person_id });
    }
  }
  return submitted;
}

/** Returns the requests that files of this message belong to already. */
async function forgetFiles(
  work: Work,
  { channel, message }: IncomingRecall,
): Promise<readonly Submitted[]> {
  const files = await work.tx
    .selectFrom('attachment')
    .select(['id', 'request_id', 'person_id'])
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
  return files.flatMap(({ request_id: request, person_id: by }) =>
    request === null ? [] : [{ request, by }],
  );
}

async function tellItStands(
  work: Work,
  { jobs }: Setup,
  { channel }: IncomingRecall,
  { request: id, by }: Submitted,
): Promise<void> {
  const request = await readRequest(work.tx, id);
  // Over already: there is nothing left to be taken back.
  if (!request || request.closed_at) return;
  const { number } = request;
  const { withdraw } = BUTTON;
  const text =
    by === request.requester_id
      ? words(
          `已提交的申请不受影响。要撤回 ${number}，请点卡片上的「${withdraw.zh}」，或回复「撤回 ${number}」`,
          `What was submitted stands. To take back ${number}, tap “${withdraw.en}” on its card or reply “withdraw ${number}”`,
        )
      : words(
          `已加到 ${number} 的照片和文件不受影响，仍在申请里`,
          `What was added to ${number} stays with it`,
        );
  await oweNotice(work, jobs, by, { key: `recalled:${id}`, text }, channel);
}
