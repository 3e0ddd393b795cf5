/** The four-hour response: every question and every request to the office is owed a first human answer. Hours 9–12, 13:30–18. */
import { afterEach, describe, expect, test } from 'vitest';
import { responseFigures } from '../../src/responses/figures.ts';
import { drawView } from '../../src/conversation/views.ts';
import { defaultRules, type Rules } from '../../src/settings/index.ts';
import { openOffice, type TestOffice } from '../office/office.ts';

const [OFFICE, REPAIRER, MANAGER, DIRECTOR] = ['吴婷', '郑强', '孙丽', '周敏'] as const;
const QUESTION = '停车场的月卡怎么办理';

let office: TestOffice;
afterEach(() => office.stop());

const open = async (
  start = '2026-03-03T10:00:00+08:00',
  change: (rules: Rules) => Rules = (rules) => rules,
): Promise<void> => {
  const rules = (given: Rules): Rules => change(fourHours(given));
  office = await openOffice({ start: Temporal.Instant.from(start), rules });
};

/** Repairs answered as soon as everything else: what is told here holds for every clock. */
const fourHours = (rules: Rules): Rules => ({
  ...rules,
  service: {
    ...rules.service,
    kinds: { ...rules.service.kinds, repair: { respond: '4wh', finish: '3wd' } },
  },
});

/** 罗敏 says what nobody understands, and hands it to the office. */
async function asks(): Promise<void> {
  await office.says('罗敏', QUESTION);
  await office.taps('罗敏', '转给行政');
}

/** 陈晨 reports a jammed printer. */
async function reports(): Promise<void> {
  await office.says('陈晨', '3楼打印机卡纸了');
  await office.taps('陈晨', '提交');
}

/** So many hours pass, and the office looks at the clock each hour of them, and each quarter of the last. */
async function hours(count: number): Promise<void> {
  const whole = Math.max(0, Math.ceil(count) - 1);
  for (let hour = 0; hour < whole; hour++) await office.later('1h');
  for (let quarter = 0; quarter < (count - whole) * 4; quarter++) await office.later('15m');
}

const told = async (person: string, text: string): Promise<number> =>
  (await office.sees(person)).filter((each) => each.includes(text)).length;

