import type { Card } from '../../cards/card.ts';
import { words } from '../../cards/words.ts';
import type { Address, Channel, Desk, IncomingMessage } from '../../src/channels/channel.ts';

/** What came in, as the tests ask for it. */
export type Diary = {
  readonly messages: IncomingMessage[];
  readonly taps: Parameters<Desk['tap']>[0][];
  readonly openings: string[];
};

const EMPLOYEE = 'ou_rd_1';
const MANAGER = 'ou_rd_lead';
const at = (id: string): Address => ({ channel: 'simulator', id });

/**
 * A desk for tests of the page: whatever is written becomes a draft card with every block and input there is; 提交 puts
 * an approval card before the manager; 同意 turns both green.
 */
export function createTestDesk(channel: () => Channel): {
  readonly desk: Desk;
  readonly diary: Diary;
} {
  const diary: Diary = { messages: [], taps: [], openings: [] };
  const mine = new Map<string, string>();
  const desk: Desk = {
    async message(incoming) {
      diary.messages.push(incoming);
      await channel().send(incoming.from, { card: draftCard(incoming) }, incoming.key, 'zh');
    },
    async tap(tap) {
      diary.taps.push(tap);
      const act = actOf(tap.value);
      if (act === 'submit') {
        mine.set('TRIP-26-0042', tap.message ?? '');
        await channel().send(at(MANAGER), { card: approvalCard }, 'approval-1', 'zh');
        return {
          toast: { look: 'success', text: words('已提交', 'Submitted') },
          card: pendingCard,
        };
      }
      if (act === 'approve') {
        await channel().update(mine.get('TRIP-26-0042') ?? '', approvedCard, 'zh');
        return {
          toast: { look: 'success', text: words('已同意', 'Approved') },
          card: approvedCard,
        };
      }
      return { toast: { look: 'info', text: words('知道了', 'Noted') } };
    },
    async opened(opening) {
      diary.openings.push(opening.from.id);
    },
    missed: async () => undefined,
    recalled: async () => undefined,
    groupChanged: async () => undefined,
    decided: async () => ({ done: false, text: words('', ''), language: 'zh' }),
    directoryChanged: async () => undefined,
    setAside: async () => undefined,
    refused: async () => undefined,
  };
  return { desk, diary };
}

const actOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'a' in value ? value.a : undefined;

/** A draft with every sort of block and input, and what a hostile person may have written. */
export const draftCard = (incoming: Pick<IncomingMessage, 'text' | 'files'>): Card => ({
  title: words('出差申请', 'Business trip'),
  subtitle: words('上海 · 3 天', 'Shanghai · 3 days'),
  color: 'grey',
  tags: [{ text: words('草稿', 'Draft'), color: 'grey' }],
  preview: words('草稿：出差申请', 'Draft: business trip'),
  blocks: [
    {
      block: 'facts',
      facts: [
        { label: words('目的地', 'Where to'), value: '上海' },
        {
          label: words('出发', 'From'),
          value: words('明天 11月22日（周日）', 'tomorrow, Sun 11-22'),
          mark: 'guessed',
        },
        { label: words('事由', 'Purpose'), value: words('还没有填', 'not yet'), mark: 'missing' },
        { label: words('原话', 'In your words'), value: incoming.text },
      ],
    },
    ...incoming.files.map((file) => ({
      block: 'image' as const,
      file: file.key,
      alt: words('附上的图片', 'the picture sent along'),
    })),
    {
      block: 'table',
      columns: [
        { key: 'what', label: words('费用', 'Cost') },
        { key: 'rule', label: words('标准', 'Rule') },
        { key: 'sum', label: words('金额', 'Amount'), align: 'right' },
      ],
      rows: [
        { what: words('高铁', 'Train'), rule: words('二等座', 'second class'), sum: '¥553.00' },
        {
          what: words('酒店', 'Hotel'),
          rule: words('每晚 500 元以内', 'up to 500 a night'),
          sum: '¥1,000.00',
        },
      ],
    },
    {
      block: 'fold',
      title: words('住宿标准', 'Hotel rules'),
      blocks: [
        {
          block: 'text',
          text: words('一线城市每晚 500 元以内。', 'Up to 500 a night.'),
          look: 'quiet',
        },
      ],
    },
    { block: 'line' },
    {
      block: 'form',
      name: 'trip',
      inputs: [
        {
          input: 'text',
          lines: 'one',
          name: 'reason',
          label: words('事由', 'Purpose'),
          required: true,
          longest: 50,
          hint: words('见谁、做什么', 'whom you meet, what for'),
        },
        {
          input: 'select',
          name: 'by',
          label: words('交通', 'Travel by'),
          value: 'train',
          options: [
            { value: 'train', label: words('高铁', 'train') },
            { value: 'plane', label: words('飞机', 'plane') },
          ],
        },
        {
          input: 'moment',
          name: 'from',
          label: words('出发', 'Leaving'),
          value: '2026-11-22T09:00',
        },
        { input: 'number', name: 'days', label: words('天数', 'Days'), value: '3' },
        {
          input: 'choices',
          name: 'with',
          label: words('同行', 'Together with'),
          required: true,
          options: [
            { value: 'a', label: '王磊' },
            { value: 'b', label: '刘洋' },
          ],
        },
        { input: 'check', name: 'hotel', label: words('需要订酒店', 'Book a hotel'), value: true },
        { input: 'text', lines: 'many', name: 'note', label: words('备注', 'Note') },
      ],
      buttons: [
        { label: words('提交', 'Submit'), look: 'primary', value: { v: 1, a: 'submit', draft: 7 } },
      ],
    },
    {
      block: 'buttons',
      buttons: [
        { label: words('修改', 'Edit'), look: 'plain', value: { v: 1, a: 'edit' } },
        {
          label: words('取消', 'Cancel'),
          look: 'danger',
          value: { v: 1, a: 'cancel' },
          confirm: {
            title: words('取消这份草稿？', 'Cancel this draft?'),
            text: words('填好的内容会丢失。', 'What you filled in is lost.'),
          },
        },
      ],
    },
  ],
});

