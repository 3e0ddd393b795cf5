import { describe, expect, it } from 'vitest';
import { helpCard, listCard, type RequestLine, whichCard } from '../../../cards/answers.ts';
import { maybeCard, noIdeaCard, notUnderstoodCard, whomCard } from '../../../cards/unsure.ts';
import type { Block, Button, Card, Input } from '../../../cards/card.ts';
import { words } from '../../../cards/words.ts';
import { drawCard } from '../../../src/channels/feishu/card.ts';
import { validateCard } from '../../feishu-platform/card-rules.ts';
import { textOf } from '../../feishu-platform/card-text.ts';
import { listAt, textAt } from '../../feishu-platform/json.ts';

const card = (...blocks: readonly Block[]): Card => ({
  title: words('会议室预订', 'Room booking'),
  color: 'orange',
  preview: words('待审批', 'Waiting'),
  blocks,
});
const button = (label: string, more: Partial<Button> = {}): Button => ({
  label,
  look: 'plain',
  value: { v: 1, a: 'x' },
  ...more,
});
const form = (...inputs: readonly Input[]): Block => ({
  block: 'form',
  name: 'booking',
  inputs,
  buttons: [button('提交', { look: 'primary' })],
});
const line = (index: number): RequestLine => ({
  id: index,
  number: `TRIP-26-${String(index).padStart(4, '0')}`,
  kind: words('出差', 'Trip'),
  summary: words('去上海，拜访客户', 'To Shanghai'),
  state: 'pending',
  when: words('3月2日（周一）', 'Mon 2 March'),
});

/** A text that would do harm as markup, wherever it stood. */
const EVIL =
  "<at id=all></at> **粗** [点](https://evil.example) <person id='ou_x'></person> ~删~ `码` $1 &lt; \n# 头\n- 项\n1. 一\n    缩进";

const everyInput: readonly Input[] = [
  {
    input: 'text',
    lines: 'one',
    name: 'title',
    label: '主题',
    value: '周会',
    longest: 50,
    required: true,
  },
  { input: 'text', lines: 'many', name: 'note', label: EVIL, hint: EVIL, value: 'TRIP\n二' },
  { input: 'number', name: 'count', label: '人数', value: '6' },
  {
    input: 'select',
    name: 'room',
    label: '会议室',
    required: true,
    value: 'r2',
    options: [
      { value: 'r1', label: EVIL },
      { value: 'r2', label: '3F-02' },
      { value: 'r2', label: '重复' },
      { value: '', label: '空' },
    ],
  },
  {
    input: 'choices',
    name: 'things',
    label: '设备',
    values: ['a', 'gone'],
    options: [
      { value: 'a', label: '投影' },
      { value: 'b', label: '白板' },
    ],
  },
  { input: 'select', name: 'nothing', label: '没有', options: [] },
  { input: 'date', name: 'day', label: '日期', value: '2026-01-05' },
  { input: 'date', name: 'day2', label: '日期', value: '明天' },
  { input: 'time', name: 'at', label: '时间', value: '09:30' },
  { input: 'moment', name: 'start', label: '开始', value: '2026-01-05T09:30', required: true },
  { input: 'moment', name: 'end', label: '结束' },
  { input: 'check', name: 'agree', label: '同意规定', required: true },
];

