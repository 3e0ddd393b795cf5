import type { FileSort } from '../channels/channel.ts';
import { isReadable } from '../minutes/file-text.ts';
import { notRead } from '../minutes/files.ts';
import { askedOf, lockMinutes } from '../minutes/store.ts';
import { say, type Talk } from './talk.ts';

/** A file as it was noted: its attachment and its name. */
export type Kept = { readonly id: number; readonly name: string; readonly sort: FileSort };

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
    // Told so here, it is not looked at again, and goes along with nothing that is said later.
    await work.tx.deleteFrom('attachment').where('id', '=', file.id).execute();
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
  // Reading it as minutes looks at its content anyway, and it goes along with nothing else.
  await work.tx
    .updateTable('attachment')
    .set({ look_at: null, request_id: null, minutes_id: meant.id })
    .where('id', '=', file.id)
    .execute();
  await say(talk, '收到文件，我来整理行动项', 'Got the file; I am making action items of it');
  return true;
}
