/**
 * Files that people send: fetched and looked at after the commit that noted them. What the office takes is stored with them; what is
 * nothing it takes is forgotten, and its sender told. How many and which belong together is decided when they come.
 */
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { type Channel, DeliveryFault, type FileSort } from '../channels/channel.ts';
import { owe } from '../delivery/owe.ts';
import { peopleShowing } from '../delivery/shown.ts';
import { faultOf, type FileFault, FILES_TAKEN } from './file-content.ts';
import type { Setup } from './move.ts';
import { oweNotice } from './notices.ts';
import { readRequest, type Request } from './store.ts';
import { oweCard } from './tell.ts';

/** A file belongs to what is asked for within this many minutes after it, however long that takes, or was so many before. */
export const FILE_MINUTES = 30;
/** As many of a sort, pictures or files, go with one request: what a card can show. */
export const MOST_FILES = 9;

/** A file being looked at belongs to one process for so long; then another tries. */
const LEASE = { minutes: 2 };
/** A file that cannot be fetched for so long is given up, and its sender told. */
const PATIENCE = { hours: 1 };
const AT_ONCE = 20;
/** What belongs to nothing is kept no longer: drafts that could take it along are forgotten by then. */
const LOOSE_KEPT = { hours: 72 };

/** What somebody sent for what they began to ask for at `begun`, and that belongs to nothing yet; oldest first. */
export const looseFiles = (
  tx: Tx,
  of: { readonly person: number; readonly channel: string; readonly sorts: readonly FileSort[] },
  begun: Temporal.Instant,
): Promise<readonly { readonly id: number; readonly name: string; readonly sort: FileSort }[]> =>
  tx
    .selectFrom('attachment')
    .select(['id', 'name', 'sort'])
    .where('person_id', '=', of.person)
    .where('channel', '=', of.channel)
    .where('sort', 'in', of.sorts)
    .where('request_id', 'is', null)
    .where('minutes_id', 'is', null)
    .where('at', '>', begun.subtract({ minutes: FILE_MINUTES }))
    .orderBy('id')
    .execute();

/** As many are looked up at most; a booking has as many materials. */
const MOST_OF_REQUEST = 20;

type Attached = { readonly id: number; readonly name: string };

/** The files of this sort that belong to a request, oldest first; those of a booking are materials of its meeting. */
export const filesOf = (tx: Tx, request: number, sort: FileSort): Promise<readonly Attached[]> =>
  tx
    .selectFrom('attachment')
    .select(['id', 'name'])
    .where('request_id', '=', request)
    .where('sort', '=', sort)
    .orderBy('id')
    .limit(MOST_OF_REQUEST)
    .execute();

/** Both sorts, for its card. */
export async function attachedTo(
  tx: Tx,
  request: number,
): Promise<{ readonly pictures: readonly Attached[]; readonly documents: readonly Attached[] }> {
  const rows = await tx
    .selectFrom('attachment')
    .select(['id', 'name', 'sort'])
    .where('request_id', '=', request)
    .orderBy('id')
    .execute();
  const of = (sort: FileSort): readonly Attached[] =>
    rows.filter((row) => row.sort === sort).slice(0, MOST_OF_REQUEST);
  return { pictures: of('image'), documents: of('file') };
}

/** Every card of a request that somebody has shows what came, or went. */
export async function refreshCards(
  work: Work,
  setup: Setup,
  request: Request,
  again: string,
): Promise<void> {
  for (const person of await peopleShowing(work.tx, `request:${request.id}`))
    await oweCard(work, setup, request, person, 'quiet', `:file:${again}`);
}

/** A person's drafts say what goes along with them as it is now. */
export async function refreshDrafts(
  work: Work,
  { jobs }: Setup,
  of: { readonly person: number; readonly channel: string },
  again: string,
): Promise<void> {
  const drafts = await work.tx
    .selectFrom('draft')
    .select('id')
    .where('person_id', '=', of.person)
    .where('channel', '=', of.channel)
    .where('state', '=', 'open')
    .execute();
  for (const { id: draft } of drafts)
    await owe(work, jobs, of.person, of.channel, {
      what: `draft:${draft}:file:${again}`,
      view: { view: 'draft', draft },
      attention: false,
      priority: 0,
    });
}

/** Looks at the files that came. Nothing is fetched within a transaction. */
export async function lookAtFiles(
  office: Office,
  setup: Setup,
  channels: ReadonlyMap<string, Channel>,
): Promise<void> {
  for (let count = 0; count < AT_ONCE; count++) {
    const claimed = await inWork(office, { actor: 'system' }, claim);
    if (!claimed) return;
    const seen = await look(channels, claimed, office.clock.now());
    // What the platform does not give us now it does not give for the next file either; each comes again after its lease.
    if (seen === 'later') return;
    await inWork(office, { actor: 'system' }, (work) =>
      'fault' in seen
        ? refuse(work, setup, claimed.id, seen.fault)
        : keep(work, claimed.id, seen.bytes),
    );
  }
}

