import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOffice, type TestOffice } from '../office/office.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openOffice(); // Tuesday, 3 March 2026, 10:00
});
afterEach(() => office.stop());

/** So many quarters of an hour, a tick after each. */
const quarters = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await office.later('15m');
};

const cards = async (person: string, tag: string): Promise<readonly string[]> =>
  (await office.sees(person)).filter((each) => each.includes(tag));

const IN_TWO_DAYS = '后天下午3点到5点订珠峰，主题产品评审，参会人：王磊、林晓';

describe('the notice', () => {
  test('the host names who takes part in the sentence that books; nobody is bothered before its time', async () => {
    await office.says('陈晨', IN_TWO_DAYS);
    expect(await office.last('陈晨')).toContain('参会人：王磊、林晓');
    await office.taps('陈晨', '提交');
    expect(await office.last('陈晨')).toContain('参会人：参加 0，请假 0，未答 2（王磊、林晓）');
    await office.later('1d');
    await office.later('4h'); // Wednesday 14:00
    expect(await office.sees('王磊')).toEqual([]);
    await office.later('1h');
    const [notice, ...more] = await office.sees('王磊');
    expect(notice).toContain('明天 3月5日（周四）15:00 珠峰 产品评审 #会议通知');
    expect(notice).toContain('时间：明天 3月5日（周四）15:00–17:00');
    expect(notice).toContain('地点：珠峰（3楼）');
    expect(notice).toContain('主持人：陈晨');
    expect(notice).toContain('[确认参加] [请假]');
    expect(more).toEqual([]);
    await quarters(2);
    await office.app.tick();
    expect(await office.sees('王磊')).toHaveLength(1);
    expect(await office.sees('林晓')).toHaveLength(1);
  });

  test('agenda, who owes what, and materials stand in it', async () => {
    await office.submits('陈晨', IN_TWO_DAYS);
    await office.says('陈晨', '议程：预算 王磊 20分钟\n上线时间');
    await office.says('陈晨', '决策材料：https://example.com/budget');
    await office.says('陈晨', '材料：竞品分析');
    expect(await office.last('陈晨')).toContain('这份材料是决策项还是讨论项？');
    expect((await office.taps('陈晨', '讨论项')).toast).toBe('已标为讨论项');
    await office.later('1d');
    await office.later('4h');
    await office.later('1h');
    const notice = await office.last('王磊');
    expect(notice).toContain('您需准备：预算');
    expect(notice).toContain('1. 预算 王磊 20′\n2. 上线时间');
    expect(notice).toContain('决策项：https://example.com/budget');
    expect(notice).toContain('讨论项：竞品分析');
    expect(await office.last('林晓')).not.toContain('您需准备');
  });

  test('a meeting booked later than 24 hours before is told of at once', async () => {
    await office.submits('陈晨', '明天上午9点半到10点半订黄山，参会人：王磊');
    expect(await office.last('王磊')).toContain('明天 3月4日（周三）09:30 黄山');
  });

  test('at night it waits for the morning; when the meeting begins before, it does not', async () => {
    for (let i = 0; i < 3; i++) await office.later('4h'); // Tuesday 22:00
    await office.submits('陈晨', '明天上午10点到11点订黄山，参会人：王磊');
    expect(await office.sees('王磊')).toEqual([]);
    await office.submits('罗敏', '明天早上8点到9点订华山，参会人：何佳');
    expect(await cards('何佳', '#会议通知')).toHaveLength(1);
    await office.later('4h');
    await office.later('4h');
    await office.later('1h'); // Wednesday 07:00
    expect(await office.sees('王磊')).toEqual([]);
    await office.later('1h');
    await quarters(2); // 08:30
    expect(await cards('王磊', '#会议通知')).toHaveLength(1);
  });

  test('after a standstill it comes late, once; for a meeting that began meanwhile, not at all', async () => {
    await office.submits('陈晨', IN_TWO_DAYS);
    await office.later('1d');
    await office.later('1d'); // Thursday 10:00, the notice was due on Wednesday at 15:00
    expect(await cards('王磊', '#会议通知')).toHaveLength(1);
    for (let i = 0; i < 3; i++) await office.later('4h'); // 22:00
    await office.submits('罗敏', '明天早上9点到10点订华山，参会人：何佳');
    await office.later('1d');
    expect(await office.sees('何佳')).toEqual([]);
  });

  test('an English reader reads it in English', async () => {
    await office.says('王磊', 'please reply in English');
    await office.says('王磊', 'help me, what can you do');
    await office.submits('陈晨', '明天上午9点半到10点半订黄山，主题Kick-off，参会人：王磊、林晓');
    const english = await office.last('王磊');
    expect(english).toContain('tomorrow, Wed 03-04 09:30, 黄山: Kick-off #Meeting');
    expect(english).toContain('[I am coming] [I cannot come]');
    expect(await office.last('林晓')).toContain('#会议通知');
  });
});

