import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Desk } from '../channel.ts';
import { assetRoutes } from './routes/assets.ts';
import { clockRoutes } from './routes/clock.ts';
import { fileRoutes } from './routes/files.ts';
import { sameOriginOnly } from './routes/input.ts';
import { messageRoutes } from './routes/messages.ts';
import { openingRoutes } from './routes/opening.ts';
import { pageRoutes } from './routes/page.ts';
import { streamRoutes } from './routes/stream.ts';
import { tapRoutes } from './routes/taps.ts';
import type { Simulator } from './simulator.ts';

/** Pictures a message, and bytes a picture: what phones take today, with room to spare. */
const LIMITS = { files: 9, fileSize: 10 * 1024 * 1024, fields: 10, fieldSize: 64 * 1024 };

/** The simulator's page and everything it calls, as one plugin. */
export const routes = (simulator: Simulator, desk: Desk): FastifyPluginAsync =>
  async function simulatorRoutes(server: FastifyInstance) {
    await server.register(multipart, { limits: LIMITS });
    server.addHook('onRequest', sameOriginOnly);
    assetRoutes(server);
    pageRoutes(server, simulator);
    streamRoutes(server, simulator);
    messageRoutes(server, simulator, desk);
    tapRoutes(server, simulator, desk);
    openingRoutes(server, simulator, desk);
    clockRoutes(server, simulator);
    fileRoutes(server, simulator);
  };
