/** 「今天下午3点到5点哪些会议室有空」: which rooms are free then. Pure: model in, card out. */
import type { Block, Card } from './card.ts';
import { counted, enumerated, type Text, type Words, words } from './words.ts';

export type FreeRoomsModel = {
  /** The hours that were asked about. */
  readonly when: Words;
  readonly rooms: readonly {
    readonly name: string;
    readonly floor: string;
    readonly capacity: number;
    readonly equipment: readonly Text[];
  }[];
};

/** Rows of a table. */
const MOST = 20;

export function freeRoomsCard(model: FreeRoomsModel): Card {
  const { when, rooms } = model;
  const more = rooms.length - MOST;
  return {
    title: words(`空闲会议室：${when.zh}`, `Free rooms: ${when.en}`),
    color: rooms.length > 0 ? 'green' : 'orange',
    preview: words(
      `${when.zh} 有 ${rooms.length} 间空闲`,
      `${counted(rooms.length, 'room')} free, ${when.en}`,
    ),
    blocks: [
      rooms.length > 0
        ? table(model)
        : {
            block: 'text',
            text: words('没有空闲的会议室，换个时间试试', 'No room is free; try another time'),
          },
      ...(more > 0
        ? [
            {
              block: 'text' as const,
              text: words(
                `还有 ${more} 间，说人数或时间可以缩小范围`,
                `${more} more; say how many people or which hours to see fewer`,
              ),
            },
          ]
        : []),
      {
        block: 'text',
        look: 'quiet',
        text: words(
          '要订的话直接说，比如「订珠峰 下午3点到5点」',
          'To book, just say so, such as “book a room for 10 tomorrow 3pm to 5pm”',
        ),
      },
    ],
  };
}

const table = ({ rooms }: FreeRoomsModel): Block => ({
  block: 'table',
  columns: [
    { key: 'name', label: words('会议室', 'Room') },
    { key: 'seats', label: words('容量', 'Seats'), align: 'right' },
    { key: 'equipment', label: words('设备', 'Equipment') },
  ],
  rows: rooms.slice(0, MOST).map(({ name, floor, capacity, equipment }) => ({
    name: words(`${name}（${floor}楼）`, `${name} (floor ${floor})`),
    seats: String(capacity),
    equipment: equipment.length > 0 ? enumerated(equipment) : '—',
  })),
});
