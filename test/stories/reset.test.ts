/** 重置: the demo begins anew, whatever was filed in it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

test('requests are forgotten, and so is who was away for them', async () => {
  await office.says('王磊', '下周二去苏州出差一天，见客户');
  await office.taps('王磊', '提交');
  await office.says('李伟', '同意 TRIP-26-0001');
  const { statusCode } = await office.app.server.inject({
    method: 'POST',
    url: '/simulator/reset',
  });
  expect(statusCode).toBeLessThan(300);
  await office.says('陈晨', '下周二去苏州出差一天，见客户');
  await office.taps('陈晨', '提交');
  expect(await office.last('李伟')).toContain('TRIP-26-0001');
  expect(await office.last('李伟')).not.toContain('同部门同期外出');
});
