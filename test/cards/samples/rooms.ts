/** Rooms that are shared: the waiting line, exchanges, closures, rooms given away. */
import { bumpCard, type BumpModel } from '../../../cards/bump.ts';
import { closureCard, type ClosureModel } from '../../../cards/closure.ts';
import { swapCard, type SwapModel } from '../../../cards/swap.ts';
import { spareCard, type SpareModel } from '../../../cards/spare.ts';
import { wishCard, type WishModel } from '../../../cards/waiting.ts';
import { words } from '../../../cards/words.ts';
import { sample } from './sample.ts';

const time = words('明天 3月4日（周三）15:00–17:00', 'tomorrow, Wed 03-04 15:00–17:00');

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
