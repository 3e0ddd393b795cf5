/** Who a line of minutes names, and whether they are to do something or only said something. */
import type { Named } from '../language/lexicon.ts';
import { findNames } from '../language/names.ts';
import { nickAt, officeAt, personAt } from '../language/slots/person-forms.ts';

/** A name in a line. */
export type Spot = { readonly from: number; readonly to: number };

/** Departments as owners: 市场部, 财务部门, 各部门负责人. */
const DEPARTMENT =
  /^(?:各(?:部门|单位|小组|业务线)|\p{Script=Han}{1,5}(?:部|中心|办公室|小组|科))(?:负责人|经理|同事)?(?![门分署])/u;
const LATIN = /^[A-Z][a-z]{1,14}(?: [A-Z][a-z]{1,14})?(?![a-z])/u;
/** English words that begin a line and are nobody's name. */
const NO_NAME =
  /^(?:Action|Actions|Owner|Task|Todo|Due|Next|Please|The|We|Team|All|Decide|Update|Send|Review|Prepare|Check|Book|Collect|Discuss|Agree|Agreed|Follow|Set|Fix|Create|Write|Finalize|Confirm|Date|Time|Present|Attendees|Decision|Decisions|Notes|Minutes|Meeting|It|This|That|They|Budget|Project|Product)\b/u;

/** Tells the end of a name that begins at a place of the text; null when none does. */
export type NameReader = (at: number) => number | null;

/** A reader of the names in a line: people of the company first, then whatever has the form of a name. `folded` is as long as `text`. */
export function nameReader(text: string, folded: string, people: readonly Named[]): NameReader {
  const known = new Map(findNames(text, people).map(({ from, to }) => [from, to]));
  return (at) => {
    const end = known.get(at);
    if (end !== undefined) return end;
    const rest = folded.slice(at, at + 40);
    if (/^[A-Z]/u.test(rest)) return latinAt(rest, at);
    return (
      shapedAt(folded, at) ?? departmentAt(rest, at) ?? officeAt(folded, at) ?? nickAt(folded, at)
    );
  };
}

/** Of an unknown name of three characters only the first two are one, when a verb of telling begins with the third: 张伟汇报. */
function shapedAt(folded: string, at: number): number | null {
  const end = personAt(folded, at);
  return end !== null && end - at === 3 && TELLS.test(folded.slice(at + 2)) ? at + 2 : end;
}

function latinAt(rest: string, at: number): number | null {
  if (NO_NAME.test(rest)) return null;
  const name = LATIN.exec(rest);
  return name ? at + name[0].length : null;
}

function departmentAt(rest: string, at: number): number | null {
  const found = DEPARTMENT.exec(rest);
  return found ? at + found[0].length : null;
}

const JOINS = /^\s*(?:[、,，&＆@]|和|与|及|跟|同|and\b)\s*@?/u;

/** Where a list of names that begins at `at` ends: 孙丽和吴婷, @陈晨 @刘洋. */
export function namesEnd(folded: string, read: NameReader, first: Spot): number {
  let end = first.to;
  for (let count = 0; count < 10; count++) {
    const join = JOINS.exec(folded.slice(end)) ?? /^\s+@/u.exec(folded.slice(end));
    const next = join && read(end + join[0].length);
    if (!next) return end;
    end = next;
  }
  return end;
}

/** What follows a name when they only spoke, or when it has been done. */
const TELLS =
  /^(?:们)?(?:[还也则又再就均都]|首先|随后|最后|代表\p{Script=Han}{0,8})?(?:汇报|介绍|表示|提出|指出|认为|反馈|反映|说|建议|强调|要求|同意|补充道|说明|分享|通报|明确|总结|提醒|发言|主持|记录|参加|出席|列席|致辞|宣布|回应|赞成|反对|担心|觉得|谈到|传达|讲|了|已|刚|正在|目前|回顾)/u;
const TELLS_EN =
  /^\s+(?:reported|said|noted|presented|asked|suggested|agreed|discussed|mentioned|explained|was|were|has|had|is|thinks|raised|proposed|shared|introduced|confirmed)\b/u;

/** Whether what follows a name says that they told something, not that they are to do it. */
export const onlyTells = (after: string): boolean =>
  TELLS.test(after.replace(/^\s+/u, '')) || TELLS_EN.test(after);
