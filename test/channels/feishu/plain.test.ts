import { describe, expect, it } from 'vitest';
import type { Card } from '../../../cards/card.ts';
import { textOf } from '../../../cards/plain.ts';
import { words } from '../../../cards/words.ts';

const card: Card = {
  title: words('出差 TRIP-26-0042', 'Trip TRIP-26-0042'),
  subtitle: '王五',
  color: 'orange',
  tags: [{ text: words('待审批', 'Waiting'), color: 'orange' }],
  preview: 'x',
  blocks: [
    { block: 'facts', facts: [{ label: words('目的地', 'To'), value: '上海', mark: 'guessed' }] },
    {
      block: 'table',
      columns: [
        { key: 'a', label: '日' },
        { key: 'b', label: '事' },
      ],
      rows: [{ a: '周一' }],
    },
    { block: 'steps', steps: [{ title: '审批', who: '李四', state: 'open', note: '急' }] },
    { block: 'fold', title: words('更多', 'More'), blocks: [{ block: 'text', text: '里面' }] },
    {
      block: 'form',
      name: 'f',
      inputs: [
        { input: 'text', lines: 'one', name: 'n', label: '编号', value: 'TRIP' },
        { input: 'moment', name: 'm', label: '开始', value: '2026-01-05T09:30' },
        {
          input: 'select',
          name: 's',
          label: '谁',
          value: '2',
          options: [{ value: '2', label: '李四' }],
        },
      ],
      buttons: [
        { label: words('同意', 'Approve'), look: 'primary', value: { v: 1, a: 'approve' } },
      ],
    },
  ],
};

describe('a card as plain lines', () => {
  it('tells everything that the card shows, top to bottom', () => {
    expect(textOf(card, 'zh').split('\n')).toEqual([
      '【待审批】出差 TRIP-26-0042',
      '王五',
      '目的地：上海 (推测)',
      '日 | 事',
      '周一 | ',
      '审批 · 李四 · 进行中 · 急',
      '更多',
      '里面',
      '编号：TRIP',
      '开始：2026-01-05 09:30',
      '谁：李四',
      '可以做的事：同意',
    ]);
  });

  it('tells it in English to those who read English', () => {
    const text = textOf(card, 'en');
    expect(text).toContain('【Waiting】Trip TRIP-26-0042');
    expect(text).toContain('You can: Approve');
    expect(text).not.toContain('同意');
  });
});
