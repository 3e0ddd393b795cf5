/** Action items on cards: an owner's own, the roll-up of who asked, what is late. Pure: model in, card out. */
import type { Block, Button, ButtonValue, Card, CardColor } from './card.ts';
import { buttonRow, pageButtons, pageText } from './pages.ts';
import { undoButton } from './undo.ts';
import { counted, type Words, words } from './words.ts';

export type ItemState = 'draft' | 'open' | 'doing' | 'done' | 'postponed' | 'refused' | 'dropped';

/** What a state is called, and its colour where it is a tag. */
export const ITEM_STATE: {
  readonly [state in ItemState]: { readonly name: Words; readonly color: CardColor };
} = {
  draft: { name: words('待分派', 'Not handed out'), color: 'grey' },
  open: { name: words('待办', 'Open'), color: 'orange' },
  doing: { name: words('进行中', 'In progress'), color: 'blue' },
  done: { name: words('已完成', 'Done'), color: 'green' },
  postponed: { name: words('已延期', 'Postponed'), color: 'orange' },
  refused: { name: words('待重新分派', 'To be reassigned'), color: 'red' },
  dropped: { name: words('已撤销', 'Dropped'), color: 'grey' },
};

/** One action item as a reader sees it. */
export type ItemLine = {
  readonly id: number;
  readonly number: string;
  readonly what: string;
  readonly standard: string | null;
  readonly owner: string;
  readonly due: Words;
  readonly state: ItemState;
  readonly late: boolean;
  readonly reason: string | null;
};

/** How many items an owner's card shows. */
export const ITEMS = 8;

/** An item in two or three lines: number and what, who by when and how it stands, how well. */
export function itemText(item: ItemLine, withOwner: boolean): Words {
  const told = (language: keyof Words): string => {
    const zh = language === 'zh';
    const late = item.late ? (zh ? ' · 已逾期' : ' · overdue') : '';
    const owner = withOwner ? `${item.owner} · ` : '';
    const colon = zh ? '：' : ': ';
    return [
      `${item.number} ${item.what}`,
      `${owner}${item.due[language]}${zh ? '前' : ''} · ${ITEM_STATE[item.state].name[language]}${late}`,
      ...(item.standard ? [`${zh ? '标准' : 'Standard'}${colon}${item.standard}`] : []),
      ...(item.reason ? [`${zh ? '说明' : 'Note'}${colon}${item.reason}`] : []),
    ].join('\n');
  };
  return words(told('zh'), told('en'));
}

/** What the reader is asked before an item is postponed or given back. */
export type ItemPanel = { readonly item: number; readonly asks: 'postpone' | 'refuse' };

export type ActionsModel = {
  /** The minutes the card is about; 0: all of the reader's open items. */
  readonly scope: number;
  readonly title: Words;
  readonly items: readonly ItemLine[];
  readonly first: number;
  readonly total: number;
  readonly late: number;
  readonly panel?: ItemPanel;
  readonly remark?: Words;
  /** The item with which something was done by this very tap, that may be taken back. */
  readonly undo?: { readonly item: number; readonly number: string };
};

/** An owner's items with what they can do with each. */
export function actionsCard(model: ActionsModel): Card {
  const { items, total, late } = model;
  const place = pageText(model, items.length);
  const told =
    total === 0
      ? words('没有待办的行动项', 'No open action items')
      : words(
          `共 ${total} 项${late > 0 ? `，${late} 项已逾期` : ''}`,
          `${total} in all${late > 0 ? `, ${late} overdue` : ''}`,
        );
  return {
    title: model.title,
    ...(place ? { subtitle: place } : {}),
    color: total === 0 ? 'grey' : late > 0 ? 'carmine' : 'blue',
    preview: words(`${model.title.zh}：${told.zh}`, `${model.title.en}: ${told.en}`),
    blocks: [
      ...(model.remark ? [warning(model.remark)] : []),
      { block: 'text', look: late > 0 ? 'strong' : 'normal', text: told },
      ...items.flatMap((item) => itemBlocks(model, item)),
      ...undoBlocks(model),
      ...pages(model),
    ],
  };
}

function undoBlocks({ undo, scope, first }: ActionsModel): readonly Block[] {
  if (!undo) return [];
  const button = undoButton({
    v: 1,
    a: 'item-undo',
    i: undo.item,
    l: String(scope),
    f: first,
  });
  const which = words(`撤销 ${undo.number}`, `Undo ${undo.number}`);
  return [{ block: 'buttons', buttons: [{ ...button, label: which }] }];
}

const warning = (text: Words): Block => ({ block: 'text', look: 'warning', text });

function itemBlocks(model: ActionsModel, item: ItemLine): readonly Block[] {
  const text: Block = { block: 'text', text: itemText(item, false) };
  if (item.state === 'done') return [text];
  if (model.panel?.item === item.id) return [text, panelForm(model, item, model.panel)];
  return [text, { block: 'buttons', buttons: itemButtons(model, item) }];
}

const value = (model: ActionsModel, a: string, item: ItemLine): ButtonValue => ({
  v: 1,
  a,
  i: item.id,
  l: String(model.scope),
  f: model.first,
});

