import { clean } from '../../cards/clean.ts';
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { type Channel, DeliveryFault, LONGEST_TEXT } from '../channels/channel.ts';
import type { Setup } from '../filing/move.ts';
import { oweNotice } from '../filing/notices.ts';
import type { Named } from '../language/lexicon.ts';
import { draftOf } from './drafting.ts';
import { fileText } from './file-text.ts';
import { lockMinutes, type Minutes } from './store.ts';
import { oweMinutes } from './telling.ts';

const READABLE_FILES = words(
  '请发 .txt、.md 或 .docx 文件，或直接粘贴文字',
  'Please send a .txt, .md or .docx file, or paste the text',
);

/** A file being read belongs to one process for so long; then another tries. */
const LEASE = { minutes: 2 };
/** A file that cannot be fetched for so long is given up, and its sender told. */
const PATIENCE = { hours: 1 };
const AT_ONCE = 20;

/** What reading files needs: where they lie, and who works here. */
export type Files = {
  readonly channels: ReadonlyMap<string, Channel>;
  readonly people: (tx: Tx) => Promise<readonly Named[]>;
};

/** Fetches the files that were sent as minutes and makes drafts of them. Nothing is fetched within a transaction. */
export async function readFiles(office: Office, setup: Setup, files: Files): Promise<void> {
  for (let count = 0; count < AT_ONCE; count++) {
    const claimed = await inWork(office, { actor: 'system' }, claim);
    if (!claimed) return;
    const said = await textOf(files.channels, claimed, office.clock.now());
    if (said)
      await inWork(office, { actor: 'system' }, (work) => took(work, setup, files, claimed, said));
  }
}

type ClaimedFile = {
  readonly minutes: number;
  readonly attachment: number;
  readonly channel: string;
  readonly key: string;
  readonly message: string;
  readonly name: string;
  readonly at: Temporal.Instant;
};

async function claim({ tx, now }: Work): Promise<ClaimedFile | undefined> {
  const row = await tx
    .selectFrom('minutes')
    .innerJoin('attachment', 'attachment.id', 'minutes.attachment_id')
    .select([
      'minutes.id as minutes',
      'attachment.id as attachment',
      'attachment.channel',
      'attachment.file_key as key',
      'attachment.message',
      'attachment.name',
      'attachment.at',
    ])
    .where('minutes.fetch_at', '<=', now)
    .limit(1)
    .forUpdate('minutes')
    .skipLocked()
    .executeTakeFirst();
  if (row)
    await tx
      .updateTable('minutes')
      .set({ fetch_at: now.add(LEASE) })
      .where('id', '=', row.minutes)
      .execute();
  return row;
}

/** What a file says; null: nothing that can be read. */
type Said = { readonly text: string | null };

/** What the file says; undefined when the platform could not be reached: later, then. */
async function textOf(
  channels: Files['channels'],
  { channel, key, message, name, at }: ClaimedFile,
  now: Temporal.Instant,
): Promise<Said | undefined> {
  const over = Temporal.Instant.compare(at.add(PATIENCE), now) <= 0;
  try {
    const file = await channels.get(channel)?.fetchFile({ key, message, name, sort: 'file' });
    return { text: (file && fileText(name, file.bytes)) ?? null };
  } catch (error) {
    if (!(error instanceof DeliveryFault)) throw error;
    const lost = error.outcome === 'never' || error.outcome === 'gone' || over;
    return lost ? { text: null } : undefined;
  }
}

async function took(
  work: Work,
  setup: Setup,
  files: Files,
  claimed: ClaimedFile,
  { text }: Said,
): Promise<void> {
  const minutes = await lockMinutes(work.tx, claimed.minutes);
  // Given otherwise meanwhile, or read by another process.
  if (minutes?.attachment_id !== claimed.attachment) return;
  const whole = clean(text ?? '', LONGEST_TEXT, 'many');
  if (whole === '') return unreadable(work, setup, minutes, claimed.name);
  const now = work.now.toZonedDateTimeISO(setup.rules.timeZone);
  const reader = { now, people: await files.people(work.tx) };
  const drafted = await draftOf(work, setup, minutes, whole, reader);
  const occasion = `file:${claimed.attachment}`;
  await oweMinutes(work, setup, drafted.minutes, minutes.host_id, { occasion, attention: true });
}

async function unreadable(work: Work, setup: Setup, minutes: Minutes, name: string): Promise<void> {
  await work.tx
    .updateTable('minutes')
    .set({ attachment_id: null, fetch_at: null })
    .where('id', '=', minutes.id)
    .execute();
  const notice = { key: `unreadable:${minutes.id}:${work.now.toString()}`, text: notRead(name) };
  await oweNotice(work, setup.jobs, minutes.host_id, notice, minutes.channel);
}

/** A file that is no text: said politely, with what can be read. */
export const notRead = (name: string): Words =>
  words(
    `「${name.slice(0, 40)}」我读不了。${READABLE_FILES.zh}`,
    `I cannot read “${name.slice(0, 40)}”. ${READABLE_FILES.en}`,
  );
