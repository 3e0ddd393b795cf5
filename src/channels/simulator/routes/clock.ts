import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ClockEvent } from '../protocol.ts';
import type { Simulator } from '../simulator.ts';
import { forgetEverything } from '../store.ts';
import { read } from './input.ts';

const forwardSchema = z.object({
  forward: z.enum(['15m', '1h', '4h', '1d', 'to 09:00 next workday']),
});

/** A day's worth of reminders is sent meanwhile; that takes longer than an ordinary answer may. */
const SLOW = { handlerTimeout: 60_000 };

/** `GET` and `POST /simulator/clock` (`{ forward }`), and `POST /simulator/reset`. Time only goes forward: what was due has happened. */
export function clockRoutes(server: FastifyInstance, simulator: Simulator): void {
  server.get('/simulator/clock', async () => clockEvent(simulator));
  server.post('/simulator/clock', SLOW, async (request) => {
    await simulator.onClock(read(forwardSchema, request.body).forward);
    simulator.hub.publish({ what: 'clock' });
    return clockEvent(simulator);
  });
  server.post('/simulator/reset', SLOW, async () => {
    await simulator.onReset();
    await forgetEverything(simulator.db);
    simulator.hub.publish({ what: 'reset' });
    return {};
  });
}

/** What the office's clock shows now. */
export const clockEvent = (simulator: Simulator): ClockEvent => ({
  now: simulator.clock.now().epochMilliseconds,
});
