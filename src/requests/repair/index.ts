import type { Block } from '../../../cards/card.ts';
import { words } from '../../../cards/words.ts';
import { choice, text } from '../fields/plain.ts';
import type { DraftOf } from '../fields.ts';
import { promiseOf } from '../../settings/rules.ts';
import { factsOf, type Prepared, requestKind } from '../kind.ts';
import { heardAs } from './heard.ts';

const URGENCY = [
  { value: 'urgent', label: words('紧急', 'Urgent') },
  { value: 'normal', label: words('一般', 'Normal') },
  { value: 'low', label: words('不急', 'Can wait') },
];

const form = {
  object: text({ label: words('物品', 'What'), required: true, slot: 'object', longest: 60 }),
  place: text({ label: words('地点', 'Where'), required: true, slot: 'location', longest: 60 }),
  problem: text({
    label: words('问题', 'Problem'),
    required: true,
    slot: 'problem',
    lines: 'many',
    longest: 500,
  }),
  urgency: choice({
    label: words('紧急程度', 'Urgency'),
    required: true,
    slot: 'priority',
    options: URGENCY,
  }),
};
type Draft = DraftOf<typeof form>;

/** What the repairer tells when it is done. */
const fixed = {
  done: text({
    label: words('处理说明', 'What was done'),
    required: false,
    lines: 'many',
    longest: 500,
  }),
};

/** 报修: taken by one of the repairers, done, and accepted or opened again by who reported it. */
export const repair = requestKind({
  name: 'repair',
  title: words('报修', 'Repair'),
  prefix: 'FIX',
  form,
  heardAs,
  example: '3楼打印机卡纸了',
  exampleEn: 'the printer on the 3rd floor is jammed',
  prepare: (draft) => Promise.resolve(withUrgency(draft)),
  /** Estimated cost in yuan. Nobody knows it when something breaks; a dearer repair is a matter of purchase. */
  measure: () => 0,
  /** What was reported as urgent: water runs at night as well. */
  breaksQuiet: ({ urgency }) => urgency === 'urgent',
  tasks: (rules) => [
    {
      id: 'fix',
      title: words('维修', 'Repair'),
      voice: 'repair',
      within: promiseOf(rules, 'repair').finish,
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
  ],
  endsAs: 'done',
  effects: {},
  summary: (filled) =>
    words(
      `${filled.place}${filled.object}：${filled.problem}`.slice(0, 60),
      `${filled.object} (${filled.place}): ${filled.problem}`.slice(0, 80),
    ),
  extra: ({ outcome }, at): readonly Block[] => {
    const facts = factsOf(fixed, outcome['fix'] ?? {}, at);
    return facts.length > 0 ? [{ block: 'facts', facts }] : [];
  },
  takes: ['image', 'file'],
  ledger: (filled) => ({
    物品: filled.object,
    地点: filled.place,
    问题: filled.problem,
    紧急程度: filled.urgency,
  }),
});

/** Nobody has to say that it is a normal case. */
const withUrgency = (draft: Draft): Prepared<Draft> => ({
  form: { ...draft, urgency: draft.urgency ?? 'normal' },
  guessed: draft.urgency === undefined ? ['urgency'] : [],
});
