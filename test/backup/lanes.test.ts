/** Yesterday's state is restored: it must not repeat yesterday's messages. Nothing goes out until somebody has looked and says so. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { commandLine } from '../cli/command-line.ts';
import { Secret } from '../../src/secret.ts';
import { buttonsOf, idOf, openOffice, type TestOffice } from '../office/office.ts';

test('after a restore messages wait, taps are answered, and all of it goes out once when the lanes are released', async () => {
  const before = await openOffice();
  await before.says('陈晨', '下周二去上海出差两天，高铁，见客户');
  await before.taps('陈晨', '提交');
  const source = await commandLine(before.app.db);
  const file = join(source.folder, 'office.backup');
  expect((await source.runHere(['backup', file])).code).toBe(0);
  await before.stop();

  const target = await commandLine();
  mkdirSync(join(target.folder, 'data'));
  target.file('data/audit.key', '00'.repeat(32));
  const restored = await target.runHere(['restore', file]);
  expect(restored).toMatchObject({ code: 0, err: '' });
  expect(restored.out).toContain('消息都先停着');

  const office = await openOffice({ connectionString: new Secret(target.url) });
  onTestFinished(() => office.stop());
  expect(await taps(office, '李伟', '同意')).toContain('同意');
  await posts(office, '/simulator/messages', { person: idOf('王磊'), text: '领一盒回形针' });
  await office.app.tick();
  await office.app.deliver();
  expect(await office.sees('王磊')).toEqual([]);
  expect(await office.sees('ou_office_1')).toEqual([]); // it is theirs by now, and they have not heard
  const held = await target.runHere(['deliveries']);
  expect(held.out).toContain('消息都停着');

  expect(await target.runHere(['deliveries', 'release'])).toMatchObject({ code: 0, err: '' });
  await office.settle();
  expect((await office.sees('王磊')).join('\n')).toContain('回形针');
  expect((await office.sees('ou_office_1')).join('\n')).toContain('TRIP-26-0001');
  expect(
    (await office.sees('陈晨')).filter((each) => each.includes('TRIP-26-0001')).length,
  ).toBeGreaterThan(0);
  expect((await target.runHere(['deliveries', 'release'])).code).toBe(1);
  const { length } = await office.app.db
    .selectFrom('audit')
    .select('seq')
    .where('act', '=', 'delivery.released')
    .execute();
  expect(length).toBe(1);
}, 90_000);

/** Nobody waits here for what is owed to arrive: it does not. */
async function posts(office: TestOffice, url: string, payload: object): Promise<string> {
  const { statusCode, body } = await office.app.server.inject({ method: 'POST', url, payload });
  expect(statusCode).toBe(200);
  return body;
}

async function taps(office: TestOffice, person: string, label: string): Promise<string> {
  const rows = await office.app.db
    .selectFrom('simulator_message')
    .select(['id', 'body'])
    .where('person', '=', idOf(person))
    .orderBy('place')
    .execute();
  for (const { id, body } of rows) {
    const button =
      'card' in body &&
      buttonsOf(body.card).find((each) => JSON.stringify(each.label).includes(label));
    if (button)
      return posts(office, '/simulator/taps', {
        person: idOf(person),
        message: id,
        value: button.value,
        answers: {},
      });
  }
  throw new Error(`${person} sees no button 「${label}」`);
}