const itemButtons = (model: ActionsModel, item: ItemLine): readonly Button[] => [
  { label: words('完成', 'Done'), look: 'primary', value: value(model, 'item-done', item) },
  ...(item.state === 'doing'
    ? []
    : [
        {
          label: words('进行中', 'In progress'),
          look: 'plain' as const,
          value: value(model, 'item-doing', item),
        },
      ]),
  {
    label: words('延期', 'Postpone'),
    look: 'plain',
    value: value(model, 'item-ask-postpone', item),
  },
  {
    label: words('不是我', 'Not mine'),
    look: 'plain',
    value: value(model, 'item-ask-refuse', item),
  },
];

const back = (model: ActionsModel, item: ItemLine): Button => ({
  label: words('返回', 'Back'),
  look: 'plain',
  value: value(model, 'item-show', item),
});

function panelForm(model: ActionsModel, item: ItemLine, panel: ItemPanel): Block {
  if (panel.asks === 'postpone') {
    return {
      block: 'form',
      name: 'postpone',
      inputs: [
        { input: 'date', name: 'due', label: words('新的完成日期', 'New date'), required: true },
        {
          input: 'text',
          name: 'reason',
          label: words('原因', 'Reason'),
          lines: 'one',
          required: true,
          longest: 200,
        },
      ],
      buttons: [
        {
          label: words('确认延期', 'Postpone'),
          look: 'primary',
          value: value(model, 'item-postpone', item),
        },
        back(model, item),
      ],
    };
  }
  return {
    block: 'form',
    name: 'refuse',
    inputs: [
      {
        input: 'text',
        name: 'reason',
        label: words('为什么不是您', 'Why not you'),
        lines: 'one',
        required: true,
        longest: 200,
      },
    ],
    buttons: [
      {
        label: words('交回主持人', 'Give it back'),
        look: 'danger',
        value: value(model, 'item-refuse', item),
      },
      back(model, item),
    ],
  };
}

const pages = ({ first, total, items, scope }: ActionsModel): readonly Block[] =>
  buttonRow(
    pageButtons({ first, total }, items.length, ITEMS, (f) => ({
      v: 1,
      a: 'actions',
      l: String(scope),
      f,
      n: total,
    })),
  );

/** How the items that somebody asked for stand, by owner. */
export type OwnerCount = {
  readonly owner: string;
  readonly open: number;
  readonly late: number;
  readonly done: number;
};

/** Rows a roll-up shows; the rest is counted in a line. */
const OWNERS = 15;

/** The roll-up of who asked: late first, then all owners with their counts. `done`: in the last seven days. */
export function rollUpCard(counts: readonly OwnerCount[], late: readonly ItemLine[]): Card {
  const sum = (key: 'open' | 'late' | 'done'): number =>
    counts.reduce((total, each) => total + each[key], 0);
  const told = words(
    `未完成 ${sum('open')} 项，其中逾期 ${sum('late')} 项；近 7 天完成 ${sum('done')} 项`,
    `${sum('open')} open, ${sum('late')} of them overdue; ${sum('done')} done in the last 7 days`,
  );
  const more = counts.length - OWNERS;
  return {
    title: words('行动项周跟进', 'Weekly follow-up'),
    color: sum('late') > 0 ? 'carmine' : 'blue',
    preview: told,
    blocks: [
      { block: 'text', look: 'strong', text: told },
      {
        block: 'table',
        columns: [
          { key: 'owner', label: words('责任人', 'Owner') },
          { key: 'open', label: words('未完成', 'Open'), align: 'right' },
          { key: 'late', label: words('逾期', 'Overdue'), align: 'right' },
          { key: 'done', label: words('完成', 'Done'), align: 'right' },
        ],
        rows: counts.slice(0, OWNERS).map(({ owner, open, late: behind, done }) => ({
          owner,
          open: String(open),
          late: String(behind),
          done: String(done),
        })),
      },
      ...(more > 0
        ? [
            {
              block: 'text' as const,
              text: words(`另有 ${more} 位责任人`, `and ${more} more owners`),
            },
          ]
        : []),
      ...lateBlocks(late),
    ],
  };
}

/** Late items shown in full. */
const LATE = 5;

const lateBlocks = (late: readonly ItemLine[]): readonly Block[] => [
  ...late.slice(0, LATE).map((item): Block => ({ block: 'text', text: itemText(item, true) })),
  ...(late.length > LATE
    ? [
        {
          block: 'text' as const,
          look: 'quiet' as const,
          text: words(
            `另有 ${late.length - LATE} 项逾期`,
            `and ${late.length - LATE} more overdue`,
          ),
        },
      ]
    : []),
];

/** To the leader of who is late: which items, and that it is told once. */
export const lateActionsCard = (owner: string, late: readonly ItemLine[]): Card => ({
  title: words(
    `${owner}有 ${late.length} 项行动项逾期`,
    `${owner}: ${counted(late.length, 'action item')} overdue`,
  ),
  color: 'carmine',
  preview: words(
    `${owner}有 ${late.length} 项行动项逾期`,
    `${owner}: ${counted(late.length, 'action item')} overdue`,
  ),
  blocks: [
    {
      block: 'text',
      look: 'quiet',
      text: words(
        '请您关注一下，每一项只提醒您一次',
        'Please have a look; you are told once of each',
      ),
    },
    ...lateBlocks(late),
  ],
});
