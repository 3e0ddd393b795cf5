/** Pictures and files in Feishu: sent before, with, after the words, in reply to a card; and what is not taken. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idIn } from '../office/feishu-client.ts';
import {
  type FeishuOffice,
  ONE_PIXEL,
  openFeishuOffice,
  refusedForGood,
} from '../office/feishu-office.ts';

let office: FeishuOffice;
beforeAll(async () => {
  office = await openFeishuOffice();
});
afterAll(() => office.stop());

const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n');
const PROGRAM = Buffer.from('MZ\u0090\u0000\u0003\u0000\u0000\u0000', 'latin1');

/** A person sends a file, in reply to their newest card that holds `to`. */
async function file(person: string, name: string, bytes: Uint8Array, to?: string): Promise<void> {
  const id = idIn(person);
  const quoted = to && office.feishu.cards(id).findLast(({ text }) => text.includes(to));
  const how = { file: { name, bytes }, ...(quoted && { replyTo: quoted.messageId }) };
  await office.feishu.says(id, '', how);
  await office.settle();
}

const numberIn = (text: string): string => /[A-Z]+-26-\d{4}/.exec(text)?.[0] ?? 'none';
const times = (person: string, text: string): number =>
  office.sees(person).filter((each) => each.includes(text)).length;

/** The names of the files of a request. */
const filesOf = async (number: string): Promise<readonly string[]> =>
  (
    await office.app.db
      .selectFrom('attachment')
      .innerJoin('request', 'request.id', 'attachment.request_id')
      .select('attachment.name')
      .where('request.number', '=', number)
      .orderBy('attachment.id')
      .execute()
  ).map(({ name }) => name);

describe('a quote for supplies', () => {
  test('the draft says what may be sent along, and then what goes along', async () => {
    await office.says('陈晨', '领两盒A4纸');
    expect(office.last('陈晨')).toContain(
      '可以把文件（PDF、OFD、Word、Excel、PPT、TXT、图片，20 MB 以内）直接发给我',
    );
    await file('陈晨', '报价单.pdf', PDF);
    expect(office.last('陈晨')).toBe('收到，提交时一起带上');
    expect(office.sees('陈晨').join('\n')).toContain('一起提交：报价单.pdf');
  });

  test('two in a row are told in one sentence, and both go along', async () => {
    await file('陈晨', '比价.pdf', PDF);
    expect(times('陈晨', '提交时一起带上')).toBe(1);
    await office.says('陈晨', '提交');
    const number = numberIn(office.last('陈晨'));
    expect(await filesOf(number)).toEqual(['报价单.pdf', '比价.pdf']);
    expect(office.last('陈晨')).toContain('附件　报价单.pdf、比价.pdf');
  });

  test('sent after it was submitted, it joins the card of everybody who sees it', async () => {
    await file('陈晨', '补充.pdf', PDF);
    const number = numberIn(office.last('陈晨'));
    expect(office.last('陈晨')).toBe(`文件已加到 ${number}`);
    expect(number).toMatch(/^SUP-/);
    expect(office.sees('吴婷').join('\n')).toContain('补充.pdf');
  });

  test('sent before a word was said, it waits for the words', async () => {
    await file('罗敏', '报价.pdf', PDF);
    expect(office.last('罗敏')).toContain('收到文件。再说一句要办什么');
    await office.says('罗敏', '领三支笔');
    expect(office.last('罗敏')).toContain('一起提交：报价.pdf');
    await office.taps('罗敏', '提交');
    expect(await filesOf(numberIn(office.last('罗敏')))).toEqual(['报价.pdf']);
  });

  test('goes along however long the draft is thought about', async () => {
    await office.says('赵建国', '领三支笔');
    await file('赵建国', '样品.pdf', PDF);
    office.later({ minutes: 50 });
    await office.says('赵建国', '提交');
    expect(await filesOf(numberIn(office.last('赵建国')))).toEqual(['样品.pdf']);
  });

  test('half an hour later it goes with nothing', async () => {
    await file('何佳', '旧报价.pdf', PDF);
    office.later({ minutes: 31 });
    await office.says('何佳', '领三支笔');
    expect(office.last('何佳')).toContain('可以把文件');
    await office.says('何佳', '提交');
    expect(await filesOf(numberIn(office.last('何佳')))).toEqual([]);
  });
});

