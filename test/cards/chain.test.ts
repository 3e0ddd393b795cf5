import { expect, test } from 'vitest';
import { type ChainSeat, chainText } from '../../cards/chain.ts';
import { words } from '../../cards/words.ts';

const OFFICE = words('行政', 'Office');
const DIRECTOR = words('办公室主任', 'Director');
const seat = (people: readonly string[], more: Partial<ChainSeat> = {}): ChainSeat => ({
  people,
  voices: [OFFICE],
  standFor: [],
  ...more,
});
const line = (...seats: readonly ChainSeat[]) => chainText([{ needs: 'any', seats, unless: [] }]);

test('nobody', () => {
  expect(chainText([])).toEqual(words('无需审批，提交即生效', 'No approval needed'));
});

test('one after another; all of several, any of several', () => {
  const [one, two] = [seat(['吴婷']), seat(['周敏'], { voices: [DIRECTOR] })];
  const all = { needs: 'all' as const, seats: [one, two], unless: [] };
  const any = { needs: 'any' as const, seats: [one, two], unless: [] };
  expect(chainText([all, any])).toEqual(
    words(
      '提交后审批：吴婷（行政） + 周敏（办公室主任） → 吴婷（行政） / 周敏（办公室主任）',
      'Approval by: 吴婷 (Office) + 周敏 (Director) → 吴婷 (Office) / 周敏 (Director)',
    ),
  );
});

test('of a large role three are named, and how many there are', () => {
  expect(line(seat(['吴婷', '郑强', '孙丽'])).zh).toBe('提交后审批：吴婷/郑强/孙丽（行政）');
  const many = line(seat(['吴婷', '郑强', '孙丽', '周敏', '钱芳']));
  expect(many.zh).toBe('提交后审批：吴婷/郑强/孙丽 等 5 人（行政）');
  expect(many.en).toBe('Approval by: 吴婷/郑强/孙丽 and 2 more (Office)');
});

test('asked once for two places, for somebody who is away', () => {
  const told = line(seat(['黄静'], { voices: [OFFICE, DIRECTOR], standFor: ['李伟'] }));
  expect(told.zh).toBe('提交后审批：黄静（行政、办公室主任，代李伟，只问一次）');
  expect(told.en).toBe('Approval by: 黄静 (Office, Director, for 李伟, asked once)');
});
