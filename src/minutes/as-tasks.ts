/**
 * Action items as tasks of Feishu, where the office has switched it on (`feishu.tasks`): what stands there follows the item in the
 * transaction that changes it.
 */
import { dayText } from '../../cards/times.ts';
import { inLanguage, type Language, type Words, words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { THE_TASK_LIST, type WantedTask } from '../channels/channel.ts';
import { want } from '../counterparts/want.ts';
import { addressOf, peopleById } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { type ActionItem, isToHandOut, readMinutes } from './store.ts';

/** What tasks are about, as counterparts name it. */
export const ITEM = 'action-item';

/** The task of an item. */
export const taskOf = (item: number) =>
  ({ channel: 'feishu', sort: 'task', about: { kind: ITEM, id: item } }) as const;

/** The list that all tasks are on: wanted once, at the start of an office that has tasks. */
export const wantTaskList = (work: Work): Promise<void> =>
  want(work, {
    channel: 'feishu',
    sort: 'task-list',
    about: THE_TASK_LIST,
    wanted: { name: '办事 · 会议行动项' },
  });

/** Says how the item's task shall stand: its owner's while it is handed out, gone when it is given back or dropped. */
export async function wantTask(work: Work, setup: Setup, item: ActionItem): Promise<void> {
  if (!setup.rules.feishu.tasks) return;
  await want(work, { ...taskOf(item.id), wanted: await wantedOf(work, item) });
}

async function wantedOf(work: Work, item: ActionItem): Promise<WantedTask | null> {
  if (item.owner_id === null || isToHandOut(item) || item.state === 'dropped') return null;
  const address = await addressOf(work.tx, item.owner_id, 'feishu');
  if (address?.channel !== 'feishu') return null;
  const people = await peopleById(work.tx, [item.owner_id, item.asked_by]);
  const language = people.get(item.owner_id)?.language ?? 'zh';
  const minutes = await readMinutes(work.tx, item.minutes_id);
  const host = people.get(item.asked_by)?.name ?? '';
  return {
    summary: `${item.number ?? ''} ${item.what}`.trim(),
    description: description(item, minutes?.title ?? '', host, language),
    owner: address.id,
    due: item.due?.toString() ?? null,
    doneAt: item.state === 'done' ? (item.done_at ?? work.now).toString() : null,
  };
}

function description(item: ActionItem, meeting: string, host: string, language: Language): string {
  const lines: readonly Words[] = [
    ...(item.standard ? [words(`完成标准：${item.standard}`, `Done when: ${item.standard}`)] : []),
    ...(item.first_due && item.due && !item.due.equals(item.first_due)
      ? [
          words(
            `原定 ${dayText(item.first_due).zh}，已延期`,
            `First due ${dayText(item.first_due).en}, postponed`,
          ),
        ]
      : []),
    words(
      `来自会议${meeting === '' ? '' : `「${meeting}」`}，由 ${host} 分派；在办事机器人里也可以完成、延期或交回`,
      `From the meeting${meeting === '' ? '' : ` “${meeting}”`}, handed out by ${host}; it can also be done, postponed or given back in the bot`,
    ),
  ];
  return lines.map((line) => inLanguage(line, language)).join('\n');
}
