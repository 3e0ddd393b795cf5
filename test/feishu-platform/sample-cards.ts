/** Cards for the tests of the stand-in itself. */
import type { JsonObject } from './json.ts';

export const plain = (content: string): JsonObject => ({ tag: 'plain_text', content });

/** A card with these components. */
export const cardOfElements = (...elements: readonly JsonObject[]): JsonObject => ({
  schema: '2.0',
  header: { title: plain('订会议室'), template: 'blue' },
  body: { elements },
});

/** A button with a callback value. */
export const button = (text: string, value: JsonObject, more: JsonObject = {}): JsonObject => ({
  tag: 'button',
  text: plain(text),
  behaviors: [{ type: 'callback', value }],
  ...more,
});

/** A form with an input of each sort that the office uses. */
export const roomForm = (...more: readonly JsonObject[]): JsonObject => ({
  tag: 'form',
  name: 'booking',
  elements: [
    {
      tag: 'picker_datetime',
      name: 'start',
      required: true,
      placeholder: plain('开始时间'),
    },
    {
      tag: 'select_static',
      name: 'room',
      required: true,
      placeholder: plain('会议室'),
      options: [
        { text: plain('3F-01'), value: 'r1' },
        { text: plain('3F-02'), value: 'r2' },
      ],
    },
    { tag: 'input', name: 'note', max_length: 20, label: plain('备注') },
    {
      tag: 'multi_select_static',
      name: 'needs',
      placeholder: plain('设备'),
      options: [
        { text: plain('投影'), value: 'projector' },
        { text: plain('白板'), value: 'board' },
      ],
    },
    { tag: 'checker', name: 'food', text: plain('要茶水') },
    button('提交', { act: 'book' }, { name: 'submit', form_action_type: 'submit' }),
    ...more,
  ],
});

/** An approval card with a number to tell states apart. */
export const approvalCard = (state: string): JsonObject =>
  cardOfElements(
    { tag: 'markdown', content: `**${state}** 张三 申请 A4纸` },
    button('同意', { a: 'approve', n: 1 }),
    button('驳回', { a: 'reject', n: 1 }),
  );
