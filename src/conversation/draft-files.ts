import { type Words, words } from '../../cards/words.ts';
import { FILES_TAKEN } from '../filing/file-content.ts';
import { looseFiles } from '../filing/files.ts';
import type { Asking, RequestKind } from '../requests/kind.ts';
import type { Draft } from './drafts.ts';

/** On the card of a draft: what will go along when it is submitted, else what may be sent to go along. */
export async function filesNote(
  draft: Draft,
  { takes }: RequestKind,
  { tx }: Asking,
): Promise<readonly Words[]> {
  // A change of a request goes its own way; files are sent in reply to the request's card.
  if (takes.length === 0 || draft.changes_request_id !== null) return [];
  const { person_id: person, channel } = draft;
  const loose = await looseFiles(tx, { person, channel, sorts: takes }, draft.created_at);
  if (loose.length === 0) {
    const [zh, en] = [
      takes.map((sort) => FILES_TAKEN[sort].zh),
      takes.map((sort) => FILES_TAKEN[sort].en),
    ];
    return [
      words(
        `可以把${zh.join('或')}直接发给我，会一起提交`,
        `You may send me ${en.join(' or ')} to go along`,
      ),
    ];
  }
  const photos = loose.filter(({ sort }) => sort === 'image').length;
  const names = loose.filter(({ sort }) => sort === 'file').map(({ name }) => name);
  const zh = [...(photos > 0 ? [`照片 ${photos} 张`] : []), ...names].join('、');
  const en = [...(photos > 0 ? [photos === 1 ? '1 photo' : `${photos} photos`] : []), ...names];
  return [words(`一起提交：${zh}`, `Goes along: ${en.join(', ')}`)];
}
