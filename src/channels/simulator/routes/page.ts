import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { pageHtml } from '../page.ts';
import type { Simulator } from '../simulator.ts';
import { languageSchema, read } from './input.ts';

const querySchema = z.object({ language: languageSchema.catch('zh') });

/** `GET /?language=zh&left=…&right=…`: the chat page; whom it shows is read from the address by its script. */
export function pageRoutes(server: FastifyInstance, simulator: Simulator): void {
  server.get('/', async (request, reply) => {
    const { language } = read(querySchema, request.query);
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(pageHtml(simulator, language).html);
  });
}
