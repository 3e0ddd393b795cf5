/** One suite over every request kind: a new folder and a line in the list are checked without a line from anybody. */
import { describe, expect, test } from 'vitest';
import { cities } from '../../src/language/cities.ts';
import type { Lexicon } from '../../src/language/lexicon.ts';
import { understand } from '../../src/language/understand.ts';
import { heardAs } from '../../src/conversation/heard/index.ts';
import { kinds } from '../../src/requests/index.ts';
import { defaultRules } from '../../src/settings/index.ts';

const now = Temporal.ZonedDateTime.from('2026-03-03T10:00[Asia/Shanghai]');
const lexicon: Lexicon = {
  intents: [...kinds.map((kind) => kind.heardAs), ...heardAs],
  rooms: [],
  items: [],
  people: [],
  cities,
};

test('no two kinds share a name, a prefix or an intent', () => {
  for (const what of ['name', 'prefix'] as const) {
    expect(new Set(kinds.map((kind) => kind[what])).size).toBe(kinds.length);
  }
  const intents = lexicon.intents.map((each) => each.intent);
  expect(new Set(intents).size).toBe(intents.length);
});

describe.each(kinds.map((kind) => [kind.name, kind] as const))('%s', (_name, kind) => {
  test('its examples are understood, and claimed by no other kind', () => {
    const says = [kind.example, kind.exampleEn, ...kind.heardAs.examples.map((each) => each.says)];
    expect(says.length).toBeGreaterThan(1);
    for (const text of says) {
      const best = understand(text, lexicon, now)[0]?.readings[0];
      expect(best?.intent, text).toBe(kind.heardAs.intent);
      expect(best?.confidence, text).toBeGreaterThan(0.45);
    }
  });

  test('the example of the help card fills the form so far that little is left to ask', () => {
    const best = understand(kind.example, lexicon, now)[0]?.readings[0];
    const form = kind.hear(best?.slots ?? {}, { now });
    const filled = Object.keys(form);
    expect(filled.length).toBeGreaterThanOrEqual(1);
    for (const field of filled) expect(kind.fields[field], field).toBeDefined();
  });

  test('every field has both languages and inputs of its own name; what must be filled in has one', () => {
    for (const [name, field] of Object.entries(kind.fields)) {
      expect(field.label.zh).not.toBe('');
      expect(field.label.en).not.toBe('');
      const inputs = field.inputs(name, undefined, [], { now });
      // What no card asks for is heard and changed by words and taps of its own; then nothing may wait for it.
      if (inputs.length === 0) expect(field.required).toBe(false);
      for (const input of inputs)
        expect(input.name === name || input.name.startsWith(`${name}_`)).toBe(true);
    }
  });

  test('an empty form has a gap for every needed field and none for the others', () => {
    const checked = kind.check({});
    const needed = Object.entries(kind.fields).flatMap(([name, field]) =>
      field.required ? [name] : [],
    );
    expect(checked.ok ? [] : checked.gaps.map((gap) => gap.field)).toEqual(needed);
  });

  test('its tasks name roles of the rules, and send back only to a task before', () => {
    const tasks = kind.tasks(defaultRules, {});
    tasks.forEach((task, index) => {
      const known = task.voice === 'requester' || task.voice in defaultRules.roles;
      expect(known, `${task.id}: ${task.voice}`).toBe(true);
      const earlier = tasks.slice(0, index).map((each) => each.id);
      if (task.sendsBack) expect(earlier).toContain(task.sendsBack.to);
    });
  });
});
