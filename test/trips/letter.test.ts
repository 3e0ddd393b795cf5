/** 出差安排确认函: what is printed is what was said, in both languages, on as many pages as it needs, and nothing stands on anything else. */
import { describe, expect, test } from 'vitest';
import { letterPdf, type Letter } from '../../src/trips/letter-pdf.ts';
import { readPdf, type Run } from './pdf-text.ts';

const at = Temporal.Instant.from('2026-03-03T10:00:00+08:00');

const LONG: Letter = {
  company: '星河科技（广州）智能装备制造与信息服务股份有限公司',
  title: '出差安排确认函',
  number: 'TRIP-26-0001',
  facts: [
    { label: '出差人', value: '阿不都热依木·买买提吐尔逊 · 研发中心 / 平台架构部' },
    { label: '事由', value: '拜访渠道与客户，'.repeat(24) },
    ...Array.from({ length: 12 }, (_, leg) => ({
      label: `第 ${leg + 1} 段`,
      value: `3月${9 + leg}日（周一）  呼和浩特 → 阿姆斯特丹  高铁`,
    })),
    {
      label: '票务',
      value: Array.from({ length: 16 }, (_, train) => `G${train + 1} 北京南 09:00 07车 12F`).join(
        '\n',
      ),
    },
    { label: '酒店', value: '全季酒店（虹桥机场店）2 晚，大床房，含双早；'.repeat(10) },
    { label: '提醒', value: '请带身份证' },
  ],
  issued: '2026-03-03',
  at,
  pageOf: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
};

const textOf = (runs: readonly Run[]): string =>
  runs
    .map(({ text }) => text)
    .join('')
    .replaceAll(/\s/g, '');

describe('a letter of many legs', () => {
  test('all of it stands there, in its order, on two pages that are counted', async () => {
    const pages = await letterPdf(LONG).then(readPdf);
    expect(pages).toHaveLength(2);
    const whole = textOf(pages.flat());
    const said = [
      LONG.company,
      LONG.title,
      LONG.number,
      ...LONG.facts.flatMap(({ label, value }) => [label, value]),
    ];
    let place = 0;
    for (const each of said) {
      const found = whole.indexOf(each.replaceAll(/\s/g, ''), place);
      expect(found, each).toBeGreaterThanOrEqual(0);
      place = found;
    }
    for (const [index, page] of pages.entries())
      expect(textOf(page)).toMatch(new RegExp(`第${index + 1}页，共2页$`, 'u'));
    // Every character has a sign in the font.
    expect(whole).not.toContain('\u{fffd}');
  });

  test('nothing leaves the page, and a fact is not torn apart by its end', async () => {
    const pages = await letterPdf(LONG).then(readPdf);
    for (const run of pages.flat()) expect(run.y).toBeLessThan(842 - 24);
    const [first = [], second = []] = pages;
    const onBoth = ['票务', '酒店'].filter(
      (label) => textOf(first).includes(label) && textOf(second).includes(label),
    );
    expect(onBoth).toEqual([]);
    const trains = pages.map((runs) => (textOf(runs).match(/07车12F/g) ?? []).length);
    expect(trains.toSorted((a, b) => a - b)).toEqual([0, 16]);
  });
});

test('in English: a label of several lines stands clear of the next, and one page is not counted', async () => {
  const pages = await letterPdf({
    company: 'Galaxy Technology Co., Ltd.',
    title: 'Travel confirmation',
    number: 'TRIP-26-0002',
    facts: [
      { label: 'Traveller', value: 'Christopher Alexander Montgomery-Featherstonehaugh · R&D' },
      { label: 'Expected expenses beyond the standard', value: '900' },
      { label: 'Purpose', value: 'meet clients' },
    ],
    issued: '2026-03-03',
    at,
    pageOf: (page, count) => `Page ${page} of ${count}`,
  }).then(readPdf);
  expect(pages).toHaveLength(1);
  const [runs = []] = pages;
  expect(textOf(runs)).not.toContain('Page1of1');
  const labels = runs.filter(({ x }) => x < 70).toSorted((a, b) => a.y - b.y);
  const steps = labels.slice(1).map(({ y }, place) => y - (labels[place]?.y ?? 0));
  for (const step of steps) expect(step).toBeGreaterThan(11);
  const purpose = labels.findIndex(({ text }) => text.startsWith('Purpose'));
  expect(labels[purpose - 1]?.text).toContain('standard');
});
