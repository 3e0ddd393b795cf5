import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Desk } from '../../channel.ts';
import { chatOf, type Simulator } from '../simulator.ts';
import { addressOf, read } from './input.ts';

const openingSchema = z.object({ person: z.string(), menu: z.string().max(100).optional() });

/** `POST /simulator/open`: a person opened their chat with the office, or touched its menu. */
export function openingRoutes(server: FastifyInstance, simulator: Simulator, desk: Desk): void {
  server.post('/simulator/open', { handlerTimeout: 10_000 }, async (request) => {
    const { person, menu } = read(openingSchema, request.body);
    const from = addressOf(simulator, person);
    const opening = { key: `sim:open:${randomUUID()}`, from, chat: chatOf(from.id) };
    await desk.opened(menu === undefined ? opening : { ...opening, menu });
    return {};
  });
}
