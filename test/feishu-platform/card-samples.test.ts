/** A bad sample for each rule that card-rules.test.ts does not break: what the platform refuses, the stand-in refuses. */
import { describe, expect, test } from 'vitest';
import { validateCard } from './card-rules.ts';
import type { JsonObject } from './json.ts';
import { button, cardOfElements, plain, roomForm } from './sample-cards.ts';

const markdown = (content: string): JsonObject => ({ tag: 'markdown', content });
const withConfig = (config: JsonObject): JsonObject => ({ ...cardOfElements(), config });
const withHead = (head: JsonObject): JsonObject => ({
  ...cardOfElements(),
  header: { title: plain('x'), ...head },
});
const withBody = (body: JsonObject): JsonObject => ({
  schema: '2.0',
  body: { elements: [], ...body },
});
const columns = (column: JsonObject): JsonObject => ({ tag: 'column_set', columns: [column] });
const select = (more: JsonObject): JsonObject => ({
  tag: 'select_static',
  options: ['a', 'b'].map((value) => ({ text: plain(value), value })),
  ...more,
});
const table = (more: JsonObject): JsonObject => ({
  tag: 'table',
  columns: [{ name: 'a', data_type: 'text' }],
  rows: [{ a: 'x' }],
  ...more,
});
const chart = (spec: unknown): JsonObject => ({ tag: 'chart', chart_spec: spec });
const bars = chart({
  type: 'bar',
  data: { values: [{ x: '1月', y: 3 }] },
  xField: 'x',
  yField: 'y',
});
const pictures = (mode: string, count: number): JsonObject => ({
  tag: 'img_combination',
  combination_mode: mode,
  img_list: Array.from({ length: count }, () => ({ img_key: 'img_1' })),
});
const audio: JsonObject = { tag: 'audio', file_key: 'file_1' };

/** What is wrong, the card, and words of the fault. */
type Bad = readonly [string, unknown, string];

const top: readonly Bad[] = [
  ['no object', 'x', 'a card is an object'],
  ['another schema', { schema: '1.0', body: { elements: [] } }, 'expected one of 2.0'],
  ['a setting of 1.0', withConfig({ wide_screen_mode: true }), 'wide_screen_mode'],
  ['a width nobody knows', withConfig({ width_mode: 'wide' }), 'width_mode'],
  ['a language nobody speaks', withConfig({ locales: ['zh-CN'] }), 'locales'],
  ['a summary that is a text', withConfig({ summary: 'x' }), 'summary'],
  [
    'a pace of nothing',
    withConfig({ streaming_config: { print_step: { default: 0 } } }),
    'print_step',
  ],
  [
    'a size of its own that is none',
    withConfig({ style: { text_size: { a: { pc: '12px' } } } }),
    'text_size',
  ],
  [
    'a colour of its own that is none',
    withConfig({ style: { color: { a: { light_mode: 'red' } } } }),
    'color',
  ],
  [
    'a link for some devices',
    { ...withBody({}), card_link: { pc_url: 'https://a.example' } },
    'needs url, or all',
  ],
  ['a link that runs', { ...withBody({}), card_link: { url: 'javascript:x' } }, 'card_link -> url'],
  ['a head of 1.0', withHead({ ud_icon: {} }), 'ud_icon'],
  ['translations of the head', { ...withBody({}), i18n_header: {} }, 'i18n_header'],
  ['a global fallback', { ...withBody({}), fallback: {} }, 'fallback'],
  [
    'tags for a language nobody speaks',
    withHead({ i18n_text_tag_list: { zh: [] } }),
    'property: zh',
  ],
  [
    'a tag of a colour for heads',
    withHead({ text_tag_list: [{ tag: 'text_tag', text: plain('a'), color: 'grey' }] }),
    'color',
  ],
  ['an icon without a token', withHead({ icon: { tag: 'standard_icon' } }), 'missing: token'],
  ['a padding that is too wide', withBody({ padding: '100px' }), '0px to 99px'],
  ['a padding of three', withBody({ padding: '1px 2px 3px' }), 'one, two or four'],
  ['a spacing nobody knows', withBody({ vertical_spacing: 'huge' }), 'vertical_spacing'],
  ['an alignment nobody knows', withBody({ horizontal_align: 'middle' }), 'horizontal_align'],
  ['a direction nobody knows', withBody({ direction: 'up' }), 'direction'],
  ['half a character', cardOfElements(markdown('\ud83d')), 'half a character'],
];

