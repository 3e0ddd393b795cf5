/** One suite over every piece of recurring work: a new file and a line in the list are checked without a line from anybody. */
import { describe, expect, test } from 'vitest';
import { noteName, type RoundModel, roundCard } from '../../cards/round.ts';
import { yearCard } from '../../cards/round-lists.ts';
import { words } from '../../cards/words.ts';
import { drawCard } from '../../src/channels/feishu/card.ts';
import { roundKinds } from '../../src/rounds/index.ts';
import type { RoundKind } from '../../src/rounds/kind.ts';
import { daysOf, dueOf, firstReminder, lastOf, plannedBy } from '../../src/rounds/plan.ts';
import { recurrenceText } from '../../src/rounds/texts.ts';
import { calendarOf, defaultRules } from '../../src/settings/index.ts';
import { roundNames } from '../../src/settings/round-rules.ts';
import { places } from '../feishu-platform/card-rules/walk.ts';
import { validateCard } from '../feishu-platform/card-rules.ts';

const day = (iso: string): Temporal.PlainDate => Temporal.PlainDate.from(iso);
const roles = Object.keys(defaultRules.roles);
const planned = plannedBy(defaultRules);
const calendar = calendarOf(defaultRules);

const LONG = '很长'.repeat(100);

/** The fullest card of a kind: everything filled in, everything wrong. */
function fullest(kind: RoundKind, state: 'open' | 'done'): RoundModel {
  const answers = Object.fromEntries(
    kind.items.flatMap(({ name, check }) => [
      [name, check === 'score' ? '100' : 'bad'],
      [noteName(name), LONG],
    ]),
  );
  return {
    id: 1,
    version: 3,
    title: kind.title,
    day: words('3月4日（周三）', 'Wed 03-04'),
    state,
    late: true,
    owner: words('行政', 'Office'),
    due: words('明天 3月5日（周四）10:00', 'tomorrow'),
    claimedBy: '<at id=all></at>',
    lines: kind.items.map(({ name, title, check }) => ({
      name,
      title,
      check,
      result: { bad: true, score: 60, note: LONG },
    })),
    findings: kind.items.map(({ title }) => ({ item: title, note: LONG, open: true })),
    claim: 'take-over',
    ...(state === 'open' ? { fill: { answers } } : {}),
    remark: words('「空调」有问题，请写一句说明', 'a note, please'),
  };
}

test('every name that office.yaml knows is declared once, in that order', () => {
  expect(roundKinds.map(({ name }) => name)).toEqual(roundNames);
});

describe.each(roundKinds.map((kind) => [kind.name, kind] as const))('%s', (_name, kind) => {
  test('its roles exist, its checklist can be stored and filled in on a phone', () => {
    expect(roles).toContain(kind.owner);
    expect(roles).toContain(kind.findings.owner);
    expect(kind.escalate.length).toBeGreaterThan(0);
    for (const role of kind.escalate) expect(roles).toContain(role);
    expect(kind.escalate).not.toContain(kind.owner);
    const names = kind.items.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]{0,30}$/);
    expect(names.length).toBeGreaterThan(1);
    expect(names.length).toBeLessThanOrEqual(8);
    expect(kind.source).toMatch(/^[A-Z]-\d\d$/);
    expect(recurrenceText(kind.recurrence).zh).toMatch(/^每/);
  });

  test('its cards fit Feishu, also with everything wrong and every note as long as it may be', () => {
    for (const state of ['open', 'done'] as const) {
      const drawn = drawCard(roundCard(fullest(kind, state)));
      expect(validateCard(drawn)).toEqual([]);
      // A card that is too large is shortened: here nothing was left out.
      const inputs = places(drawn).filter(({ tag }) => tag === 'input' || tag === 'select_static');
      expect(inputs).toHaveLength(state === 'open' ? kind.items.length * 2 : 0);
      for (const { title } of kind.items)
        expect(JSON.stringify(drawn).includes(title.zh), title.zh).toBe(true);
    }
  });

  test('every one of a year comes before it is due, and is reminded of in between', () => {
    const each = planned.find((one) => one.kind === kind);
    if (!each) throw new Error('it is on when nothing is said');
    const year = daysOf(each, day('2026-01-01'), day('2026-12-31'), defaultRules);
    expect(year.length).toBeGreaterThan(0);
    for (const occurrence of year) {
      const evening = occurrence.date.toZonedDateTime({
        timeZone: 'Asia/Shanghai',
        plainTime: '18:00',
      });
      const last = lastOf(each, evening.toInstant(), defaultRules);
      expect(last?.period).toBe(occurrence.period);
      if (!last) continue;
      const due = dueOf(each, last, last.opens, calendar);
      const first = firstReminder(last.opens, due, each.within, calendar);
      expect(Temporal.Instant.compare(last.opens, first)).toBe(-1);
      expect(Temporal.Instant.compare(first, due)).toBeLessThanOrEqual(0);
    }
  });
});

test('a month of the calendar fits Feishu, with the next of each', () => {
  const fact = { label: words('设施日常巡检', 'Round'), value: words('每个工作日', 'daily') };
  const days = roundKinds.map(({ title }) => ({
    day: words('3月13日（周五）', 'Fri'),
    title,
    who: words('行政', 'Office'),
  }));
  const card = yearCard({
    month: words('2026年3月', '2026-03'),
    place: 2026 * 12 + 2,
    often: [fact],
    days,
    next: roundKinds.map(({ title }) => ({ label: title, value: '3月13日' })),
  });
  const drawn = drawCard(card);
  expect(validateCard(drawn)).toEqual([]);
  expect(JSON.stringify(drawn)).toContain('后勤管理计划书');
});
