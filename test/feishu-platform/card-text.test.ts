import { expect, test } from 'vitest';
import { textOf } from './card-text.ts';
import { button, plain } from './sample-cards.ts';

const card = {
  schema: '2.0',
  header: {
    title: { ...plain('物资申领'), i18n_content: { en_us: 'Supplies' } },
    text_tag_list: [{ tag: 'text_tag', text: plain('待审批') }],
  },
  body: {
    elements: [
      { tag: 'markdown', content: "**用途** <font color='red'>急</font> 1&#42;2&sim;3" },
      {
        tag: 'table',
        columns: [
          { name: 'a', display_name: '物品', data_type: 'text' },
          { name: 'b', display_name: '数量', data_type: 'number' },
        ],
        rows: [{ a: 'A4纸', b: 2 }],
      },
      {
        tag: 'form',
        name: 'f',
        elements: [
          { tag: 'input', name: 'n', label: plain('备注'), default_value: '加急' },
          {
            tag: 'select_static',
            name: 's',
            placeholder: plain('会议室'),
            options: [{ text: plain('3F-01'), value: 'r1' }],
            initial_option: 'r1',
          },
        ],
      },
      {
        tag: 'column_set',
        columns: ['同意', '驳回'].map((text) => ({ tag: 'column', elements: [button(text, {})] })),
      },
    ],
  },
};

test('reads from top to bottom as people do', () => {
  expect(textOf(card)).toBe(
    [
      '物资申领',
      '【待审批】',
      '用途 急 1*2~3',
      '物品 | 数量',
      'A4纸 | 2',
      '备注：加急',
      '会议室：3F-01',
      '[同意]  [驳回]',
    ].join('\n'),
  );
});

test('in the language of the reader where there is a translation', () => {
  expect(textOf(card, 'en_us')).toMatch(/^Supplies\n【待审批】/);
});
