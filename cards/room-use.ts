/** How rooms were used in a month, who did not come and what was called off late, with what is out of the ordinary first. Pure. */
import type { Block, Card } from './card.ts';
import { hoursOf } from './monthly-report.ts';
import { percentText } from './percent.ts';
import { counted, type Words, words } from './words.ts';

export type RoomUseModel = {
  readonly month: Words;
  readonly soFar: boolean;
  /** Whether people check in; if not, nobody knows what was used. */
  readonly checksIn: boolean;
  /** Minutes, as in the reports; those out of the ordinary first. */
  readonly rooms: readonly {
    readonly room: string;
    readonly open: number;
    readonly booked: number;
    readonly used: number;
    readonly bookings: number;
    readonly noShows: number;
    readonly lateCancels: number;
  }[];
  readonly hosts: readonly {
    readonly who: string;
    readonly noShows: number;
    readonly lateCancels: number;
    readonly bookings: number;
    readonly odd: boolean;
  }[];
  /** Minutes before its beginning from which on a cancelling is late. */
  readonly lateCancel: number;
  /** Makes a workbook of it. */
  readonly command: string;
};

/** Lines of each list. */
const MOST = { rooms: 20, hosts: 10 } as const;

export function roomUseCard(model: RoomUseModel): Card {
  const { month, rooms, hosts, soFar } = model;
  const odd = hosts.filter((each) => each.odd);
  const sum = (of: 'open' | 'booked' | 'used' | 'noShows'): number =>
    rooms.reduce((total, each) => total + each[of], 0);
  const rate = percentText({ of: sum('booked'), counted: sum('open') });
  const missed = sum('noShows');
  const told = words(
    `使用率 ${rate}，${missed} 次没人来`,
    `${rate} used, nobody came ${missed === 1 ? 'once' : `${missed} times`}`,
  );
  const title = words(`${month.zh}会议室使用：${told.zh}`, `Rooms in ${month.en}: ${told.en}`);
  return {
    title,
    ...(soFar ? { subtitle: words('截至现在', 'so far') } : {}),
    color: odd.length > 0 ? 'orange' : 'blue',
    preview: title,
    blocks: [
      ...odd
        .slice(0, MOST.hosts)
        .map((host): Block => ({ block: 'text', look: 'warning', text: oddText(host) })),
      ...roomTable(model),
      ...hostFacts(model),
      { block: 'text', look: 'quiet', text: foot(model) },
    ],
  };
}

/** 「王磊 3 次订了没来（共订 5 次）」 */
const oddText = ({ who, noShows, bookings }: RoomUseModel['hosts'][number]): Words =>
  words(
    `${who} ${noShows} 次订了没来（共订 ${bookings} 次）`,
    `${who} did not come ${noShows === 1 ? 'once' : `${noShows} times`} (of ${counted(bookings, 'booking')})`,
  );

const more = (count: number): readonly Block[] =>
  count > 0
    ? [
        {
          block: 'text',
          look: 'quiet',
          text: words(`另有 ${count} 行，见导出的表格`, `${count} more, see the workbook`),
        },
      ]
    : [];

function roomTable({ rooms, checksIn }: RoomUseModel): readonly Block[] {
  if (rooms.length === 0) return [{ block: 'text', text: words('没有会议室', 'No rooms') }];
  return [
    {
      block: 'table',
      columns: [
        { key: 'room', label: words('会议室', 'Room') },
        { key: 'rate', label: words('使用率', 'Used'), align: 'right' },
        { key: 'hours', label: words('订出/可订（小时）', 'Booked of hours'), align: 'right' },
        ...(checksIn
          ? [{ key: 'used', label: words('签到', 'Checked in'), align: 'right' as const }]
          : []),
        { key: 'bookings', label: words('预订', 'Bookings'), align: 'right' },
        { key: 'missed', label: words('没来', 'No-shows'), align: 'right' },
        { key: 'late', label: words('临时取消', 'Late'), align: 'right' },
      ],
      rows: rooms.slice(0, MOST.rooms).map((each) => ({
        room: each.room,
        rate: percentText({ of: each.booked, counted: each.open }),
        hours: `${hoursOf(each.booked)}/${hoursOf(each.open)}`,
        used: percentText({ of: each.used, counted: each.booked }),
        bookings: String(each.bookings),
        missed: String(each.noShows),
        late: String(each.lateCancels),
      })),
    },
    ...more(rooms.length - MOST.rooms),
  ];
}

/** Who did not come or called off late, the most often first. */
function hostFacts({ hosts }: RoomUseModel): readonly Block[] {
  if (hosts.length === 0) return [];
  return [
    {
      block: 'text',
      look: 'strong',
      text: words('没来或临时取消的主持人', 'Hosts who did not come or called off late'),
    },
    {
      block: 'facts',
      facts: hosts.slice(0, MOST.hosts).map(({ who, noShows, lateCancels, bookings }) => ({
        label: who,
        value: words(
          `没来 ${noShows} 次，临时取消 ${lateCancels} 次，共订 ${bookings} 次`,
          `${noShows} no-shows, ${lateCancels} called off late, ${counted(bookings, 'booking')}`,
        ),
      })),
    },
    ...more(hosts.length - MOST.hosts),
  ];
}

function foot({ checksIn, lateCancel, command }: RoomUseModel): Words {
  const used = checksIn
    ? words('签到是有人签到的占订出的多少。', 'Checked in: of the hours that were booked. ')
    : words(
        '没有要求签到，不知道用了多少。',
        'Nobody checks in, so that nobody knows what was used. ',
      );
  return words(
    `可订是上班时间减去停用的；${used.zh}开始前 ${lateCancel} 分钟内才取消的算临时取消。表格请管理员运行：${command}`,
    `Hours are those of the office without closures. ${used.en}Called off less than ${lateCancel} minutes before it began is late. For a workbook have this run: ${command}`,
  );
}
