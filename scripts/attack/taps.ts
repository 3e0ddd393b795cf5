/** P10 and P15: people who tap what is not theirs to decide, and clients that bend what a button sends. */
import type { JsonObject } from '../../test/feishu-platform/json.ts';
import type { Outcome } from '../../test/feishu-platform/index.ts';
import { allButtons, contentOf, type Found, idIn } from '../../test/office/feishu-client.ts';
import type { Chance } from '../bench/year/chance.ts';
import { type Finding, manyTimes, tally } from './finding.ts';
import { bentValue, weird } from './fuzz.ts';
import { type Attack, changedSince, everything, quiet, setAside, type Target } from './target.ts';

const PATIENCE_MS = 30_000;

/** What stands on people's cards: requests that wait for 李伟, one that he has agreed to, and one whose approver has left. */
type Stage = {
  readonly waiting: Found;
  readonly other: Found;
  readonly decided: Found;
  readonly leaver: Found;
};

/** What decides something about a request, as buttons call it. */
const DECIDING = [
  'approve',
  'reject',
  'return',
  'transfer',
  'add',
  'claim',
  'complete',
  'send-back',
  'resubmit',
] as const;

/** Tables that a refused tap adds to: what came in, what of it had no shape, and which message shows the tapper what. The record is not among those that are looked at. */
const GROWING: ReadonlySet<string> = new Set(['inbound', 'set_aside', 'shown_card']);

/** Files the requests, over the platform, as people do. */
async function staged({ feishu }: Target): Promise<Stage> {
  const button = (person: string, label: string): Promise<Found> =>
    feishu.waitFor(() => allButtons(feishu, idIn(person), label)[0], PATIENCE_MS);
  const taps = async (person: string, label: string): Promise<void> => {
    const { message, label: drawn } = await button(person, label);
    await feishu.taps(idIn(person), message, { button: drawn });
  };
  /** The approver's button that was not there before. */
  const files = async (person: string, words: string, approver: string): Promise<Found> => {
    const known = new Set(
      allButtons(feishu, idIn(approver), '同意').map(({ value }) => value['r']),
    );
    await feishu.says(idIn(person), words);
    // A busy machine may have answered too late; the platform sends it again.
    if (feishu.pending.length > 0) await feishu.redeliver();
    await taps(person, '提交');
    return feishu.waitFor(
      () => allButtons(feishu, idIn(approver), '同意').find(({ value }) => !known.has(value['r'])),
      PATIENCE_MS,
    );
  };
  const decided = await files('陈晨', '下周二到周四去上海出差，坐高铁，见客户', '李伟');
  await feishu.taps(idIn('李伟'), decided.message, { button: decided.label });
  await button('吴婷', '完成');
  const waiting = await files('陈晨', '下下周二到周四去南京出差，坐高铁，见客户', '李伟');
  const other = await files('王磊', '领15包A4纸', '李伟');
  await feishu.moves(idIn('何佳'), { leader: idIn('罗敏') });
  const leaver = await files('何佳', '下下周一到周三去广州出差，坐高铁，做展会', '罗敏');
  await feishu.leaves(idIn('罗敏'));
  await feishu.says(idIn('李伟'), '我下下周一到周三休假，请黄静代批');
  feishu.addPerson({ name: '访客', openId: VISITOR });
  return { waiting, other, decided, leaver };
}

const VISITOR = 'ou_visitor';

/** Who taps what, and how they are answered: `who` is named who may; `nothing` a number that there is none of; `stranger`; `refused` before anybody looks. */
type Wrong = {
  readonly person: string;
  readonly of: keyof Stage;
  readonly told: RegExp;
  readonly tenant?: string;
  readonly acts?: readonly string[];
};

const WHO_MAY = /由.+处理|已在|自己的申请不能自己审批|不能这样操作|内容或环节已变化/;
const NO_SUCH = /没有找到这张申请单/;
const STRANGER = /通讯录|同事/;

