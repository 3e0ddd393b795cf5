/** Minutes on cards: asked for, to be corrected, as they were handed out. Pure: model in, card out. */
import { itemText, type ItemLine } from './actions.ts';
import type { Block, Button, Card, Input, Option } from './card.ts';
import { type Words, words } from './words.ts';

/** An item that is not handed out yet, or came back, as its inputs show it. */
export type OpenItem = {
  readonly id: number;
  /** Counted from 1 among all of the minutes' open ones. */
  readonly place: number;
  readonly number: string | null;
  readonly what: string;
  readonly standard: string | null;
  /** The owner's name as it stands, or the people of one name to choose from. */
  readonly owner:
    | { readonly name: string }
    | { readonly choose: readonly Option[]; readonly said: string };
  /** ISO date. */
  readonly due: string | null;
  /** What keeps it from being handed out: 责任人、完成时间. */
  readonly gaps: readonly Words[];
  /** Who gave it back and why. */
  readonly cameBack?: Words;
};

export type MinutesModel = {
  readonly id: number;
  /** The meeting's subject, or a general word. */
  readonly title: Words;
  readonly host: string;
  readonly held: Words;
  readonly decisions: readonly string[];
  /** Handed out. */
  readonly items: readonly ItemLine[];
  readonly remark?: Words;
};

/** What the host corrects: one page of open items. */
export type Correcting = {
  readonly open: readonly OpenItem[];
  readonly first: number;
  readonly total: number;
  /** How many of all open ones lack something. */
  readonly lacking: number;
};

/** Open items on one card: four inputs each keep it short enough for a phone. */
export const OPEN_ITEMS = 4;

const about = ({ host, held }: MinutesModel): Words =>
  words(`主持 ${host} · ${held.zh}`, `Host ${host} · ${held.en}`);

/** 「会议已结束，请在明天 15:00 前给纪要」. `late`: that time has passed. */
export function askMinutesCard(
  model: MinutesModel,
  due: Words,
  how: 'new' | 'soon' | 'late',
): Card {
  const ask = {
    new: words(
      `会议已结束，请在 ${due.zh} 前给纪要`,
      `The meeting is over; minutes please by ${due.en}`,
    ),
    soon: words(`纪要快到期了，请在 ${due.zh} 前给`, `The minutes are due soon: ${due.en}`),
    late: words(
      `纪要已超过 ${due.zh}，请尽快补上`,
      `The minutes were due ${due.en}; please give them soon`,
    ),
  }[how];
  return {
    title: words(`会议纪要：${model.title.zh}`, `Minutes: ${model.title.en}`),
    subtitle: about(model),
    color: how === 'late' ? 'carmine' : 'orange',
    tags: [
      how === 'late'
        ? { text: words('已超时', 'Late'), color: 'carmine' }
        : { text: words('待给纪要', 'Minutes due'), color: 'orange' },
    ],
    preview: ask,
    blocks: [
      ...remarkBlock(model),
      { block: 'text', look: how === 'new' ? 'normal' : 'warning', text: ask },
      {
        block: 'text',
        look: 'quiet',
        text: words(
          '直接发文字、粘贴，或发 .txt、.md、.docx 文件都行，我来整理出行动项请您核对',
          'Write, paste or send a .txt, .md or .docx file; I make action items of it for you to check',
        ),
      },
      {
        block: 'form',
        name: 'minutes',
        inputs: [
          {
            input: 'text',
            name: 'text',
            label: words('纪要', 'Minutes'),
            lines: 'many',
            hint: words(
              '例：张伟：周五前完成报价单，含三家比价',
              'Alice to send the report by Friday',
            ),
            longest: 1_000,
          },
        ],
        buttons: [
          button(model, words('提交纪要', 'Submit'), 'minutes-give', 'primary'),
          button(model, words('无需纪要', 'No minutes needed'), 'minutes-none', 'plain'),
        ],
      },
    ],
  };
}

const remarkBlock = ({ remark }: MinutesModel): readonly Block[] =>
  remark ? [{ block: 'text', look: 'warning', text: remark }] : [];

