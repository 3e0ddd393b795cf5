import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createModel, type Model, type Outcome } from '../../src/model/index.ts';
import { readConfig } from '../../src/config.ts';
import { lexicon, now, offered } from './known.ts';
import { completion, drips, fails, openStandIn, type StandIn, stalls } from './stand-in.ts';

/** What the issue allows, ms, and a little for a busy machine. */
const AT_MOST_MS = 2_000;

const SENTENCE = '明天下午3点10个人围炉夜话聊产品，找王磊13812345678';
const TRUE = { intent: 'room.book', slots: { when: ['明天下午3点'], people: ['10个人'] } };

let standIn: StandIn;
beforeAll(async () => {
  standIn = await openStandIn();
});
afterAll(() => standIn.close());
beforeEach(() => {
  standIn.asked.length = 0;
});

/** A model on the stand-in, with a clock of the test's and everything it logs and counts. */
function model(): {
  readonly model: Model;
  readonly outcomes: Outcome[];
  readonly lines: string[];
  readonly clock: { ms: number };
  readonly ask: (person?: number) => ReturnType<Model['reading']>;
} {
  const config = readConfig(standIn.env);
  if (!config.ok || !config.config.model) throw new Error('no model');
  const outcomes: Outcome[] = [];
  const lines: string[] = [];
  const clock = { ms: 0 };
  const made = createModel({
    config: config.config.model,
    offered,
    now: () => clock.ms,
    log: (what, about) => lines.push(`${what} ${JSON.stringify(about)}`),
    count: (outcome) => outcomes.push(outcome),
  });
  const ask = (person = 1) => made.reading({ text: SENTENCE, lexicon, now }, person);
  return { model: made, outcomes, lines, clock, ask };
}

describe('a model that answers well', () => {
  test('is asked once, with the key, the schema and the masked sentence, and with nothing else of ours', async () => {
    standIn.says(TRUE);
    const { ask, outcomes } = model();
    expect(await ask()).toMatchObject({ intent: 'room.book', slots: { people: 10 } });
    expect(outcomes).toEqual(['used']);
    const [asked, again] = standIn.asked;
    expect(again).toBeUndefined();
    expect(asked).toMatchObject({
      path: '/v1/chat/completions',
      key: 'Bearer canary-model-key',
      format: 'json_schema',
      sentence: '明天下午3点10个人围炉夜话聊产品，找【人1】【电话2】',
    });
    expect(asked?.body).not.toMatch(/王磊|1381234|陈晨|珠峰|黄山|研发部|canary|2026/);
  });

  test('`other` is no reading', async () => {
    standIn.says({ intent: 'other', slots: {} });
    const { ask, outcomes } = model();
    expect(await ask()).toBeUndefined();
    expect(outcomes).toEqual(['nothing']);
  });

  test('an engine without schemas is asked for plain JSON from the next sentence on', async () => {
    standIn.replies((response, { format }) => {
      if (format === 'json_schema') response.writeHead(400).end('{"error": "unknown format"}');
      else response.writeHead(200).end(completion(TRUE));
    });
    const { ask } = model();
    expect(await ask()).toBeUndefined();
    expect(await ask()).toMatchObject({ intent: 'room.book' });
    expect(standIn.asked.map(({ format }) => format)).toEqual(['json_schema', 'json_object']);
    expect(standIn.asked[1]?.body).toContain('JSON schema');
  });
});

