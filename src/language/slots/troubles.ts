import { matchesOf } from '../matches.ts';
import type { Found } from '../meaning.ts';
import { clauseAround, foundAt, inTime, perSentence } from '../sentence.ts';
import type { Sentence } from '../sentence.ts';
import { findPlaces } from './places.ts';
import { findWords } from './terms.ts';

/** 打不开, 刷不了, 关不严, 没反应, 漏水: what things do when they do not work, whatever the thing. */
const generic =
  /(?:弄|认|摇|抬|滑|拽|掰|吐|粘|撑|识|搞|摁|够|盖|闭|扭|打|开|关|连|登|刷|锁|抬|降|升|充|插|拔|按|调|用|动|接|进|拉|推|转|启|印|扫|识别|打印|复印|扫描|连接|加载|启动|显示|访问|登录|登陆|上|出|收|发|听|看|拨|冲|排|点|弹|坐|合|扣|拧|拆|投|放|读|写|存|装|充电|开机|关机|使用|运行|响应|抽|吸|吹|下|传|更新|安装)不(?:着火|出脸|出来人|起来了|住|到位|回去|回来|开机|了机|起来|下来|下去|出去|出来|进去|上去|开|了|上|出|进|动|来|去|亮|着|严|通|到|掉|紧|清|见|好|成|灵|全)|不出(?:热|冷|凉)?(?:水|纸|风|气|墨|票|声|图)|不(?:亮|转|动|制冷|制热|冷|热|通电|通|工作|响|灵敏|灵|显示|冲水|走纸|进纸|识别|好使|好用|能用|稳定|平|凉|下水|排水|充电|开机|吸|保温|加热|反应|感应|停闪|停地?响|停)|(?:没|无)(?:有)?(?:反应|声音|声|电|网|网络|水|信号|墨水?|画面|图像|热水|冷气|风|响应|气|碳粉|法(?:打开|启动|使用|连接|打印|登录|开机|开门|联网))|(?:连|接|用|开|刷|打)不了|老(?:是)?(?:掉线|断|死机|卡纸|跳闸|卡|响)|(?:一直|总是?|经常|老是?|不停)(?:地|在)?(?:滴水|流水|响|闪|掉线|断线|报警|叫|重启|死机|卡|抖|漏)/;

const genericAt = perSentence((sentence) => generic.exec(sentence.text)?.index ?? null);

/** Where in the sentence something is said to be out of order: generic forms and the words given. */
export function troubleAt(sentence: Sentence, words: readonly string[]): number | null {
  const form = genericAt(sentence);
  const word = findWords(sentence, words).at(0)?.from ?? null;
  return form === null ? word : word === null ? form : Math.min(form, word);
}

/** What is wrong, from the first such word to the end of its clause. */
export function findTroubles(
  sentence: Sentence,
  words: readonly string[],
): readonly Found<string>[] {
  const at = troubleAt(sentence, words);
  if (at === null) return [];
  const { to } = clauseAround(sentence.text, at);
  const said = sentence.said.slice(at, to);
  const short = said.replace(/[了吧啊呀吗呢啦嘞哦噢哈喽，。\s]+$/, '');
  const kept = short.length < 2 ? said : short;
  return [foundAt(sentence, at, at + kept.length, kept)];
}

type Hint = {
  readonly known: readonly string[];
  readonly not?: readonly string[];
  readonly trouble?: readonly string[];
  readonly places?: readonly string[];
  readonly endings?: readonly string[] | undefined;
  readonly unlisted?: boolean | undefined;
};

/** Known things in the sentence, neighbours joined (投影|幕布, 玻璃|门). Slips (打应机) are set right before (slips.ts). */
function knownThings(sentence: Sentence, known: readonly string[]): readonly Found<string>[] {
  const joined: Found<string>[] = [];
  for (const one of findWords(sentence, known)) {
    const last = joined.at(-1);
    if (last === undefined || last.to !== one.from) joined.push(one);
    else joined[joined.length - 1] = foundAt(sentence, last.from, one.to, last.value + one.value);
  }
  return joined;
}

/** The thing spoken of: the last known one before the trouble in its clause, else the next after, else any; else a noun before the trouble. */
export function findThings(
  sentence: Sentence,
  { known, not, trouble, places, endings, unlisted }: Hint,
): readonly Found<string>[] {
  const hidden = findWords(sentence, not ?? []);
  const all = knownThings(sentence, known).filter(
    (t) => !hidden.some((h) => h.from <= t.from && t.to <= h.to),
  );
  if (trouble === undefined) return named(sentence, all, { endings, unlisted });
  const at = troubleAt(sentence, trouble);
  const wrong = findTroubles(sentence, trouble)[0];
  const things = all.filter(
    (t) => wrong === undefined || t.to <= wrong.from || t.from > wrong.from + 1,
  );
  if (at === null) return things;
  const clause = clauseAround(sentence.text, at);
  const before = things.filter((t) => t.from >= clause.from && t.from < at).at(-1);
  const after = things.find((t) => t.from >= at && t.from < clause.to);
  const noun = unknownBefore(sentence, { from: clause.from, to: at }, places ?? []);
  const chosen =
    (before !== undefined &&
    noun !== undefined &&
    sentence.tongue === 'zh' &&
    isMoreOf(noun, before)
      ? noun
      : before) ??
    noun ??
    after ??
    things.filter((t) => t.from < at).at(-1) ??
    things[0] ??
    unknownBefore(sentence, { from: clause.from, to: at }, []);
  return chosen === undefined ? [] : [chosen];
}