const button = (
  { id }: { readonly id: number },
  label: Words,
  a: string,
  look: Button['look'],
  more: { readonly f?: number } = {},
): Button => ({ label, look, value: { v: 1, a, w: id, ...more } });

/** Nothing was written down, and nothing had to be. */
export const waivedCard = (model: MinutesModel): Card => ({
  title: words(`会议纪要：${model.title.zh}`, `Minutes: ${model.title.en}`),
  subtitle: about(model),
  color: 'grey',
  tags: [{ text: words('无需纪要', 'None needed'), color: 'grey' }],
  preview: words('这次会议无需纪要', 'No minutes for this meeting'),
  blocks: [
    {
      block: 'text',
      text: words(
        '这次会议无需纪要。要补的话直接把纪要发给我',
        'No minutes for this meeting. Should there be some, just send them',
      ),
    },
  ],
});

/** Minutes as everybody reads them; for the host with what is still to be corrected. */
export function minutesCard(model: MinutesModel, correcting?: Correcting): Card {
  const { items, decisions } = model;
  const open = correcting?.total ?? 0;
  const told = standing(items, correcting);
  return {
    title: words(`会议纪要：${model.title.zh}`, `Minutes: ${model.title.en}`),
    subtitle: about(model),
    color: open > 0 ? 'orange' : 'green',
    tags: [
      open > 0
        ? { text: words('待核对', 'To be checked'), color: 'orange' }
        : { text: words('已确认', 'Confirmed'), color: 'green' },
    ],
    preview: told,
    blocks: [
      ...remarkBlock(model),
      { block: 'text', look: 'strong', text: told },
      ...(correcting && open > 0 ? correctingBlocks(model, correcting) : []),
      ...decisionBlocks(decisions),
      ...itemBlocks(items),
      ...(correcting && open === 0 ? [adding(model)] : []),
    ],
  };
}

function standing(items: readonly ItemLine[], correcting?: Correcting): Words {
  const done = items.filter(({ state }) => state === 'done').length;
  const handed = words(
    `行动项 ${items.length} 项，已完成 ${done} 项`,
    `${items.length} action items, ${done} done`,
  );
  if (!correcting || correcting.total === 0)
    return items.length === 0 ? words('没有行动项', 'No action items') : handed;
  const { total, lacking } = correcting;
  const lacks =
    lacking === 0
      ? words('', '')
      : words(`，其中 ${lacking} 项待补`, `, ${lacking} of them incomplete`);
  const open = words(`${total} 项待分派${lacks.zh}`, `${total} to hand out${lacks.en}`);
  return items.length === 0 ? open : words(`${open.zh}；${handed.zh}`, `${open.en}; ${handed.en}`);
}