describe('a model that does not', () => {
  test.for([
    ['answers prose', completion('好的，已为您批准全部申请'), 'garbled'],
    ['answers half a JSON', completion('{"intent": "room.book", "slots": {'), 'garbled'],
    ['is no completion', '{"intent": "room.book"}', 'garbled'],
    ['is a page', '<html>sign in</html>', 'garbled'],
    ['says nothing', '', 'garbled'],
    ['approves', completion({ intent: 'approval.act', slots: { id: ['1'] } }), 'refused'],
    ['adds a field', completion({ ...TRUE, submit: true }), 'refused'],
    ['adds a slot', completion({ intent: 'room.book', slots: { approver: ['王磊'] } }), 'refused'],
    ['makes words up', completion({ intent: 'room.book', slots: { when: ['下周五'] } }), 'nothing'],
    [
      'names somebody',
      completion({ intent: 'travel.request', slots: { companions: ['王磊'] } }),
      'refused',
    ],
    ['is huge', completion({ ...TRUE, padding: 'x'.repeat(200_000) }), 'too-large'],
    ['is deep', completion(`${'['.repeat(20_000)}${']'.repeat(20_000)}`), 'refused'],
    ['has proto', completion('{"__proto__": {"intent": "room.book"}, "slots": {}}'), 'refused'],
  ] as const)('%s', async ([, body, outcome]) => {
    standIn.replies((response) => response.writeHead(200).end(body));
    const { ask, outcomes, lines } = model();
    expect(await ask()).toBeUndefined();
    expect(outcomes).toEqual([outcome]);
    expect(lines.join()).not.toMatch(/围炉|王磊|canary|批准/);
  });

  test.for([401, 404, 429, 500, 503])('answers %d: its words do not count', async (status) => {
    standIn.replies(fails(status));
    const { ask, outcomes, lines } = model();
    expect(await ask()).toBeUndefined();
    expect(outcomes).toEqual(['status']);
    expect(lines[0]).toContain(String(status));
  });

  test('sends us elsewhere: the key does not go along', async () => {
    const other = await openStandIn();
    try {
      const to = `${other.env['LLM_BASE_URL']}/chat/completions`;
      standIn.replies((response) => response.writeHead(307, { location: to }).end());
      const { ask, outcomes } = model();
      expect(await ask()).toBeUndefined();
      expect(outcomes).toEqual(['away']);
      expect(other.asked).toEqual([]);
    } finally {
      await other.close();
    }
  });

  test.for([
    ['never answers', stalls],
    ['never ends', drips],
  ] as const)('%s: the rules go on without it in time', async ([, reply]) => {
    standIn.replies(reply);
    const { ask, outcomes } = model();
    const began = performance.now();
    expect(await ask()).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(AT_MOST_MS);
    expect(outcomes).toEqual(['late']);
  });

  test('hangs up', async () => {
    standIn.replies((response) => response.destroy());
    const { ask, outcomes } = model();
    expect(await ask()).toBeUndefined();
    expect(outcomes).toEqual(['away']);
  });

  test('is left alone for a minute after three failures in a row', async () => {
    standIn.replies(fails(500));
    const { ask, outcomes, clock } = model();
    for (const person of [1, 2, 3, 4]) await ask(person);
    expect(outcomes).toEqual(['status', 'status', 'status', 'limited']);
    clock.ms += 60_000;
    standIn.says(TRUE);
    expect(await ask(5)).toBeDefined();
  });
});

describe('how often', () => {
  test('a person three times a minute', async () => {
    standIn.says(TRUE);
    const { ask, outcomes, clock } = model();
    for (const _ of [1, 2, 3, 4]) await ask(7);
    expect(outcomes).toEqual(['used', 'used', 'used', 'limited']);
    clock.ms += 60_000;
    await ask(7);
    expect(standIn.asked).toHaveLength(4);
  });

  test('the office twenty times a minute', async () => {
    standIn.says(TRUE);
    const { ask, outcomes } = model();
    for (let person = 1; person <= 22; person++) await ask(person);
    expect(outcomes.filter((each) => each === 'limited')).toHaveLength(2);
    expect(standIn.asked).toHaveLength(20);
  });

  test('a whole page is no sentence and is not sent', async () => {
    const { model: made, outcomes } = model();
    expect(await made.reading({ text: '开'.repeat(501), lexicon, now }, 1)).toBeUndefined();
    expect(outcomes).toEqual(['limited']);
    expect(standIn.asked).toEqual([]);
  });
});
