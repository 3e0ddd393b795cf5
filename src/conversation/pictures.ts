import { peopleShowing } from '../delivery/shown.ts';
import type { IncomingFile } from '../channels/channel.ts';
import { clean } from '../../cards/clean.ts';
import { mayAnnotate } from '../filing/annotate.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { PICTURE_MINUTES } from '../filing/submit.ts';
import { oweCard } from '../filing/tell.ts';
import { kinds } from '../requests/index.ts';
import { addMaterialTold } from './meeting-words.ts';
import { fileAsMinutes } from './minutes-files.ts';
import { say, type Talk } from './talk.ts';

/** Notes files that were sent. A picture soon after a ticket was filed joins it; before one, it waits for it. */
export async function keepFiles(
  talk: Talk,
  files: readonly IncomingFile[],
  alone: boolean,
): Promise<void> {
  const booking = await bookingFor(talk, files);
  const request = booking?.id ?? (await recentTicket(talk));
  const kept: { id: number; name: string; sort: 'image' | 'file' }[] = [];
  for (const file of files.slice(0, 9)) {
    const { id } = await talk.work.tx
      .insertInto('attachment')
      .values({
        person_id: talk.person.id,
        channel: talk.address.channel,
        chat: talk.chat,
        request_id: request ?? null,
        draft_id: null,
        message: file.message,
        file_key: file.key,
        name: file.name,
        sort: file.sort,
        path: null,
        at: talk.work.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    kept.push({ id, name: file.name, sort: file.sort });
    if (!booking) continue;
    const name = clean(file.name, 200);
    const told = await addMaterialTold(talk, booking, { name, attachment: id });
    if (told) await say(talk, told.zh, told.en);
  }
  if (booking) return;
  if (await fileAsMinutes(talk, kept)) return;
  if (request !== undefined) return joined(talk, request);
  if (alone) {
    await say(
      talk,
      '收到。要报修的话再说一句哪里、什么坏了，照片会一起带上',
      'Got it. If something is broken, say what and where; the picture goes along',
    );
  }
}

/**
 * The booking that files are material for: the one whose card was replied to, or, for documents, the one of the last half hour.
 * Pictures by themselves are of something broken.
 */
async function bookingFor(
  talk: Talk,
  files: readonly IncomingFile[],
): Promise<Request | undefined> {
  const { work, person, about } = talk;
  const replied = about && 'request' in about ? about.request : undefined;
  if (replied === undefined && files.some((file) => file.sort === 'image')) return undefined;
  const recent = await work.tx
    .selectFrom('request')
    .select('id')
    .where('requester_id', '=', person.id)
    .where('kind', '=', 'room')
    .where('updated_at', '>', work.now.subtract({ minutes: PICTURE_MINUTES }))
    .orderBy('updated_at', 'desc')
    .executeTakeFirst();
  const id = replied ?? recent?.id;
  const request = id === undefined ? undefined : await readRequest(work.tx, id);
  return request?.kind === 'room' && mayAnnotate(request, person.id, work.now)
    ? request
    : undefined;
}

/** Kinds that pictures belong to. */
const PICTURED = kinds.filter((kind) => kind.takesPictures).map((kind) => kind.name);

/** The person's open request of the last half hour that pictures belong to. */
async function recentTicket(talk: Talk): Promise<number | undefined> {
  const row = await talk.work.tx
    .selectFrom('request')
    .select('id')
    .where('requester_id', '=', talk.person.id)
    .where('kind', 'in', PICTURED)
    .where('closed_at', 'is', null)
    .where('submitted_at', '>', talk.work.now.subtract({ minutes: PICTURE_MINUTES }))
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row?.id;
}

/** Everybody's card of the ticket shows the new picture. */
async function joined(talk: Talk, id: number): Promise<void> {
  const request = await readRequest(talk.work.tx, id);
  if (!request) return;
  for (const person of await peopleShowing(talk.work.tx, `request:${id}`)) {
    await oweCard(talk.work, talk.setup, request, person, 'quiet', `:picture:${talk.work.cause}`);
  }
  await say(talk, `照片已加到 ${request.number}`, `The picture was added to ${request.number}`);
}
