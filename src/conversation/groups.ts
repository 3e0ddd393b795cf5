/** Groups: we come in and say so once, we are put out and say nothing more; what is private is said in private. */
import { words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import type { GroupChange } from '../channels/channel.ts';
import { laneOf, oweTo } from '../delivery/owe.ts';
import type { Setup } from '../filing/move.ts';
import { oweInstead, oweThread } from '../responses/tell.ts';
import type { Talk } from './talk.ts';

const INTRODUCTION = words(
  '大家好，我是办事助手。@我 说要办的事就行：订会议室、领物资、出差、报修。申请和审批都在私聊里办，群里不显示',
  'Hello, I run the office errands. Mention me and say what you need: rooms, supplies, trips, repairs. Requests are handled in private, not in the group',
);
const SENT_IN_PRIVATE = words('已私聊发您', 'Sent to you in private');

/** Introduces us to a group once in its life; drops what waits for a group that has put us out. */
export async function followGroup(
  work: Work,
  setup: Setup,
  { channel, chat, change }: GroupChange,
): Promise<void> {
  if (change === 'removed') return dropOwed(work, setup, { channel, chat });
  await oweTo(
    work,
    setup.jobs,
    { address: { channel, id: chat }, person: null },
    {
      what: `group:${channel}:${chat}:introduction`,
      view: { view: 'notice', text: INTRODUCTION },
      attention: true,
      priority: 6,
      notAfter: work.now.add({ hours: 1 }),
    },
  );
}

/** What waits for the group and for threads of what was said there. An answer to a question goes to its asker alone. */
async function dropOwed(
  work: Work,
  setup: Setup,
  { channel, chat }: Pick<GroupChange, 'channel' | 'chat'>,
): Promise<void> {
  const dropped = await work.tx
    .updateTable('delivery')
    .set({ state: 'dropped' })
    .where('lane', '=', laneOf(channel, chat))
    .where('state', '=', 'waiting')
    .returning(['id', 'person_id', 'view'])
    .execute();
  for (const delivery of dropped) await oweInstead(work, setup, delivery);
}

/** Somebody who spoke in a group was answered in private: the thread is told so in a line, nothing else. */
export async function pointToPrivate({ work, setup, group }: Talk): Promise<void> {
  if (!group) return;
  const view = { view: 'notice', text: SENT_IN_PRIVATE };
  await oweThread(work, setup, group.message, `group:${group.message}:private`, view);
}
