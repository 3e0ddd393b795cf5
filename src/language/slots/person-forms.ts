import { oneOf } from '../characters.ts';
import { indexWords, longestAt } from '../trie.ts';

/** The most frequent surnames of one character. */
export const surnames = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万钱严洪游武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿关焦左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤时穆农司古吉项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝'.split(
    '',
  ),
);
const doubleSurnames = new Set(
  '欧阳 诸葛 上官 司马 司徒 东方 皇甫 尉迟 公孙 慕容 令狐 夏侯 端木 南宫 轩辕'.split(' '),
);

const doubleBegins = new Set([...doubleSurnames].map((name) => name.charAt(0)));

const titles =
  '副理 协理 襄理 课长 副总经理 副主任 副处长 副局长 副院长 副校长 园长 厂长 护士长 政委 总工 总师 站长 行长 店长 警官 法官 总监 总经理 总裁 副总 经理 主任 部长 处长 局长 科长 院长 校长 所长 书记 董事长 董事 老师 教授 博士 先生 女士 小姐 师傅 律师 医生 秘书 助理 会计 工程师 顾问 主管 组长 队长 班长 老板 同学 总 工 董 哥 姐 局 处 科'.split(
    ' ',
  );
const titleIndex = indexWords(titles.map((title) => [title, title] as const));

/** Characters that are in no given name. */
const noName = new Set(
  '的了是在和与我你他她去到有要不把被给让吗呢吧这那就都也还请来跟从下上开派送等办审批领订填查看找个'.split(
    '',
  ),
);

/** Characters that can follow a name but hardly be in one. */
const afterName =
  '的和与及跟同我你他她们来到去要从在上下今明昨后前这那是有没过会把给让帮负审完发交提跑催盯等一二三四五六七八九十两几也都想说约参拜访进出走坐带拿签办管做请将可能就已经总先应收转打问看找查收领回预退拒通同报买订取周星月日年号点时午先生女住第核申休工归送接借用预并开个登录码批'.split(
    '',
  );
export const closes = new Set(afterName);

export const isHan = (c: string): boolean => c >= '\u4e00' && c <= '\u9fff';

const endsName = (text: string, at: number): boolean => {
  const c = text.charAt(at);
  return c === '' || !isHan(c) || closes.has(c);
};

/** 小李, 老张: an address of an everyday kind. */
const familiarAt = (text: string, at: number): number | null =>
  /[小老阿大]/.test(text.charAt(at)) && surnames.has(text.charAt(at + 1)) && endsName(text, at + 2)
    ? at + 2
    : null;

/** 王总, 陈小姐, 欧阳老师, 刘伟经理: a surname (and given name) with a title. */
function titledAt(text: string, at: number, surname: number): number | null {
  for (const given of [0, 1, 2]) {
    const space = text.charAt(at + surname + given) === ' ' && given > 0 ? 1 : 0;
    const hit = longestAt(titleIndex, text, at + surname + given + space);
    if (hit !== undefined && isTitle(text, hit.from, hit.to, given)) return hit.to;
  }
  return null;
}

/** One-character titles want a close after them: 王工 is an engineer, 王工作 is not. */
const isTitle = (text: string, from: number, to: number, given: number): boolean =>
  to - from > 1 ||
  (given === 0 &&
    endsName(text, to) &&
    !/^工[作程厂]|^总[是共结计]|^科技|^处理|^局部/.test(text.slice(from, from + 2)));

function fullAt(text: string, at: number, surname: number): number | null {
  for (const given of [2, 1]) {
    const to = at + surname + given;
    const body = text.slice(at + surname, to);
    if (
      body.length === given &&
      body.split('').every((c) => isHan(c) && !noName.has(c)) &&
      endsName(text, to)
    )
      return to;
  }
  return null;
}

const surnameLength = (text: string, at: number): number =>
  doubleBegins.has(text.charAt(at)) && doubleSurnames.has(text.slice(at, at + 2))
    ? 2
    : surnames.has(text.charAt(at))
      ? 1
      : 0;

const address =
  /^[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛段雷龙史陶贺毛郝顾龚邵万钱严](?:总监|经理|主任|先生|女士|小姐|部长|局长|处长|院长|教授|博士|院士|工(?=$|[^\p{Script=Han}]|[来到要带今明后周下上])|会长|主席|总(?=$|[^\p{Script=Han}]|[一带来到过要和等]))/u;

/** 中国移动张总一行: surname and title right behind another word. */
export const addressedAt = (text: string, at: number): number | null => {
  if (!surnames.has(text.charAt(at))) return null;
  const found = address.exec(text.slice(at, at + 5));
  return found === null ? null : at + found[0].length;
};

/** 副院长, 分管校领导: somebody by the office held, where a name is expected. */
const office =
  /^(?:分管|主管|上级)?(?:校|院|所|局|厅|公司|集团|行|部门)?(?:领导|(?:副|总|正)?(?:院长|校长|所长|局长|处长|科长|部长|主任|总监|经理|总经理|总裁|董事长|书记|主席|会长|秘书长|厂长|行长|店长|站长|工程师|会计师))(?=$|[\s,，。.!！来去审批定处看签拍])/u;

/** Where the office that begins at `at` ends; null when none does. */
export const officeAt = (text: string, at: number): number | null => {
  const found = office.exec(text.slice(at, at + 12));
  return found === null ? null : at + found[0].length;
};

/** 小鹿催一下, 大刘: a familiar name that need not be a surname, where a name is expected. */
const nick =
  /^[小老阿大](?![家时孩学组]|伙伴|师傅|朋友)\p{Script=Han}(?=$|[\s,，。催盯把去来在给跟办交发做写整弄明今周下])/u;

/** Where the familiar name that begins at `at` ends; null when none does. */
export const nickAt = (text: string, at: number): number | null =>
  nick.test(text.slice(at, at + 4)) ? at + 2 : null;

/** Whether a name may begin here: at most characters none does. */
export const mayBeginName = oneOf([...surnames, ...doubleBegins, '小', '老', '阿', '大']);

/** The end of a name of a person that begins at `at`; `sure` only takes forms that need no context (王总, 小李). */
export function personAt(text: string, at: number, sure = false): number | null {
  if (!mayBeginName(text, at)) return null;
  const familiar = familiarAt(text, at);
  if (familiar !== null) return familiar;
  const surname = surnameLength(text, at);
  if (surname === 0 || /^全[部体都员数]/.test(text.slice(at, at + 2))) return null;
  return titledAt(text, at, surname) ?? (sure ? null : fullAt(text, at, surname));
}
