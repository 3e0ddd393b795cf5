/** Rooms that are shared: the waiting line, exchanges, closures, rooms given away. */
import { calendarLinkCard } from '../../../cards/calendar-link.ts';
import { roomUseCard, type RoomUseModel } from '../../../cards/room-use.ts';
import { bumpCard, type BumpModel } from '../../../cards/bump.ts';
import { closureCard, type ClosureModel } from '../../../cards/closure.ts';
import { roomDayCard, type RoomDayModel } from '../../../cards/room-day.ts';
import { swapCard, type SwapModel } from '../../../cards/swap.ts';
import { spareCard, type SpareModel } from '../../../cards/spare.ts';
import { wishCard, type WishModel } from '../../../cards/waiting.ts';
import { words } from '../../../cards/words.ts';
import { sample } from './sample.ts';

const time = words('明天 3月4日（周三）15:00–17:00', 'tomorrow, Wed 03-04 15:00–17:00');

const day: RoomDayModel = {
  day: words('3月4日（周三）', 'Wed 03-04'),
  from: 9 * 60,
  rooms: [
    {
      name: '华山',
      floor: '5',
      capacity: 4,
      equipment: [],
      cells: Array.from({ length: 18 }, (_, index) =>
        [2, 3].includes(index) ? 'mine' : [4, 9, 10].includes(index) ? 'taken' : 'free',
      ),
      free: [
        { from: '09:00', to: '10:00' },
        { from: '11:30', to: '13:30' },
        { from: '14:30', to: '18:00' },
      ],
      own: [{ from: '10:00', to: '11:00' }],
      closed: [],
      allDay: false,
    },
    {
      name: '黄山',
      floor: '3',
      capacity: 6,
      equipment: ['电视'],
      cells: Array.from({ length: 18 }, () => 'free' as const),
      free: [{ from: '09:00', to: '18:00' }],
      own: [],
      closed: [],
      allDay: true,
    },
    {
      name: '珠峰',
      floor: '3',
      capacity: 10,
      equipment: ['投影', '白板'],
      cells: Array.from({ length: 18 }, () => 'taken' as const),
      free: [],
      own: [],
      closed: [{ from: '09:00', to: '18:00' }],
      allDay: false,
    },
  ],
  page: { first: 10, total: 13 },
  withFree: 12,
  bookable: [
    { room: '华山', span: { from: '09:00', to: '10:00' }, key: '4/29543520/29543580' },
    { room: '黄山', span: { from: '09:00', to: '10:00' }, key: '2/29543520/29543580' },
  ],
  list: 'room-day:2026-03-04:',
  before: 'room-day:2026-03-03:',
  after: 'room-day:2026-03-05:',
};

const link = {
  id: 3,
  room: undefined,
  address: 'https://office.example.com/calendar/pJ3xkQ0VnVdH9xkPq2m8cZ1yT7wB5sR4uLgEaFhNiKo.ics',
  titles: false,
};

const use: RoomUseModel = {
  month: words('2026年2月', '2026-02'),
  soFar: false,
  checksIn: true,
  rooms: [
    {
      room: '珠峰',
      open: 9_000,
      booked: 3_090,
      used: 2_100,
      bookings: 24,
      noShows: 4,
      lateCancels: 1,
    },
    {
      room: '黄山',
      open: 9_000,
      booked: 1_240,
      used: 1_240,
      bookings: 11,
      noShows: 0,
      lateCancels: 0,
    },
  ],
  hosts: [
    { who: '王磊（研发部）', noShows: 3, lateCancels: 0, bookings: 5, odd: true },
    { who: '何佳（销售部）', noShows: 1, lateCancels: 1, bookings: 9, odd: false },
  ],
  lateCancel: 120,
  command: 'npm run office -- export room-use 2026-02 --format xlsx --out 2026-02.xlsx',
};

const wish: WishModel = {
  id: 4,
  version: 2,
  state: 'waiting',
  room: words('任意合适的会议室（10 人、投影）', 'Any room for 10 with projector'),
  time,
  place: 2,
  mayAgain: true,
  hold: 10,
};

