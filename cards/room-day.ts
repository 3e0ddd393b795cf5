/** 「今天会议室空闲情况」: a day of the rooms at a glance, free and busy by half hours. Pure: model in, card out. */
import type { Block, Button, Card, StripBlock } from './card.ts';
import { buttonRow, type Page, pageButtons, pageText } from './pages.ts';
import { STRIP_KEY } from './strip.ts';
import { counted, enumerated, type Text, type Words, words } from './words.ts';

/** A stretch of the day in clock times. */
export type ClockSpan = { readonly from: string; readonly to: string };

export type RoomDayModel = {
  readonly day: Words;
  /** What they are when they are no meeting rooms: 工位. */
  readonly sort?: Words;
  /** Minutes after midnight at which the strips begin. */
  readonly from: number;
  /** Rooms of this page. `free`: from half an hour on; `own`: bookings of the reader's; `closed`: by the office. */
  readonly rooms: readonly {
    readonly name: string;
    readonly floor: string;
    readonly capacity: number;
    readonly equipment: readonly Text[];
    readonly cells: StripBlock['rows'][number]['cells'];
    readonly free: readonly ClockSpan[];
    readonly own: readonly ClockSpan[];
    readonly closed: readonly ClockSpan[];
    readonly allDay: boolean;
  }[];
  readonly page: Page;
  /** Of all the rooms that were asked about, so many have a free half hour. */
  readonly withFree: number;
  /** What may be booked with one tap; `key` is what the button carries. */
  readonly bookable: readonly {
    readonly room: string;
    readonly span: ClockSpan;
    readonly key: string;
  }[];
  /** How its pages and its days before and after are named in buttons; undefined where there is none. */
  readonly list: string;
  readonly before?: string;
  readonly after?: string;
};

/** Rooms of one page. */
export const ROOMS_A_PAGE = 10;

export function roomDayCard(model: RoomDayModel): Card {
  const { day, rooms, page, withFree } = model;
  const sort = model.sort ?? words('会议室', 'Room');
  const one = model.sort ? '个' : '间';
  const many = page.total > 1;
  const told = many
    ? words(
        `${page.total} ${one}中 ${withFree} ${one}有空`,
        `${withFree} of ${counted(page.total, sort.en.toLowerCase())} with free time`,
      )
    : withFree > 0
      ? words('有空', 'free time')
      : words('没有空', 'no free time');
  const [only] = rooms;
  const what = many || !only ? words(sort.zh, `${sort.en}s`) : words(only.name, only.name);
  return {
    title: words(`${what.zh}空闲情况：${day.zh}`, `${what.en}, free and busy: ${day.en}`),
    color: withFree > 0 ? 'green' : 'orange',
    preview: words(`${day.zh} ${told.zh}`, `${day.en}: ${told.en}`),
    blocks: [
      ...(rooms.length > 0
        ? [
            { block: 'text' as const, look: 'quiet' as const, text: STRIP_KEY },
            {
              block: 'strip' as const,
              from: model.from,
              rows: rooms.map((each) => rowOf(each, model.sort)),
            },
          ]
        : [
            {
              block: 'text' as const,
              text: words(`没有这样的${sort.zh}`, `No such ${sort.en.toLowerCase()}`),
            },
          ]),
      ...place(page, rooms.length),
      ...buttonRow([...bookButtons(model), ...turning(model)]),
      { block: 'text', look: 'quiet', text: hintOf(model.sort) },
    ],
  };
}

const hintOf = (sort: Words | undefined): Words =>
  sort
    ? words(
        `要订别的时间直接说，比如「明天下午订个${sort.zh}」`,
        `For another time just say so, such as “book a ${sort.en.toLowerCase()} for tomorrow”`,
      )
    : words(
        '要订别的时间直接说，比如「订珠峰 下午3点到5点」',
        'For another time just say so, such as “book a room for 10 tomorrow 3pm to 5pm”',
      );

type Room = RoomDayModel['rooms'][number];

const rowOf = (room: Room, sort: Words | undefined): StripBlock['rows'][number] => ({
  name: named(room, sort),
  cells: room.cells,
  told: toldOf(room),
});

/** 「珠峰（3楼，10 人，投影、白板）」; at a desk sits one. */
function named({ name, floor, capacity, equipment }: Room, sort: Words | undefined): Words {
  const built = enumerated(equipment);
  const [zh, en] = equipment.length > 0 ? [`，${built.zh}`, `, ${built.en}`] : ['', ''];
  if (sort) return words(`${name}（${floor}楼${zh}）`, `${name} (floor ${floor}${en})`);
  return words(
    `${name}（${floor}楼，${capacity} 人${zh}）`,
    `${name} (floor ${floor}, ${capacity} seats${en})`,
  );
}

const spans = (all: readonly ClockSpan[]): Words =>
  enumerated(all.map(({ from, to }) => `${from}–${to}`));

/** The same as the strip, in words: 「空闲 09:00–10:30、13:00–18:00；我的预订 11:00–12:00」. */
function toldOf({ free, own, closed, allDay }: Room): Words {
  const parts = [
    allDay
      ? words('全天空闲', 'Free all day')
      : free.length > 0
        ? words(`空闲 ${spans(free).zh}`, `Free ${spans(free).en}`)
        : words('没有空闲', 'Nothing free'),
    ...(own.length > 0 ? [words(`我的预订 ${spans(own).zh}`, `mine ${spans(own).en}`)] : []),
    ...(closed.length > 0 ? [words(`停用 ${spans(closed).zh}`, `closed ${spans(closed).en}`)] : []),
  ];
  return words(parts.map(({ zh }) => zh).join('；'), parts.map(({ en }) => en).join('; '));
}

/** 「第 11–20 项，共 32 项」, where there is more than one page. */
function place(page: Page, shown: number): readonly Block[] {
  const text = pageText(page, shown);
  return text ? [{ block: 'text', look: 'quiet', text }] : [];
}

const bookButtons = ({ bookable }: RoomDayModel): readonly Button[] =>
  bookable.map(({ room, span, key }, index) => ({
    label: words(`订 ${room} ${span.from}–${span.to}`, `Book ${room} ${span.from}–${span.to}`),
    look: index === 0 ? 'primary' : 'plain',
    value: { v: 1, a: 'room-book', t: key },
  }));

function turning({ page, rooms, list, before, after }: RoomDayModel): readonly Button[] {
  const to = (l: string, f: number): Button['value'] => ({ v: 1, a: 'list', l, f, n: page.total });
  return [
    ...pageButtons(page, rooms.length, ROOMS_A_PAGE, (first) => to(list, first)),
    ...(before === undefined
      ? []
      : [{ label: words('前一天', 'Day before'), look: 'plain' as const, value: to(before, 0) }]),
    ...(after === undefined
      ? []
      : [{ label: words('后一天', 'Day after'), look: 'plain' as const, value: to(after, 0) }]),
  ];
}
