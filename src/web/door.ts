/** The page behind the code at a room's door. Whoever stands there is not known: it tells no subject and no name, and does nothing by itself. */
import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import { z } from 'zod';
import { doorPage, type DoorWay } from '../../cards/door-page.ts';
import { clockText } from '../../cards/times.ts';
import { SOMETHING_ELSE } from '../meetings/fault.ts';
import { DOOR, DOOR_PATH, doorSentences, roomAtDoor, standingAt } from '../requests/room/door.ts';
import { languageOf, sendOutside } from './answers.ts';
import type { OutsideOptions } from './outside.ts';

const door = z.object({ door: z.string().regex(DOOR) });

/** Adds the page of rooms to those for whoever is not in the chat. */
export function doorRoute(
  server: FastifyInstance,
  { office, setup, chatLink }: OutsideOptions,
  limited: RouteShorthandOptions,
): void {
  const { rules } = setup;
  server.get(`${DOOR_PATH}:door`, limited, async (request, reply) => {
    const { data } = door.safeParse(request.params);
    const now = office.clock.now();
    const found =
      data &&
      (await office.db.transaction().execute(async (tx) => {
        const room = await roomAtDoor(tx, rules, data.door);
        return room && { room, ...(await standingAt(tx, rules, room, now)) };
      }));
    if (!found) {
      reply.callNotFound();
      return reply;
    }
    const { room, standing, until } = found;
    const says = doorSentences(room.name, rules, room.sort);
    const way = (sentence: string): DoorWay => ({ says: sentence, link: chatLink(sentence) });
    const page = doorPage(
      {
        name: room.name,
        floor: room.floor,
        capacity: room.capacity,
        equipment: room.equipment,
        faulty: room.faulty.filter((each) => each !== SOMETHING_ELSE),
        standing,
        until: until && clockText(until.toZonedDateTimeISO(rules.timeZone)),
        checkIn: way(says.checkIn),
        fault: way(says.fault),
        ...(standing === 'free' ? { take: way(says.take) } : {}),
      },
      languageOf(request),
    );
    return sendOutside(reply, page);
  });
}
