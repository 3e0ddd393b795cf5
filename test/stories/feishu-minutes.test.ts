import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zipOf } from '../imports/files.ts';
import {
  type FeishuOffice,
  openFeishuOffice,
  refusedForGood,
  tapLimit,
} from '../office/feishu-office.ts';
import { idIn } from '../office/feishu-client.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

const paragraph = (text: string): string =>
  `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const cell = (text: string): string => `<w:tc>${paragraph(text)}</w:tc>`;
const row = (...cells: readonly string[]): string => `<w:tr>${cells.map(cell).join('')}</w:tr>`;

/** A Word document with a paragraph and a table, as Word packs it. */
const WORD = zipOf([
  { name: '[Content_Types].xml', content: Buffer.from('<Types/>') },
  {
    name: 'word/document.xml',
    content: Buffer.from(
      `<w:document><w:body>${paragraph('会议决定：市场&amp;销售合并预算。')}<w:tbl>${row('事项', '责任人', '完成时间')}${row('更新报价模板', '何佳', '3月10日')}${row('联系展会主办方', '林晓', '')}</w:tbl></w:body></w:document>`,
    ),
  },
]);

const sendFile = async (person: string, name: string, bytes: Uint8Array): Promise<void> => {
  await office.feishu.says(idIn(person), '', { file: { name, bytes } });
  await office.settle();
  await office.tick();
};

const items = () =>
  office.app.db.selectFrom('action_item').select(['id', 'what', 'state']).orderBy('id').execute();

describe('minutes in Feishu', () => {
  test('two ticks at once ask the host once', async () => {
    await office.says('马超', '今天上午10点半到11点订珠峰开销售例会');
    await office.taps('马超', '提交');
    office.later({ hours: 1, minutes: 1 });
    await Promise.all([office.tick(), office.tick()]);
    expect(office.last('马超')).toContain(
      '会议纪要：销售例会\n主持 马超 · 3月3日（周二）11:00\n【待给纪要】',
    );
    expect(office.last('马超')).toContain('[提交纪要]  [无需纪要]');
    const rows = await office.app.db.selectFrom('minutes').select('id').execute();
    expect(rows).toHaveLength(1);
  });

  test('a file that is no text is declined with what can be read', async () => {
    await sendFile('马超', '录音.m4a', Buffer.from('…'));
    expect(office.last('马超')).toContain('「录音.m4a」我读不了。请发 .txt、.md 或 .docx 文件');
  });

  test('a damaged document too', async () => {
    await sendFile('马超', '纪要.docx', Buffer.from('no zip'));
    expect(office.last('马超')).toContain('「纪要.docx」我读不了');
  });

  test('a Word document becomes a card to correct', async () => {
    await sendFile('马超', '纪要.docx', WORD);
    const card = office.last('马超');
    expect(card).toContain('2 项待分派，其中 1 项待补');
    expect(card).toContain('2. 联系展会主办方\n待补：完成时间');
    expect(card).toContain('会议决定：市场&销售合并预算');
  });

  test('what is filled in and confirmed goes out; the owner’s tap shows on the host’s card', async () => {
    const [, second] = await items();
    const tapped = await office.taps('马超', '确认并分派', { [`due_${second?.id}`]: '2026-03-12' });
    expect(tapped.toast?.content).toBe('已分派 2 项');
    expect(tapped.text).toContain('【已确认】');
    expect(office.last('何佳')).toContain('ACT-26-0001 更新报价模板');
    expect(office.last('何佳')).toContain('[完成]  [进行中]  [延期]  [不是我]');
    expect((await office.taps('何佳', '完成')).toast?.content).toBe('ACT-26-0001 已完成');
    expect(office.last('马超')).toContain('何佳 · 3月10日（周二）前 · 已完成');
  });

  test('the document goes along with nothing else that its sender asks for soon after', async () => {
    await office.says('马超', '领两盒A4纸');
    expect(office.last('马超')).not.toContain('纪要.docx');
    await office.says('马超', '算了');
  });

  test('不是我 with its reason, on the card itself', async () => {
    await office.taps('林晓', '不是我');
    const tapped = await office.taps('林晓', '交回主持人', { reason: '展会归活动策划' });
    expect(tapped.toast?.content).toContain('已交回');
    expect(office.last('马超')).toContain('林晓说不是自己：展会归活动策划');
  });

  test('a forged tap on another’s items is refused', async () => {
    const [, second] = await items();
    await office.says('陈晨', '帮助');
    const value = { v: 1, a: 'item-done', i: second?.id, l: '0', f: 0 };
    const answered = await office.callsBack({ person: '陈晨', value });
    expect(answered.toast?.content).toBe('这条不在您名下，没有改动');
    expect((await items()).map(({ state }) => state)).toEqual(['done', 'refused']);
  });

  test('minutes of thousands of characters are read to their end', async () => {
    const talk = '大家就各项工作交换了意见，气氛热烈，没有形成结论。\n'.repeat(150);
    await office.says('周敏', `安全例会纪要\n${talk}郑强：3月9日前检修消防门`);
    expect(office.last('周敏')).toContain('检修消防门');
    expect(office.sees('周敏').some((each) => each.includes('消息太长'))).toBe(false);
  });

  test('a long list stays within a card, page by page', async () => {
    const lines = Array.from(
      { length: 30 },
      (_, k) => `${k + 1}. 王磊：3月20日前完成第${k + 1}批设备登记，要求资产标签齐全、照片清晰`,
    );
    await office.says('周敏', `设备例会纪要\n行动项\n${lines.join('\n')}`);
    expect(office.last('周敏')).toContain('30 项待分派');
    await office.taps('周敏', '还有 26 条');
    expect(office.last('周敏')).toContain('5. ');
    await office.taps('周敏', '确认并分派');
    expect(office.last('王磊')).toContain('共 30 项');
    await office.taps('王磊', '还有 22 项');
    expect(office.last('王磊')).toContain('第9批设备登记');
  });

  test('no card was refused by the platform, and every tap was answered in time', () => {
    expect(refusedForGood(office.feishu)).toEqual([]);
    expect(Math.max(...office.tapTimes)).toBeLessThan(tapLimit());
  });
});
