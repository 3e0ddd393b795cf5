import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

type Asset = { readonly url: string; readonly type: string; readonly content: string };

/**
 * The page's style sheets and scripts, and the icon, read once at start. Scripts are TypeScript with the types taken out: types become
 * blanks, so lines and columns stay, and the browser loads the very modules we wrote.
 */
export function assetRoutes(server: FastifyInstance): void {
  for (const { url, type, content } of [...scripts(), ...styles()]) {
    server.get(url, async (_request, reply) =>
      reply.type(type).header('cache-control', 'no-cache').send(content),
    );
  }
}

const folder = join(import.meta.dirname, '..');

const scripts = (): readonly Asset[] =>
  readdirSync(join(folder, 'browser')).map((file) => ({
    url: `/simulator/browser/${file}`,
    type: 'text/javascript; charset=utf-8',
    content: stripTypeScriptTypes(readFileSync(join(folder, 'browser', file), 'utf8')),
  }));

const styles = (): readonly Asset[] =>
  readdirSync(join(folder, 'styles')).map((file) => ({
    url: `/simulator/styles/${file}`,
    type: file.endsWith('.svg') ? 'image/svg+xml' : 'text/css; charset=utf-8',
    content: readFileSync(join(folder, 'styles', file), 'utf8'),
  }));