describe('a photo of something broken', () => {
  test('with the words, in one message, goes along; one more in reply to the card too', async () => {
    const { feishu } = office;
    await feishu.says(idIn('王磊'), '3楼打印机卡纸了', { image: ONE_PIXEL });
    await office.settle();
    expect(office.last('王磊')).toContain('一起提交：照片 1 张');
    await office.says('王磊', '提交');
    const number = numberIn(office.last('王磊'));
    expect(await filesOf(number)).toHaveLength(1);
    const card = feishu.cards('ou_office_2').findLast(({ text }) => text.includes(number));
    await feishu.says('ou_office_2', '', { image: ONE_PIXEL, replyTo: card?.messageId ?? '' });
    await office.settle();
    expect(office.last('ou_office_2')).toBe(`照片已加到 ${number}`);
    expect(await filesOf(number)).toHaveLength(2);
  });

  test('is not taken along by supplies', async () => {
    await office.sends('马超');
    await office.says('马超', '领两盒A4纸');
    await office.says('马超', '提交');
    expect(await filesOf(numberIn(office.last('马超')))).toEqual([]);
  });

  test('in reply to somebody else’s card is not theirs to add', async () => {
    const card = office.feishu.cards('ou_rd_2').findLast(({ text }) => text.includes('FIX-26-'));
    const number = numberIn(card?.text ?? '');
    await office.feishu.says(idIn('罗敏'), '', {
      image: ONE_PIXEL,
      replyTo: card?.messageId ?? '',
    });
    await office.settle();
    expect(await filesOf(number)).toHaveLength(2);
  });
});

describe('who decides opens the files', () => {
  let number: string;
  beforeAll(async () => {
    await office.says('何佳', '下周二去上海出差一天，见客户');
    await file('何佳', '行程单.pdf', PDF);
    await office.says('何佳', '提交');
    number = numberIn(office.last('何佳'));
    await office.tick();
  });
  const APPROVER = '马超';
  /** The files that the bot has sent a person, by name. */
  const got = (person: string): readonly string[] =>
    office.feishu
      .inbox(idIn(person))
      .filter(({ from, type }) => from === 'bot' && type === 'file')
      .map(({ text }) => text);

  test('by a tap on the card, while it is theirs to decide and afterwards', async () => {
    expect(office.last(APPROVER)).toContain('附件　行程单.pdf');
    await office.taps(APPROVER, '看附件');
    await office.settle();
    expect(got(APPROVER)).toEqual(['行程单.pdf']);
    await office.taps(APPROVER, '同意');
    await office.taps(APPROVER, '看附件');
    await office.settle();
    expect(got(APPROVER)).toHaveLength(2);
  });

  test('with the bytes that were sent, kept by us', async () => {
    const stored = await office.app.db
      .selectFrom('attachment_content')
      .innerJoin('attachment', 'attachment.id', 'attachment_id')
      .select('bytes')
      .where('name', '=', '行程单.pdf')
      .executeTakeFirstOrThrow();
    expect(Buffer.from(stored.bytes)).toEqual(PDF);
    const uploads = office.feishu.calls.filter(({ route }) => route === '/open-apis/im/v1/files');
    expect(uploads).toHaveLength(2);
  });

  test('by a word in reply to it, or with its number', async () => {
    await office.replies(APPROVER, number, '附件');
    expect(got(APPROVER)).toHaveLength(3);
    await office.says(APPROVER, `看一下${number}的附件`);
    expect(got(APPROVER)).toHaveLength(4);
  });

  test('nobody else does', async () => {
    await office.says('罗敏', `看一下${number}的附件`);
    expect(got('罗敏')).toEqual([]);
    expect(office.last('罗敏')).toContain('没有找到');
  });

  test('one that is not fetched yet is said to be on its way', async () => {
    const back = office.feishu.fail({ answer: 503 }, { only: /resources/, times: 50 });
    await file('何佳', '酒店.pdf', PDF);
    const { toast } = await office.taps('何佳', '看附件');
    await office.settle();
    expect(toast?.content).toContain('「酒店.pdf」还没取到');
    expect(got('何佳')).toEqual(['行程单.pdf']);
    back();
    office.later({ minutes: 3 });
    await office.tick();
    await office.taps('何佳', '看附件');
    await office.settle();
    expect(got('何佳')).toHaveLength(3);
  });
});

describe('how many', () => {
  test('the tenth photo of a ticket is not kept, and its sender told what to do', async () => {
    await office.says('罗敏', '5楼饮水机漏水');
    await office.says('罗敏', '提交');
    const number = numberIn(office.last('罗敏'));
    for (let photo = 0; photo < 9; photo += 1) await office.sends('罗敏');
    expect(times('罗敏', '照片已加到')).toBe(1);
    await office.sends('罗敏');
    expect(office.last('罗敏')).toContain('最多带 9 张照片');
    expect(await filesOf(number)).toHaveLength(9);
  });
});

