/** The dates of a series: page by page, one alone with what can be done about it, and the question whether it is still needed. */
import type { Button, ButtonValue, Card } from './card.ts';
import { buttonRow, type Page, pageButtons, pageText } from './pages.ts';
import { BUTTON } from './vocabulary.ts';
import { counted, type Words, words } from './words.ts';

export type DateState = 'held' | 'ahead' | 'now' | 'over' | 'no-show' | 'cancelled';

const STATE: { readonly [state in DateState]: Words } = {
  held: words('待审批', 'waiting for approval'),
  ahead: words('已预订', 'booked'),
  now: words('进行中', 'under way'),
  over: words('已结束', 'over'),
  'no-show': words('无人到场', 'nobody came'),
  cancelled: words('已取消', 'cancelled'),
};

/** One date of a series as its host sees it. */
export type DateLine = {
  readonly day: string;
  /** The day alone, for a button, and with its hours. */
  readonly short: Words;
  readonly time: Words;
  readonly room: string;
  readonly state: DateState;
};

/** Dates on one page. */
export const DATES = 5;

export type DatesModel = {
  readonly request: { readonly id: number; readonly number: string };
  readonly rule: Words;
  readonly lines: readonly DateLine[];
  readonly page: Page;
  readonly remark?: Words;
  /** Whether the reader may change them. */
  readonly mine: boolean;
};

const value = (
  { id }: DatesModel['request'],
  a: string,
  more: Omit<ButtonValue, 'v' | 'a' | 'r'> = {},
): ButtonValue => ({ v: 1, a, r: id, ...more });

const plain = (label: Words, of: ButtonValue): Button => ({ label, look: 'plain', value: of });

const back = (request: DatesModel['request']): Button => plain(BUTTON.back, value(request, 'show'));

/** Where a page has no date (all were taken out) it says so. */
export function datesCard({ request, rule, lines, page, remark, mine }: DatesModel): Card {
  const told = pageText(page, lines.length);
  const ahead = mine ? lines.filter(({ state }) => state === 'ahead' || state === 'held') : [];
  return {
    title: words(`${request.number} 的日期`, `Dates of ${request.number}`),
    subtitle: rule,
    color: 'blue',
    preview: words(`${request.number} 的日期`, `Dates of ${request.number}`),
    blocks: [
      ...(remark ? [{ block: 'text' as const, look: 'warning' as const, text: remark }] : []),
      lines.length === 0
        ? { block: 'text', look: 'quiet', text: words('没有日期了', 'No dates are left') }
        : {
            block: 'table',
            columns: [
              { key: 'time', label: words('时间', 'Time') },
              { key: 'room', label: words('会议室', 'Room') },
              { key: 'state', label: words('状态', 'State') },
            ],
            rows: lines.map(({ time, room, state }) => ({ time, room, state: STATE[state] })),
          },
      ...(told ? [{ block: 'text' as const, look: 'quiet' as const, text: told }] : []),
      ...buttonRow(
        ahead.map(({ day, short }) =>
          plain(words(`改 ${short.zh}`, `Change ${short.en}`), value(request, 'date', { o: day })),
        ),
      ),
      ...buttonRow([
        ...pageButtons(page, lines.length, DATES, (first) =>
          value(request, 'dates', { f: first, n: page.total }),
        ),
        back(request),
      ]),
    ],
  };
}

export type DateModel = {
  readonly request: DatesModel['request'];
  readonly line: DateLine;
  /** So many dates lie ahead from this one on, and altogether. */
  readonly following: number;
  readonly all: number;
  /** Only what to cancel is asked: 「取消」 was said or tapped without which. */
  readonly cancelling: boolean;
};