const kept = (): Promise<{
  state: string;
  answered_by: number | null;
  used_minutes: number;
  in_time: boolean | null;
  due_at: Temporal.Instant;
}> =>
  office.app.db
    .selectFrom('response')
    .select(['state', 'answered_by', 'used_minutes', 'in_time', 'due_at'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();

describe('a question to the office', () => {
  test('is promised an answer, and the answer comes with its author; in time nobody is warned', async () => {
    await open();
    await asks();
    expect(await office.last('罗敏')).toContain('已转行政，4 个工作小时内答复');
    expect(await office.last('罗敏')).toContain('今天 3月3日（周二）15:30');
    expect(await office.last(OFFICE)).toContain('罗敏问行政 #待回复');
    await hours(1);
    expect((await office.taps(OFFICE, '我来回复', { reply: '到前台登记车牌即可' })).toast).toBe(
      '已回复',
    );
    expect(await office.last('罗敏')).toContain('吴婷回复了您');
    expect(await office.last('罗敏')).toContain('到前台登记车牌即可');
    await hours(9);
    for (const person of [OFFICE, REPAIRER, MANAGER, DIRECTOR])
      expect(await told(person, '答复期限 ')).toBe(0);
    const row = await kept();
    expect(row).toMatchObject({ state: 'answered', in_time: true });
    expect(Math.round(row.used_minutes)).toBe(60);
    const record = await office.app.db
      .selectFrom('audit')
      .select(['actor', 'after'])
      .where('act', '=', 'response.answered')
      .executeTakeFirstOrThrow();
    expect(record).toMatchObject({
      actor: `person:${row.answered_by}`,
      after: { minutes: 60, inTime: true },
    });
  });

  test('is answered by replying to its card; who comes second is told who was first', async () => {
    await open();
    await asks();
    const old = office.card(REPAIRER);
    await office.replies(OFFICE, '罗敏问行政', '到前台登记车牌即可');
    expect(await office.last(OFFICE)).toBe('已回复罗敏');
    expect(await office.last('罗敏')).toContain('到前台登记车牌即可');
    expect(await office.last(REPAIRER)).toContain('#已回复');
    const [form] = (await old).blocks.filter((block) => block.block === 'form');
    const value = form?.buttons[0]?.value;
    const late = await office.forges(REPAIRER, value, { reply: '去地库' });
    expect(late.toast).toContain('吴婷已在');
    expect((await office.sees('罗敏')).join()).not.toContain('去地库');
    await office.replies(REPAIRER, '罗敏问行政', '月卡 300 元');
    expect(await office.last('罗敏')).toContain('月卡 300 元');
    expect(await told('罗敏', '到前台登记车牌即可')).toBeGreaterThan(0);
  });

  test('cannot be answered by anybody else, whatever they send', async () => {
    await open();
    await asks();
    const { id } = await office.app.db
      .selectFrom('response')
      .select('id')
      .executeTakeFirstOrThrow();
    await office.says('何佳', '帮助');
    const forged = await office.forges('何佳', { v: 1, a: 'answer', q: id }, { reply: '不办' });
    expect(forged.toast).toContain('您不能操作');
    const own = await office.forges('罗敏', { v: 1, a: 'answer', q: id }, { reply: '不办' });
    expect(own.toast).toBeDefined();
    expect(await kept()).toMatchObject({ state: 'running' });
  });

  test('at 75 % the office is warned, at 100 % the manager, after as long again the director; each once', async () => {
    await open();
    await asks();
    await hours(4); // 14:00: two and a half hours of work
    expect(await told(OFFICE, '离答复期限还有')).toBe(0);
    await hours(0.5); // 14:30: three
    for (const person of [OFFICE, REPAIRER]) {
      expect(await told(person, '离答复期限还有')).toBe(1);
      expect(await office.last(person)).toContain(QUESTION);
      expect(await office.last(person)).toContain('已等 3 小时');
    }
    expect(await told(MANAGER, QUESTION)).toBe(0);
    await Promise.all([office.app.tick(), office.app.tick()]);
    await hours(1); // 15:30: four
    expect(await told(OFFICE, '离答复期限还有')).toBeLessThanOrEqual(1);
    expect(await office.last(MANAGER)).toContain('已等 4 小时，超过答复期限');
    expect(await office.last(MANAGER)).toContain('罗敏，今天 3月3日（周二）10:00');
    expect(await told(DIRECTOR, QUESTION)).toBe(0);
    await hours(18); // Wednesday 9:30: seven
    expect(await told(DIRECTOR, QUESTION)).toBe(0);
    await hours(1); // 10:30: eight
    expect(await told(DIRECTOR, QUESTION)).toBe(1);
    expect(await told(MANAGER, QUESTION)).toBe(1);
    await hours(24);
    expect(await told(DIRECTOR, QUESTION)).toBe(1);
    await office.taps(DIRECTOR, '我来回复', { reply: '前台登记' });
    expect(await office.last('罗敏')).toContain('周敏回复了您');
    expect(await kept()).toMatchObject({ state: 'answered', in_time: false });
  });

  test('answered after the warning goes no further', async () => {
    await open();
    await asks();
    await hours(4.5);
    expect(await told(OFFICE, '离答复期限还有')).toBe(1);
    await office.taps(OFFICE, '我来回复', { reply: '前台登记' });
    await hours(24);
    expect(await told(MANAGER, QUESTION)).toBe(0);
    expect(await kept()).toMatchObject({ in_time: true });
  });

  test('neither noon nor the weekend counts', async () => {
    await open('2026-03-06T16:00:00+08:00'); // Friday, two hours before the office closes
    await asks();
    expect(await office.last('罗敏')).toContain('3月9日（周一）11:00');
    await hours(65); // Monday 9:00
    for (const person of [OFFICE, REPAIRER, MANAGER])
      expect(await told(person, '离答复期限还有')).toBe(0);
    await hours(1.25);
    expect(await told(OFFICE, '离答复期限还有')).toBe(1);
    await hours(0.5);
    expect(await told(MANAGER, QUESTION)).toBe(0);
    await hours(0.5);
    expect(await told(MANAGER, QUESTION)).toBe(1);
  });

  test('quiet hours delay what is told, they do not drop it', async () => {
    const quietHours = { from: '14:00', to: '15:00' };
    await open(undefined, (rules) => ({ ...rules, reminders: { ...rules.reminders, quietHours } }));
    await asks();
    await hours(4.75); // 14:45; the warning was due at 14:30
    expect(await told(OFFICE, '离答复期限还有')).toBe(0);
    await hours(0.5);
    expect(await told(OFFICE, '离答复期限还有')).toBe(1);
  });

  test('a role of the list that nobody holds is passed over', async () => {
    await open(undefined, (rules) => ({
      ...rules,
      roles: { ...rules.roles, 'office-manager': [] },
    }));
    await asks();
    await hours(5.75);
    expect(await told(DIRECTOR, QUESTION)).toBe(1);
    await hours(24);
    expect(await told(DIRECTOR, QUESTION)).toBe(1);
  });

  test('waits for its asker without the clock, and goes on with what was left', async () => {
    await open();
    await asks();
    await hours(1); // 11:00
    expect((await office.taps(OFFICE, '等对方补充', { reply: '' })).toast).toBe('请先写一句');
    await office.taps(OFFICE, '等对方补充', { reply: '车牌是本地的吗？' });
    expect(await office.last('罗敏')).toContain('吴婷想请您补充');
    expect(await office.last('罗敏')).toContain('车牌是本地的吗？');
    await hours(48);
    expect(await told(MANAGER, QUESTION)).toBe(0);
    await office.taps('罗敏', '发给行政', { reply: '是本地的' }); // Thursday 11:00, three hours left
    expect(await office.last(OFFICE)).toContain('是本地的');
    const { due_at: due, state } = await kept();
    expect(state).toBe('running');
    expect(due.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString().slice(0, 16)).toBe(
      '2026-03-05T15:30',
    );
    await hours(4);
    expect(await told(OFFICE, '离答复期限还有')).toBe(1);
    await hours(1);
    expect(await told(MANAGER, QUESTION)).toBe(1);
  });

  test('what was asked back may be answered by replying to the card', async () => {
    await open();
    await asks();
    await office.taps(OFFICE, '等对方补充', { reply: '车牌是本地的吗？' });
    await office.replies('罗敏', '车牌是本地的吗', '领两盒A4纸的时候一起办');
    expect(await office.last('罗敏')).toBe('已发给行政');
    expect(await kept()).toMatchObject({ state: 'running' });
  });

  test('not solved: it is asked once more, with a clock of its own, and not a third time', async () => {
    await open();
    await asks();
    await office.taps(OFFICE, '我来回复', { reply: '看公告' });
    expect((await office.taps('罗敏', '还没解决')).toast).toContain('已再转行政');
    expect(await office.last(REPAIRER)).toContain('#还没解决');
    expect(await office.last(REPAIRER)).toContain('看公告');
    await office.taps(REPAIRER, '我来回复', { reply: '前台登记' });
    expect(await office.last('罗敏')).toContain('郑强回复了您');
    expect(await office.last('罗敏')).not.toContain('[还没解决]');
    const { count } = await office.app.db
      .selectFrom('response')
      .select((q) => q.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(count).toBe(2);
  });

  test('handed over twice is one question', async () => {
    await open();
    await asks();
    await office.says('罗敏', QUESTION);
    expect((await office.taps('罗敏', '转给行政')).toast).toContain('已经转给行政了');
    expect(await told(OFFICE, '罗敏问行政')).toBe(1);
  });

  test('an alarm that was on its way when somebody answered is not sent any more', async () => {
    let known: Rules | undefined;
    await open(undefined, (rules) => (known = rules));
    await asks();
    const { id, person } = await office.app.db
      .selectFrom('response')
      .innerJoin('address', 'address.channel', 'response.channel')
      .select(['response.id', 'address.person_id as person'])
      .where('address.external_id', '=', office.roleHolder('office'))
      .executeTakeFirstOrThrow();
    const alarm = { view: 'question', question: id, waits: true };
    const drawn = () =>
      office.app.db
        .transaction()
        .execute((tx) => drawView(tx, alarm, person, known ?? defaultRules, office.app.now()));
    expect(await drawn()).toMatchObject({ subject: `question:${id}` });
    await office.taps(OFFICE, '我来回复', { reply: '前台登记' });
    expect(await drawn()).toBeNull();
  });

  test('missed while nothing ran is told once, late', async () => {
    await open();
    await asks();
    await office.later('1d');
    await office.later('15m');
    for (const person of [OFFICE, MANAGER]) expect(await told(person, '超过答复期限')).toBe(1);
    expect(await told(DIRECTOR, QUESTION)).toBe(0);
  });
});

describe('a request to the office', () => {
  test('is answered by taking it', async () => {
    await open();
    await reports();
    await hours(2);
    await office.taps(REPAIRER, '接单');
    expect(await kept()).toMatchObject({ state: 'answered', in_time: true });
    await hours(8);
    expect(await told(MANAGER, 'FIX-26-0001')).toBe(0);
  });

  test('nobody answers: the repairers are warned, then those of the list, who may look at it', async () => {
    await open();
    await reports();
    await hours(4.5);
    expect(await office.last(REPAIRER)).toContain('FIX-26-0001 快到答复期限了');
    await hours(1);
    expect(await office.last(MANAGER)).toContain('FIX-26-0001 超时没有人答复');
    expect(await office.last(MANAGER)).toContain('报修 3楼打印机：卡纸');
    expect(await office.last(MANAGER)).toContain('陈晨，今天 3月3日（周二）10:00');
    expect(await office.last(MANAGER)).toContain('在等：郑强');
    await office.taps(MANAGER, '查看 FIX-26-0001');
    expect(await office.last(MANAGER)).toContain('问题：卡纸');
    await office.taps(REPAIRER, '接单');
    expect(await kept()).toMatchObject({ state: 'answered', in_time: false });
    await hours(24);
    expect(await told(DIRECTOR, 'FIX-26-0001')).toBe(0);
  });

  test('a line of progress is an answer, also as a reply to the card', async () => {
    await open();
    await reports();
    await office.replies(REPAIRER, 'FIX-26-0001', '搓纸轮坏了，下午带配件过来');
    expect(await office.last('陈晨')).toContain('搓纸轮坏了，下午带配件过来');
    expect(await kept()).toMatchObject({ state: 'answered' });
  });

  test('waits for its requester without the clock', async () => {
    await open();
    await reports();
    await hours(1);
    await office.taps(REPAIRER, '等对方补充', { note: '是靠窗的那台吗？' });
    expect(await office.last('陈晨')).toContain('郑强想请您补充：是靠窗的那台吗？');
    await hours(24);
    expect(await told(MANAGER, 'FIX-26-0001')).toBe(0);
    await office.replies('陈晨', '是靠窗的那台吗', '对，靠窗那台打印机');
    expect(await office.last(REPAIRER)).toContain('对，靠窗那台打印机');
    const row = await kept();
    expect(row.state).toBe('running');
    expect(Math.round(row.used_minutes)).toBe(60);
    await office.taps(REPAIRER, '接单');
    expect(await kept()).toMatchObject({ state: 'answered', in_time: true });
  });

  test('withdrawn is owed nothing', async () => {
    await open();
    await reports();
    await office.says('陈晨', '撤回 FIX-26-0001');
    expect(await kept()).toMatchObject({ state: 'over' });
    await hours(8);
    expect(await told(REPAIRER, '快到答复期限')).toBe(0);
  });

  test('the clock stands while a change of it is approved, and sent back, and goes on after', async () => {
    await open();
    await office.says('陈晨', '3月12号去上海出差一天，见客户');
    await office.taps('陈晨', '提交');
    await office.taps('李伟', '同意');
    expect(await kept()).toMatchObject({ state: 'running' });
    await hours(1);
    await office.replies('陈晨', 'TRIP-26-0001', '改成3月16号到20号');
    await office.taps('陈晨', '提交');
    expect(await kept()).toMatchObject({ state: 'paused' });
    await office.taps('李伟', '退回修改');
    await office.taps('李伟', '退回修改', { back: 'requester', comment: '写清楚见谁' });
    expect(await kept()).toMatchObject({ state: 'paused' });
    await hours(24);
    expect(await told(MANAGER, 'TRIP-26-0001')).toBe(0);
    await office.taps('陈晨', '重新提交');
    await office.taps('李伟', '同意');
    await office.taps(DIRECTOR, '同意');
    const row = await kept();
    expect(row.state).toBe('running');
    expect(Math.round(row.used_minutes)).toBe(60);
  });

  test('that only needs approvals has no clock', async () => {
    await open();
    await office.says('陈晨', '明天9点到17点订珠峰');
    await office.taps('陈晨', '提交');
    await office.taps(MANAGER, '同意');
    const rows = await office.app.db.selectFrom('response').select('id').execute();
    expect(rows).toEqual([]);
  });
});

test('the figures of a time: how many, in time, late, open, and the middle of the waits', async () => {
  await open();
  const from = office.app.now();
  await asks();
  await hours(1);
  await office.taps(OFFICE, '我来回复', { reply: '前台登记' });
  await reports();
  await hours(6.5); // 17:30, five hours of work later
  await office.taps(REPAIRER, '接单');
  await office.says('何佳', '公司班车几点发车');
  await office.taps('何佳', '转给行政');
  const figures = await office.app.db
    .transaction()
    .execute((tx) => responseFigures(tx, from, office.app.now()));
  expect(figures).toMatchObject({ count: 3, inTime: 1, late: 1, open: 1, overdue: 0 });
  expect(Math.round(figures.medianMinutes ?? 0)).toBe((60 + 300) / 2);
});