const inside: readonly Bad[] = [
  ['a margin that is too wide', cardOfElements({ tag: 'hr', margin: '-100px' }), '-99px to 99px'],
  [
    'an id that begins with a digit',
    cardOfElements({ tag: 'hr', element_id: '1a' }),
    'starts with a letter',
  ],
  [
    'one id twice',
    cardOfElements({ tag: 'hr', element_id: 'a' }, { tag: 'hr', element_id: 'a' }),
    'element_id is not unique',
  ],
  [
    'an id of the head again in the body',
    {
      ...withHead({ text_tag_list: [{ tag: 'text_tag', text: plain('a'), element_id: 'a' }] }),
      body: { elements: [{ tag: 'hr', element_id: 'a' }] },
    },
    'element_id is not unique',
  ],
  ['a size nobody knows', cardOfElements({ ...markdown('x'), text_size: 'giant' }), 'text_size'],
  [
    'a colour nobody knows',
    cardOfElements({ tag: 'div', text: { ...plain('x'), text_color: 'pink' } }),
    'colour',
  ],
  ['a div of nothing', cardOfElements({ tag: 'div' }), 'needs text or fields'],
  [
    'a picture stretched as in 1.0',
    cardOfElements({ tag: 'img', img_key: 'i', alt: plain(''), size: 'stretch_without_padding' }),
    'size',
  ],
  ['a pair of one', cardOfElements(pictures('double', 1)), '2 to 2 pictures'],
  ['seven in two columns', cardOfElements(pictures('bisect', 7)), '1 to 6 pictures'],
  ['ten in three columns', cardOfElements(pictures('trisect', 10)), 'expected 1 to 9'],
  ['a person without id', cardOfElements({ tag: 'person', user_id: '' }), 'not empty'],
  ['a list of nobody', cardOfElements({ tag: 'person_list', persons: [] }), 'persons'],
  ['a recording that can be forwarded', cardOfElements(audio), 'enable_forward'],
  ['a mention of nobody', cardOfElements(markdown('<at></at>')), 'lacks what it must say'],
  ['HTML', cardOfElements(markdown('<div>x</div>')), 'no such tag'],
  ['a colour that is not closed', cardOfElements(markdown("<font color='red'>x")), 'not closed'],
  ['a colour that was never begun', cardOfElements(markdown('x</font>')), 'closes nothing'],
  [
    'a link that runs in a text',
    cardOfElements(markdown("<a href='javascript:x'>x</a>")),
    'lacks what it must say',
  ],
  [
    'a moment in seconds',
    cardOfElements(markdown("<local_datetime millisecond='1767225600'></local_datetime>")),
    'lacks',
  ],
  ['a link to a variable', cardOfElements(markdown('[x]($urlVal)')), 'links to variables'],
  [
    'markup in a translation',
    cardOfElements({ ...markdown('x'), i18n_content: { en_us: '<p>x</p>' } }),
    'no such tag',
  ],
];