describe('what was sent is taken back', () => {
  test('the draft no longer takes the file along', async () => {
    await office.says('黄静', '领两盒A4纸');
    const { messageId } = await office.feishu.says(idIn('黄静'), '', {
      file: { name: '发错了.pdf', bytes: PDF },
    });
    await office.settle();
    expect(office.sees('黄静').join()).toContain('一起提交：发错了.pdf');
    await office.feishu.recalls(idIn('黄静'), messageId);
    await office.settle();
    expect(office.sees('黄静').join()).not.toContain('发错了.pdf');
    await office.says('黄静', '提交');
    expect(await filesOf(numberIn(office.last('黄静')))).toEqual([]);
  });

  test('what the repairer added stays, and they are told so', async () => {
    const mine = office.feishu.cards('ou_office_2').filter(({ text }) => text.includes('FIX-26-'));
    const card = mine.findLast(({ text }) => text.includes('打印机'));
    const how = { image: ONE_PIXEL, replyTo: card?.messageId ?? '' };
    const { messageId } = await office.feishu.says('ou_office_2', '', how);
    await office.settle();
    await office.feishu.recalls('ou_office_2', messageId);
    await office.settle();
    expect(office.last('ou_office_2')).toContain('的照片和文件不受影响');
  });
});

describe('what is not taken is looked at by its content', () => {
  test('a program that calls itself a PDF is forgotten, and its sender told what may be sent', async () => {
    await office.says('陈晨', '领五支笔');
    await office.says('陈晨', '提交');
    const number = numberIn(office.last('陈晨'));
    await file('陈晨', '报价.pdf', PROGRAM);
    await office.tick();
    expect(await filesOf(number)).toEqual([]);
    expect(office.last('陈晨')).toBe(
      '「报价.pdf」不是能收的文件，没有收下。请换成文件（PDF、OFD、Word、Excel、PPT、TXT、图片，20 MB 以内）再发',
    );
    expect(office.sees('吴婷').at(-1)).not.toContain('报价.pdf');
    await office.tick();
    expect(times('陈晨', '没有收下')).toBe(1);
  });

  test('a good one stays', async () => {
    await file('陈晨', '真报价.pdf', PDF);
    const number = numberIn(office.last('陈晨'));
    await office.tick();
    expect(await filesOf(number)).toEqual(['真报价.pdf']);
  });

  test('one that is too large is refused as too large', async () => {
    const large = Buffer.alloc(21 * 1024 * 1024, ' ');
    PDF.copy(large);
    await file('陈晨', '大图册.pdf', large);
    await office.tick();
    expect(office.last('陈晨')).toContain('「大图册.pdf」太大了，没有收下');
  });

  test('while the platform is away nothing is refused; later it is looked at', async () => {
    // Away before the file comes: the program looks by itself every few seconds
    const back = office.feishu.fail({ answer: 503 }, { only: /resources/, times: 50 });
    await file('陈晨', '安装.pdf', PROGRAM);
    await office.tick();
    expect(times('陈晨', '「安装.pdf」')).toBe(0);
    back();
    office.later({ minutes: 3 });
    await office.tick();
    expect(times('陈晨', '「安装.pdf」')).toBe(1);
  });
});

describe('what cannot be had', () => {
  test('is given up after an hour, and asked for again', async () => {
    const back = office.feishu.fail({ answer: 503 }, { only: /resources/, times: 50 });
    await file('陈晨', '慢.pdf', PDF);
    await office.tick();
    office.later({ hours: 1, minutes: 1 });
    await office.tick();
    back();
    expect(office.last('陈晨')).toBe('「慢.pdf」没能取到，没有收下。请再发一次');
  });

  test('what belongs to nothing is forgotten after three days', async () => {
    await file('钱芳', '随手.pdf', PDF);
    await office.tick();
    for (let day = 0; day < 4; day += 1) office.later({ hours: 19 });
    await office.tick();
    const kept = office.app.db.selectFrom('attachment').selectAll().where('name', '=', '随手.pdf');
    expect(await kept.execute()).toEqual([]);
  });
});

test('nothing of all this was set aside, and every card was taken by the platform', async () => {
  expect(await office.app.db.selectFrom('set_aside').selectAll().execute()).toEqual([]);
  const refused = refusedForGood(office.feishu).filter((call) => !call.includes('resources'));
  expect(refused).toEqual([]);
});
