/** One clause of minutes: who is to do what by when, if anything. Pure. */
import { fold } from '../language/fold.ts';
import { type ByWhen, dueDatesIn } from './by-when.ts';
import { type Drafted, type Reader, trimmed } from './drafted.ts';
import { labelled } from './labels.ts';
import { type NameReader, nameReader, namesEnd, onlyTells, type Spot } from './who.ts';

/** The action item of a clause; undefined when it only tells or decides something. `listed`: it stands under 行动项. */
export function itemIn(text: string, reader: Reader, listed: boolean): Drafted | undefined {
  const told = labelled(text, reader);
  if (told) return told;
  const folded = fold(text);
  const read = nameReader(text, folded, reader.people);
  const dues = dueDatesIn(text, reader.now);
  const due = dues.find(({ firm }) => firm) ?? dues.at(-1);
  const named = dashed(text, read) ?? ownerIn(folded, read, due);
  if (named === 'tells') return undefined;
  const asked =
    listed || (named !== undefined && isAsked(folded, named, due)) || isToBeDone(folded, due);
  if (!asked) return undefined;
  const { what, standard } = whatIsLeft(text, named, due);
  if (what === '') return undefined;
  const owner = named ? text.slice(named.from, named.to) : null;
  return { what, owner, due: due?.date ?? null, standard };
}

/** An owner with all that belongs to the naming (请……负责), which is not part of what is to be done. */
type Naming = Spot & {
  readonly all: Spot;
  readonly sure: boolean;
  /** Where others stand who do it together with the owner. */
  readonly others?: Spot;
};

