import type { Block } from '../../../cards/card.ts';
import { Refusal } from '../../../cards/refusal.ts';
import { words } from '../../../cards/words.ts';
import type { Work } from '../../../db/work.ts';
import type { Rules } from '../../settings/rules.ts';
import { factsOf, NOTHING_TO_UNDO, requestKind } from '../kind.ts';
import { categoryOf, finishesWithin, isAroundTheClock, respondsWithin } from './categories.ts';
import { picturesAfter } from './doers.ts';
import { fixed, followed, form } from './form.ts';
import { heardAs } from './heard.ts';
import { prepareRepair } from './prepare.ts';

/** Where the office wants to see what was done. Throws Refusal when its doer has sent no picture. */
async function wantPicture(work: Work, { repairs }: Rules, request: number): Promise<void> {
  if (!repairs.photoAfter || (await picturesAfter(work.tx, request)).length > 0) return;
  throw new Refusal(
    'repair.picture',
    words('完成前请发一张修好后的照片', 'A picture of what was done is needed first'),
    words('直接发给我，会放到这一单，再点「完成」', 'Send it to me, then tap Done again'),
  );
}

/** What people read of a report. */
const { apart: _, ...shown } = form;

/** 报修: taken by one of the repairers, done, and accepted or opened again by who reported it. */
export const repair = requestKind({
  name: 'repair',
  title: words('报修', 'Repair'),
  prefix: 'FIX',
  form,
  heardAs,
  example: '3楼打印机卡纸了',
  exampleEn: 'the printer on the 3rd floor is jammed',
  prepare: prepareRepair,
  /** Estimated cost in yuan. Nobody knows it when something breaks; a dearer repair is a matter of purchase. */
  measure: () => 0,
  asksFor: ({ category }) => ({
    categories: category ? [category.name, ...(category.title ? [category.title.zh] : [])] : [],
  }),
  /** Water runs at night as well, and what is promised around the clock is told around it. */
  breaksQuiet: ({ urgency, category }, rules) => isAroundTheClock(rules, category?.name, urgency),
  responds: ({ urgency, category }, rules) => respondsWithin(rules, category?.name, urgency),
  tasks: (rules, { category }) => [
    {
      id: 'fix',
      title: words('维修', 'Repair'),
      voice: categoryOf(rules.repairs, category?.name)?.role ?? 'repair',
      within: finishesWithin(rules, category?.name),
      doneLabel: words('完成', 'Done'),
      claimable: true,
      fields: fixed,
    },
    {
      id: 'accept',
      title: words('验收', 'Acceptance'),
      voice: 'requester',
      doneLabel: words('验收', 'Accept'),
      sendsBack: { to: 'fix', label: words('重新打开', 'Open again') },
      stars: true,
    },
    {
      id: 'follow-up',
      title: words('回访', 'Follow-up'),
      voice: 'office-manager',
      within: rules.repairs.lowRating.within,
      doneLabel: words('已回访', 'Followed up'),
      fields: followed,
      later: true,
    },
  ],
  endsAs: 'done',
  effects: {
    'done:fix': ({ work, rules }, { id }) => wantPicture(work, rules, id),
  },
  undo: { 'done:fix': NOTHING_TO_UNDO },
  summary: (filled) =>
    words(
      `${filled.place}${filled.object}：${filled.problem}`.slice(0, 60),
      `${filled.object} (${filled.place}): ${filled.problem}`.slice(0, 80),
    ),
  facts: (draft, at, options) => factsOf(shown, draft, at, options),
  extra: ({ outcome }, at): readonly Block[] => {
    const facts = [
      ...factsOf(fixed, outcome['fix'] ?? {}, at),
      ...factsOf(followed, outcome['follow-up'] ?? {}, at),
    ];
    return facts.length > 0 ? [{ block: 'facts', facts }] : [];
  },
  takes: ['image', 'file'],
  ledger: (filled) => ({
    物品: filled.object,
    地点: filled.place,
    问题: filled.problem,
    紧急程度: filled.urgency,
    分类: filled.category?.title?.zh ?? filled.category?.name ?? '',
    资产编号: filled.asset ?? '',
  }),
});
