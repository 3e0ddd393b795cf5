import { expect, test } from 'vitest';
import type { Block, Card } from '../../cards/card.ts';
import { chartOf } from '../../cards/chart.ts';
import { cardHtml } from '../../cards/html.ts';
import { html } from '../../cards/markup.ts';
import { type Language, words } from '../../cards/words.ts';

const draw = (blocks: readonly Block[], language: Language = 'zh'): string => {
  const card: Card = {
    title: words('申请', 'Request'),
    color: 'orange',
    tags: [{ text: words('待审批', 'Waiting'), color: 'orange' }],
    preview: '',
    blocks,
  };
  return cardHtml(card, { language, id: 'sm_1', fileUrl: (file) => `/files/${file}` }).html;
};

const HOSTILE = `"><script>alert(1)</script><img src=x onerror=alert(1)> ' \` &lt;`;

test('what people wrote never becomes markup, in elements and in attributes', () => {
  const drawn = draw([
    { block: 'text', text: HOSTILE },
    { block: 'facts', facts: [{ label: HOSTILE, value: HOSTILE }] },
    { block: 'table', columns: [{ key: 'a', label: HOSTILE }], rows: [{ a: HOSTILE }] },
    { block: 'steps', steps: [{ title: HOSTILE, state: 'done', who: HOSTILE, note: HOSTILE }] },
    { block: 'image', file: HOSTILE, alt: HOSTILE },
    chartOf({
      kind: 'bar',
      title: HOSTILE,
      series: [{ name: HOSTILE, points: [{ label: HOSTILE, value: 1 }] }],
    }),
    { block: 'fold', title: HOSTILE, blocks: [{ block: 'text', text: HOSTILE }] },
    {
      block: 'form',
      name: 'f',
      inputs: [
        { input: 'text', lines: 'one', name: 'a', label: HOSTILE, hint: HOSTILE, value: HOSTILE },
        { input: 'text', lines: 'many', name: 'b', label: 'b', value: `</textarea>${HOSTILE}` },
        { input: 'select', name: 'c', label: 'c', options: [{ value: HOSTILE, label: HOSTILE }] },
        { input: 'choices', name: 'd', label: 'd', options: [{ value: HOSTILE, label: HOSTILE }] },
      ],
      buttons: [
        {
          label: HOSTILE,
          look: 'primary',
          value: { v: 1, a: HOSTILE },
          confirm: { title: HOSTILE, text: HOSTILE },
        },
      ],
    },
  ]);
  expect(drawn).not.toContain('<script');
  expect(drawn).not.toContain('<img src=x');
  expect(drawn.match(/<\/textarea>/g)).toHaveLength(1);
  // What is left when all quoted values are taken out are our own tags and escaped text.
  const bare = drawn.replaceAll(/"[^"]*"/g, '');
  expect(bare).not.toContain('"');
  expect(
    bare.match(
      /<(?!\/?(article|header|div|h3|p|span|dl|dt|dd|table|thead|tbody|tr|t[hd]|ol|li|a|img|figure|figcaption|svg|line|rect|text|details|summary|form|label|small|input|textarea|select|option|fieldset|legend|button)\b)/g,
    ),
  ).toBeNull();
  expect(drawn).toContain('&#34;&#62;&#60;script&#62;');
});

test('guesses, gaps and changes are marked in words', () => {
  const facts = (language: Language) =>
    draw(
      [
        {
          block: 'facts',
          facts: [
            { label: '出发', value: '明天', mark: 'guessed' },
            { label: '事由', value: '', mark: 'missing' },
            { label: '天数', value: '3', mark: 'changed' },
            { label: '城市', value: '上海' },
          ],
        },
      ],
      language,
    );
  expect([...facts('zh').matchAll(/mark-\w+">([^<]+)/g)].map((m) => m[1])).toEqual([
    '推测',
    '待补',
    '已改',
  ]);
  expect([...facts('en').matchAll(/mark-\w+">([^<]+)/g)].map((m) => m[1])).toEqual([
    'guess',
    'needed',
    'changed',
  ]);
});

test('a step tells its state in a word, not by its colour alone', () => {
  const states = ['done', 'open', 'waiting', 'refused', 'skipped'] as const;
  const drawn = draw([
    { block: 'steps', steps: states.map((state) => ({ title: '审批', state, who: '李伟' })) },
  ]);
  for (const word of ['已完成', '进行中', '未开始', '未通过', '已跳过'])
    expect(drawn).toContain(word);
});

test('every input has a label of its own, and what is required says so to people and to the browser', () => {
  const drawn = draw([
    {
      block: 'form',
      name: 'trip',
      inputs: [
        { input: 'text', lines: 'one', name: 'why', label: '事由', required: true, longest: 50 },
        { input: 'moment', name: 'from', label: '出发', value: '2026-11-22T09:00' },
        { input: 'number', name: 'days', label: '天数', value: '3' },
        { input: 'date', name: 'day', label: '日期' },
        { input: 'time', name: 'at', label: '时间' },
        {
          input: 'select',
          name: 'by',
          label: '交通',
          value: 'b',
          options: [
            { value: 'a', label: '车' },
            { value: 'b', label: '机' },
          ],
        },
      ],
      buttons: [],
    },
  ]);
  for (const [, id] of drawn.matchAll(/<label for="([^"]+)"/g))
    expect(drawn.split(`id="${id}"`)).toHaveLength(2);
  expect(drawn.match(/<label for=/g)).toHaveLength(6);
  expect(drawn).toMatch(/name="why" required/);
  expect(drawn.match(/必填/g)).toHaveLength(1);
  expect(drawn).toMatch(/type="datetime-local"\s+value="2026-11-22T09:00"/);
  expect(drawn).toMatch(/value="b" selected/);
  expect(drawn).toMatch(/maxlength="50"/);
});

test('the reader gets one language, and texts of people stay as they are', () => {
  const drawn = draw(
    [
      { block: 'text', text: words('等待李伟', 'Waiting for Li Wei') },
      { block: 'text', text: '急' },
    ],
    'en',
  );
  expect(drawn).toContain('Waiting for Li Wei');
  expect(drawn).not.toContain('等待李伟');
  expect(drawn).toContain('急');
});

test('line feeds people typed are kept, and the template adds none around what they wrote', () => {
  const drawn = draw([
    { block: 'text', text: '一\n二' },
    { block: 'facts', facts: [{ label: '备注', value: '一\n二' }] },
    {
      block: 'form',
      name: 'f',
      inputs: [
        { input: 'text', lines: 'many', name: 'a', label: 'a', value: '一\n二' },
        { input: 'text', lines: 'many', name: 'b', label: 'b', value: '\n三' },
      ],
      buttons: [],
    },
  ]);
  expect(drawn).toContain('normal">一\n二</p>');
  expect(drawn).toContain('<dd>一\n二</dd>');
  expect(drawn).toMatch(/<textarea[^>]*>一\n二<\/textarea>/);
  expect(drawn).toMatch(/<textarea[^>]*>\n\n三<\/textarea>/); // the browser swallows the first
});

test('the template joins lists, leaves out nothing-values, keeps zero', () => {
  expect(html`${['a', html`<b>${0}</b>`]}${null}${undefined}${false}${'<'}`.html).toBe(
    'a<b>0</b>&#60;',
  );
});
