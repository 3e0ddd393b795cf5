import type { FileSort, IncomingFile } from '../channels/channel.ts';
import { clean } from '../../cards/clean.ts';
import { type Words, words } from '../../cards/words.ts';
import { mayAnnotate } from '../filing/annotate.ts';
import {
  FILE_MINUTES,
  filesOf,
  looseFiles,
  MOST_FILES,
  refreshCards,
  refreshDrafts,
} from '../filing/files.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { isReadable } from '../minutes/file-text.ts';
import { kindNamed, kinds } from '../requests/index.ts';
import { type Draft, openDrafts } from './drafts.ts';
import { addMaterialTold } from './meeting-words.ts';
import { fileAsMinutes, type Kept } from './minutes-files.ts';
import { worksOn } from './repair-words.ts';
import { say, sayOnceIn, type Talk } from './talk.ts';

/** Several files in a row get one answer: the same is not said again within this many minutes. */
const AGAIN_MINUTES = 2;

/** What a file belongs to: a meeting's booking, a request that takes it, a draft that will take it along; or why it is not taken. */
type Place =
  | { readonly place: 'booking'; readonly request: Request }
  | { readonly place: 'request'; readonly request: Request }
  | { readonly place: 'draft'; readonly draft: Draft }
  | { readonly place: 'none'; readonly why: Words };

/**
 * Notes files that were sent, and puts them where they belong: with the card that was replied to, else with what the person was
 * busy with last. A file that belongs to nothing yet waits for what is said. Their content is looked at after the commit.
 */
export async function keepFiles(
  talk: Talk,
  files: readonly IncomingFile[],
  alone: boolean,
): Promise<void> {
  const [first] = files;
  if (!first) return;
  const { sort } = first; // a message holds files of one sort
  const place = await placeOf(talk, sort);
  if (place?.place === 'none') return say(talk, place.why.zh, place.why.en);
  const request = place && 'request' in place ? place.request : undefined;
  const room = place?.place === 'booking' ? files.length : await roomFor(talk, place, sort);
  const kept = await noted(talk, files.slice(0, room), request?.id ?? null);
  if (kept.length < files.length) await tooMany(talk, kept.length, files.length);
  if (kept.length === 0) return;
  if (place?.place === 'booking') return addAsMaterial(talk, place.request, kept);
  const readable = kept.some((file) => file.sort === 'file' && isReadable(file.name));
  const perhapsMinutes =
    talk.onMinutes !== undefined || place === undefined || (place.place === 'request' && readable);
  if (perhapsMinutes && (await fileAsMinutes(talk, kept))) return;
  if (place?.place === 'request') return joined(talk, place.request, sort);
  if (place) return goesAlong(talk, place.draft);
  if (alone) return waits(talk, sort);
}

/** How many more files of this sort the request takes, or what will be asked for next. */
async function roomFor(
  { work, person, address }: Talk,
  place: Place | undefined,
  sort: FileSort,
): Promise<number> {
  const of = { person: person.id, channel: address.channel, sorts: [sort] };
  const begun = place?.place === 'draft' ? place.draft.created_at : work.now;
  const there =
    place && 'request' in place
      ? await filesOf(work.tx, place.request.id, sort)
      : await looseFiles(work.tx, of, begun);
  return Math.max(0, MOST_FILES - there.length);
}

const tooMany = (talk: Talk, kept: number, sent: number): Promise<void> =>
  say(
    talk,
    `一张申请最多带 ${MOST_FILES} 张照片和 ${MOST_FILES} 个文件，${kept === 0 ? '这次的没有收下' : `只收下前 ${kept} 个，其余 ${sent - kept} 个没有收下`}。其余的请提交后发给经办人`,
    `A request takes at most ${MOST_FILES} photos and ${MOST_FILES} files; ${sent - kept} of these were not kept. Please send the rest to whoever handles it`,
  );

