/** Cards that answer at once: help, lists, choices, what was not understood. Pure: model in, card out. */
import type { Block, Button, Card } from './card.ts';
import { bulkButtons, type BulkOffer } from './bulk.ts';
import { beginning, LONGEST_SAID, shortened } from './clean.ts';
import { buttonRow, type Page, pageButtons, pageText } from './pages.ts';
import { BUTTON, type RequestState, STATE } from './vocabulary.ts';
import { type Words, words } from './words.ts';

/** A sentence that can be tapped instead of typed. */
export type Example = { readonly title: Words; readonly says: string };

/** Help, and the first card a person ever sees. `name` only on first contact. */
export function helpCard(examples: readonly Example[], company: string, name?: string): Card {
  return {
    title:
      name === undefined
        ? words('我能帮您办这些事', 'What I can do for you')
        : words(`${name}，您好，我是办事助手`, `Hello ${name}, I run the office errands`),
    subtitle: company,
    color: 'blue',
    preview: words('直接说要办什么：订会议室、领物资、出差、报修', 'Just say what you need'),
    blocks: [
      {
        block: 'text',
        text: words(
          '用一句话说要办的事，缺什么我会在一张卡片里问全。',
          'Say it in one sentence; whatever is missing I ask on one card.',
        ),
      },
      { block: 'buttons', buttons: examples.map(exampleButton) },
      {
        block: 'facts',
        facts: [
          {
            label: words('查看', 'Look'),
            value: words(
              '我的申请 · 我的待办 · 今天哪些会议室有空 · 行政日历',
              'my requests · my tasks · which rooms are free today · office calendar',
            ),
          },
          {
            label: words('跟进', 'Follow up'),
            value: words(
              'TRIP-26-0001 到哪了 · 撤回 SUP-26-0001 · 催一下 · 这事的来龙去脉',
              'status of TRIP-26-0001 · withdraw SUP-26-0001 · the whole story',
            ),
          },
          {
            label: words('审批', 'Approve'),
            value: words(
              '同意 TRIP-26-0001 · 驳回 TRIP-26-0001 原因',
              'approve TRIP-26-0001 · reject TRIP-26-0001 with the reason',
            ),
          },
        ],
      },
      ...(name === undefined
        ? []
        : [{ block: 'text' as const, look: 'quiet' as const, text: PRIVACY }]),
    ],
  };
}

const PRIVACY = words(
  '我会保存您提交的申请和审批记录，只给办理人看。',
  'I keep your requests and their approvals; only those who handle them can see them.',
);

const exampleButton = ({ title, says }: Example): Button => ({
  label: words(`${title.zh}：${says}`, `${title.en}: ${says}`),
  look: 'plain',
  value: { v: 1, a: 'say', t: beginning(says, LONGEST_SAID) },
});

/** One line of a list of requests. */
export type RequestLine = {
  readonly id: number;
  readonly number: string;
  readonly kind: Words;
  readonly summary: Words;
  readonly state: RequestState;
  readonly when: Words;
  readonly late?: boolean;
  /** What its reader may do with several such at once. */
  readonly offer?: BulkOffer;
};

/** How many lines a list card shows; the rest is on the next page. */
export const LINES = 8;

/** A list of requests or tasks with a way to open each, and to the next page. `first` counts from 0. */
export function listCard(
  title: Words,
  empty: Words,
  lines: readonly RequestLine[],
  page: Page & { readonly list: string },
): Card {
  const place = pageText(page, lines.length);
  return {
    title,
    ...(place ? { subtitle: place } : {}),
    color: lines.length === 0 ? 'grey' : 'blue',
    preview: words(`${title.zh}（${page.total}）`, `${title.en} (${page.total})`),
    blocks: [
      ...(lines.length === 0
        ? [{ block: 'text' as const, text: empty }]
        : lines.flatMap(lineBlocks)),
      ...bulkButtons(lines.flatMap(({ offer }) => offer ?? [])),
      ...buttonRow(listPages(page, lines.length)),
    ],
  };
}

/** The buttons that turn the pages of a named list. `n` tells how long it was, so that the next page is honest. */
export const listPages = (page: Page & { readonly list: string }, shown: number) =>
  pageButtons(page, shown, LINES, (f) => ({ v: 1, a: 'list', l: page.list, f, n: page.total }));

function lineBlocks(line: RequestLine): readonly Block[] {
  const state = STATE[line.state].name;
  const late = line.late ? words(' · 已超时', ' · late') : words('', '');
  return [
    {
      block: 'text',
      text: words(
        `${line.number} ${line.kind.zh} · ${state.zh}${late.zh}\n${line.summary.zh}\n${line.when.zh}`,
        `${line.number} ${line.kind.en} · ${state.en}${late.en}\n${line.summary.en}\n${line.when.en}`,
      ),
    },
    {
      block: 'buttons',
      buttons: [
        {
          label: words(`${BUTTON.open.zh} ${line.number}`, `${BUTTON.open.en} ${line.number}`),
          look: 'plain',
          value: { v: 1, a: 'show', r: line.id },
        },
      ],
    },
  ];
}

/**
 * Several requests could be meant: one button each. `act` is what will be done with the chosen one, `said` the sentence that
 * tells how, where that matters; `more` how many others there are.
 */
export function whichCard(
  question: Words,
  act: string,
  lines: readonly RequestLine[],
  more = 0,
  said?: string,
): Card {
  return {
    title: question,
    color: 'orange',
    preview: question,
    blocks: [
      {
        block: 'buttons',
        buttons: lines.map((line) => ({
          label: words(
            shortened(`${line.number} ${line.summary.zh}`, 60),
            shortened(`${line.number} ${line.summary.en}`, 60),
          ),
          look: 'plain' as const,
          value: {
            v: 1 as const,
            a: act,
            r: line.id,
            ...(said === undefined ? {} : { t: beginning(said, LONGEST_SAID) }),
          },
        })),
      },
      ...(more > 0 ? [{ block: 'text' as const, look: 'quiet' as const, text: others(more) }] : []),
    ],
  };
}

const others = (more: number): Words =>
  words(
    `还有 ${more} 张没列出，可以说编号，比如「TRIP-26-0001」`,
    `${more} more are not listed; say the number, such as TRIP-26-0001`,
  );

/** Understood, but not run here yet: said plainly, with the way to a human. */
export const notServedCard = (said: string, what: Words): Card => ({
  title: words(`「${what.zh}」我还不会办`, `${what.en}: not here yet`),
  color: 'orange',
  preview: words(`「${what.zh}」我还不会办`, `${what.en}: not here yet`),
  blocks: [
    {
      block: 'text',
      text: words('可以帮您把这句话转给行政同事。', 'I can pass your sentence on to the office.'),
    },
    {
      block: 'buttons',
      buttons: [
        {
          label: words('转给行政', 'Ask the office'),
          look: 'primary',
          value: { v: 1, a: 'ask-office', t: beginning(said, LONGEST_SAID) },
        },
      ],
    },
  ],
});

/** To somebody who is not in the directory: polite, and nothing else. */
export const STRANGER: Words = words(
  '您好，我能看到的通讯录里没有您，还不能为您办事。如果您是本公司同事，请联系行政，让管理员把您加入应用的可用范围和通讯录权限范围。',
  'Hello, I do not find you in the directory as far as I may see it, so I cannot serve you yet. If you work here, please ask the office: an administrator can add you to the app’s availability and contact range.',
);
