import { describe, expect, test } from 'vitest';
import { validateCard } from './card-rules.ts';
import type { JsonObject } from './json.ts';
import { approvalCard, button, cardOfElements, plain, roomForm } from './sample-cards.ts';

const codesOf = (card: unknown) => validateCard(card).map(({ code }) => code);
const messagesOf = (card: unknown) =>
  validateCard(card)
    .map(({ path, message }) => `${path}: ${message}`)
    .join('\n');

const table = (rows: readonly JsonObject[] = [{ name: '张三', count: 2 }]): JsonObject => ({
  tag: 'table',
  page_size: 5,
  columns: [
    { name: 'name', display_name: '姓名', data_type: 'text' },
    { name: 'count', display_name: '数量', data_type: 'number', format: { precision: 0 } },
  ],
  rows,
});

const markdown = (content: string): JsonObject => ({ tag: 'markdown', content });

const columns = (...elements: readonly JsonObject[]): JsonObject => ({
  tag: 'column_set',
  flex_mode: 'flow',
  columns: [{ tag: 'column', width: 'weighted', weight: 1, elements }],
});

describe('cards the platform takes', () => {
  test.each<[string, JsonObject]>([
    ['the empty one', {}],
    ['an approval', approvalCard('待审批')],
    ['a form with inputs of every sort', cardOfElements(roomForm())],
    ['a table at the root', cardOfElements(table())],
    ['buttons side by side', cardOfElements(columns(button('同意', {}), button('驳回', {})))],
    [
      'everything the head and the settings may say',
      {
        schema: '2.0',
        config: {
          update_multi: true,
          width_mode: 'fill',
          summary: { content: '待审批', i18n_content: { en_us: 'Waiting' } },
          style: { text_size: { small_1: { default: 'small', pc: 'small', mobile: 'medium' } } },
        },
        card_link: { url: 'https://example.com' },
        header: {
          title: { ...plain('物资申领'), i18n_content: { en_us: 'Supplies' } },
          subtitle: plain('SUP-26-0001'),
          text_tag_list: [{ tag: 'text_tag', text: plain('待审批'), color: 'orange' }],
          template: 'orange',
          icon: { tag: 'standard_icon', token: 'calendar_outlined', color: 'blue' },
        },
        body: {
          direction: 'vertical',
          padding: '12px 16px',
          elements: [{ tag: 'div', text: { ...plain('x'), text_size: 'small_1' } }, { tag: 'hr' }],
        },
      },
    ],
    [
      'a fold with facts',
      cardOfElements({
        tag: 'collapsible_panel',
        expanded: false,
        header: { title: plain('明细') },
        elements: [markdown('一\n二')],
      }),
    ],
  ])('%s', (_name, card) => {
    expect(validateCard(card)).toEqual([]);
  });
});

