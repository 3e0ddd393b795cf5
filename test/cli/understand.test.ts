import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine } from './command-line.ts';

const understood = async (input: string) => {
  const office = await commandLine();
  const env = { DATABASE_URL: undefined, OFFICE_CONFIG: undefined };
  const ended = await office.run(['understand'], { input, env });
  expect(existsSync(join(office.folder, 'data'))).toBe(false); // no database
  const lines = ended.out.split('\n').filter((line) => line !== '');
  return { ...ended, answers: lines.map((line): unknown => JSON.parse(line)) };
};

describe('understand', () => {
  test('one JSON line a message, in order, times resolved against the reference', async () => {
    const { code, answers } = await understood(
      [
        '{"id":"a","text":"明天下午3点到5点订个10人的会议室","reference":"2026-03-03T10:00:00","zone":"Asia/Shanghai"}',
        '',
        '{"id":2,"text":"领两盒A4纸","reference":"2026-03-03T10:00:00"}\r',
        '{"text":"你好"}',
      ].join('\n'),
    );
    expect(code).toBe(0);
    expect(answers).toMatchObject([
      {
        id: 'a',
        intent: 'room.book',
        slots: { people: 10 },
        expected: {
          type: 'datetimerange',
          start: '2026-03-04T15:00:00',
          end: '2026-03-04T17:00:00',
        },
      },
      {
        id: 2,
        intent: 'supplies.request',
        slots: { items: [{ name: 'A4纸', qty: 2, unit: '盒' }] },
        expected: { type: 'none' },
      },
      { intent: 'other', slots: {} },
    ]);
  });

  test('a row about numbers is answered with the number', async () => {
    const { answers } = await understood(
      '{"id":"n","text":"一千二"}\n{"id":"m","text":"三百块钱"}\n',
    );
    expect(answers).toMatchObject([
      { expected: { type: 'number', value: 1200 } },
      { expected: { type: 'money', value: 300, currency: 'CNY' } },
    ]);
  });

  test('a line that cannot be read is answered too, the others are not held up', async () => {
    const { code, answers } = await understood(
      'oops\n{"txt":"x"}\n{"text":"x","reference":"soon"}\n{"text":"x","zone":"Mars"}\n{"text":"报修"}\n',
    );
    expect(code).toBe(1);
    expect(answers).toHaveLength(5);
    expect(answers.slice(0, 4)).toEqual(
      Array.from({ length: 4 }, () => ({ error: expect.any(String) })),
    );
    expect(answers[4]).toHaveProperty('intent');
  });
});
