/** What an office does with an approval, told once; the stories run it over the simulator and over Feishu. */
import { expect } from 'vitest';
import type { Db } from '../../db/database.ts';

/** An office that people talk to, whichever chat they use. */
export type Told = {
  readonly says: (person: string, text: string) => Promise<unknown>;
  readonly taps: (
    person: string,
    label: string,
    answers?: { readonly [name: string]: string },
  ) => Promise<unknown>;
  readonly replies: (person: string, to: string, text: string) => Promise<void>;
  readonly last: (person: string) => Promise<string>;
  readonly sees: (person: string) => Promise<readonly string[]>;
  readonly stateOf: (number: string) => Promise<string | undefined>;
  /** A person's id, as a choice on a card carries it. */
  readonly choice: (person: string) => Promise<string>;
};

/** What both offices can do, and the database behind them. */
type Behind = Pick<Told, 'says' | 'taps' | 'replies' | 'last' | 'sees'>;

/** The same with what the database tells. */
export const toldBy = (office: Behind, db: Db): Told => ({
  ...office,
  stateOf: async (number) =>
    (await db.selectFrom('request').select('state').where('number', '=', number).executeTakeFirst())
      ?.state,
  choice: async (person) => {
    const query = db.selectFrom('person').select('id').where('name', '=', person);
    return String((await query.executeTakeFirstOrThrow()).id);
  },
});

/** Files a request in words and answers its number. */
async function filed(office: Told, person: string, said: string): Promise<string> {
  await office.says(person, said);
  await office.says(person, '提交');
  return /[A-Z]+-26-\d{4}/.exec(await office.last(person))?.[0] ?? 'none';
}

const everything = async (office: Told, person: string): Promise<string> =>
  (await office.sees(person)).join('\n');

