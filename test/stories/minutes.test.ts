import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

const items = () =>
  office.app.db
    .selectFrom('action_item')
    .leftJoin('person', 'person.id', 'action_item.owner_id')
    .select(['action_item.id', 'number', 'what', 'state', 'person.name as owner', 'due'])
    .orderBy('action_item.id')
    .execute();

const idNamed = async (what: string): Promise<number> =>
  (await items()).find((each) => each.what.includes(what))?.id ?? 0;

const times = (seen: readonly string[], words: string): number =>
  seen.filter((each) => each.includes(words)).length;

describe('from the meeting to its action items', () => {
  test('when a meeting ends its host is asked for the minutes, once', async () => {
    await office.says('李伟', '今天上午11点到12点订珠峰开研发周会');
    await office.taps('李伟', '提交');
    await office.later('1h');
    expect(await office.last('李伟')).not.toContain('请在');
    await office.later('1h');
    const card = await office.last('李伟');
    expect(card).toContain('会议纪要：研发周会 #待给纪要');
    expect(card).toContain('会议已结束，请在 明天 3月4日（周三）12:00 前给纪要');
    expect(card).toContain('[提交纪要] [无需纪要]');
    await office.app.tick();
    await office.app.tick();
    await office.settle();
    expect(times(await office.sees('李伟'), '会议已结束')).toBe(1);
  });

  test('the text they send becomes items on one card, with what is missing marked', async () => {
    await office.says(
      '李伟',
      '决定：下个版本不做深色模式\n陈晨：3月6日前修复登录页样式，覆盖三种浏览器\n王磊下周一前给出压测报告\n行动项：\n刘洋 3月9日前写完测试用例\n更新接口文档',
    );
    const card = await office.last('李伟');
    expect(card).toContain('会议纪要：研发周会 #待核对');
    expect(card).toContain('4 项待分派，其中 2 项待补');
    expect(card).toContain('3. 写完测试用例\n待补：责任人');
    expect(card).toContain('4. 更新接口文档\n待补：责任人、完成时间');
    expect(card).toContain('责任人（有几位「刘洋」，请选）');
    expect(card).toContain('决策要点\n· 决定：下个版本不做深色模式');
    expect(await office.sees('陈晨')).toEqual([]);
  });

  test('确认并分派 sends out the complete ones only and keeps asking for the others', async () => {
    const { toast } = await office.taps('李伟', '确认并分派');
    expect(toast).toBe('已分派 2 项，还有 2 项待补齐才能分派');
    expect(await office.last('陈晨')).toContain('行动项：研发周会');
    expect(await office.last('陈晨')).toContain(
      'ACT-26-0001 修复登录页样式\n3月6日（周五）前 · 待办\n标准：覆盖三种浏览器',
    );
    expect(await office.last('王磊')).toContain('ACT-26-0002 给出压测报告');
    const card = await office.last('李伟');
    expect(card).toContain('2 项待分派，其中 2 项待补；行动项 2 项，已完成 0 项');
    expect((await items()).map(({ state }) => state)).toEqual(['open', 'open', 'draft', 'draft']);
  });

  test('the host chooses between two of one name, and fills in what was missing', async () => {
    const [tests, papers] = [await idNamed('测试用例'), await idNamed('接口文档')];
    const card = await office.card('李伟');
    const input = card.blocks
      .flatMap((block) => (block.block === 'form' ? block.inputs : []))
      .find(({ name }) => name === `owner_${tests}`);
    const options = input?.input === 'select' ? input.options : [];
    expect(options.map(({ label }) => label)).toEqual(['刘洋 · 研发部', '刘洋 · 市场部']);
    const { toast } = await office.taps('李伟', '确认并分派', {
      [`owner_${tests}`]: options[0]?.value ?? '',
      [`owner_${papers}`]: '何佳',
      [`due_${papers}`]: '2026-03-13',
    });
    expect(toast).toBe('已分派 2 项');
    expect(await office.last('刘洋@研发部')).toContain('ACT-26-0003 写完测试用例');
    expect(await office.sees('刘洋@市场部')).toEqual([]);
    expect(await office.last('何佳')).toContain('ACT-26-0004 更新接口文档');
    expect(await office.last('李伟')).toContain('会议纪要：研发周会 #已确认');
  });

  test('an owner taps 进行中 and 完成; the host’s card shows it', async () => {
    expect((await office.taps('陈晨', '进行中')).toast).toBe('ACT-26-0001 进行中');
    expect(await office.last('李伟')).toContain('陈晨 · 3月6日（周五）前 · 进行中');
    expect((await office.taps('陈晨', '完成')).toast).toBe('ACT-26-0001 已完成');
    expect(await office.last('李伟')).toContain('行动项 4 项，已完成 1 项');
  });

  test('延期 wants a reason and a date to come', async () => {
    await office.taps('王磊', '延期');
    expect((await office.taps('王磊', '确认延期', { due: '2026-03-12' })).toast).toBe(
      '请写一句原因',
    );
    const past = { due: '2026-02-01', reason: '等机器' };
    expect((await office.taps('王磊', '确认延期', past)).toast).toContain('已经过去');
    const later = { due: '2026-03-12', reason: '等机器' };
    expect((await office.taps('王磊', '确认延期', later)).toast).toBe(
      'ACT-26-0002 已延期到 2026-03-12',
    );
    expect(await office.last('李伟')).toContain('王磊 · 3月12日（周四）前 · 已延期\n说明：等机器');
  });

  test('不是我 goes back to the host, who hands it to another', async () => {
    await office.taps('何佳', '不是我');
    await office.taps('何佳', '交回主持人', { reason: '文档归研发' });
    expect(await office.last('何佳')).toContain('没有待办的行动项');
    expect(await office.last('何佳')).not.toContain('更新接口文档');
    const card = await office.last('李伟');
    expect(card).toContain('ACT-26-0004 更新接口文档\n何佳说不是自己：文档归研发');
    const id = await idNamed('接口文档');
    expect((await office.taps('李伟', '确认并分派', { [`owner_${id}`]: '何佳' })).toast).toContain(
      '还有 1 项',
    );
    expect((await office.taps('李伟', '确认并分派', { [`owner_${id}`]: '王磊' })).toast).toBe(
      '已分派 1 项',
    );
    expect(await office.last('王磊')).toContain('ACT-26-0004 更新接口文档');
  });

  test('nobody else does anything with an item: not by a forged tap, not by word', async () => {
    await office.says('林晓', '帮助');
    const id = await idNamed('测试用例');
    for (const a of ['item-done', 'item-doing', 'item-refuse', 'item-postpone']) {
      const forged = await office.forges('林晓', { v: 1, a, i: id, l: '0', f: 0 }, { reason: 'x' });
      expect(forged.toast).toBe('这条不在您名下，没有改动');
    }
    const minutes = () =>
      office.app.db.selectFrom('minutes').select(['state', 'version', 'text']).execute();
    const [itemsBefore, minutesBefore] = [await items(), await minutes()];
    for (const a of [
      'minutes-confirm',
      'minutes-none',
      'minutes-add',
      'minutes-give',
      'minutes-save',
    ])
      expect((await office.forges('林晓', { v: 1, a, w: 1 }, { text: 'x' })).toast).toContain(
        '没有找到',
      );
    expect(await items()).toEqual(itemsBefore);
    expect(await minutes()).toEqual(minutesBefore);
    await office.says('林晓', 'ACT-26-0003 完成了');
    expect(await office.last('林晓')).toBe('没有找到您名下的这条行动项');
    expect((await items()).find((each) => each.id === id)?.state).toBe('open');
  });

  test('by word: with its number, or in reply to the card', async () => {
    await office.says('刘洋@研发部', 'ACT-26-0003 延期到下周三，等客户回复');
    expect(await office.last('刘洋@研发部')).toBe('ACT-26-0003 已延期到 2026-03-11');
    await office.says('刘洋@研发部', '我的行动项');
    expect(await office.last('刘洋@研发部')).toContain('说明：等客户回复');
    await office.replies('刘洋@研发部', '我的行动项', '还没完成');
    await office.replies('刘洋@研发部', '我的行动项', '做完了');
    expect(await office.last('刘洋@研发部')).toBe('ACT-26-0003 已完成');
    await office.says('王磊', 'act-26-2 进行中');
    expect(await office.last('王磊')).toBe('ACT-26-0002 进行中');
    await office.says('李伟', 'ACT-26-0004 转给陈晨');
    expect(await office.last('李伟')).toBe('ACT-26-0004 已转给新的责任人');
    expect(await office.last('陈晨')).toContain('ACT-26-0004 更新接口文档');
  });
});

