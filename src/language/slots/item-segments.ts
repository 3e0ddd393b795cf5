import type { Sentence } from '../sentence.ts';
import { longestAt } from '../trie.ts';
import { wordsIn } from './terms.ts';

/** A stretch of a sentence. */
export type Segment = { readonly from: number; readonly to: number };

const breaks =
  /[，,、；;。！!？?：:\n+＋&]|(?<=[个支只包盒箱本张卷瓶台把条块套件份袋打副对根枚桶提]) +|\band\b|以及|还有|外加|加上|另外|再来|再要|再拿|再领|[和跟与及](?!纸|尚|平)/g;

/** Stretches that can each hold one thing. */
export function segmentsOf(sentence: Sentence): readonly Segment[] {
  const { text } = sentence;
  const segments: Segment[] = [];
  let from = 0;
  for (const cut of text.matchAll(breaks)) {
    segments.push({ from, to: cut.index });
    from =
      cut.index +
      (/^(?:再|还|另|外|加)/.test(cut[0]) && cut[0].startsWith('再') ? 0 : cut[0].length);
  }
  return [...segments, { from, to: text.length }].filter((s) => s.to > s.from);
}

/** Words before the thing that ask for it or say for whom; cut away from the left. */
const leads =
  /^(?:[\s"“”'()]+|of\s+|need\s+|(?:我们|咱们?|我|俺们?)?(?:这边|那边|科室|科|车间|班组|小组|项目组|仓库|食堂|前台|茶水间|办公室|财务室|门岗|保安室|宿舍|实验室|展厅)(?:里|里的|的|这边|那边)?(?:急需|急缺|需要|需|想要|想领|要|缺)?|急需|急缺|申购|换成|换为|顺便要?|送(?=[一二两三四五六七八九十\d几])|要(?=个|盒|包|瓶)|[\p{Script=Han}]{1,6}(?<!要)用的|新的|大概|大约|约|差不多|估计|要用的|用的|你好|您好|请问|请|麻烦|劳驾|帮忙|帮我们|帮我|帮|给我们|给我|给大家|给[^领要拿申配发,，]{1,8}(?=[领要拿申配发])|给|替|我们组|我们部门|我们部|我们|我组|部门|咱们|咱组|咱|我|大家|你们|行政|再来|再|还|另|也|都|先|缺|少|差|想要|想|需要|需|要|申请一批|申请|申领|领用|领取|领|拿取|拿|取用|取|来|补充|补货|补|采购|购买|买|订购|订(?!单|书|正)|发放|发|借|备齐|备|提前|准备|增加|加|换|印刷|印|添置|添|配|弄|搞|整|要求|能不能|能否|可不可以|可以|可否|能|一下|下|把|将|是|改成|改为|应该|一共|总共|共|各|物品|用品|办公用品|清单|申请单|快|没了?|用完了?|一些|一批|那个|就|吧|的|了)/u;

/** Words after the thing that are no part of it. */
const trails =
  /(?:(?:送)?[到至](?:[a-z]?\d{2,4}|[\p{Script=Han}\d]{1,6}(?:楼|室|部|前台|工位|办公区|茶水间))|见底了?|快?见底|该补|该换|告急|断货|没剩几?|空了|写不出来|不出水|新的|坏|谢谢您?|多谢|感谢|谢了|麻烦了|就行了?|就可以了?|就好了?|就够了?|即可|可以吗|行吗|好吗|吗|吧|呗|哈|呢|啊|呀|哦|了|的|用|thanks?|thx|please|左右|以上|上来|下来|过来|给我们?|来|拿|领|改成|改为|换成|变成|加到|减到|增加到|要|需要|没有了|没了|快|用完了|快没了|不够了|不够用|不够|即将用完|[\s"“”'()（）。.!！~～])$/u;

/** A segment that speaks of where to, what for or whom, not of a thing. */
export const aside =
  /^(?:预算|费用|总价|单价|金额|放到|放在|送到|送至|送来|放|存放|用于|用来|用途|为了|因为|由于|申请人|领用人|部门[:：]|我在|我是|谢谢|急用|着急|尽快|如果|没有的|没有就|有没有)/;

/** Offset of the first word that is no asking word; a known thing is never cut into (印|泥). */
export function trimmedLeft(
  text: string,
  from: number,
  to: number,
  known: readonly string[] = [],
): number {
  let at = from;
  for (let steps = 0; steps < 12; steps++) {
    const thing = longestAt(wordsIn(known), text, at);
    if (thing !== undefined && thing.to - at > 1) return at;
    const lead = leads.exec(text.slice(at, to));
    if (lead === null || lead[0].length === 0) return at;
    at += lead[0].length;
  }
  return at;
}

/** Offset behind the last word that is no polite or closing word. */
export function trimmedRight(text: string, from: number, to: number): number {
  let end = to;
  for (let steps = 0; steps < 12; steps++) {
    const trail = trails.exec(text.slice(from, end));
    if (trail === null) return end;
    end -= trail[0].length;
  }
  return end;
}