async function noted(
  talk: Talk,
  files: readonly IncomingFile[],
  request: number | null,
): Promise<readonly Kept[]> {
  const { work, person, address, chat } = talk;
  const kept: Kept[] = [];
  for (const file of files) {
    const { id } = await work.tx
      .insertInto('attachment')
      .values({
        person_id: person.id,
        channel: address.channel,
        chat,
        request_id: request,
        draft_id: null,
        message: file.message,
        file_key: file.key,
        name: file.name,
        sort: file.sort,
        path: null,
        at: work.now,
        look_at: work.now,
        minutes_id: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    kept.push({ id, name: file.name, sort: file.sort });
  }
  return kept;
}

/** The card that was replied to decides; else what the person touched last of what takes such a file. */
async function placeOf(talk: Talk, sort: FileSort): Promise<Place | undefined> {
  const { about } = talk;
  if (about && 'request' in about) return placeOfReply(talk, about.request);
  const draft = (await openDrafts(talk)).find(({ kind }) => kindNamed(kind).takes.includes(sort));
  if (draft && about) return { place: 'draft', draft };
  const since = talk.work.now.subtract({ minutes: FILE_MINUTES });
  const fresh = draft && Temporal.Instant.compare(draft.updated_at, since) > 0 ? draft : undefined;
  const [booking, request, repair] = [
    await recentBooking(talk, sort, since),
    await recent(talk, sort, since),
    await worksOn(talk),
  ];
  const found: readonly { readonly at: Temporal.Instant; readonly place: Place }[] = [
    ...(fresh ? [{ at: fresh.updated_at, place: { place: 'draft' as const, draft: fresh } }] : []),
    ...(booking
      ? [{ at: booking.updated_at, place: { place: 'booking' as const, request: booking } }]
      : []),
    ...(request
      ? [{ at: request.submitted_at, place: { place: 'request' as const, request } }]
      : []),
    // Who repairs something shows what it looks like now.
    ...(repair
      ? [{ at: repair.updated_at, place: { place: 'request' as const, request: repair } }]
      : []),
  ];
  return found.toSorted((one, other) => Temporal.Instant.compare(other.at, one.at))[0]?.place;
}

/** In reply to a card whoever was sent it may add: the repairer shows what was done. */
async function placeOfReply(talk: Talk, id: number): Promise<Place | undefined> {
  const request = await readRequest(talk.work.tx, id);
  if (!request) return undefined;
  const { number } = request;
  if (request.kind === 'room')
    return mayAnnotate(request, talk.person.id, talk.work.now)
      ? { place: 'booking', request }
      : undefined;
  if (request.closed_at)
    return {
      place: 'none',
      why: words(
        `${number} 已经结束，没有收下。要重新办的话说一句要办什么`,
        `${number} is over, so this was not kept. To ask anew, say what you need`,
      ),
    };
  return kindNamed(request.kind).takes.length > 0 ? { place: 'request', request } : undefined;
}

/** The booking that a document is material for. Pictures by themselves are of something broken. */
async function recentBooking(
  { work, person }: Talk,
  sort: FileSort,
  since: Temporal.Instant,
): Promise<Request | undefined> {
  if (sort === 'image') return undefined;
  const row = await work.tx
    .selectFrom('request')
    .select('id')
    .where('requester_id', '=', person.id)
    .where('kind', '=', 'room')
    .where('updated_at', '>', since)
    .orderBy('updated_at', 'desc')
    .executeTakeFirst();
  const request = row && (await readRequest(work.tx, row.id));
  return request && mayAnnotate(request, person.id, work.now) ? request : undefined;
}

/** The person's newest open request since then that takes such a file. */
async function recent(
  { work, person }: Talk,
  sort: FileSort,
  since: Temporal.Instant,
): Promise<Request | undefined> {
  const taking = kinds.filter(({ takes }) => takes.includes(sort)).map(({ name }) => name);
  const row = await work.tx
    .selectFrom('request')
    .select('id')
    .where('requester_id', '=', person.id)
    .where('kind', 'in', taking)
    .where('closed_at', 'is', null)
    .where('submitted_at', '>', since)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row && readRequest(work.tx, row.id);
}

async function addAsMaterial(talk: Talk, booking: Request, kept: readonly Kept[]): Promise<void> {
  for (const file of kept) {
    const name = clean(file.name, 200);
    const told = await addMaterialTold(talk, booking, { name, attachment: file.id });
    if (told) await say(talk, told.zh, told.en);
  }
}

/** Everybody's card of the request shows what came. */
async function joined(talk: Talk, request: Request, sort: FileSort): Promise<void> {
  const { work, setup } = talk;
  await refreshCards(work, setup, request, work.cause ?? 'none');
  const { number } = request;
  const what = sort === 'image' ? words('照片', 'picture') : words('文件', 'file');
  const text = words(`${what.zh}已加到 ${number}`, `The ${what.en} was added to ${number}`);
  await sayOnceIn(talk, AGAIN_MINUTES, `file:${request.id}:${sort}`, text);
}

/** The card of the draft says what will be submitted with it. */
async function goesAlong(talk: Talk, draft: Draft): Promise<void> {
  const { work, setup, person, address } = talk;
  const { channel } = address;
  await refreshDrafts(work, setup, { person: person.id, channel }, work.cause ?? 'none');
  const text = words('收到，提交时一起带上', 'Got it; it goes along when you submit');
  await sayOnceIn(talk, AGAIN_MINUTES, `file:draft:${draft.id}`, text);
}

const WAITS = {
  image: words(
    '收到。要报修的话再说一句哪里、什么坏了，照片会一起带上',
    'Got it. If something is broken, say what and where; the picture goes along',
  ),
  file: words(
    `收到文件。再说一句要办什么（物资、出差、报修），${FILE_MINUTES} 分钟内提交会一起带上`,
    `Got the file. Say what you need (supplies, a trip, a repair); submitted within ${FILE_MINUTES} minutes, it goes along`,
  ),
} as const;

const waits = (talk: Talk, sort: FileSort): Promise<void> =>
  sayOnceIn(talk, AGAIN_MINUTES, `file:${sort}`, WAITS[sort]);