describe('a meeting that changes', () => {
  test('moved: who had the notice sees old and new; the old card points to it; answers are asked anew', async () => {
    await office.submits('陈晨', '今天下午3点到5点订珠峰，参会人：王磊、林晓');
    await office.taps('王磊', '确认参加');
    await office.says('陈晨', '改到4点');
    await office.taps('陈晨', '提交');
    const seen = await office.sees('王磊');
    expect(seen.at(-1)).toContain('今天 3月3日（周二）16:00 珠峰');
    expect(seen.at(-1)).toContain('#会议改期');
    expect(seen.at(-1)).toContain('已改期，原定：今天 3月3日（周二）15:00–17:00 珠峰');
    expect(seen.at(-2)).toContain('请看下面最新的一张卡片');
    expect(await office.last('陈晨')).toContain('未答 2');
    await office.app.tick();
    expect(await office.sees('王磊')).toHaveLength(seen.length);
  });

  test('moved before the notice: nobody hears of it, and the notice tells the new time only', async () => {
    await office.submits('陈晨', IN_TWO_DAYS);
    await office.says('陈晨', '改到4点');
    await office.taps('陈晨', '提交');
    await office.later('1d');
    await office.later('4h');
    await office.later('1h');
    expect(await office.sees('王磊')).toEqual([]);
    await office.later('1h');
    expect(await office.sees('王磊')).toHaveLength(1);
    expect(await office.last('王磊')).toContain('16:00–18:00');
  });

  test('cancelled: who had the notice is told once; nobody else', async () => {
    await office.submits('陈晨', '今天下午3点到5点订珠峰，参会人：王磊');
    await office.submits('罗敏', '后天下午3点到5点订黄山，参会人：林晓');
    await office.says('陈晨', '取消ROOM-26-0001');
    await office.says('罗敏', '取消ROOM-26-0002');
    expect(await office.last('王磊')).toContain('#已取消');
    expect(await office.last('王磊')).toContain('会议已取消，不用参加了');
    expect(await office.last('王磊')).not.toContain('[确认参加]');
    expect(await office.sees('林晓')).toEqual([]);
    await office.later('1d');
    expect(await office.sees('林晓')).toEqual([]);
  });

  test('after the booking the host adds and removes people by words, and on the card', async () => {
    await office.submits('陈晨', '今天下午3点到5点订珠峰');
    await office.says('陈晨', 'ROOM-26-0001 加上王磊');
    expect(await office.last('陈晨')).toBe('ROOM-26-0001 参会人：王磊');
    expect(await office.last('王磊')).toContain('#会议通知');
    await office.says('陈晨', '加上刘洋、张三丰');
    expect(await office.last('陈晨')).toContain(
      '刘洋有 2 位：刘洋（研发部）、刘洋（市场部），请带上部门再说一遍',
    );
    expect(await office.last('陈晨')).toContain('通讯录里没有：张三丰，没有加入');
    await office.says('陈晨', '加上刘洋（市场部）');
    expect(await office.last('刘洋@市场部')).toContain('#会议通知');
    expect(await office.sees('刘洋@研发部')).toEqual([]);
    await office.says('陈晨', '加上两支笔');
    expect(await office.last('陈晨')).not.toContain('没有加入');
    await office.says('陈晨', '不用了');
    await office.says('陈晨', '去掉王磊');
    expect(await office.last('王磊')).toContain('您不用参加这次会议了');
    await office.taps('陈晨', '参会与材料');
    await office.taps('陈晨', '保存', {
      attendees: '销售部全员',
      agenda: '签约',
      material: '合同',
    });
    const booking = await cards('陈晨', 'ROOM-26-0001 #已预订');
    expect(booking.at(-1)).toContain('未答 3（何佳、罗敏、马超）');
    expect(booking.at(-1)).toContain('材料：合同');
    expect(await office.last('何佳')).toContain('1. 签约');
    expect(await office.last('刘洋@市场部')).toContain('您不用参加这次会议了');
  });

  test('said while the draft is open, it goes into the draft', async () => {
    await office.says('陈晨', '今天下午3点到5点订珠峰');
    await office.says('陈晨', '参会人：李伟、王磊');
    const draft = await office.last('陈晨');
    expect(draft).toContain('会议室预订 #草稿');
    expect(draft).toContain('参会人：李伟、王磊');
    await office.says('陈晨', '加上何佳');
    await office.says('陈晨', '去掉王磊');
    expect(await office.last('陈晨')).toContain('参会人：李伟、何佳');
  });

  test('on a draft, a name that two have is asked with their departments; one nobody has is told', async () => {
    await office.says('陈晨', '今天下午3点到5点订珠峰，参会人：刘洋、王磊、诸葛亮');
    const draft = await office.last('陈晨');
    expect(draft).toContain('有 2 位刘洋，请点下面选一位');
    expect(draft).toContain('通讯录里没有，不通知：诸葛亮');
    await office.taps('陈晨', '参会人：刘洋（市场部）');
    expect((await office.taps('陈晨', '提交')).toast).toBe('已提交 ROOM-26-0001');
    expect(await office.last('刘洋@市场部')).toContain('#会议通知');
    expect(await office.sees('刘洋@研发部')).toEqual([]);
    const { form } = await office.app.db
      .selectFrom('request')
      .select('form')
      .executeTakeFirstOrThrow();
    const attendees = form['attendees'];
    expect(Array.isArray(attendees) && attendees.every((id) => typeof id === 'number')).toBe(true);
  });
});