describe('cards it refuses, each with the place', () => {
  const nested = (depth: number): JsonObject =>
    depth === 0 ? markdown('x') : columns(nested(depth - 1));

  test.each<[string, JsonObject, number, string]>([
    ['no schema', { body: { elements: [] } }, 200621, 'ROOT: required property is missing: schema'],
    ['elements at the top', { schema: '2.0', elements: [] }, 200621, 'property: elements'],
    ['a module of 1.0', cardOfElements({ tag: 'action', actions: [] }), 200861, '[0](tag: action)'],
    ['a tag nobody knows', cardOfElements({ tag: 'blink' }), 200621, 'not support tag: blink'],
    ['no tag', cardOfElements({ content: 'x' }), 200621, 'needs a tag'],
    [
      'an unknown property',
      cardOfElements(button('同意', {}, { value: { a: 1 } })),
      200621,
      'ROOT -> body -> elements -> [0](tag: button): unknown property, property: value',
    ],
    [
      'an unshared card',
      { schema: '2.0', config: { update_multi: false }, body: { elements: [] } },
      200621,
      'always shared',
    ],
    [
      'a fourth tag in the head',
      {
        schema: '2.0',
        header: {
          title: plain('x'),
          text_tag_list: Array.from({ length: 4 }, () => ({ tag: 'text_tag', text: plain('a') })),
        },
        body: { elements: [] },
      },
      200621,
      'text_tag_list: expected 0 to 3 items',
    ],
    [
      'a head without title',
      { schema: '2.0', header: { template: 'blue' }, body: { elements: [] } },
      200621,
      'missing: title',
    ],
    [
      'a colour nobody knows',
      { schema: '2.0', header: { title: plain('x'), template: 'pink' }, body: { elements: [] } },
      200621,
      'template',
    ],
    ['a button that says too much', cardOfElements(button('好'.repeat(101), {})), 200621, '100'],
    [
      'a translation that says too much',
      cardOfElements({
        ...button('好', {}),
        text: { ...plain('好'), i18n_content: { en_us: 'x'.repeat(101) } },
      }),
      200621,
      'en_us: text is longer than 100',
    ],
    ['an idle button', cardOfElements({ tag: 'button', text: plain('好') }), 200621, 'behaviors'],
    [
      'a button to a bad address',
      cardOfElements(
        button('看', {}, { behaviors: [{ type: 'open_url', default_url: 'javascript:alert(1)' }] }),
      ),
      200621,
      'default_url',
    ],
    [
      'a question without title',
      cardOfElements(button('好', {}, { confirm: { text: plain('?') } })),
      200621,
      'missing: title',
    ],
    ['containers six deep', cardOfElements(nested(6)), 200621, 'nested deeper than 5'],
    ['a table in a column', cardOfElements(columns(table())), 200621, 'table stands at the root'],
    ['a form in a column', cardOfElements(columns(roomForm())), 200621, 'form stands at the root'],
    ['a table in a form', cardOfElements(roomForm(table())), 200621, 'table stands at the root'],
    [
      'six tables',
      cardOfElements(...Array.from({ length: 6 }, () => table())),
      11310,
      'table number over limit',
    ],
    [
      'a row with a strange cell',
      cardOfElements(table([{ name: 3 }])),
      200915,
      'the cell is no text',
    ],
    ['a row beside the columns', cardOfElements(table([{ x: 'y' }])), 200914, 'without a column'],
    [
      'an input in a form without a name',
      cardOfElements(roomForm({ tag: 'input' })),
      200530,
      'needs a name',
    ],
    [
      'two inputs of one name',
      cardOfElements(roomForm({ tag: 'input', name: 'note' })),
      200621,
      'not unique',
    ],
    [
      'a name used in the form and outside',
      cardOfElements(roomForm(), { tag: 'input', name: 'note' }),
      200621,
      'not unique',
    ],
    [
      'a form that cannot be sent',
      cardOfElements({ tag: 'form', name: 'f', elements: [{ tag: 'input', name: 'a' }] }),
      200621,
      'at least one button that submits',
    ],
    [
      'a button in a form that does neither',
      cardOfElements(roomForm(button('取消', {}, { name: 'cancel' }))),
      200621,
      'submit or reset',
    ],
    [
      'several choices outside a form',
      cardOfElements({
        tag: 'multi_select_static',
        options: [{ text: plain('a'), value: 'a' }],
      }),
      200621,
      'must be in a form',
    ],
    [
      'required outside a form',
      cardOfElements({ tag: 'input', name: 'a', required: true }),
      200621,
      'in forms only',
    ],
    [
      'two options of one value',
      cardOfElements({
        tag: 'select_static',
        options: ['a', 'a'].map((value) => ({ text: plain(value), value })),
      }),
      200621,
      'two options have one value',
    ],
    [
      'a choice that is none of the options',
      cardOfElements({
        tag: 'select_static',
        options: [{ text: plain('a'), value: 'a' }],
        initial_option: 'b',
      }),
      200621,
      'not among the options',
    ],
    [
      'a picker that says nothing',
      cardOfElements({ tag: 'date_picker', name: 'd' }),
      200621,
      'placeholder',
    ],
    [
      'a day that does not exist',
      cardOfElements({ tag: 'date_picker', name: 'd', initial_date: '2026-02-30' }),
      200621,
      'yyyy-MM-dd',
    ],
    [
      'a T between day and time',
      cardOfElements({ tag: 'picker_datetime', name: 'd', initial_datetime: '2026-02-03T09:00' }),
      200621,
      'yyyy-MM-dd HH:mm',
    ],
    [
      'an input longer than the platform reads',
      cardOfElements({ tag: 'input', name: 'a', max_length: 1_001 }),
      200621,
      'max_length',
    ],
    [
      'five tables in one text',
      cardOfElements(markdown('|a|\n|-|\n|b|\n\n'.repeat(5))),
      200621,
      '4',
    ],
    [
      'a picture without words',
      cardOfElements({ tag: 'img', img_key: 'img_v3_1' }),
      200621,
      'missing: alt',
    ],
    [
      'an element_id that is too long',
      cardOfElements({ tag: 'hr', element_id: 'a'.repeat(21) }),
      200621,
      'element_id',
    ],
    [
      'a language nobody speaks',
      cardOfElements({ ...markdown('x'), i18n_content: { 'zh-CN': 'x' } }),
      200621,
      'property: zh-CN',
    ],
  ])('%s', (_name, card, code, words) => {
    expect(codesOf(card)).toContain(code);
    expect(messagesOf(card)).toContain(words);
  });

  test('more than 200 tags, texts counted', () => {
    const buttons = (count: number) =>
      cardOfElements(...Array.from({ length: count }, (_, n) => button(`${n}`, { n })));
    // A button is two tags, the title one.
    expect(codesOf(buttons(99))).toEqual([]);
    expect(codesOf(buttons(100))).toEqual([11310]);
  });

  test('more than 30 KB, counted in bytes', () => {
    expect(codesOf(cardOfElements(markdown('字'.repeat(9_900))))).toEqual([]);
    expect(codesOf(cardOfElements(markdown('字'.repeat(10_000))))).toEqual([230025]);
  });

  test('people and pictures nobody knows, when it is known who there is', () => {
    const known = { person: (id: string) => id === 'ou_1', image: () => false };
    const card = cardOfElements(
      markdown('<at id=ou_1></at><at ids=ou_1,ou_2></at><at id=all></at>'),
      { tag: 'person', user_id: 'ou_3' },
      { tag: 'img', img_key: 'img_1', alt: plain('') },
    );
    expect(validateCard(card, known).map(({ code, value }) => [code, value])).toEqual([
      [100290, '"ou_2"'],
      [100290, '"ou_3"'],
      [200570, '"img_1"'],
    ]);
  });
});