const variety: { readonly [name: string]: Card } = {
  help: helpCard(
    [{ title: words('会议室', 'Room'), says: '订明天下午的会议室' }],
    '某某公司',
    '王五',
  ),
  list: listCard(
    words('我的申请', 'Mine'),
    words('没有', 'None'),
    Array.from({ length: 8 }, (_, i) => line(i)),
    {
      first: 0,
      total: 30,
      list: 'mine',
    },
  ),
  'empty list': listCard(words('我的申请', 'Mine'), words('没有', 'None'), [], {
    first: 0,
    total: 0,
    list: 'mine',
  }),
  which: whichCard(
    words('是哪一个？', 'Which?'),
    'withdraw',
    Array.from({ length: 12 }, (_, i) => line(i)),
  ),
  'not understood': notUnderstoodCard(
    EVIL,
    [{ label: words('订会议室', 'Room'), intent: 'room.book' }],
    words('订会议室', 'book a room'),
    true,
  ),
  'no other idea': noIdeaCard(EVIL, [{ label: words('报修', 'Repair'), intent: 'repair.report' }]),
  'another reading': maybeCard(EVIL, words('催办', 'Urge'), 'urge'),
  'to whom': whomCard(
    { id: 3, number: 'TRIP-26-0001', version: 2, act: 'transfer', step: 'approval-1' },
    [
      { id: 4, text: EVIL },
      { id: 5, text: '刘洋 · 市场部' },
    ],
  ),
  nothing: card(),
  'every input': card(form(...everyInput)),
  'two forms with the same names': card(
    form({ input: 'text', lines: 'one', name: 'comment', label: '意见' }),
    {
      block: 'form',
      name: 'work',
      inputs: [{ input: 'text', lines: 'one', name: 'comment', label: '说明' }],
      buttons: [button('完成'), button('退回', { look: 'danger' })],
    },
  ),
  'a form named like its input': card({
    block: 'form',
    name: 'note',
    inputs: [{ input: 'text', lines: 'one', name: 'note', label: '说明' }],
    buttons: [button('记下')],
  }),
  evil: {
    ...card(
      { block: 'text', text: EVIL, look: 'warning' },
      { block: 'facts', facts: [{ label: EVIL, value: EVIL, mark: 'guessed' }] },
      { block: 'steps', steps: [{ title: EVIL, who: EVIL, state: 'open', note: EVIL }] },
      { block: 'table', columns: [{ key: EVIL, label: EVIL }], rows: [{ [EVIL]: EVIL }] },
      {
        block: 'fold',
        title: EVIL,
        blocks: [{ block: 'facts', facts: [{ label: '一', value: EVIL }] }],
      },
      { block: 'image', file: '7', alt: EVIL },
      {
        block: 'buttons',
        buttons: [button(EVIL.repeat(3), { confirm: { title: EVIL, text: EVIL } })],
      },
    ),
    title: EVIL,
    subtitle: EVIL,
    preview: EVIL,
    tags: Array.from({ length: 5 }, () => ({ text: EVIL, color: 'grey' as const })),
  },
  'nothing in anything': card(
    { block: 'text', text: '' },
    { block: 'facts', facts: [] },
    { block: 'steps', steps: [] },
    { block: 'table', columns: [], rows: [] },
    { block: 'fold', title: '空', blocks: [] },
    { block: 'buttons', buttons: [] },
    { block: 'form', name: 'f', inputs: [], buttons: [] },
    { block: 'line' },
  ),
  'seven tables': card(
    ...Array.from({ length: 7 }, (): Block => ({
      block: 'table',
      columns: [
        { key: 'a', label: words('物品', 'Item') },
        { key: 'b', label: '数量', align: 'right' },
      ],
      rows: [{ a: '笔', b: '3' }, { a: '纸' }],
    })),
  ),
};

const chart = (index: number): Block => ({
  block: 'chart',
  kind: 'bar',
  title: `第${index}张`,
  series: [{ name: '新收', points: [{ label: '1月', value: 3 }] }],
  alt: `第${index}张：1月 3`,
});

