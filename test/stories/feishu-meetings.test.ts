import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idIn } from '../office/feishu-client.ts';
import {
  type FeishuOffice,
  figures,
  openFeishuOffice,
  refusedForGood,
  tapLimit,
} from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice(); // Tuesday, 3 March 2026, 10:00
});
afterAll(() => office.stop());

const shows = (person: string, what: string): readonly string[] =>
  office.sees(person).filter((each) => each.includes(what));

describe('a meeting in Feishu', () => {
  test('booked late: everybody invited is told at once, each with one card', async () => {
    await office.says('陈晨', '今天下午3点到5点订珠峰，要投影，主题产品评审，参会人：王磊、林晓');
    await office.taps('陈晨', '提交');
    expect(office.last('王磊')).toContain('今天 3月3日（周二）15:00 珠峰 产品评审');
    expect(office.last('王磊')).toContain('【会议通知】');
    expect(shows('林晓', '【会议通知】')).toHaveLength(1);
  });

  test('a document sent after it is material; the host says what it is for', async () => {
    const budget = { name: '预算.pdf', bytes: new Uint8Array(Buffer.from('%PDF-1.7')) };
    await office.feishu.says(idIn('陈晨'), '', { file: budget });
    await office.settle();
    expect(office.last('陈晨')).toContain('预算.pdf');
    const tapped = await office.taps('陈晨', '决策项');
    expect(tapped.toast?.content).toBe('已标为决策项');
    expect(office.last('王磊')).toContain('决策项　预算.pdf');
  });

  test('whoever is invited opens it, nobody else', async () => {
    const got = (person: string): readonly string[] =>
      office.feishu
        .inbox(idIn(person))
        .filter(({ from, type }) => from === 'bot' && type === 'file')
        .map(({ text }) => text);
    await office.tick();
    await office.taps('王磊', '看附件');
    await office.settle();
    expect(got('王磊')).toEqual(['预算.pdf']);
    await office.says('罗敏', '看一下ROOM-26-0001的附件');
    expect(office.last('罗敏')).toContain('没有找到');
    expect(got('罗敏')).toEqual([]);
  });

  test('请假 with its reason on the card, 确认参加: the host sees the tally', async () => {
    const away = await office.taps('王磊', '请假', { reason: '出差' });
    expect(away.toast?.content).toBe('已请假，主持人会看到');
    await office.taps('林晓', '确认参加');
    expect(shows('陈晨', '参加 1（林晓），请假 1（王磊：出差），未答 0')).toHaveLength(1);
  });

  test('the host fills in who comes and what is talked about on the card', async () => {
    const panel = await office.taps('陈晨', '参会与材料');
    expect(panel.text).toContain('参会与材料 ROOM-26-0001');
    const saved = await office.taps('陈晨', '保存', {
      attendees: '王磊、林晓、何佳',
      agenda: '预算 何佳 20分钟',
    });
    expect(saved.toast?.content).toBe('参会人：王磊、林晓、何佳');
    expect(office.last('何佳')).toContain('您需准备：预算');
  });

  test('moved: old and new on a new card, the old card points to it', async () => {
    await office.says('陈晨', '改到4点');
    await office.taps('陈晨', '提交');
    expect(office.last('何佳')).toContain('【会议改期】');
    expect(office.last('何佳')).toContain('原定：今天 3月3日（周二）15:00–17:00 珠峰');
    expect(office.sees('何佳').at(-2)).toContain('请看下面最新的一张卡片');
  });

  test('set-up, test and presence come to the office; one does it, the other sees it', async () => {
    await office.tick();
    expect(office.last('吴婷')).toContain('会场布置：今天 3月3日（周二）16:00 珠峰（3楼）');
    await office.taps('吴婷', '已完成');
    expect(office.last('郑强')).toContain('【已完成】');
    office.later({ hours: 5 }); // 15:00
    await office.tick();
    expect(office.last('郑强')).toContain('设备测试：');
    office.later({ minutes: 45 });
    await office.tick();
    expect(shows('郑强', '现场值守：')).toHaveLength(1);
  });

  test('nobody checks in: the room is released, and taken back with one tap', async () => {
    office.later({ minutes: 6 }); // 15:51
    await office.tick();
    expect(office.last('陈晨')).toContain('[签到]');
    office.later({ minutes: 25 }); // 16:16
    await office.tick();
    expect(office.last('陈晨')).toContain('会议室已释放给其他人');
    const back = await office.taps('陈晨', '收回会议室');
    expect(back.toast?.content).toBe('已收回，珠峰继续为您保留');
    const states = await office.app.db.selectFrom('booking').select('state').execute();
    expect(states.filter(({ state }) => state === 'booked')).toHaveLength(1);
  });

  test('cancelled before it begins: who had the notice is told', async () => {
    await office.says('罗敏', '今天下午5点半到6点订黄山，参会人：马超');
    await office.taps('罗敏', '提交');
    await office.says('罗敏', '取消黄山的会议室');
    expect(office.last('马超')).toContain('【已取消】');
    expect(office.last('马超')).not.toContain('[确认参加]');
  });

  test('every tap was answered in time, every card was taken by the platform', () => {
    expect(figures(office.tapTimes).most).toBeLessThan(tapLimit());
    expect(refusedForGood(office.feishu)).toEqual([]);
  });
});

const ROOMS = ['珠峰', '黄山', '华山', '衡山'];

describe('two programs on one database', () => {
  test('tick at once and ring once; the one that did not ring rings no more either', async () => {
    const pair = await openFeishuOffice({ replicas: 2 });
    try {
      // Several meetings, so that the two really meet: each takes what the other has not locked.
      for (const room of ROOMS) {
        await pair.says('陈晨', `后天下午3点到5点订${room}，要茶水，参会人：王磊、林晓`);
        await pair.taps('陈晨', '提交');
      }
      for (let i = 0; i < 2; i++) pair.later({ hours: 15 }); // Wednesday 16:00
      await Promise.all([...pair.ticks, ...pair.ticks].map((tick) => tick()));
      await pair.settle();
      const seen = (person: string, what: string): readonly string[] =>
        pair.sees(person).filter((each) => each.includes(what));
      for (const invited of ['王磊', '林晓'])
        expect(seen(invited, '【会议通知】')).toHaveLength(ROOMS.length);
      expect(seen('吴婷', '会场布置：')).toHaveLength(ROOMS.length);
      await Promise.all(pair.ticks.map((tick) => tick()));
      await pair.settle();
      expect(pair.sees('王磊')).toHaveLength(ROOMS.length);
    } finally {
      await pair.stop();
    }
  });
});