/** One date: 只改这次, 只取消这次, 这次及以后, 全部. */
export function dateCard({ request, line, following, all, cancelling }: DateModel): Card {
  const of = (a: string, l: string): ButtonValue => value(request, a, { o: line.day, l });
  const change: readonly Button[] = [
    { ...plain(words('改这次', 'Change this date'), of('date-edit', 'one')), look: 'primary' },
    plain(
      words(`改这次及以后（${following} 次）`, `Change this and later (${following})`),
      of('date-edit', 'following'),
    ),
  ];
  const cancel = (zh: string, en: string, l: string, sure: Words): Button => ({
    label: words(zh, en),
    look: 'danger',
    value: of('date-cancel', l),
    confirm: { title: words(`${zh}？`, `${en}?`), text: sure },
  });
  const question = words('取消哪几次？', 'Which dates shall be cancelled?');
  return {
    title: cancelling
      ? question
      : words(`${request.number} ${line.short.zh}`, `${request.number}, ${line.short.en}`),
    color: cancelling ? 'orange' : 'blue',
    preview: cancelling
      ? question
      : words(`${request.number} ${line.time.zh}`, `${request.number}, ${line.time.en}`),
    blocks: [
      {
        block: 'facts',
        facts: [
          { label: words('申请单', 'Request'), value: request.number },
          { label: words('时间', 'Time'), value: line.time },
          { label: words('会议室', 'Room'), value: line.room },
          { label: words('状态', 'State'), value: STATE[line.state] },
        ],
      },
      ...(cancelling ? [] : buttonRow(change)),
      ...buttonRow([
        cancel(
          '只取消这次',
          'Cancel this date only',
          'one',
          words('其他日期不变。', 'All other dates stand.'),
        ),
        cancel(
          `取消这次及以后（${following} 次）`,
          `Cancel this and later (${following})`,
          'following',
          words('之前的日期不变。', 'Earlier dates stand.'),
        ),
        cancel(
          `全部取消（${all} 次）`,
          `Cancel all (${all})`,
          'all',
          words(
            '已经开过的不变，以后的会议室都放给其他人。',
            'What was held stays; all rooms ahead become free.',
          ),
        ),
      ]),
      ...buttonRow([back(request)]),
    ],
  };
}

export type SeriesQuestionModel = {
  readonly request: DatesModel['request'];
  readonly rule: Words;
  readonly room: string;
  readonly missed: number;
  readonly ahead: number;
  /** Null: the office was told already. */
  readonly due: Words | null;
  readonly answer: 'keep' | 'end' | null;
};

/** 「还要吗」: nobody came for several times in a row. */
export function seriesQuestionCard(model: SeriesQuestionModel): Card {
  const { request, rule, room, missed, ahead, due, answer } = model;
  const title = words('这个周期预订还要吗？', 'Is this series still needed?');
  return {
    title,
    subtitle: words(request.number, request.number),
    color: answer === null ? 'orange' : 'grey',
    preview: words(
      `${request.number} 连续 ${missed} 次没人来，还要吗？`,
      `${request.number}: nobody came ${missed} times; still needed?`,
    ),
    blocks: [
      {
        block: 'facts',
        facts: [
          { label: words('重复', 'Repeats'), value: rule },
          { label: words('会议室', 'Room'), value: room },
          {
            label: words('情况', 'Reason'),
            value: words(`连续 ${missed} 次没人签到`, `nobody checked in ${missed} times in a row`),
          },
          {
            label: words('以后还有', 'Ahead'),
            value: words(`${ahead} 次`, counted(ahead, 'date')),
          },
        ],
      },
      answer === null
        ? {
            block: 'text',
            look: 'quiet',
            text: due
              ? words(
                  `不会自动取消。${due.zh}前没有答复，会告诉行政`,
                  `Nothing is cancelled by itself. Without an answer by ${due.en} the office is told`,
                )
              : words(
                  '不会自动取消，已告诉行政',
                  'Nothing is cancelled by itself; the office was told',
                ),
          }
        : { block: 'text', text: ANSWERED[answer] },
      ...(answer === null
        ? buttonRow([
            { ...plain(words('还要', 'Keep it'), value(request, 'series-keep')), look: 'primary' },
            {
              label: words('以后不开了', 'End it from now on'),
              look: 'danger',
              value: value(request, 'series-end'),
              confirm: {
                title: words('以后都不开了？', 'End it from now on?'),
                text: words(
                  '已经开过的不变，以后的会议室都放给其他人。',
                  'What was held stays; all rooms ahead become free.',
                ),
              },
            },
          ])
        : []),
    ],
  };
}

const ANSWERED: { readonly [answer in 'keep' | 'end']: Words } = {
  keep: words('主持人说还要，照旧', 'Its host keeps it'),
  end: words('以后不开了，会议室已放给其他人', 'Ended; its rooms are free for others'),
};
