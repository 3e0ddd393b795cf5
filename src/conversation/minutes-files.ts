import { isReadable } from '../minutes/file-text.ts';
import { notRead } from '../minutes/files.ts';
import { askedOf, lockMinutes } from '../minutes/store.ts';
import { say, type Talk } from './talk.ts';

/** A file as it was noted: its attachment and its name. */
type Kept = { readonly id: number; readonly name: string; readonly sort: 'image' | 'file' };

/**
 * A file from somebody who owes minutes is taken for them: the one whose card was replied to, else those of the last meeting. Its
 * bytes are fetched after the commit. False when it is about something else.
 */
export async function fileAsMinutes(talk: Talk, files: readonly Kept[]): Promise<boolean> {
  const { work, person, onMinutes } = talk;
  const file = files.find(({ sort }) => sort === 'file');
  const asked = file ? await askedOf(work.tx, person.id) : [];
  const replied = onMinutes && 'minutes' in onMinutes ? onMinutes.minutes : undefined;
  const meant = asked.find(({ id }) => id === replied) ?? asked[0];
  if (!file || !meant) return false;
  if (!isReadable(file.name)) {
    const { zh, en } = notRead(file.name);
    await say(talk, zh, en);
    return true;
  }
  await lockMinutes(work.tx, meant.id);
  await work.tx
    .updateTable('minutes')
    .set({ attachment_id: file.id, fetch_at: work.now })
    .where('id', '=', meant.id)
    .where('state', '=', 'asked')
    .execute();
  await say(talk, '收到文件，我来整理行动项', 'Got the file; I am making action items of it');
  return true;
}
