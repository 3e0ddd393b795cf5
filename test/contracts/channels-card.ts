import type { Card } from '../../cards/card.ts';
import { chartOf } from '../../cards/chart.ts';
import { words } from '../../cards/words.ts';

/** Every sort of block and input there is, each with words of its own. */
export const rich: Card = {
  title: words('出差申请 TRIP-26-0042', 'Trip TRIP-26-0042'),
  subtitle: '陈晨 · 研发部',
  color: 'blue',
  tags: [{ text: words('待审批', 'Pending'), color: 'orange' }],
  preview: '请审批',
  blocks: [
    { block: 'text', text: words('请看一下这张单子', 'Please look at it'), look: 'warning' },
    {
      block: 'facts',
      facts: [
        { label: '目的地', value: '上海', mark: 'guessed' },
        { label: '金额', value: '1 < 2 & *三*' },
      ],
    },
    {
      block: 'table',
      columns: [
        { key: 'item', label: '物品' },
        { key: 'count', label: '数量', align: 'right' },
      ],
      rows: [{ item: 'A4纸', count: '2 包' }],
    },
    {
      block: 'steps',
      steps: [{ title: '直属上级审批', state: 'open', who: '李伟', note: '昨天送达' }],
    },
    chartOf({
      kind: 'line',
      title: '近两个月按时率',
      unit: '%',
      series: [
        {
          name: '按时',
          points: [
            { label: '9月', value: 95.5 },
            { label: '10月', value: null },
            { label: '11月', value: 98 },
          ],
        },
      ],
    }),
    {
      block: 'strip',
      from: 9 * 60,
      rows: [{ name: '珠峰', cells: ['past', 'free', 'taken', 'mine'], told: '空闲 09:30–10:00' }],
    },
    { block: 'image', file: '77', alt: '现场照片' },
    { block: 'fold', title: '更早的经过', blocks: [{ block: 'text', text: '折叠里的一句话' }] },
    { block: 'line' },
    {
      block: 'form',
      name: 'decide',
      inputs: [
        { input: 'text', name: 'comment', label: '审批意见', lines: 'many', longest: 200 },
        { input: 'number', name: 'count', label: '人数', value: '3' },
        {
          input: 'select',
          name: 'to',
          label: '转交给谁',
          options: [{ value: '7', label: '王磊' }],
        },
        {
          input: 'choices',
          name: 'with',
          label: '抄送给谁',
          options: [{ value: '8', label: '林晓' }],
        },
        { input: 'date', name: 'day', label: '哪一天', value: '2026-03-04' },
        { input: 'time', name: 'time', label: '几点钟', value: '09:30' },
        { input: 'moment', name: 'when', label: '具体时刻', value: '2026-03-04T09:30' },
        { input: 'check', name: 'hotel', label: '需要酒店', value: true },
      ],
      buttons: [{ label: '同意', look: 'primary', value: { v: 1, a: 'approve', r: 42 } }],
    },
    {
      block: 'buttons',
      buttons: [{ label: '催办', look: 'plain', value: { v: 1, a: 'urge', r: 42 } }],
    },
  ],
};

/** All that a person reads on it. */
export const wordsOnIt = [
  '出差申请 TRIP-26-0042',
  '待审批',
  '请看一下这张单子',
  '目的地',
  '上海',
  '1 < 2 & *三*',
  'A4纸',
  '2 包',
  '直属上级审批',
  '李伟',
  '昨天送达',
  '近两个月按时率',
  '9月',
  '95.5',
  '珠峰',
  '空闲 09:30–10:00',
  '现场照片',
  '更早的经过',
  '折叠里的一句话',
  '审批意见',
  '人数',
  '转交给谁',
  '抄送给谁',
  '哪一天',
  '几点钟',
  '具体时刻',
  '需要酒店',
  '同意',
  '催办',
];
