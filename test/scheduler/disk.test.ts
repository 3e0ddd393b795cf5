/** The disk fills up: nothing more is taken in, everybody is told the truth, and it goes on by itself when there is room. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Room } from '../../src/scheduler/disk.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

const GIGABYTE = 1024 ** 3;
const PLENTY: Room = { bytes: 20 * GIGABYTE, share: 0.4 };

let room: Room = PLENTY;
let stopped = false;
let revived = 0;
let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({
    disk: {
      folders: ['data'],
      measure: async () => room,
      revive: async () => {
        const had = stopped;
        stopped = false;
        if (had) revived += 1;
        return had;
      },
      everyMs: 20,
    },
  });
  await office.says('陈晨', '领两包A4纸');
});
afterAll(() => office.stop());

const ready = async (): Promise<string> => (await office.app.server.inject('/ready')).body;
const becomes = async (now: Room): Promise<void> => {
  room = now;
  const full = now !== PLENTY;
  await vi.waitFor(async () => expect((await ready()).includes('disk is full')).toBe(full));
};
const drafts = async (): Promise<number> =>
  (await office.app.db.selectFrom('draft').select('id').execute()).length;

test.each([
  ['less than 500 MB', { bytes: 499 * 1024 ** 2, share: 0.5 }],
  ['less than a twentieth', { bytes: 40 * GIGABYTE, share: 0.049 }],
])(
  '%s: events are answered 503, taps that nothing was recorded, nothing changes',
  async (_, full) => {
    const before = await drafts();
    await becomes(full);
    await expect(office.says('王磊', '领一盒回形针')).rejects.toThrow('503');
    expect((await office.taps('陈晨', '提交')).toast).toContain('磁盘满了');
    expect(await drafts()).toBe(before);
    expect(await office.app.db.selectFrom('request').select('id').execute()).toEqual([]);
    await becomes(PLENTY);
  },
);

test('the office manager is told once each time, not at every look', async () => {
  await office.settle();
  const told = (await office.sees('ou_office_manager')).filter((each) =>
    each.includes('磁盘快满了'),
  );
  expect(told).toHaveLength(2);
});

test('just enough is enough', async () => {
  await becomes(PLENTY);
  room = { bytes: 500 * 1024 ** 2, share: 0.05 };
  await office.says('林晓', '领一盒回形针');
  room = PLENTY;
});

test('when there is room again, what was refused is done, and our own database is started if it had stopped', async () => {
  await becomes({ bytes: 1, share: 0 });
  stopped = true;
  await becomes(PLENTY);
  expect(revived).toBe(1);
  await office.says('王磊', '领一盒回形针');
  expect((await office.taps('陈晨', '提交')).toast).toContain('已提交');
});