describe('a room that needs approval', () => {
  test('nobody is told before it is approved; a move that is rejected calls the meeting off', async () => {
    const manager = office.roleHolder('office-manager');
    await office.submits('陈晨', '今天下午3点到5点订泰山，参会人：王磊');
    await office.later('1h');
    expect(await office.sees('王磊')).toEqual([]);
    await office.taps(manager, '同意');
    expect(await office.last('王磊')).toContain('今天 3月3日（周二）15:00 泰山');
    await office.says('陈晨', '改到4点');
    await office.taps('陈晨', '提交');
    expect(await cards('王磊', '#会议改期')).toEqual([]);
    await office.says('陈晨', 'ROOM-26-0001 加上林晓'); // needs no approval, and waits for the one there is
    expect(await office.sees('林晓')).toEqual([]);
    await office.later('4h'); // 15:00, its old time
    expect(await cards('陈晨', '[签到]')).toEqual([]);
    await office.taps(manager, '驳回', { comment: '当天有客户来访' });
    expect(await office.last('王磊')).toContain('#已取消');
    expect(await office.sees('林晓')).toEqual([]);
  });
});

describe('who has left', () => {
  test('is not written to any more', async () => {
    await office.submits('陈晨', IN_TWO_DAYS);
    await office.app.db
      .updateTable('person')
      .set({ active: false })
      .where('name', '=', '林晓')
      .execute();
    await office.later('1d');
    await office.later('1d');
    expect(await cards('王磊', '#会议通知')).toHaveLength(1);
    expect(await office.sees('林晓')).toEqual([]);
  });
});

describe('answers', () => {
  test('请假 wants a reason; the host sees the tally at once, on the card there is', async () => {
    await office.submits('陈晨', '今天下午3点到5点订珠峰，参会人：王磊、林晓、何佳');
    expect((await office.taps('王磊', '请假')).toast).toBe('请先写一句请假原因');
    const before = (await office.sees('陈晨')).length;
    expect((await office.taps('王磊', '请假', { reason: '出差' })).toast).toBe(
      '已请假，主持人会看到',
    );
    expect((await office.taps('林晓', '确认参加')).toast).toBe('已确认参加');
    expect(await office.last('陈晨')).toContain(
      '参会人：参加 1（林晓），请假 1（王磊：出差），未答 1（何佳）',
    );
    expect(await office.sees('陈晨')).toHaveLength(before);
    expect((await office.taps('王磊', '确认参加')).toast).toBe('已确认参加');
    expect(await office.last('陈晨')).toContain('参加 2（王磊、林晓），请假 0，未答 1（何佳）');
  });

  test('an hour before, the host hears once who has not answered', async () => {
    await office.submits('陈晨', '今天下午3点到5点订珠峰，参会人：王磊、林晓');
    await office.taps('王磊', '确认参加');
    await office.later('4h'); // 14:00
    const told = '珠峰的会议快开始了，还有 1 人没有答复：林晓';
    expect(await cards('陈晨', told)).toHaveLength(1);
    await quarters(2);
    expect(await cards('陈晨', told)).toHaveLength(1);
  });

  test('after it began an answer is refused politely', async () => {
    await office.submits('陈晨', '今天上午11点到12点订珠峰，参会人：王磊');
    const { value } = (await office.card('王磊')).blocks
      .flatMap((block) => (block.block === 'form' ? block.buttons : []))
      .find(({ label }) => JSON.stringify(label).includes('确认参加')) ?? { value: {} };
    await office.later('1h');
    expect((await office.forges('王磊', value)).toast).toContain('会议已经开始，不再收答复');
  });

  test('who is not invited cannot answer, check in, prepare or take the room, whatever they send', async () => {
    await office.submits('陈晨', '今天下午3点到5点订珠峰，要投影，参会人：王磊');
    await office.says('马超', '帮助');
    for (const a of ['attend', 'decline', 'check-in', 'retake']) {
      const { toast } = await office.forges('马超', { v: 1, a, m: 1, n: 1 });
      expect(toast).toBe('没有找到您的这个会议');
    }
    const forged = { v: 1, a: 'prepared', m: 1, o: 'setup' };
    expect((await office.forges('马超', forged)).toast).toBe('这件事由行政办理');
    const answers = await office.app.db.selectFrom('attendance').select('answer').execute();
    expect(answers).toEqual([{ answer: 'none' }]);
  });
});

