import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findPicture } from '../files.ts';
import type { Simulator } from '../simulator.ts';
import { BadInput, read } from './input.ts';

const paramsSchema = z.object({ id: z.string().regex(/^(sf_[0-9a-f]+|\d{1,15})$/) });

/** `GET /simulator/files/:id`: a picture of a chat, by our id or by the office's attachment number. */
export function fileRoutes(server: FastifyInstance, simulator: Simulator): void {
  server.get('/simulator/files/:id', async (request, reply) => {
    const { id } = read(paramsSchema, request.params);
    const picture = await findPicture(simulator.db, id);
    if (!picture) throw new BadInput('no such picture', 404);
    return reply
      .type(picture.type)
      .header('content-disposition', 'inline')
      .header('cache-control', 'private, max-age=86400, immutable')
      .send(picture.bytes);
  });
}
