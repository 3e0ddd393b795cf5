import { addNote } from '../filing/notes.ts';
import type { Request } from '../filing/store.ts';
import { oweCard } from '../filing/tell.ts';
import { oweWatchers } from '../repairs/watchers.ts';
import { spokenTo } from '../responses/questions.ts';
import type { Talk } from './talk.ts';

/** Keeps a progress note by who works on a request; its requester's card shows it. The request must be locked. */
export async function noteProgress(talk: Talk, request: Request, text: string): Promise<void> {
  const { work, setup, person } = talk;
  const note = await addNote(work, request.id, person.id, text);
  await spokenTo(work, setup, request, person.id);
  await oweWatchers(work, setup, request, person.id, `:note:${note}`);
  if (request.requester_id === person.id) return;
  await oweCard(work, setup, request, request.requester_id, 'news', `:note:${note}`);
}