describe('what the office prepares', () => {
  test('set-up, test and presence, each at its time; done by one, seen by the other; late ones once more', async () => {
    await office.submits('陈晨', '后天下午3点到5点订珠峰，要投影');
    expect(await cards('吴婷', '会场布置')).toEqual([]);
    await office.later('1d');
    await office.later('4h');
    await office.later('1h'); // Wednesday 15:00, a working day before
    const setup = await cards('吴婷', '会场布置');
    expect(setup).toHaveLength(1);
    expect(setup[0]).toContain('会场布置：明天 3月5日（周四）15:00 珠峰（3楼）');
    expect(setup[0]).toContain('要求：投影');
    expect((await office.taps('吴婷', '已完成')).toast).toBe('会场布置已完成');
    const again = { v: 1, a: 'prepared', m: 1, o: 'setup' };
    expect((await office.forges('郑强', again)).toast).toBe('吴婷已经完成了');
    expect(await office.last('郑强')).toContain('#已完成');
    expect(await office.last('陈晨')).toContain(
      '会场布置 已完成（吴婷），设备测试 待办，现场值守 待办',
    );
    for (let i = 0; i < 5; i++) await office.later('4h');
    await office.later('1h');
    await office.later('1h');
    await office.later('1h'); // Thursday 14:00
    expect(await cards('郑强', '设备测试')).toHaveLength(1);
    await quarters(3); // 14:45, the test is late
    expect(
      (await cards('郑强', '设备测试')).filter((each) => each.includes('已超时')),
    ).toHaveLength(1);
    expect(await cards('郑强', '现场值守')).toHaveLength(1);
  });

  test('a layout filled in on the draft is asked of the office as well', async () => {
    await office.says('陈晨', '今天下午3点到5点订珠峰');
    await office.taps('陈晨', '修改');
    await office.taps('陈晨', '提交', {
      when_from: '2026-03-03T15:00',
      when_to: '2026-03-03T17:00',
      room: '珠峰',
      layout: 'U形',
    });
    await office.app.tick();
    await office.settle();
    expect(await office.last('吴婷')).toContain('要求：U形');
  });

  test('nothing is asked of them when no equipment is asked for; a cancelled meeting takes it back', async () => {
    await office.submits('陈晨', '明天下午3点到5点订珠峰');
    await office.submits('罗敏', '明天下午3点到5点订黄山，要大屏');
    await office.app.tick();
    await office.settle();
    expect(await cards('吴婷', '会场布置')).toEqual([]);
    await office.later('4h');
    await office.later('1h');
    expect(await cards('吴婷', '会场布置')).toHaveLength(1);
    await office.says('罗敏', '取消ROOM-26-0002');
    expect(await office.last('吴婷')).toContain('#不用做了');
    await office.later('1d');
    expect(await cards('吴婷', '设备测试')).toEqual([]);
  });
});