const steps = (state: 'open' | 'done') => ({
  block: 'steps' as const,
  steps: [
    {
      title: words('直属上级', 'Manager'),
      state,
      who: '李伟',
      note: words('2 个工作小时内', 'within 2 working hours'),
    },
    { title: words('订票', 'Tickets'), state: 'waiting' as const, who: '吴婷' },
  ],
});

const pendingCard: Card = {
  title: words('出差申请 TRIP-26-0042', 'Business trip TRIP-26-0042'),
  color: 'orange',
  tags: [{ text: words('待审批', 'Waiting'), color: 'orange' }],
  preview: words('待审批 TRIP-26-0042', 'Waiting TRIP-26-0042'),
  blocks: [
    steps('open'),
    {
      block: 'buttons',
      buttons: [
        { label: words('撤回', 'Withdraw'), look: 'plain', value: { v: 1, a: 'withdraw' } },
      ],
    },
  ],
};

export const approvalCard: Card = {
  title: words('陈晨的出差申请', "Chen Chen's business trip"),
  subtitle: words('研发部 · TRIP-26-0042', 'R&D · TRIP-26-0042'),
  color: 'orange',
  tags: [
    { text: words('待审批', 'Waiting'), color: 'orange' },
    { text: words('今天 18:00 前', 'by 18:00'), color: 'carmine' },
  ],
  preview: words('待审批 TRIP-26-0042', 'Waiting TRIP-26-0042'),
  blocks: [
    {
      block: 'text',
      text: words('上海 3 天，预计 1,553 元', 'Shanghai, 3 days, about 1,553 yuan'),
      look: 'strong',
    },
    {
      block: 'text',
      text: words('差旅预算还剩 12%。', '12% of the travel budget is left.'),
      look: 'warning',
    },
    {
      block: 'form',
      name: 'decide',
      inputs: [{ input: 'text', lines: 'many', name: 'comment', label: words('意见', 'Comment') }],
      buttons: [
        { label: words('同意', 'Approve'), look: 'primary', value: { v: 1, a: 'approve' } },
        { label: words('驳回', 'Reject'), look: 'danger', value: { v: 1, a: 'reject' } },
      ],
    },
  ],
};

const approvedCard: Card = {
  title: words('出差申请 TRIP-26-0042', 'Business trip TRIP-26-0042'),
  color: 'green',
  tags: [{ text: words('已通过', 'Approved'), color: 'green' }],
  preview: words('已通过 TRIP-26-0042', 'Approved TRIP-26-0042'),
  blocks: [steps('done')],
};

export { EMPLOYEE, MANAGER };
