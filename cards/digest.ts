/** The office's day on one card, for one reader: first the conclusion, then what is wrong, then what comes. Pure. */
import type { Block, Button, Card, Fact } from './card.ts';
import { chartOf } from './chart.ts';
import { shortened } from './clean.ts';
import { percentText, type Share } from './percent.ts';
import { BUTTON } from './vocabulary.ts';
import { type Language, type Words, words } from './words.ts';

/** How many there are, and those that are shown. */
type Listed<T> = { readonly total: number; readonly first: readonly T[] };

export type DigestModel = {
  /** 「3月3日（周二）」. */
  readonly day: Words;
  /** The card is drawn on that day: it may say 今天. */
  readonly isToday: boolean;
  readonly submitted: number;
  readonly closed: number;
  readonly onTime: Share;
  /** `who`: everybody it waits for; `lateBy`: 「3 小时」. */
  readonly late: Listed<{
    readonly number?: string;
    readonly kind: Words;
    readonly who: Words;
    readonly lateBy: Words;
  }>;
  readonly waiting: Listed<{
    readonly number: string;
    readonly kind: Words;
    readonly requester: string;
    readonly summary: Words;
  }>;
  /** The day the meetings are on. */
  readonly next: Words;
  readonly meetings: readonly {
    readonly when: Words;
    readonly room: string;
    readonly who: string;
    readonly title: string;
    readonly setUp: readonly string[];
    readonly held: boolean;
  }[];
  readonly stock: readonly {
    readonly name: string;
    readonly left: number;
    readonly mark: number;
    readonly unit: string;
  }[];
  readonly noShows: readonly {
    readonly when: Words;
    readonly room: string;
    readonly who: string;
  }[];
  /** Whose messages did not arrive, how many, and why. */
  readonly unsent: readonly {
    readonly who: string;
    readonly count: number;
    readonly why: Words;
  }[];
  readonly recent: readonly { readonly day: string; readonly submitted: number }[];
};

/** Lines shown of each list. */
export const FIRST_LINES = 5;

/** Nothing came in, went out, waits or is planned: one line instead of a card. */
export const isQuietDay = (day: DigestModel): boolean =>
  day.submitted === 0 &&
  day.closed === 0 &&
  day.onTime.counted === 0 &&
  day.late.total === 0 &&
  day.waiting.total === 0 &&
  [day.meetings, day.stock, day.noShows, day.unsent].every((list) => list.length === 0);

/** That one line. */
export const quietDayText = ({ day, next }: DigestModel): Words =>
  words(
    `日报 ${day.zh}：没有新申请，没有等您处理的，${next.zh}也没有会议`,
    `Daily digest, ${day.en}: no requests, nothing waits for you, no meetings until ${next.en}`,
  );

export function digestCard(model: DigestModel): Card {
  const title = conclusion(model);
  return {
    title,
    subtitle: words(`行政日报 · ${model.day.zh}`, `Daily digest · ${model.day.en}`),
    color: model.late.total > 0 ? 'carmine' : model.waiting.total > 0 ? 'orange' : 'green',
    ...(model.late.total > 0
      ? {
          tags: [
            {
              text: words(`超时 ${model.late.total}`, `${model.late.total} late`),
              color: 'carmine',
            },
          ],
        }
      : {}),
    preview: title,
    blocks: [
      ...lateBlocks(model),
      ...waitingBlocks(model),
      ...meetingBlocks(model),
      ...stockBlocks(model),
      ...noShowBlocks(model),
      ...unsentBlocks(model),
      ...calmBlocks(model),
      recentChart(model),
      {
        block: 'text',
        look: 'quiet',
        text: words(
          `新收 ${model.submitted} 件，办结 ${model.closed} 件。按时：当天办完或到期的 ${model.onTime.counted} 个环节里 ${model.onTime.of} 个按时`,
          `${model.submitted} in, ${model.closed} closed. On time: ${model.onTime.of} of ${model.onTime.counted} steps that were done or due`,
        ),
      },
    ],
  };
}

/** 「今天 31 件，按时 97%，2 件要您处理」 */
function conclusion({ isToday, day, submitted, onTime, waiting }: DigestModel): Words {
  const when = isToday ? words('今天', 'Today') : day;
  const rate = onTime.counted === 0 ? undefined : percentText(onTime);
  const mine = waiting.total;
  return words(
    `${when.zh} ${submitted} 件${rate ? `，按时 ${rate}` : ''}，${mine > 0 ? `${mine} 件要您处理` : '没有要您处理的'}`,
    `${when.en}: ${submitted} in${rate ? `, ${rate} on time` : ''}, ${mine > 0 ? `${mine} for you` : 'none for you'}`,
  );
}

const heading = (text: Words): Block => ({ block: 'text', look: 'strong', text });

/** Enough of what people wrote to know what is meant: thirty lines have to fit one card. */
const short = (text: string, most = 24): string => shortened(text, most);

/** A summary tells place and time. */
const SUMMARY = 60;

const cut = <T>(list: readonly T[]): Listed<T> => ({
  total: list.length,
  first: list.slice(0, FIRST_LINES),
});