describe('a card for the platform', () => {
  it.each(Object.keys(variety))('is one that the platform takes: %s', (name) => {
    const given = variety[name] ?? card();
    for (const language of ['zh', 'en'] as const) {
      const images = new Map([['7', 'img_v3_1']]);
      expect(validateCard(drawCard(given, language, images))).toEqual([]);
      expect(validateCard(drawCard(given, language))).toEqual([]);
    }
  });

  it('says the same in both languages, and in the list of chats', () => {
    const drawn = drawCard(card({ block: 'text', text: words('请确认', 'Please confirm') }));
    expect(textOf(drawn, 'zh_cn')).toBe('会议室预订\n请确认');
    expect(textOf(drawn, 'en_us')).toBe('Room booking\nPlease confirm');
    expect(drawn.config).toMatchObject({
      update_multi: true,
      summary: { content: '待审批', i18n_content: { zh_cn: '待审批', en_us: 'Waiting' } },
    });
  });

  it('shows facts, steps and marks in words', () => {
    const drawn = drawCard(
      card(
        {
          block: 'facts',
          facts: [
            { label: '会议室', value: '3F-01（12人）', mark: 'guessed' },
            { label: '日期', value: '3月2日' },
          ],
        },
        {
          block: 'steps',
          steps: [{ title: '直属上级', who: '王五', state: 'done', note: '同意，早去早回' }],
        },
      ),
    );
    const text = textOf(drawn);
    expect(text).toContain('会议室　3F-01（12人）　推测');
    expect(text).toContain('日期　3月2日');
    expect(text).toMatch(/✓ 直属上级　王五　已完成\n同意，早去早回/);
  });

  it("shows people's words letter for letter", () => {
    const drawn = drawCard(variety['evil'] ?? card());
    const seen = textOf(drawn);
    expect(seen).toContain('<at id=all></at> **粗** [点](https://evil.example)');
    expect(seen).toContain('# 头');
  });

  it("lets no markup out of people's words", () => {
    const markup: string[] = [];
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('tag' in value && value.tag === 'markdown' && 'content' in value)
        markup.push(String(value.content));
      Object.values(value).forEach(collect);
    };
    collect(drawCard(variety['evil'] ?? card()));
    expect(markup.length).toBeGreaterThan(2);
    for (const text of markup) {
      const bare = text.replaceAll(/<font color='\w+'>|<\/font>|\*\*|&#\d+;/g, '');
      expect(bare).not.toMatch(/[<>*[\]()`~#$_:/\\&-]/);
      expect(bare).not.toMatch(/^(\d+\.|\s{2,})/m);
    }
  });

  it('shows a picture that has a key, and says that there is one otherwise', () => {
    const given = card({ block: 'image', file: '7', alt: words('漏水处', 'The leak') });
    expect(drawCard(given, 'zh', new Map([['7', 'img_v3_1']])).body.elements).toMatchObject([
      { tag: 'img', img_key: 'img_v3_1' },
    ]);
    expect(textOf(drawCard(given))).toContain('图片：漏水处');
  });

  it('fills the inputs with what is known already', () => {
    const [drawn] = drawCard(card(form(...everyInput))).body.elements;
    const input = (name: string): unknown =>
      listAt(drawn, 'elements').find((one) => textAt(one, 'name') === name);
    expect(input('title')).toMatchObject({ default_value: '周会', required: true, max_length: 50 });
    expect(input('note')).toMatchObject({
      default_value: 'TRIP\n二',
      input_type: 'multiline_text',
    });
    expect(input('room')).toMatchObject({ initial_option: 'r2', required: true });
    expect(input('things')).toMatchObject({ selected_values: ['a'] });
    expect(input('day')).toMatchObject({ initial_date: '2026-01-05' });
    expect(input('day2')).not.toHaveProperty('initial_date');
    expect(input('at')).toMatchObject({ initial_time: '09:30' });
    expect(input('start')).toMatchObject({ initial_datetime: '2026-01-05 09:30' });
  });
});

describe('a card that is too big', () => {
  const fact = (index: number) => ({ label: `第${index}项`, value: '说明'.repeat(200) });
  const huge: { readonly [name: string]: Card } = {
    'long texts': card(
      ...Array.from({ length: 20 }, (): Block => ({
        block: 'text',
        text: '很长的文字，'.repeat(3_000),
      })),
      { block: 'buttons', buttons: [button('同意')] },
    ),
    'many facts': card(
      { block: 'facts', facts: Array.from({ length: 400 }, (_, i) => fact(i)) },
      {
        block: 'buttons',
        buttons: [button('同意')],
      },
    ),
    'many rows': card(
      {
        block: 'table',
        columns: [{ key: 'a', label: '物品' }],
        rows: Array.from({ length: 900 }, (_, i) => ({ a: `物品${i}`.repeat(20) })),
      },
      { block: 'buttons', buttons: [button('同意')] },
    ),
    'many blocks': card(
      ...Array.from({ length: 300 }, (_, i): Block => ({ block: 'text', text: `第${i}段` })),
      { block: 'buttons', buttons: [button('同意')] },
    ),
    'many buttons': card({
      block: 'buttons',
      buttons: [button('同意'), ...Array.from({ length: 200 }, () => button('x'))],
    }),
    'many options': card({
      block: 'form',
      name: 'f',
      buttons: [button('同意')],
      inputs: [
        {
          input: 'select',
          name: 'who',
          label: '转交给',
          value: 'ou_499',
          options: Array.from({ length: 500 }, (_, i) => ({ value: `ou_${i}`, label: `同事${i}` })),
        },
      ],
    }),
    'many long inputs': card({
      block: 'form',
      name: 'f',
      buttons: [button('同意')],
      inputs: Array.from({ length: 80 }, (_, i): Input => ({
        input: 'text',
        lines: 'many',
        name: `i${i}`,
        label: `第${i}项`,
        value: '很长'.repeat(500),
      })),
    }),
    'letters that must be escaped': card(
      { block: 'text', text: '<'.repeat(9_000) },
      {
        block: 'facts',
        facts: Array.from({ length: 60 }, () => ({ label: '<>', value: '<&>*'.repeat(100) })),
      },
      { block: 'buttons', buttons: [button('同意')] },
    ),
  };

  it.each(Object.keys(huge))('is shortened until it fits, and keeps its button: %s', (name) => {
    const drawn = drawCard(huge[name] ?? card());
    expect(validateCard(drawn)).toEqual([]);
    expect(textOf(drawn)).toContain('[同意]');
  });

  it('keeps what can be done when nothing else fits, and says so; at the very worst its head', () => {
    const wide = (count: number): Block => ({
      block: 'table',
      columns: Array.from({ length: count }, (_, i) => ({ key: `c${i}`, label: '列'.repeat(60) })),
      rows: [
        Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, '格'.repeat(60)])),
      ],
    });
    const input = (i: number): Input => ({
      input: 'text',
      lines: 'many',
      name: `i${i}`,
      label: `第${i}项`,
      value: '很长'.repeat(500),
    });
    const acting = textOf(drawCard(card(wide(50), wide(50), form(input(1)))));
    expect(acting).toContain('[提交]');
    expect(acting).toContain('内容太长');
    const many = Array.from({ length: 12 }, (_, i) => input(i));
    const nothing = drawCard(card(form(...many), form(...many)));
    expect(validateCard(nothing)).toEqual([]);
    expect(textOf(nothing)).toBe('会议室预订\n内容太长，这里放不下，可以打字问我');
  });

  it('leaves room for the mark by which it is found again', () => {
    // Sizes all around the limit, three bytes apart.
    const sizes = Array.from({ length: 200 }, (_, i) => {
      const text = (length: number): Block => ({ block: 'text', text: '字'.repeat(length) });
      const drawn = drawCard(card(text(3_900), text(3_900), text(1_850 + i)));
      return Buffer.byteLength(JSON.stringify(drawn));
    });
    expect(Math.max(...sizes)).toBeGreaterThan(29_800);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(29_940);
  });

  it('draws five charts, and tells what the others show', () => {
    const drawn = drawCard(card(...Array.from({ length: 7 }, (_, i) => chart(i))));
    expect(validateCard(drawn)).toEqual([]);
    expect(drawn.body.elements.filter(({ tag }) => tag === 'chart')).toHaveLength(5);
    expect(textOf(drawn)).toContain('第6张：1月 3');
  });

  it('draws five tables, and says that there are more', () => {
    expect(textOf(drawCard(variety['seven tables'] ?? card()))).toContain('还有 2 项');
  });

  it('says how much is not shown', () => {
    const shown = (name: string): string => textOf(drawCard(huge[name] ?? card()));
    expect(shown('many facts')).toMatch(/第0项.*\n[^]*还有 3\d\d 项/);
    expect(shown('many rows')).toMatch(/还有 8\d\d 项/);
    expect(shown('many blocks')).toMatch(/还有 2\d\d 项/);
    expect(shown('many options')).toMatch(/还有 \d+ 项没列出/);
    expect(shown('long texts')).toContain('…');
  });

  it('keeps the option that was chosen', () => {
    expect(textOf(drawCard(huge['many options'] ?? card()))).toContain('同事499');
  });
});
