/** One call of the platform never ends: who it is for waits until it is given up, nobody else does. */
import { expect, test } from 'vitest';
import { openFeishuOffice } from '../office/feishu-office.ts';
import { idOf } from '../office/office.ts';

const SEND = /^POST .*\/im\/v1\/messages$/;

test('a reply that hangs keeps no other reply waiting, and comes when the call is over', async () => {
  const office = await openFeishuOffice({ rates: 'off' });
  const { feishu, app } = office;
  const [LI, CHEN] = [idOf('李伟'), idOf('陈晨')];
  const stateOfHis = async (): Promise<string | undefined> =>
    (
      await app.db
        .selectFrom('delivery')
        .select('state')
        .where('address', '=', LI)
        .orderBy('seq', 'desc')
        .executeTakeFirst()
    )?.state;
  const replies = (person: string): number =>
    feishu.inbox(person).filter(({ from }) => from === 'bot').length;
  try {
    await office.says('李伟', '我的待办');
    await office.says('陈晨', '我的待办');
    const [his, hers] = [replies(LI), replies(CHEN)];
    feishu.fail({ silent: 'before' }, { only: SEND, to: LI });
    await feishu.says(LI, '我的申请');
    await expect.poll(stateOfHis).toBe('sending');
    await feishu.says(CHEN, '我的申请');
    await feishu.waitFor(() => replies(CHEN) > hers || undefined);
    expect(await stateOfHis()).toBe('sending');
    expect(replies(LI)).toBe(his);
    await office.settle();
    expect(replies(LI)).toBe(his + 1);
  } finally {
    await office.stop();
  }
});