const tablesAndCharts: readonly Bad[] = [
  [
    '51 columns',
    cardOfElements(
      table({
        columns: Array.from({ length: 51 }, (_, n) => ({ name: `c${n}`, data_type: 'text' })),
        rows: [],
      }),
    ),
    '1 to 50',
  ],
  ['a page of eleven rows', cardOfElements(table({ page_size: 11 })), 'page_size'],
  ['a row height of nothing', cardOfElements(table({ row_height: '1px' })), 'row_height'],
  [
    'cells of a sort nobody knows',
    cardOfElements(table({ columns: [{ name: 'a', data_type: 'string' }] })),
    'data_type',
  ],
  [
    'a column width in numbers',
    cardOfElements(table({ columns: [{ name: 'a', data_type: 'text', width: 80 }] })),
    'width',
  ],
  [
    'two columns of one name',
    cardOfElements(
      table({
        columns: [
          { name: 'a', data_type: 'text' },
          { name: 'a', data_type: 'text' },
        ],
      }),
    ),
    'two columns have one name',
  ],
  [
    'options that are a text',
    cardOfElements(table({ columns: [{ name: 'a', data_type: 'options' }] })),
    'no options',
  ],
  [
    'a date that is a text',
    cardOfElements(table({ columns: [{ name: 'a', data_type: 'date' }] })),
    'no date',
  ],
  ['a table without rows', cardOfElements({ tag: 'table', columns: [] }), 'missing: rows'],
  ['a chart of a sort nobody knows', cardOfElements(chart({ type: 'bars' })), 'no such sort'],
  ['a chart without data', cardOfElements(chart({ type: 'bar' })), 'needs data'],
  [
    'a field that not every value has',
    cardOfElements(chart({ type: 'bar', data: { values: [{ x: 1 }, {}] }, xField: 'x' })),
    'not every value',
  ],
  ['a chart that is a text', cardOfElements(chart('bar')), 'needs a specification'],
  ['a ratio nobody knows', cardOfElements({ ...bars, aspect_ratio: '3:2' }), 'aspect_ratio'],
  [
    'six charts',
    cardOfElements(...Array.from({ length: 6 }, () => bars)),
    'chart number over limit',
  ],
  ['a chart in a form', cardOfElements(roomForm(bars)), 'chart in a form'],
];

const containers: readonly Bad[] = [
  ['columns that are none', cardOfElements(columns({ tag: 'div' })), 'expected one of column'],
  ['no columns', cardOfElements({ tag: 'column_set', columns: [] }), 'columns'],
  [
    'round columns',
    cardOfElements(columns({ tag: 'column', elements: [], corner_radius: '4px' })),
    'corner_radius',
  ],
  [
    'a weight beyond five',
    cardOfElements(columns({ tag: 'column', width: 'weighted', weight: 6, elements: [] })),
    '1 to 5',
  ],
  [
    'a weight that weighs nothing',
    cardOfElements(columns({ tag: 'column', width: 'auto', weight: 2, elements: [] })),
    'weight goes with',
  ],
  [
    'a column of 15 px',
    cardOfElements(columns({ tag: 'column', width: '15px', elements: [] })),
    '-> width:',
  ],
  [
    'columns that flow as nobody knows',
    cardOfElements({ ...columns({ tag: 'column', elements: [] }), flex_mode: 'wrap' }),
    'flex_mode',
  ],
  ['a form without a name', cardOfElements({ ...roomForm(), name: '' }), 'not empty'],
  [
    'a form in a form',
    cardOfElements(roomForm({ ...roomForm(), name: 'b' })),
    'root of the card only',
  ],
  [
    'a form in a fold',
    cardOfElements({
      tag: 'collapsible_panel',
      header: { title: plain('x') },
      elements: [roomForm()],
    }),
    'root of the card only',
  ],
  [
    'an area that does nothing',
    cardOfElements({ tag: 'interactive_container', elements: [markdown('x')] }),
    'missing: behaviors',
  ],
  [
    'a fold without a head',
    cardOfElements({ tag: 'collapsible_panel', elements: [markdown('x')] }),
    'missing: header',
  ],
  [
    'a fold that turns by itself',
    cardOfElements({
      tag: 'collapsible_panel',
      header: { title: plain('x'), icon_expanded_angle: 45 },
      elements: [markdown('x')],
    }),
    'expected a turn',
  ],
  [
    'a button that submits outside a form',
    cardOfElements(button('x', {}, { form_action_type: 'submit' })),
    'in forms only',
  ],
  [
    'a button that submits as in 1.0',
    cardOfElements(button('x', {}, { action_type: 'form_submit' })),
    'action_type',
  ],
  [
    'a menu in a form without a name',
    cardOfElements(roomForm({ tag: 'overflow', options: [{ text: plain('x') }] })),
    'needs a name',
  ],
];

