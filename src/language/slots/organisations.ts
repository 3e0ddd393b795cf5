import { matchesOf } from '../matches.ts';
import type { Found } from '../meaning.ts';
import { foundAt, inTime, isStopAt } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';

/** Last words of names of companies and authorities, and the first of what follows a well-known name: 张总一行, 客人. */
const kinds =
  /(?:公司|集团|银行|大学|学院|医院|研究院|研究所|设计院|事务所|科技|委员会|发改委|管委会|工信局|税务局|工商局|人社局|街道办|协会|基金会|商会|局|厅|委|律所|中心)(?=的|来|一行|过来|派|张|王|李|刘|陈|[\p{Script=Han}]{0,3}(?:总|经理|工|先生|女士|主任)|[，,、。\s]|代表|领导|客户|人员|工程师|老师|同事|$)/gu;

/** X的张总, X张总一行, X一行: a name of any firm before its people. */
const before =
  /(?:^|[，,。:：\s]|有|来自|接待|邀请|是|为)([\p{Script=Han}A-Za-z]{2,12}?)(?:的|公司的?)?(?=一行|的?(?:检查组|考察组|督导组|调研组|巡察组|巡视组|审计组|验收组|专家组|代表团|考察团|访问团)|[\p{Script=Han}]总(?=$|[,，、])|(?<=的)[\p{Script=Han}](?:经理|主任|总监|先生|女士|小姐|工程师|工(?=$|[,，、])|部长|教授|博士)|[\p{Script=Han}]总(?:一行|来|过来|到|$|[，,、带])|的(?=人(?:来|过来|要来|明天|今天|后天|下午|上午|一会|等|到|拜访|要|会))|的?(?:客户|工程师|师傅|专家|领导|代表|销售|同事|老师|讲师)(?:[一二两三四五六七八九十\d]{1,2}[位个名]人?)?(?:一行|来|过来|到|要|下午|上午|明天|$|[，,]))/gu;

const stop = '的来和与跟有是今明后天早晚上下午我们公家个位名点到由请'.split('');
const stops = new Set(stop);

/** 公司：腾讯, 单位-市医院, from Microsoft. */
const labelled =
  /(?:公司名称|单位名称|来访单位|来访公司|公司|单位|来自)[-:：]\s*([^\s,，;；。、]{2,20})|\bfrom ([a-z][\w&.-]*(?: [a-z][\w&.-]*){0,2})/g;

/** Companies and authorities that are named. */
export function findOrganisations(sentence: Sentence): readonly Found<string>[] {
  const { text } = sentence;
  const shown = matchesOf(text, labelled).map((m) => {
    const name = m[1] ?? m[2] ?? '';
    const from = m.index + m[0].length - name.length;
    return foundAt(
      sentence,
      from,
      from + name.length,
      sentence.said.slice(from, from + name.length),
    );
  });
  if (shown.length > 0) return shown;
  const found = matchesOf(text, kinds).flatMap((m) => {
    const to = m.index + m[0].length;
    let from = m.index;
    while (
      from > 0 &&
      to - from < 14 &&
      !isStopAt(text, from - 1) &&
      !stops.has(text.charAt(from - 1)) &&
      !/\s|\d/.test(text.charAt(from - 1)) &&
      !inTime(sentence, from - 1, from)
    )
      from--;
    return to - from < 3 || /^(?:我|本|总|分|子|到)公司$/.test(text.slice(from, to))
      ? []
      : [foundAt(sentence, from, to, sentence.said.slice(from, to))];
  });
  if (found.length > 0) return found;
  return matchesOf(sentence.timeless(), before).flatMap((m) => {
    const name = m[1] ?? '';
    const from = m.index + m[0].indexOf(name);
    return inTime(sentence, from, from + name.length) ||
      /^(?:快递|外卖|送货|送水|装修|维修|保洁|物业|老|大|小)|^(?:今|明|后|下|上|客户|我|有|两|三|一会|等会|待会)|[有客来邀]|^给/.test(
        name,
      )
      ? []
      : [organisationAt(sentence, from, name)];
  });
}

/** Siemens那边俩工程师: the words behind the name are no part of it. */
function organisationAt(sentence: Sentence, from: number, name: string): Found<string> {
  const to =
    from +
    name.replace(/(?:那边|这边|那里|公司那边)?(?:俩|仨|[一二两三四五六七八九十\d]+[位个名])?$/, '')
      .length;
  return foundAt(sentence, from, to, sentence.said.slice(from, to));
}
