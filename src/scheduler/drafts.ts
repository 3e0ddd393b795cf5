import { type Words, words } from '../../cards/words.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { closeDraft, type Draft } from '../conversation/drafts.ts';
import { owe } from '../delivery/owe.ts';
import type { Setup } from '../filing/move.ts';
import { kindNamed } from '../requests/index.ts';

/** A draft nobody touched for this long is over; its card says so. */
const HOURS = 24;
/** Drafts closed in one tick; the rest comes with the next. */
const AT_ONCE = 100;

/** Expires forgotten drafts. Their cards are updated in place, and each person is told in one line. */
export async function expireDrafts(office: Office, setup: Setup): Promise<void> {
  await inWork(office, { actor: 'system' }, async (work) => {
    const forgotten = await work.tx
      .selectFrom('draft')
      .selectAll()
      .where('state', '=', 'open')
      .where('updated_at', '<', work.now.subtract({ hours: HOURS }))
      .orderBy('id')
      .limit(AT_ONCE)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const draft of forgotten) {
      await closeDraft(work, draft, 'expired');
      await owe(work, setup.jobs, draft.person_id, draft.channel, {
        what: `draft:${draft.id}:expired`,
        view: { view: 'draft', draft: draft.id },
        attention: false,
        priority: 6,
      });
    }
    const people = Map.groupBy(forgotten, (draft) => `${draft.person_id}:${draft.channel}`);
    for (const drafts of people.values()) await tellExpired(work, setup, drafts);
  });
}

/** One line about all that a person left lying. */
async function tellExpired(work: Work, setup: Setup, drafts: readonly Draft[]): Promise<void> {
  const [first] = drafts;
  if (!first) return;
  await owe(work, setup.jobs, first.person_id, first.channel, {
    what: `draft:${first.id}:told`,
    view: { view: 'notice', text: expiredText(drafts) },
    attention: true,
    priority: 6,
  });
}

function expiredText(drafts: readonly Draft[]): Words {
  const titles = drafts.map((draft) => kindNamed(draft.kind).title);
  const named = (language: keyof Words, between: string): string =>
    [...new Set(titles.map((title) => title[language]))].join(between);
  return words(
    `${named('zh', '、')}的草稿 ${HOURS} 小时未提交，已关闭；需要的话再说一遍`,
    `Not submitted for ${HOURS} hours, so the draft is closed (${named('en', ', ')}); just ask again`,
  );
}