const inputs: readonly Bad[] = [
  [
    'three behaviors',
    cardOfElements(
      button(
        'x',
        {},
        { behaviors: Array.from({ length: 3 }, () => ({ type: 'callback', value: {} })) },
      ),
    ),
    '1 to 2',
  ],
  [
    'a callback without a value',
    cardOfElements(button('x', {}, { behaviors: [{ type: 'callback' }] })),
    'missing: value',
  ],
  [
    'a behavior nobody knows',
    cardOfElements(button('x', {}, { behaviors: [{ type: 'jump', value: {} }] })),
    'expected one of callback',
  ],
  ['a sort of button nobody knows', cardOfElements(button('x', {}, { type: 'success' })), 'type'],
  ['a button of 99 px', cardOfElements(button('x', {}, { width: '99px' })), 'width'],
  [
    'a placeholder that says too much',
    cardOfElements({ tag: 'input', placeholder: plain('x'.repeat(101)) }),
    'longer than 100',
  ],
  [
    'a start beyond the longest',
    cardOfElements({ tag: 'input', max_length: 2, default_value: 'abc' }),
    'longer than max_length',
  ],
  [
    'a translated start beyond it',
    cardOfElements({ tag: 'input', max_length: 2, i18n_default_value: { en_us: 'abc' } }),
    'longer than max_length',
  ],
  [
    'a sort of input nobody knows',
    cardOfElements({ tag: 'input', input_type: 'number' }),
    'input_type',
  ],
  [
    'options without a value',
    cardOfElements(select({ options: [{ text: plain('a'), value: '' }] })),
    'not empty',
  ],
  ['no options', cardOfElements(select({ options: [] })), 'options'],
  [
    'the first option counted from nothing',
    cardOfElements(select({ initial_index: 0 })),
    '1 to 200',
  ],
  ['an option beyond the last', cardOfElements(select({ initial_index: 3 })), 'beyond the options'],
  [
    'a choice of what is no option',
    cardOfElements(
      roomForm(select({ tag: 'multi_select_static', name: 'm', selected_values: ['c'] })),
    ),
    'not among the options',
  ],
  [
    'several people outside a form',
    cardOfElements({ tag: 'multi_select_person' }),
    'must be in a form',
  ],
  [
    'several pictures outside a form',
    cardOfElements({
      tag: 'select_img',
      multi_select: true,
      options: [{ img_key: 'i', value: 'a' }],
    }),
    'must be in a form',
  ],
  [
    'an hour that does not exist',
    cardOfElements({ tag: 'picker_time', initial_time: '24:00' }),
    'HH:mm',
  ],
  [
    'an hour without its zero',
    cardOfElements({ tag: 'picker_time', initial_time: '9:30' }),
    'HH:mm',
  ],
  [
    'four buttons behind a tick',
    cardOfElements({ tag: 'checker', button_area: { buttons: [{}, {}, {}, {}] } }),
    '0 to 3',
  ],
  [
    'a tick more than visible',
    cardOfElements({ tag: 'checker', checked_style: { opacity: 2 } }),
    '0 to 1',
  ],
  ['a menu of nothing', cardOfElements({ tag: 'overflow', options: [] }), 'options'],
];

describe.each([
  ['at the top', top],
  ['in what is read', inside],
  ['in tables and charts', tablesAndCharts],
  ['in what holds others', containers],
  ['in what is filled in or tapped', inputs],
])('refused %s', (_where, all) => {
  test.each(all)('%s', (_name, card, words) => {
    const told = validateCard(card).map(({ path, message }) => `${path}: ${message}`);
    expect(told.join('\n')).toContain(words);
  });
});

test('and the same without the mistake is taken', () => {
  const good = [
    cardOfElements(
      bars,
      table({}),
      columns({ tag: 'column', elements: [] }),
      pictures('bisect', 3),
    ),
    cardOfElements(roomForm(select({ name: 'one', initial_index: 2 }))),
    cardOfElements(
      markdown("<font color='red'>a</font><br><at id=all></at><a href='https://a.example'>b</a>"),
    ),
    cardOfElements(
      markdown(
        "<local_datetime millisecond='1767225600000' format_type='date_num'></local_datetime>",
      ),
    ),
    cardOfElements(
      table({
        columns: [{ name: 'a', data_type: 'options' }],
        rows: [{ a: [{ text: '急', color: 'red' }] }],
      }),
    ),
    { ...cardOfElements(audio), config: { enable_forward: false } },
    withConfig({
      style: {
        text_size: { a: { pc: 'small' } },
        color: { b: { light_mode: 'rgba(5,157,178,0.5)' } },
      },
    }),
  ];
  expect(good.flatMap((card) => validateCard(card))).toEqual([]);
});