/** 「拟定培训计划 - 李伟」, 「Jack - book the venue」: a name between dashes. */
function dashed(text: string, read: NameReader): Naming | undefined {
  for (const { index, 0: dash } of text.matchAll(/\s*(?:——|—|–)\s*|\s+-+\s+/gu)) {
    const at = index + dash.length;
    const end = read(at);
    if (end !== null && /^\s*(?:$|[（(—–-]|\d)/u.test(text.slice(end)))
      return { from: at, to: end, all: { from: index, to: end }, sure: true };
    if (read(0) === index) return { from: 0, to: index, all: { from: 0, to: at }, sure: true };
  }
  return undefined;
}

const ASKS =
  /(?:烦请|麻烦|请|由|让|安排|指派|委托|责成|交由|交给|指定|拜托|@|\b(?:please have|have|ask|asked|get|assign(?:ed)? to|@)\s?)$/iu;
const BY_DUTY =
  /^\s*(?:同事|一起|共同|主要|全权|具体|来|去)?(?:负责|牵头|主责|跟进|承办|落实|推进|认领|对接|盯)|^\s*(?:来|去|需要?|须|要(?!求))(?=\p{Script=Han})/u;
const BY_ENGLISH = /^\s+(?:to|will|shall|must|should|needs? to|is to|are to|has to)\s/u;
/** What stands between a name and the deed, and is no part of it. */
const LINK =
  /^\s*(?:[：:,，]|(?:to|will|shall|must|should|needs? to|is to|are to|has to)\s+)?\s*(?:一起|共同)?(?:来|去|需要?|要|应|将|会)?(?:负责|牵头)?(?:跟进一下|盯一下)?\s*/u;

/** The first name of a clause that is asked to do something; `tells` when the clause only tells what somebody said or did. */
function ownerIn(
  folded: string,
  read: NameReader,
  due: ByWhen | undefined,
): Naming | 'tells' | undefined {
  let tells = false;
  for (let at = 0; at < folded.length; at++) {
    if (due && at >= due.from && at < due.to) continue;
    const begins = ASKS.exec(folded.slice(0, at));
    if (!begins && !mayStart(folded, at, due)) continue;
    const end = read(at);
    if (end === null) continue;
    const last = namesEnd(folded, read, { from: at, to: end });
    const naming = namingAt(folded, read, { from: at, to: end }, last, begins?.[0] ?? '');
    // Who told something is the subject; what looks like a name behind it has to be announced as one.
    if (naming && (naming.sure || !tells)) return naming;
    tells ||= onlyTells(folded.slice(last));
  }
  return tells ? 'tells' : undefined;
}

/** A name begins a clause, or stands behind a stop, a time or a department of its own. */
const mayStart = (folded: string, at: number, due: ByWhen | undefined): boolean =>
  at === 0 || /[\s，,：:、（(@]/u.test(folded.charAt(at - 1)) || due?.to === at;

function namingAt(
  folded: string,
  read: NameReader,
  first: Spot,
  last: number,
  asks: string,
): Naming | undefined {
  // 财务部钱芳: the person is meant, not the department.
  const inside = read(first.to);
  const one =
    inside !== null && /部$|中心$|室$/u.test(folded.slice(first.from, first.to))
      ? { from: first.to, to: inside }
      : first;
  const end = Math.max(last, one.to);
  const after = folded.slice(end);
  if (onlyTells(after)) return undefined;
  const latin = /^[A-Za-z]/u.test(folded.slice(one.from));
  const named =
    asks !== '' || BY_DUTY.test(after) || BY_ENGLISH.test(after) || /^\s*[：:]/u.test(after);
  if (latin && !named) return undefined;
  const link = LINK.exec(after)?.[0] ?? '';
  return {
    ...one,
    ...(last > one.to ? { others: { from: one.to, to: last } } : {}),
    all: { from: first.from - asks.length, to: end + link.length },
    sure: named,
  };
}

/** Behind a name that nothing else announces, a deed or a date has to stand. */
function isAsked(folded: string, { from, all, sure }: Naming, due: ByWhen | undefined): boolean {
  // 各部门要高度重视 is an appeal.
  if (folded.startsWith('各', from)) return due !== undefined;
  if (!sure) return due !== undefined || DEEDS.test(folded.slice(all.to, all.to + 6));
  return all.from > 0 || !/^\s*[，,。；;]?\s*$/u.test(folded.slice(all.to));
}

const DEEDS =
  /^(?:统计|联系|整理|提交|完成|准备|确认|更新|编写|撰写|起草|制定|拟定|汇总|组织|安排|协调|跟进|检查|采购|发送|发布|通知|梳理|输出|给出|落实|对接|优化|修复|排查|收集|安装|签订|核对|核实|评估|调研|推进|订|写|做|发|交|查|改|联络|报送|上报|补充|申请|办理)/u;
const STATES = /预计|目前|已经|已|正在|进展|顺利|会议|例会|下次|上线$|开会/u;
const WORK =
  /完成|提交|上报|报送|给出|整理|落实|交付|发布|汇总|确认|更新|补充|签订|办理|制定|finish|complete|submit|send|deliver|prepare|finali[sz]e/iu;

/** Nobody is named, but something is to be finished by a day. */
const isToBeDone = (folded: string, due: ByWhen | undefined): boolean =>
  due?.firm === true && WORK.test(folded) && !STATES.test(folded);

const STANDARD =
  /^(?:并且?|且|须|需|要|应)?(?:含|包含|包括|覆盖|做到|达到|要能|能够|要求|确保|保证|标准|验收标准)|不少于|不超过|不低于|不高于|不多于|以上$|以内$|^(?:\p{Script=Han}{2,5})(?:达到?|不)|审核通过|压测报告|^\s*(?:including|with at least|so that|ensuring|at least)\b/iu;

/** Words that say nothing once the date between them is taken out: 需要|完成. */
const EMPTY = /^(?:需要?|应|须|要|务必|完成|搞定|做完|办完|办好|to|will)$/iu;

/** An item has one owner, who answers for it; who helps stays in its words. */
function together(text: string, others: Spot | undefined): string {
  const names = text
    .slice(others?.from ?? 0, others?.to ?? 0)
    .replace(/^(?:[\s、,，&＆@]|和|与|及|跟|同|and\b)+/iu, '')
    .trim();
  if (names === '') return '';
  return /^[A-Za-z]/u.test(names) ? ` (with ${names})` : `（与${names}）`;
}

/** What is left of a clause without owner and date, and of that what says how good it has to be. */
function whatIsLeft(
  text: string,
  named: Naming | undefined,
  due: ByWhen | undefined,
): Pick<Drafted, 'what' | 'standard'> {
  const cuts = [...(named ? [named.all] : []), ...(due ? [due] : [])].toSorted(
    (a, b) => b.from - a.from,
  );
  const left = cuts.reduce(
    (rest, { from, to }) => `${rest.slice(0, from)}\ue000${rest.slice(to)}`,
    text,
  );
  const parts = left
    .replace(/[（(]\s*\ue000\s*[）)]/gu, '\ue000')
    .replace(/^[^：:，,]*(?:决定|决议|明确|同意|要求)[：:，,]?(?=\ue000)/u, '')
    .split(/[，,；;]|\ue000/u)
    .map(trimmed)
    .filter((part) => part !== '' && !EMPTY.test(part));
  const isStandard = (part: string, at: number): boolean => at > 0 && STANDARD.test(part);
  const what = parts.filter((part, at) => !isStandard(part, at)).join('，');
  return {
    what: what === '' ? '' : what + together(text, named?.others),
    standard: parts.filter(isStandard).join('，') || null,
  };
}
