import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, type Registry } from 'prom-client';

/** Whether the program can do its work; when not, why, one line a reason. */
export type Readiness = { readonly ready: boolean; readonly reasons: readonly string[] };

/** `GET /health` while the process lives, `GET /ready` when it can work, `GET /metrics` in Prometheus' text format. */
export function healthRoutes(
  server: FastifyInstance,
  { ready, metrics }: { readonly ready: () => Promise<Readiness>; readonly metrics: Registry },
): void {
  collectDefaultMetrics({ register: metrics });
  server.get('/health', async () => ({ status: 'ok' }));
  server.get('/ready', async (_request, reply) => {
    const readiness = await ready();
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
}