describe('minutes of a meeting with attendees', () => {
  test('those who were asked to come get them when they are confirmed, and see items as they stand', async () => {
    await office.says('黄静', '今天下午3点到4点订珠峰开品牌会');
    await office.taps('黄静', '提交');
    const booking = await office.app.db
      .selectFrom('request')
      .selectAll()
      .where('kind', '=', 'room')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const guests = await office.app.db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('name', 'in', ['罗敏', '黄静'])
      .execute();
    // Bookings will hold whom they invite; here it is written as it will be.
    await office.app.db
      .updateTable('request')
      .set({ form: JSON.stringify({ ...booking.form, attendees: guests.map(({ id }) => id) }) })
      .where('id', '=', booking.id)
      .execute();
    await office.later('4h');
    expect(await office.last('黄静')).toContain('会议纪要：品牌会 #待给纪要');
    await office.taps('黄静', '提交纪要', { text: '一致同意采用新标志\n林晓：周五前更新名片模板' });
    expect(await office.sees('罗敏')).toEqual([]);
    await office.taps('黄静', '确认并分派');
    const card = await office.last('罗敏');
    expect(card).toContain('会议纪要：品牌会 #已确认\n行动项 1 项，已完成 0 项');
    expect(card).toContain('决策要点\n· 一致同意采用新标志');
    expect(card).toContain('更新名片模板\n林晓 · 3月6日（周五）前 · 待办');
    expect(card).not.toContain('[确认并分派]');
    expect((await office.sees('黄静')).filter((each) => each.includes('品牌会 #'))).toHaveLength(1);
    await office.taps('林晓', '完成');
    expect(await office.last('罗敏')).toContain('更新名片模板\n林晓 · 3月6日（周五）前 · 已完成');
  });

  test('an item is added, one is deleted, and what is unknown is said', async () => {
    await office.taps('黄静', '加一条');
    const [row] = await office.app.db
      .selectFrom('action_item')
      .select('id')
      .where('state', '=', 'draft')
      .execute();
    const id = row?.id ?? 0;
    const unknown = {
      [`what_${id}`]: '印名片',
      [`owner_${id}`]: '诸葛亮',
      [`due_${id}`]: '2026-03-20',
    };
    expect((await office.taps('黄静', '保存', unknown)).toast).toContain('责任人请再确认：诸葛亮');
    expect(await office.last('黄静')).toContain('1. 印名片\n待补：责任人');
    const kept = { [`what_${id}`]: '印名片', [`owner_${id}`]: '诸葛亮' };
    expect((await office.taps('黄静', '确认并分派', kept)).toast).toContain('还有 1 项待补齐');
    await office.taps('黄静', '保存', { [`drop_${id}`]: true });
    expect(await office.last('黄静')).not.toContain('印名片');
  });
});