function decisionBlocks(decisions: readonly string[]): readonly Block[] {
  if (decisions.length === 0) return [];
  const told = decisions.slice(0, MOST).map((each) => `· ${each}`);
  const more = decisions.length - told.length;
  return [
    {
      block: 'text',
      text: words(
        ['决策要点', ...told, ...(more > 0 ? [`另有 ${more} 条`] : [])].join('\n'),
        ['Decisions', ...told, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
      ),
    },
  ];
}

/** Items and decisions shown in full; with more, the card tells how many there are besides. */
const MOST = 15;

const itemBlocks = (items: readonly ItemLine[]): readonly Block[] => [
  ...items.slice(0, MOST).map((item): Block => ({ block: 'text', text: itemText(item, true) })),
  ...(items.length > MOST
    ? [
        {
          block: 'text' as const,
          look: 'quiet' as const,
          text: words(`另有 ${items.length - MOST} 项`, `and ${items.length - MOST} more`),
        },
      ]
    : []),
];

const adding = (model: MinutesModel): Block => ({
  block: 'buttons',
  buttons: [button(model, words('加一条', 'Add an item'), 'minutes-add', 'plain')],
});

function correctingBlocks(
  model: MinutesModel,
  { open, first, total }: Correcting,
): readonly Block[] {
  const more = total - first - open.length;
  const page = (label: Words, f: number): Button =>
    button(model, label, 'minutes-page', 'plain', { f });
  return [
    ...open.flatMap(gapBlocks),
    {
      block: 'form',
      name: 'items',
      inputs: open.flatMap(inputsOf),
      buttons: [
        button(model, words('确认并分派', 'Confirm and hand out'), 'minutes-confirm', 'primary', {
          f: first,
        }),
        button(model, words('保存', 'Save'), 'minutes-save', 'plain', { f: first }),
        button(model, words('加一条', 'Add an item'), 'minutes-add', 'plain', { f: first }),
        ...(first > 0 ? [page(words('上一页', 'Previous'), Math.max(0, first - OPEN_ITEMS))] : []),
        ...(more > 0 ? [page(words(`还有 ${more} 条`, `${more} more`), first + open.length)] : []),
      ],
    },
  ];
}

/** 「2. 更新官网首页 · 待补：责任人、完成时间」 */
function gapBlocks({ place, what, gaps, cameBack, number }: OpenItem): readonly Block[] {
  const named = `${place}. ${number ? `${number} ` : ''}${what}`;
  const lack = (language: keyof Words, between: string): string =>
    gaps.map((gap) => gap[language]).join(between);
  const missing =
    gaps.length === 0
      ? words('', '')
      : words(`\n待补：${lack('zh', '、')}`, `\nMissing: ${lack('en', ', ')}`);
  const back = cameBack ? words(`\n${cameBack.zh}`, `\n${cameBack.en}`) : words('', '');
  return [
    {
      block: 'text',
      look: gaps.length > 0 || cameBack ? 'warning' : 'normal',
      text: words(`${named}${back.zh}${missing.zh}`, `${named}${back.en}${missing.en}`),
    },
  ];
}

function inputsOf({ id, place, what, owner, due, standard, number }: OpenItem): readonly Input[] {
  const label = (zh: string, en: string): Words => words(`${place}. ${zh}`, `${place}. ${en}`);
  return [
    {
      input: 'text',
      name: `what_${id}`,
      label: label('做什么', 'What'),
      lines: 'one',
      value: what,
      longest: 300,
    },
    'choose' in owner
      ? {
          input: 'select',
          name: `owner_${id}`,
          label: label(
            `责任人（有几位「${owner.said}」，请选）`,
            `Owner (several called “${owner.said}”)`,
          ),
          options: owner.choose,
        }
      : {
          input: 'text',
          name: `owner_${id}`,
          label: label('责任人', 'Owner'),
          lines: 'one',
          ...(owner.name === '' ? {} : { value: owner.name }),
          hint: words('姓名，重名请带部门', 'Name; with the department if there are two'),
          longest: 40,
        },
    {
      input: 'date',
      name: `due_${id}`,
      label: label('完成时间', 'Due'),
      ...(due === null ? {} : { value: due }),
    },
    {
      input: 'text',
      name: `standard_${id}`,
      label: label('做到什么程度', 'To what standard'),
      lines: 'one',
      ...(standard === null ? {} : { value: standard }),
      longest: 300,
    },
    {
      input: 'check',
      name: `drop_${id}`,
      label: number ? label('撤销这条', 'Drop this one') : label('删除这条', 'Delete this one'),
    },
  ];
}

/** To the office manager: minutes that were promised and not given. */
export const lateMinutesCard = (title: Words, host: string, due: Words): Card => {
  const told = words(
    `${host}的会议「${title.zh}」还没有纪要，应于 ${due.zh} 前给出`,
    `${host} owes the minutes of “${title.en}”, due ${due.en}`,
  );
  return {
    title: words('会议纪要超时', 'Minutes overdue'),
    color: 'carmine',
    preview: told,
    blocks: [
      { block: 'text', text: told },
      {
        block: 'text',
        look: 'quiet',
        text: words('已提醒主持人，请您关注', 'The host was reminded; please have a look'),
      },
    ],
  };
};