const swap: SwapModel = {
  id: 6,
  version: 2,
  state: 'asked',
  asks: false,
  other: '陈晨',
  own: words('珠峰 明天 3月4日（周三）10:00–11:00', '珠峰, tomorrow, Wed 03-04 10:00–11:00'),
  others: words('黄山 明天 3月4日（周三）10:00–11:00', '黄山, tomorrow, Wed 03-04 10:00–11:00'),
  note: words('黄山只能坐 6 人，原来要 8 人', '黄山 seats 6; 8 were asked for'),
};

const closure: ClosureModel = {
  id: 3,
  version: 2,
  state: 'in-force',
  sort: 'closed',
  rooms: words('珠峰、黄山', '珠峰, 黄山'),
  time: words('3月9日（周一） 至 3月12日（周四）00:00', 'Mon 03-09 to Thu 03-12 00:00'),
  reason: '装修',
  by: '吴婷',
  effect: { closed: 2, rooms: 5, bookings: 1 },
  affected: [{ host: '陈晨', place: swap.own }],
  mine: [
    {
      number: 'ROOM-26-0007',
      place: swap.own,
      alternatives: [
        { label: swap.others, key: '12/2:29543520' },
        { label: swap.own, key: '12/1:29543580' },
      ],
    },
  ],
  mayClose: false,
  mayDrop: false,
  mayAllow: false,
  mayReopen: true,
  needsAllowing: false,
};

const bump: BumpModel = {
  id: 2,
  version: 2,
  state: 'asked',
  asks: false,
  authority: false,
  other: '何佳',
  place: swap.own,
  reason: '客户临时来访',
  own: 'ROOM-26-0007',
  chooses: false,
  alternatives: [
    { label: swap.others, key: '2:29543520' },
    { label: swap.own, key: '1:29543580' },
  ],
};

const spare: SpareModel = {
  id: 5,
  version: 3,
  state: 'open',
  what: '投影',
  repair: 'FIX-26-0003',
  room: '珠峰',
  place: swap.own,
  others: [{ label: swap.others, key: '2:29543520' }],
};

export const rooms = [
  sample('room-day', 'roomDayCard', day, roomDayCard, {
    rooms: 10,
    equipment: 9,
    cells: 48,
    free: 24,
    own: 24,
    closed: 4,
    bookable: 2,
  }),
  sample('calendar-link', 'calendarLinkCard', link, calendarLinkCard),
  sample(
    'calendar-link.revoked',
    'calendarLinkCard',
    { ...link, address: undefined, room: '珠峰' },
    calendarLinkCard,
  ),
  sample('room-use', 'roomUseCard', use, roomUseCard, { rooms: 500, hosts: 300 }),
  sample('sharing', 'wishCard', wish, wishCard),
  sample(
    'sharing.offered',
    'wishCard',
    {
      ...wish,
      state: 'offered',
      offer: { room: words('珠峰（3楼）', '珠峰 (floor 3)'), until: words('10:10', '10:10') },
    },
    wishCard,
  ),
  sample('sharing.lapsed', 'wishCard', { ...wish, state: 'lapsed' }, wishCard),
  sample('sharing.swap', 'swapCard', swap, swapCard),
  sample('sharing.bump', 'bumpCard', bump, bumpCard, { alternatives: 3 }),
  sample(
    'sharing.bump-taken',
    'bumpCard',
    { ...bump, state: 'done', authority: true, chooses: true },
    bumpCard,
    { alternatives: 3 },
  ),
  sample(
    'sharing.bump-draft',
    'bumpCard',
    { ...bump, state: 'draft', asks: true, authority: true, alternatives: [] },
    bumpCard,
  ),
  sample('sharing.closure', 'closureCard', closure, closureCard),
  sample(
    'sharing.block',
    'closureCard',
    {
      ...closure,
      state: 'draft',
      sort: 'block',
      reason: '招聘面试间',
      mine: [],
      mayClose: true,
      mayDrop: true,
      mayReopen: false,
      needsAllowing: true,
    },
    closureCard,
  ),
  sample('sharing.spare', 'spareCard', spare, spareCard),
  sample('sharing.spare-none', 'spareCard', { ...spare, others: [] }, spareCard),
  sample('sharing.swap-draft', 'swapCard', { ...swap, state: 'draft', asks: true }, swapCard),
];