const WRONG: { readonly [sort: string]: Wrong } = {
  stranger: { person: VISITOR, of: 'waiting', told: STRANGER },
  'person of another tenant': { person: 'ou_of_another_tenant', of: 'waiting', told: STRANGER },
  'push of another tenant': { person: '李伟', of: 'waiting', told: /^$/, tenant: 'another' },
  colleague: { person: '王磊', of: 'waiting', told: NO_SUCH },
  'person of another department': { person: '林晓', of: 'decided', told: NO_SUCH },
  office: { person: '郑强', of: 'waiting', told: NO_SUCH },
  requester: { person: '陈晨', of: 'waiting', told: WHO_MAY },
  'former approver': { person: '李伟', of: 'decided', told: WHO_MAY },
  'delegate outside the dates': { person: '黄静', of: 'waiting', told: NO_SUCH },
  resigned: { person: '罗敏', of: 'leaver', told: STRANGER },
};
const SORTS = Object.keys(WRONG);

/** Filled in well, so that only who it is can be the reason. */
const FORM: JsonObject = { comment: '我来批', to: '3', people: ['3'], tickets: 'G1', hotel: '无' };

/** One tap, well signed. */
async function tapped(
  { feishu }: Target,
  by: {
    readonly person: string;
    readonly message?: string;
    readonly value: unknown;
    readonly form?: JsonObject;
    readonly tenant?: string;
  },
): Promise<{ readonly status: number; readonly told: string; readonly look: string }> {
  const content = contentOf(feishu, by);
  const header = content['header'] as JsonObject;
  const envelope =
    by.tenant === undefined
      ? content
      : { ...content, header: { ...header, tenant_key: by.tenant } };
  const [outcome] = await feishu.pushes({ envelope });
  return readAnswer(outcome);
}

function readAnswer(outcome: Outcome | undefined): {
  readonly status: number;
  readonly told: string;
  readonly look: string;
} {
  if (outcome?.got !== 'answer') return { status: 0, told: '', look: '' };
  const { toast } = (outcome.body === '' ? {} : JSON.parse(outcome.body)) as {
    readonly toast?: { readonly type: string; readonly content: string };
  };
  return { status: outcome.status, told: toast?.content ?? '', look: toast?.type ?? '' };
}