describe('check-in', () => {
  test('the host is asked ten minutes before; any attendee may do it; then nothing is released', async () => {
    await office.submits('陈晨', '今天上午11点到12点订珠峰，参会人：王磊');
    await quarters(3); // 10:45
    expect(await cards('陈晨', '[签到]')).toEqual([]);
    await office.says('王磊', '签到');
    expect(await office.last('王磊')).toMatch(/^还没到签到时间：珠峰的会议 .*10:50 开始签到$/);
    await quarters(1); // 11:00
    expect(await cards('陈晨', '[签到]')).toHaveLength(1);
    await office.says('马超', '签到');
    expect(await office.last('马超')).toBe('现在没有要签到的会议');
    expect((await office.taps('王磊', '签到')).toast).toBe('已签到，珠峰为您保留');
    await quarters(2);
    expect(await bookings()).toEqual(['booked']);
    expect((await cards('陈晨', 'ROOM-26-0001 #已预订')).at(-1)).toContain('已签到');
  });

  test('said in words it is as good', async () => {
    await office.submits('陈晨', '今天上午11点到12点订珠峰');
    await quarters(4);
    await office.says('陈晨', '签到');
    expect(await office.last('陈晨')).toBe('已签到，珠峰为您保留');
  });

  test('nobody there: the room is free for others, the host is told and takes it back with one tap', async () => {
    await office.submits('陈晨', '今天上午11点到12点订珠峰，参会人：王磊');
    await quarters(4);
    await quarters(1); // 11:15
    expect(await bookings()).toEqual(['released']);
    const [meeting] = await office.app.db.selectFrom('meeting').select('state').execute();
    expect(meeting?.state).toBe('released');
    expect(await office.last('陈晨')).toContain('没有人签到，会议室已释放给其他人');
    await office.app.tick();
    expect((await office.taps('陈晨', '收回会议室')).toast).toBe('已收回，珠峰继续为您保留');
    expect(await bookings()).toEqual(['booked', 'released']);
    await quarters(2);
    expect(await bookings()).toEqual(['booked', 'released']);
  });

  test('taken by somebody else meanwhile, it is theirs', async () => {
    await office.submits('陈晨', '今天上午11点到12点订珠峰');
    await quarters(5);
    await office.submits('罗敏', '今天上午11点半到12点订珠峰');
    expect((await office.taps('陈晨', '收回会议室')).toast).toContain('会议室已被别人订走');
  });

  test('who books while check-in is open is there; what was slept through is over, not released', async () => {
    await office.submits('陈晨', '今天上午10点到11点订珠峰');
    await office.submits('罗敏', '今天下午2点到3点订黄山');
    await quarters(2);
    expect(await bookings()).toEqual(['booked', 'booked']);
    await office.later('1d');
    expect(await bookings()).toEqual(['booked', 'booked']);
    const states = await office.app.db.selectFrom('meeting').select('state').execute();
    expect(states).toEqual([{ state: 'over' }, { state: 'over' }]);
    expect(await cards('罗敏', '[签到]')).toEqual([]);
  });

  test('asked, and then slept through to its end: over as well, and nobody is told', async () => {
    await office.submits('陈晨', '今天上午11点到12点订珠峰');
    await quarters(4);
    expect(await cards('陈晨', '[签到]')).toHaveLength(1);
    await office.later('4h');
    expect(await bookings()).toEqual(['booked']);
    expect(await cards('陈晨', '已释放')).toEqual([]);
    expect((await cards('陈晨', '#已结束')).at(-1)).not.toContain('[签到]');
  });

  test('after a standstill the host still has ten minutes from being asked', async () => {
    await office.submits('陈晨', '今天上午11点到下午1点订珠峰');
    await office.later('1h');
    await office.app.db
      .updateTable('meeting')
      .set({ check_in_at: Temporal.Instant.from('2026-03-03T10:50:00+08:00') })
      .execute();
    await quarters(1); // 11:15, as if nothing had been asked at 10:50
    expect(await bookings()).toEqual(['booked']);
    await quarters(1);
    expect(await bookings()).toEqual(['released']);
  });
});

const bookings = async (): Promise<readonly string[]> => {
  const rows = await office.app.db.selectFrom('booking').select('state').orderBy('state').execute();
  return rows.map(({ state }) => state);
};

describe('an office without check-in', () => {
  test('keeps every room booked, and asks nobody', async () => {
    const without = await openOffice({
      rules: (rules) => ({ ...rules, rooms: { ...rules.rooms, checkIn: null } }),
    });
    try {
      await without.says('陈晨', '今天上午11点到12点订珠峰');
      await without.taps('陈晨', '提交');
      for (let i = 0; i < 6; i++) await without.later('15m');
      expect(await without.app.db.selectFrom('booking').select('state').execute()).toEqual([
        { state: 'booked' },
      ]);
      expect((await without.sees('陈晨')).some((each) => each.includes('[签到]'))).toBe(false);
    } finally {
      await without.stop();
    }
  });
});