/** The first of a list, and a line that tells how many more there are. */
function listed<T>(
  title: Words,
  { total, first }: Listed<T>,
  fact: (each: T) => Fact,
): readonly Block[] {
  if (total === 0) return [];
  const more = total - first.length;
  return [
    heading(title),
    { block: 'facts', facts: first.map(fact) },
    ...(more > 0
      ? [
          {
            block: 'text' as const,
            look: 'quiet' as const,
            text: words(`还有 ${more} 件`, `${more} more`),
          },
        ]
      : []),
  ];
}

const lateBlocks = ({ late }: DigestModel): readonly Block[] =>
  listed(
    words(`超时 ${late.total} 件`, `${late.total} late`),
    late,
    ({ number, kind, who, lateBy }) => ({
      label: kind,
      value: words(
        `${short(who.zh)} · 超 ${lateBy.zh}${number === undefined ? '' : ` · ${number}`}`,
        `${short(who.en)} · ${lateBy.en} late${number === undefined ? '' : ` · ${number}`}`,
      ),
    }),
  );

/**
 * Each with its button: the reader acts from here. The buttons say what a person would, so that what they open comes as a new message and
 * the digest stays.
 */
function waitingBlocks({ waiting }: DigestModel): readonly Block[] {
  const { total, first } = waiting;
  if (total === 0) return [];
  const more = total - first.length;
  return [
    heading(words(`等您处理 ${total} 件`, `${total} for you`)),
    {
      block: 'facts',
      facts: first.map(({ number, kind, requester, summary }) => ({
        label: kind,
        value: words(
          `${number} · ${short(requester)} · ${short(summary.zh, SUMMARY)}`,
          `${number} · ${short(requester)} · ${short(summary.en, SUMMARY)}`,
        ),
      })),
    },
    {
      block: 'buttons',
      buttons: [
        ...first.map(({ number }) =>
          saying(words(`${BUTTON.open.zh} ${number}`, `${BUTTON.open.en} ${number}`), number),
        ),
        ...(more > 0 ? [saying(words(`还有 ${more} 件`, `${more} more`), '我的待办')] : []),
      ],
    },
  ];
}

const saying = (label: Words, says: string): Button => ({
  label,
  look: 'plain',
  value: { v: 1, a: 'say', t: says },
});

const meetingBlocks = ({ meetings, next }: DigestModel): readonly Block[] =>
  listed(
    words(`${next.zh}会议 ${meetings.length} 场`, `Meetings by ${next.en}: ${meetings.length}`),
    cut(meetings),
    (meeting) => ({
      label: short(meeting.room),
      value: words(meetingText(meeting, 'zh'), meetingText(meeting, 'en')),
    }),
  );

const SET_UP = words('准备', 'set up ');
const HELD = words('待审批', 'not approved yet');

/** When, who, what about, what has to stand ready. */
function meetingText(
  { when, who, title, setUp, held }: DigestModel['meetings'][number],
  language: Language,
): string {
  const ready = setUp.join(language === 'zh' ? '、' : ', ');
  return [
    when[language],
    short(who),
    short(title),
    ready === '' ? '' : `${SET_UP[language]}${ready}`,
    held ? HELD[language] : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

const stockBlocks = ({ stock }: DigestModel): readonly Block[] =>
  listed(
    words(`库存低于预警线 ${stock.length} 种`, `${stock.length} items low in stock`),
    cut(stock),
    ({ name, left, mark, unit }) => ({
      label: short(name),
      value: words(`剩 ${left} ${unit}（预警线 ${mark}）`, `${left} ${unit} left (mark ${mark})`),
    }),
  );

const noShowBlocks = ({ noShows }: DigestModel): readonly Block[] =>
  listed(
    words(`无人使用已释放 ${noShows.length} 间`, `${noShows.length} rooms released, nobody came`),
    cut(noShows),
    ({ when, room, who }) => ({
      label: short(room),
      value: words(`${when.zh} · ${short(who)}`, `${when.en} · ${short(who)}`),
    }),
  );

const unsentBlocks = ({ unsent }: DigestModel): readonly Block[] =>
  listed(
    words(
      `${unsent.length} 人的消息没送到，请用其他方式联系`,
      `${unsent.length} people were not reached; please contact them otherwise`,
    ),
    cut(unsent),
    ({ who, count, why }) => ({
      label: short(who),
      value: words(`${count} 条 · ${why.zh}`, `${count} messages · ${why.en}`),
    }),
  );

/** What is as it should be, in one line. */
function calmBlocks(model: DigestModel): readonly Block[] {
  const calm = [
    model.late.total === 0 ? words('没有超时', 'nothing is late') : undefined,
    model.meetings.length === 0
      ? words(`${model.next.zh}没有会议`, `no meetings until ${model.next.en}`)
      : undefined,
    model.stock.length === 0 ? words('库存都够', 'stock is fine') : undefined,
  ].filter((each) => each !== undefined);
  if (calm.length === 0) return [];
  return [
    {
      block: 'text',
      look: 'quiet',
      text: words(
        calm.map(({ zh }) => zh).join('，'),
        `All well: ${calm.map(({ en }) => en).join(', ')}`,
      ),
    },
  ];
}

const recentChart = ({ recent }: DigestModel): Block =>
  chartOf({
    kind: 'bar',
    title: words('近几个工作日新收', 'New requests on the last working days'),
    series: [
      {
        name: words('新收', 'New'),
        points: recent.map(({ day, submitted }) => ({ label: day, value: submitted })),
      },
    ],
  });