/** Each case by what it shows; every one begins with requests of its own. */
export const cases: readonly (readonly [what: string, tell: (office: Told) => Promise<void>])[] = [
  [
    '同意 with a remark: kept, and the requester is told',
    async (office) => {
      const number = await filed(office, '陈晨', '下周二去上海出差一天，见客户');
      await office.replies('李伟', number, '同意，但住宿别超过500');
      expect(await office.stateOf(number)).toBe('working');
      expect(await office.last('陈晨')).toContain('住宿别超过500');
    },
  ],
  [
    '驳回 wants a reason, and the requester reads it',
    async (office) => {
      const number = await filed(office, '陈晨', '下周三去杭州出差一天，见客户');
      await office.replies('李伟', number, '驳回');
      expect(await office.stateOf(number)).toBe('pending');
      await office.replies('李伟', number, '驳回，先开视频会');
      expect(await office.stateOf(number)).toBe('rejected');
      expect(await office.last('陈晨')).toContain('先开视频会');
    },
  ],
  [
    '退回修改 by the card: the requester mends it, and it goes on from where it stood',
    async (office) => {
      const number = await filed(office, '陈晨', '下周四去苏州出差一天，见客户');
      await office.taps('李伟', '退回修改');
      await office.taps('李伟', '退回修改', { back: 'requester', comment: '写清楚见哪家客户' });
      expect(await office.stateOf(number)).toBe('returned');
      const back = await office.last('陈晨');
      expect(back).toContain('待修改');
      expect(back).toContain('写清楚见哪家客户');
      await office.replies('陈晨', number, '改成去无锡');
      await office.says('陈晨', '提交');
      expect(await office.stateOf(number)).toBe('pending');
      const again = await office.last('李伟');
      expect(again).toContain(number);
      expect(again).toContain('无锡');
      await office.replies('李伟', number, '同意');
      expect(await office.stateOf(number)).toBe('working');
    },
  ],
  [
    '退回 in words; 重新提交 hands it in as it is; nobody else can',
    async (office) => {
      const number = await filed(office, '王磊', '下周四去南通出差一天，见客户');
      await office.replies('李伟', number, '退回去改一下，事由太简单');
      expect(await office.stateOf(number)).toBe('returned');
      await office.replies('李伟', number, '同意');
      expect(await office.stateOf(number)).toBe('returned');
      await office.replies('王磊', number, '重新提交');
      expect(await office.stateOf(number)).toBe('pending');
      await office.replies('李伟', number, '同意');
      expect(await office.stateOf(number)).toBe('working');
    },
  ],
  [
    '退回 and mended into another tier: it begins anew with the approvers of that tier',
    async (office) => {
      const number = await filed(office, '王磊', '下周一去嘉兴出差一天，见客户');
      await office.replies('李伟', number, '退回，时间不够，多去几天');
      await office.replies('王磊', number, '改成3月16号到20号');
      await office.says('王磊', '提交');
      expect(await office.stateOf(number)).toBe('pending');
      const card = await office.last('王磊');
      expect(card).toContain('办公室主任');
    },
  ],
  [
    'mended in the same tier: only who sent it back is asked again, not those who had agreed',
    async (office) => {
      const number = await filed(office, '陈晨', '4月6日到10日去桂林出差，见客户');
      await office.replies('李伟', number, '同意');
      await office.replies('周敏', number, '退回，目的地写错了吧');
      expect(await office.stateOf(number)).toBe('returned');
      await office.replies('陈晨', number, '改成去南宁');
      await office.says('陈晨', '提交');
      const asked = await office.last('周敏');
      expect(asked).toContain('南宁');
      await office.replies('周敏', number, '同意');
      expect(await office.stateOf(number)).toBe('working');
    },
  ],
  [
    '退回上一步: the leader is asked again, then it comes back to the director',
    async (office) => {
      const number = await filed(office, '陈晨', '3月30日到4月3日去重庆出差，见客户');
      await office.replies('李伟', number, '同意');
      await office.replies('周敏', number, '退回上一步，请核一下天数');
      expect(await office.stateOf(number)).toBe('pending');
      const again = await office.last('李伟');
      expect(again).toContain(number);
      expect(again).toContain('同意');
      await office.replies('周敏', number, '同意');
      expect(await office.stateOf(number)).toBe('pending');
      await office.replies('李伟', number, '同意');
      await office.replies('周敏', number, '同意');
      expect(await office.stateOf(number)).toBe('working');
    },
  ],
  [
    '转交: the colleague decides, and who handed it over goes on reading it',
    async (office) => {
      const number = await filed(office, '陈晨', '下周五去常州出差一天，见客户');
      await office.replies('李伟', number, '转给黄静');
      expect(await office.last('黄静')).toContain(number);
      await office.replies('李伟', number, '同意');
      expect(await office.stateOf(number)).toBe('pending');
      await office.replies('黄静', number, '同意');
      expect(await office.stateOf(number)).toBe('working');
    },
  ],
  [
    '加签 before: who was added decides first, then it comes back',
    async (office) => {
      const number = await filed(office, '陈晨', '3月16日去扬州出差一天，见客户');
      await office.taps('李伟', '加签');
      await office.taps('李伟', '加签', { to: await office.choice('马超'), place: 'before' });
      expect(await office.last('马超')).toContain(number);
      await office.replies('李伟', number, '同意');
      expect(await office.stateOf(number)).toBe('pending');
      await office.replies('马超', number, '同意');
      expect(await office.stateOf(number)).toBe('pending');
      await office.replies('李伟', number, '同意');
      expect(await office.stateOf(number)).toBe('working');
    },
  ],
  [
    '加签 after and 会签, in words',
    async (office) => {
      const after = await filed(office, '陈晨', '3月17日去镇江出差一天，见客户');
      await office.replies('李伟', after, '我同意后再请马超批');
      await office.replies('李伟', after, '同意');
      expect(await office.stateOf(after)).toBe('pending');
      await office.replies('马超', after, '同意');
      expect(await office.stateOf(after)).toBe('working');
      const beside = await filed(office, '陈晨', '3月18日去泰州出差一天，见客户');
      await office.replies('李伟', beside, '加签马超，一起会签');
      await office.replies('马超', beside, '同意');
      expect(await office.stateOf(beside)).toBe('pending');
      await office.replies('李伟', beside, '同意');
      expect(await office.stateOf(beside)).toBe('working');
    },
  ],
  [
    '撤回 while it waits; 催办 says when it may be done again',
    async (office) => {
      const number = await filed(office, '林晓', '3月19日去徐州出差一天，见客户');
      await office.replies('林晓', number, '催一下');
      expect(await everything(office, '林晓')).toContain('已提醒黄静');
      await office.replies('林晓', number, '催一下');
      expect(await everything(office, '林晓')).toContain('刚催过了');
      await office.replies('林晓', number, '撤回');
      expect(await office.stateOf(number)).toBe('withdrawn');
      await office.replies('黄静', number, '同意');
      expect(await office.stateOf(number)).toBe('withdrawn');
    },
  ],
  [
    '抄送: the colleague may read it, and decides nothing',
    async (office) => {
      const number = await filed(office, '林晓', '3月20日去盐城出差一天，见客户');
      await office.replies('林晓', number, '抄送给何佳');
      expect(await office.last('何佳')).toContain(number);
      await office.replies('何佳', number, '同意');
      expect(await office.stateOf(number)).toBe('pending');
      await office.replies('黄静', number, '同意');
      expect(await office.stateOf(number)).toBe('working');
    },
  ],
  [
    '冲突: who decides reads what else is in those days, and people’s words as they wrote them; approving does not hang on it',
    async (office) => {
      await office.says('何佳', '我要出差');
      const away = { to: '<at id=all></at>、**成都**', days_from: '2026-04-20' };
      await office.taps('何佳', '提交', { ...away, days_to: '2026-04-21', purpose: '面试候选人' });
      const other = /TRIP-26-\d{4}/.exec(await office.last('何佳'))?.[0] ?? 'none';
      const room = await filed(office, '何佳', '4月21日上午10点到11点订黄山会议室，4个人，谈涨薪');
      const number = await filed(office, '何佳', '4月21日去昆明出差一天，见客户');
      const card = await office.last('马超');
      expect(card).toContain(`同期另有出差 ${other} <at id=all></at>、**成都** 4月20日`);
      expect(card).toContain(`；同期已订 黄山 4月21日（周二）10:00–11:00（${room}）`);
      expect(card).not.toMatch(/面试|涨薪/);
      expect(await office.last('何佳')).not.toContain('冲突');
      await office.replies('何佳', room, '取消');
      await office.taps('马超', '同意');
      expect(await office.stateOf(number)).toBe('working');
      await office.says('马超', `驳回 ${other} 改期`);
      expect(await office.stateOf(other)).toBe('rejected');
    },
  ],
  [
    'before 提交 the card tells who will be asked: who leads the person and the department once, then the director; and so they are',
    async (office) => {
      await office.says('何佳', '5月11日到15日去青岛出差，坐高铁，见客户');
      expect(await office.last('何佳')).toContain(
        '提交后审批：马超（直属上级、部门负责人，只问一次） → 周敏（办公室主任）',
      );
      await office.says('何佳', '提交');
      const number = /TRIP-26-\d{4}/.exec(await office.last('何佳'))?.[0] ?? 'none';
      expect(await office.last('马超')).toContain(number);
      expect(await everything(office, '周敏')).not.toContain(number);
      await office.replies('马超', number, '同意');
      expect(await office.last('周敏')).toContain(number);
      await office.replies('周敏', number, '同意');
      expect(await office.stateOf(number)).toBe('working');
    },
  ],
  [
    'while 马超 is away his stand-in is told and asked, once for both of his places',
    async (office) => {
      await office.says('马超', '我今天休假，请罗敏代批');
      await office.says('何佳', '5月18日到22日去大连出差，坐高铁，见客户');
      expect(await office.last('何佳')).toContain(
        '提交后审批：罗敏（直属上级、部门负责人，代马超，只问一次） → 周敏（办公室主任）',
      );
      await office.says('何佳', '提交');
      const number = /TRIP-26-\d{4}/.exec(await office.last('何佳'))?.[0] ?? 'none';
      await office.replies('罗敏', number, '同意');
      expect(await office.last('周敏')).toContain(number);
      await office.replies('周敏', number, '同意');
      expect(await office.stateOf(number)).toBe('working');
      await office.says('马超', '我回来了');
    },
  ],
  [
    '除了王磊的都同意 lists the others, asks once, and leaves his',
    async (office) => {
      const his = await filed(office, '王磊', '3月23日去宿迁出差一天，见客户');
      const hers = await filed(office, '陈晨', '3月24日去淮安出差一天，见客户');
      const also = await filed(office, '陈晨', '3月25日去徐州出差一天，见客户');
      await office.says('李伟', '除了王磊的都同意');
      const asked = await office.last('李伟');
      expect(asked).toContain(hers);
      expect(asked).not.toContain(his);
      await office.taps('李伟', '同意这');
      expect(await office.stateOf(hers)).toBe('working');
      expect(await office.stateOf(also)).toBe('working');
      expect(await office.stateOf(his)).toBe('pending');
      await office.replies('李伟', his, '同意');
    },
  ],
  [
    '休假，请…代批: what waits and what comes goes to the stand-in, who is named; 收回自批 takes one back',
    async (office) => {
      const waiting = await filed(office, '陈晨', '3月26日去宁波出差一天，见客户');
      await office.says('李伟', '我今天到周四休假，请黄静代批');
      expect(await office.last('黄静')).toContain(waiting);
      expect(await everything(office, '李伟')).toContain(`${waiting}（黄静）`);
      const coming = await filed(office, '王磊', '3月27日去绍兴出差一天，见客户');
      expect(await office.last('黄静')).toContain(coming);
      await office.replies('黄静', coming, '同意');
      expect(await office.stateOf(coming)).toBe('working');
      expect(await office.last('王磊')).toContain('黄静（代李伟）');
      await office.replies('李伟', waiting, '到哪了');
      await office.taps('李伟', '收回自批');
      await office.replies('黄静', waiting, '同意');
      expect(await office.stateOf(waiting)).toBe('pending');
      await office.replies('李伟', waiting, '同意');
      expect(await office.stateOf(waiting)).toBe('working');
      await office.says('李伟', '我回来了');
      const mine = await filed(office, '陈晨', '3月30日去台州出差一天，见客户');
      expect(await office.last('李伟')).toContain(mine);
      await office.replies('李伟', mine, '同意');
    },
  ],
];
