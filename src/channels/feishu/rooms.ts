/** The tenant's meeting rooms, for the administrator who takes them over. */
import { z } from 'zod';
import type { MeetingRoom } from '../channel.ts';
import type { FeishuClient } from './client.ts';

/** More pages than this no tenant has: 10,000 rooms. */
const MOST_PAGES = 100;

const rooms = z.array(
  z.object({
    room_id: z.string(),
    name: z.string(),
    capacity: z.number().catch(0).default(0),
    room_status: z.object({ status: z.boolean().optional() }).optional(),
  }),
);

/** All of them. Throws `CallFault`. */
export async function readMeetingRooms(client: FeishuClient): Promise<readonly MeetingRoom[]> {
  const all: MeetingRoom[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const params = { page_size: 100, ...(token !== undefined && { page_token: token }) };
    const { data } = await client.call((sdk) => sdk.vc.v1.room.list({ params }));
    for (const { room_id: id, name, capacity, room_status } of rooms.parse(data?.rooms ?? []))
      all.push({ id, name, capacity, enabled: room_status?.status ?? true });
    token = data?.page_token;
    if (data?.has_more !== true || !token) break;
  }
  return all;
}