/** Refusals that stand in the record. */
async function refusals({ db }: Target): Promise<number> {
  const { count } = await db
    .selectFrom('audit')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('act', 'like', 'refused.%')
    .where('act', '!=', 'refused.request')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What is too deep, too wide, or has no shape of a tap is kept aside for that, and is no mistake of ours. */
const NONSENSE = /^(?:depth|members|shape: .*)$/;

const faults = async ({ db }: Target): Promise<readonly string[]> =>
  [...(await setAside(db)).keys()].filter((reason) => !NONSENSE.test(reason));

/** Does it, and tells what of the office is different afterwards. */
async function changedBy(target: Target, act: () => Promise<void>): Promise<readonly string[]> {
  await quiet(target);
  const before = { sums: await everything(target.db), faults: await faults(target) };
  await act();
  await quiet(target);
  const changed = changedSince(before.sums, await everything(target.db)).filter(
    (table) => !GROWING.has(table),
  );
  const mistakes = (await faults(target)).filter((reason) => !before.faults.includes(reason));
  return [...changed, ...mistakes];
}

const lines = (
  promise: string,
  sorts: readonly string[],
  times: ReturnType<typeof tally>,
  wrong: ReturnType<typeof tally>,
): readonly Finding[] =>
  sorts.map((sort) => ({
    promise,
    tried: sort,
    times: times.of(sort),
    came: wrong.of(sort) === 0 ? 'all refused, all told' : `otherwise: ${wrong.of(sort)}`,
    kept: wrong.of(sort) === 0,
  }));

/** P10 and P15 on one stage: `rounds` taps of each sort of attack. */
export const taps: Attack<readonly Finding[]> = async (target, { chance, rounds }) => {
  const stage = await staged(target);
  return [
    ...(await wrongPersons(target, stage, chance, rounds)),
    ...(await alteredValues(target, stage, chance, rounds)),
  ];
};

async function wrongPersons(
  target: Target,
  stage: Stage,
  chance: Chance,
  rounds: number,
): Promise<readonly Finding[]> {
  const times = tally();
  const wrong = tally();
  const told = tally();
  const before = await refusals(target);
  const changed = await changedBy(target, () =>
    manyTimes(rounds, 4, async (turn) => {
      const sort = SORTS[turn % SORTS.length] ?? '';
      const each = WRONG[sort];
      if (!each) throw new Error('no sort');
      const { message, value } = stage[each.of];
      const a = chance.oneOf(DECIDING);
      const answer = await tapped(target, {
        person: each.person,
        value: { ...value, a },
        form: FORM,
        ...(chance.next() < 0.5 && { message }),
        ...(each.tenant !== undefined && { tenant: each.tenant }),
      });
      times.add(sort);
      told.add(answer.told || `${answer.status}`);
      const expected = each.tenant === undefined ? 200 : 401;
      const nay = each.tenant !== undefined || /error|warning/.test(answer.look);
      if (answer.status !== expected || !nay || !each.told.test(answer.told)) wrong.add(sort);
    }),
  );
  const recorded = (await refusals(target)) - before;
  const due = rounds - times.of('push of another tenant');
  return [
    ...lines('P10', SORTS, times, wrong),
    {
      promise: 'P10',
      tried: 'decisions of the wrong person',
      times: rounds,
      came: `changed: ${changed.join(', ') || 'nothing'}; recorded ${recorded} of ${due}; told ${told.told()}`,
      kept: changed.length === 0 && recorded === due,
    },
  ];
}

/** A value or form with one thing in it altered. */
type Altered = { readonly value: unknown; readonly form: JsonObject };
type Alteration = (value: JsonObject, chance: Chance, stage: Stage) => Altered;

const ALTERED: { readonly [sort: string]: Alteration } = {
  number: (value, chance, stage) => ({
    value: {
      ...value,
      r: chance.oneOf<unknown>([
        stage.other.value['r'],
        stage.leaver.value['r'],
        999_999,
        2 ** 53,
        -1,
        0,
        1.5,
        String(value['r']),
        [value['r']],
        weird(chance),
      ]),
    },
    form: FORM,
  }),
  step: (value, chance) => ({
    value: {
      ...value,
      s: chance.oneOf<unknown>(['book', 'approval-2', 'approval-9', 'director', '', weird(chance)]),
    },
    form: FORM,
  }),
  version: (value, chance) => ({
    value: {
      ...value,
      n: chance.oneOf<unknown>([0, 1, 2, 3, 99, -1, 2 ** 53, '1', weird(chance)]),
    },
    form: FORM,
  }),
  action: (value, chance) => ({
    value: {
      ...value,
      a: chance.oneOf<unknown>([...DECIDING, 'rate', 'APPROVE', 'approve ', '', weird(chance)]),
    },
    form: FORM,
  }),
  amount: (value, chance) => ({
    value:
      chance.next() < 0.5
        ? { ...value, [chance.oneOf(['amount', 'measure', 'price', 'total'])]: 1 }
        : value,
    form: { ...FORM, amount: '1', measure: '1', price: '0', total: '1', upTo: '9999999' },
  }),
  'form fields': (value, chance) => ({
    value: { ...value, a: chance.oneOf(DECIDING) },
    form: bentValue(FORM, chance) as JsonObject,
  }),
  'all of it': (value, chance) => ({ value: bentValue(value, chance), form: FORM }),
};
const ALTERATIONS = Object.keys(ALTERED);

/**
 * None of these three can decide anything there by saying so: the requester, somebody without a place in it, and the approver on the
 * card of what he has agreed to already.
 */
const BENT: readonly (readonly [person: string, of: keyof Stage])[] = [
  ['陈晨', 'waiting'],
  ['林晓', 'waiting'],
  ['李伟', 'decided'],
];

async function alteredValues(
  target: Target,
  stage: Stage,
  chance: Chance,
  rounds: number,
): Promise<readonly Finding[]> {
  const times = tally();
  const wrong = tally();
  const changed = await changedBy(target, () =>
    manyTimes(rounds, 4, async (turn) => {
      const sort = ALTERATIONS[turn % ALTERATIONS.length] ?? '';
      const [person, of] = BENT[Math.floor(turn / ALTERATIONS.length) % BENT.length] ?? [];
      if (person === undefined || of === undefined) throw new Error('nobody bends it');
      const { message, value } = stage[of];
      const altered = ALTERED[sort]?.(value, chance, stage);
      // Told with the card, or the number of what is really theirs would be their word about it.
      const answer = await tapped(target, { person, message, ...altered, value: altered?.value });
      times.add(sort);
      if (answer.status !== 200 || answer.look === 'success') wrong.add(sort);
    }),
  );
  return [
    ...lines('P15', ALTERATIONS, times, wrong),
    {
      promise: 'P15',
      tried: 'effects of altered values',
      times: rounds,
      came: `changed: ${changed.join(', ') || 'nothing'}`,
      kept: changed.length === 0,
    },
  ];
}