/** Forgets what was sent long ago and belongs to nothing. */
export async function forgetLoose(office: Office): Promise<void> {
  await inWork(office, { actor: 'system' }, async ({ tx, now }) => {
    await tx
      .deleteFrom('attachment')
      .where('request_id', 'is', null)
      .where('minutes_id', 'is', null)
      .where('at', '<', now.subtract(LOOSE_KEPT))
      .where('id', 'not in', (minutes) =>
        minutes
          .selectFrom('minutes')
          .select('attachment_id')
          .where('attachment_id', 'is not', null),
      )
      .execute();
  });
}

type Claimed = {
  readonly id: number;
  readonly channel: string;
  readonly message: string;
  readonly key: string;
  readonly name: string;
  readonly sort: FileSort;
  readonly at: Temporal.Instant;
};

async function claim({ tx, now }: Work): Promise<Claimed | undefined> {
  const row = await tx
    .selectFrom('attachment')
    .select(['id', 'channel', 'message', 'file_key as key', 'name', 'sort', 'at'])
    .where('look_at', '<=', now)
    .orderBy('look_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (row)
    await tx
      .updateTable('attachment')
      .set({ look_at: now.add(LEASE) })
      .where('id', '=', row.id)
      .execute();
  return row;
}

/** Codes by which a channel says that a file is larger than can be fetched. */
const TOO_LARGE: ReadonlySet<string> = new Set(['too-large', '234037']);

/** Why a file is not taken; `lost`: the platform does not give it out. */
type Fault = FileFault | 'lost';

/** A file's bytes, what is wrong with it, or that it could not be had now. */
type Seen = { readonly bytes: Uint8Array } | { readonly fault: Fault };

async function look(
  channels: ReadonlyMap<string, Channel>,
  { channel, at, ...file }: Claimed,
  now: Temporal.Instant,
): Promise<Seen | 'later'> {
  const lost = Temporal.Instant.compare(at.add(PATIENCE), now) <= 0 ? LOST : 'later';
  try {
    const fetched = await channels.get(channel)?.fetchFile(file);
    if (!fetched) return lost;
    const fault = faultOf(file.sort, file.name, fetched.bytes);
    return fault ? { fault } : { bytes: fetched.bytes };
  } catch (error) {
    if (!(error instanceof DeliveryFault)) throw error;
    if (TOO_LARGE.has(error.code)) return { fault: 'size' };
    return error.outcome === 'never' || error.outcome === 'gone' ? LOST : lost;
  }
}

const LOST: Seen = { fault: 'lost' };

/** Stores the bytes; what was recalled meanwhile is not there any more. */
async function keep({ tx }: Work, id: number, bytes: Uint8Array): Promise<void> {
  const noted = await tx
    .updateTable('attachment')
    .set({ look_at: null })
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (!noted) return;
  await tx
    .insertInto('attachment_content')
    .values({ attachment_id: id, bytes })
    .onConflict((at) => at.column('attachment_id').doNothing())
    .execute();
}

/** Forgets the file, takes it off the cards that show it, and tells its sender. */
async function refuse(work: Work, setup: Setup, id: number, fault: Fault): Promise<void> {
  const { tx } = work;
  await tx.deleteFrom('material').where('attachment_id', '=', id).execute();
  const file = await tx
    .deleteFrom('attachment')
    .where('id', '=', id)
    .returning(['name', 'sort', 'person_id', 'channel', 'request_id'])
    .executeTakeFirst();
  if (!file) return; // recalled meanwhile
  const { person_id: person, channel } = file;
  const notice = { key: `file:${id}`, text: refusedText(file, fault) };
  await oweNotice(work, setup.jobs, person, notice, channel);
  const request = file.request_id === null ? undefined : await readRequest(tx, file.request_id);
  if (request) await refreshCards(work, setup, request, `refused:${id}`);
  else await refreshDrafts(work, setup, { person, channel }, `refused:${id}`);
}

/** What was refused, why, and what may be sent instead. */
function refusedText(
  { name, sort }: { readonly name: string; readonly sort: FileSort },
  fault: Fault,
): Words {
  const short = name.slice(0, 40);
  const what =
    sort === 'image' ? words('这张照片', 'This photo') : words(`「${short}」`, `“${short}”`);
  const taken = FILES_TAKEN[sort];
  const { why, next } = REFUSED[fault](taken);
  return words(
    `${what.zh}${why.zh}，没有收下。${next.zh}`,
    `${what.en} ${why.en} and was not kept. ${next.en}`,
  );
}

type Why = { readonly why: Words; readonly next: Words };

const sendInstead = (taken: Words): Words =>
  words(`请换成${taken.zh}再发`, `Please send ${taken.en} instead`);

const REFUSED: { readonly [fault in Fault]: (taken: Words) => Why } = {
  size: (taken) => ({ why: words('太大了', 'is too large'), next: sendInstead(taken) }),
  content: (taken) => ({
    why: words('不是能收的文件', 'is nothing I can take'),
    next: sendInstead(taken),
  }),
  macros: () => ({
    why: words('带有宏', 'has macros'),
    next: words('请另存为不带宏的文件再发', 'Please save it without macros and send it again'),
  }),
  lost: () => ({
    why: words('没能取到', 'could not be fetched'),
    next: words('请再发一次', 'Please send it once more'),
  }),
};
