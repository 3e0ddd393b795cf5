/** GET /open-apis/vc/v1/rooms: the tenant's meeting rooms. */
import type { Calendar } from '../calendar.ts';
import { Denial } from '../denial.ts';
import { success } from '../gateway.ts';
import type { Route } from '../gateway.ts';
import { mayReadRooms } from '../scopes.ts';
import { page } from './asking.ts';

const RULE = {
  usual: 10,
  most: 100,
  badSize: () => new Denial(121001, 'invalid page_size'),
  badToken: () => new Denial(121001, 'invalid page_token'),
};

export const roomRoutes = (calendar: Calendar): readonly Route[] => [
  {
    method: 'GET',
    path: '/open-apis/vc/v1/rooms',
    needs: mayReadRooms,
    answer: (asked) => {
      const { items, more } = page(asked, calendar.rooms(), RULE);
      return success({
        rooms: items.map(({ id, name, capacity, enabled }) => ({
          room_id: id,
          name,
          capacity,
          room_level_id: 'omb_0',
          path: ['omb_0'],
          room_status: { status: enabled },
          device: [],
        })),
        ...more,
      });
    },
  },
];