/** 伸缩门, 电子屏: a listed thing (门, 电) with so little around it that it is one name; 客户投诉空调 is none. */
const MOST_AROUND = 3;
const isMoreOf = (noun: Found<string>, thing: Found<string>): boolean =>
  noun.from <= thing.from &&
  thing.to <= noun.to &&
  noun.to - noun.from > thing.to - thing.from &&
  noun.to - noun.from - (thing.to - thing.from) <= MOST_AROUND &&
  !/[的了在是和与给把将要需请帮我你他她们这那有个去来]/.test(noun.words);

/** Characters that begin no name of a paper or a device, seen from its end to the left. */
const noName = new Set(
  '的了在是和与给把将要需请帮我你他她们这那盖用印章办拿带份页张本套共各到去来有个台部件一二两三四五六七八九十几上下再还也都就对于向为让按'.split(
    '',
  ),
);

const isNamePart = (c: string): boolean => /[\p{Script=Han}A-Za-z\d]/u.test(c) && !noName.has(c);

/** From `to` back over what may be the name of a thing; at most so many characters. */
function nameBack(text: string, to: number, most: number): number {
  let from = to;
  while (from > 0 && to - from < most && isNamePart(text.charAt(from - 1))) from--;
  return from;
}

/** The things that are listed; a name that ends like one (工程签证单), or a device by its count (离心机一台, 那台离心机), when it is longer or none is. */
function named(
  sentence: Sentence,
  listed: readonly Found<string>[],
  { endings, unlisted }: Pick<Hint, 'endings' | 'unlisted'>,
): readonly Found<string>[] {
  const { text } = sentence;
  const found: Found<string>[] = [];
  for (const ending of endings === undefined ? [] : findWords(sentence, endings)) {
    const from = nameBack(text, ending.from, 10);
    const known = listed.find((one) => one.to === ending.to);
    if (
      from < ending.from &&
      (known === undefined || from < known.from) &&
      !inTime(sentence, from, ending.from)
    )
      found.push(foundAt(sentence, from, ending.to, sentence.said.slice(from, ending.to)));
  }
  if (unlisted === true && listed.length === 0) found.push(...counted(sentence));
  const apart = listed.filter((one) => !found.some((f) => f.from <= one.from && one.to <= f.to));
  return [...found, ...apart].toSorted((a, b) => a.from - b.from);
}

const shown =
  /[这那][台把部辆套架块张](?:新的|旧的|老)?([\p{Script=Han}A-Za-z\d]{2,8}?)(?=[，,。.;；!！?？\s报坏借还转归现在放给的要想用不搬移]|$)/gu;
const tallied =
  /(?<![\p{Script=Han}A-Za-z\d])([\p{Script=Han}A-Za-z\d]{2,7}?)[（(]?(?:[一二两三四五六七八九十\d]{1,3}|各一)(?:台|部|辆|套|架|把|张|只|件)(?![\p{Script=Han}]{0,1}[纸笔])/gu;
const talliedBefore =
  /(?:[一二两三四五六七八九十\d]{1,3}|这|那)(?:台|部|辆|套|架)(?:的)?([\p{Script=Han}A-Za-z\d]{2,7}?)(?=[，,。.;；!！?？\s报坏借还转归现在放给的要想用]|$)/gu;
const verbs =
  /^(?:申请|报废|领用|领|借用|借|归还|还|登记|盘点|移交|调拨|处置|入库|新购|采购|需要|想|要|帮我|我|麻烦|公司|新到货?|新到|新)+/;

/** Devices nobody listed, by a count in a measure of devices or by 那台. */
const counted = (sentence: Sentence): readonly Found<string>[] =>
  [shown, tallied, talliedBefore].flatMap((form) =>
    matchesOf(sentence.text, form).flatMap((m) => {
      const whole = m[1] ?? '';
      const end = m.index + m[0].indexOf(whole) + whole.length;
      const from = Math.max(end - whole.length, nameBack(sentence.text, end, whole.length));
      const name = sentence.text.slice(from, end).replace(verbs, '');
      return name.length < 2 || /^(?:设备|机器|东西|资产|电脑设备)$/.test(name)
        ? []
        : [foundAt(sentence, end - name.length, end, sentence.said.slice(end - name.length, end))];
    }),
  );

const filler =
  /^(?:我们的|我们|我的|我|咱们|咱|你们|这边|这里|那边|那个|这个|这台|那台|的|有个|有一个|一个|有|今天|昨天|刚才|刚刚|突然|现在|怎么|又|都|也|好像|请问|请|麻烦|你好|报修|报障|发现|就|老|总|里的?|里面的?|上的?)/;
const padding =
  /(?:又|都|也|好像|突然|总是|一直|老是|经常|有点|有些|太|很|开始|怎么|已经|全|的|就|自己|莫名|根本|现在|今天|有)$/;

type Span = { readonly from: number; readonly to: number };

/** A noun nobody listed: what stands between place and trouble. */
function unknownBefore(
  sentence: Sentence,
  { from, to: at }: Span,
  places: readonly string[],
): Found<string> | undefined {
  const { text } = sentence;
  const ends = [...sentence.timeSpans(), ...findPlaces(sentence, places)].filter(
    (f) => f.from < at && f.to > from && f.to <= at,
  );
  let start = Math.max(from, ...ends.map((f) => f.to));
  let end = at;
  for (
    let cut = filler.exec(text.slice(start, end));
    cut !== null;
    cut = filler.exec(text.slice(start, end))
  )
    start += cut[0].length;
  for (
    let cut = padding.exec(text.slice(start, end));
    cut !== null;
    cut = padding.exec(text.slice(start, end))
  )
    end -= cut[0].length;
  const name = sentence.said.slice(start, end).trim();
  const plausible = /^[\p{Script=Han}A-Za-z0-9 ]{1,8}$/u.test(name);
  return plausible ? foundAt(sentence, start, end, name) : undefined;
}
