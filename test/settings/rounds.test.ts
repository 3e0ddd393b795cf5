import { describe, expect, test } from 'vitest';
import { type Rules, rulesFrom } from '../../src/settings/index.ts';
import type { RoundRules } from '../../src/settings/round-rules.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function rounds(text: string): RoundRules {
  const read = rulesFrom(bytes(text), 'office.yaml');
  if (!read.ok) throw new Error(read.mistakes.join('\n'));
  const rules: Rules = read.rules;
  return rules.rounds;
}

function mistake(rule: string): string {
  const read = rulesFrom(bytes(`rounds: ${rule}`), 'office.yaml');
  return read.ok ? '' : read.mistakes.join('\n');
}

describe('an office says of its recurring work', () => {
  test('nothing: all of it as declared', () => expect(rounds('')).toEqual({}));
  test('off: none', () => expect(rounds('rounds: off')).toBe('off'));

  test('what is off, earlier in the day, somebody else’s, on another day', () => {
    const written = [
      'rounds:',
      '  fire-drill: off',
      '  facility-round: { at: "09:30", owner: office, within: 4wh }',
      '  cleaning: { every: week, on: fri }',
      '  attendance-report: { every: month, on: last, ifOff: after }',
      '  asset-count: { every: year, month: 12, on: 10 }',
      '  backup-check: { every: day }',
    ].join('\n');
    expect(rounds(written)).toEqual({
      'fire-drill': 'off',
      'facility-round': { at: '09:30', owner: 'office', within: '4wh' },
      cleaning: { recurrence: { every: 'week', on: 'fri', ifOff: 'before' } },
      'attendance-report': { recurrence: { every: 'month', on: 'last', ifOff: 'after' } },
      'asset-count': { recurrence: { every: 'year', month: 12, on: 10, ifOff: 'before' } },
      'backup-check': { recurrence: { every: 'day', ifOff: 'before' } },
    });
  });

  test('with a role of its own', () => {
    expect(rounds('roles: { 信息: [ou_1] }\nrounds: { backup-check: { owner: 信息 } }')).toEqual({
      'backup-check': { owner: '信息' },
    });
  });
});

describe('a mistake is told with its place and what was expected', () => {
  test.each([
    ['{ firedrill: off }', '1:11 rounds.firedrill: 不认识的键；可用：facility-round、cleaning'],
    ['of', '1:9 rounds: 应为一组键'],
    ['{ fire-drill: no }', '1:23 rounds.fire-drill: 应为 off（不做），或一组键'],
    [
      '{ fire-drill: { when: 5 } }',
      '1:25 rounds.fire-drill.when: 不认识的键；可用：every、month、on',
    ],
    ['{ fire-drill: { at: 9:30 } }', '1:29 rounds.fire-drill.at: 应为带引号的时刻'],
    [
      '{ fire-drill: { owner: boss } }',
      '1:32 rounds.fire-drill.owner: 应为已有的角色（可用：office',
    ],
    ['{ fire-drill: { within: soon } }', '1:33 rounds.fire-drill.within: 应为时长'],
    ['{ fire-drill: { every: fortnight } }', '1:32 rounds.fire-drill.every: 应为 day、week'],
    ['{ cleaning: { on: fri } }', '1:23 rounds.cleaning.on: 写了 on 就要一起写 every'],
    ['{ cleaning: { ifOff: after } }', '1:23 rounds.cleaning.ifOff: 写了 ifOff 就要一起写 every'],
    ['{ cleaning: { every: week } }', '1:21 rounds.cleaning.on: 缺少；应为 mon、tue'],
    ['{ cleaning: { every: week, on: 5 } }', '1:40 rounds.cleaning.on: 应为 mon、tue'],
    [
      '{ cleaning: { every: week, on: fri, month: 1 } }',
      'rounds.cleaning.month: every: week 不用写 month',
    ],
    ['{ cleaning: { every: day, on: fri } }', 'rounds.cleaning.on: every: day 不用写 on'],
    [
      '{ cleaning: { every: month, on: 31 } }',
      'rounds.cleaning.on: 应为 1–28 的整数，或 last（月末），现在是 “31”',
    ],
    [
      '{ cleaning: { every: quarter, on: 5 } }',
      'rounds.cleaning.month: 缺少；应为 1–3 的整数（每季度的第几个月）',
    ],
    ['{ cleaning: { every: quarter, month: 4, on: 5 } }', 'rounds.cleaning.month: 应为 1–3 的整数'],
    ['{ cleaning: { every: year, month: 13, on: 5 } }', 'rounds.cleaning.month: 应为 1–12 的整数'],
    [
      '{ cleaning: { every: month, on: 5, ifOff: skip } }',
      'rounds.cleaning.ifOff: 应为 before、after、same',
    ],
  ])('%s', (rule, says) => expect(mistake(rule)).toContain(says));
});
