/** The database does what it was asked, and the answer is lost with the connection: nobody is told that nothing was recorded. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DatabaseProxy, openDatabaseProxy } from '../../scripts/chaos/database-proxy.ts';
import { Secret } from '../../src/secret.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';

let office: FeishuOffice;
let database: DatabaseProxy;
beforeAll(async () => {
  office = await openFeishuOffice({
    async through(given) {
      const url = new URL(given.reveal());
      database = await openDatabaseProxy(
        `${url.searchParams.get('host') ?? ''}/.s.PGSQL.${url.port}`,
      );
      return new Secret(database.urlOf(given.reveal()));
    },
  });
});
afterAll(async () => {
  await office.stop();
  await database.close();
});

test('a tap whose commit is not heard of is answered with what was committed, once', async () => {
  await office.says('陈晨', '领3个笔记本');
  let claiming = false;
  let lost = 0;
  database.decide = ({ text, by }) => {
    if (by === 'banshi' && text.includes('into "inbound"')) claiming = true;
    if (by !== 'banshi' || text !== 'commit' || !claiming || lost > 0) return 'pass';
    return { cut: 'after', struck: () => void lost++ };
  };
  const { toast } = await office.taps('陈晨', '提交');
  database.decide = () => 'pass';
  expect(lost).toBe(1);
  expect(toast?.content).toMatch(/^已提交 SUP-26-0001/);
  await office.settle();
  const requests = await office.app.db.selectFrom('request').select('number').execute();
  expect(requests).toEqual([{ number: 'SUP-26-0001' }]);
  expect(office.sees('吴婷').filter((each) => each.includes('SUP-26-0001'))).toHaveLength(1);
});
