/** Calendars by secret links, for calendar programs that fetch them again and again. Nobody is asked who they are: the link is all there is. */
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Office } from '../../db/work.ts';
import { feedFile } from '../meetings/feeds/events.ts';
import { FEED_PATH } from '../meetings/feeds/links.ts';
import type { Rules } from '../settings/rules.ts';

/** For one link and minute: a program that fetches does so once in a quarter of an hour, and a company's programs may come from one address. */
const LIMIT = { max: 20, timeWindow: 60_000 };

/** For one address and minute: links that open nothing. Who mistypes, or still has an old one, is far below it. */
const MISSES = { max: 60, timeWindow: 60_000 };

const TOO_MANY = Object.assign(new Error('too many links that open nothing'), { statusCode: 429 });

/** A secret of ours and its ending; whatever else is asked for is no page, and asks the database nothing. */
const FILE = /^([\w-]{43})\.ics$/;

const params = z.object({ file: z.string() });

export const calendarFeeds =
  (office: Office, rules: Rules): FastifyPluginAsync =>
  async (server) => {
    // What follows a question mark makes no other link of it.
    const keyGenerator = ({ url }: { readonly url: string }): string =>
      (url.split('?')[0] ?? '').slice(0, 100);
    const config = { rateLimit: { ...LIMIT, keyGenerator } };
    const missed = server.createRateLimit(MISSES);
    server.get(`${FEED_PATH}:file`, { config }, async (request, reply) => {
      const { data } = params.safeParse(request.params);
      const token = FILE.exec(data?.file ?? '')?.[1];
      const found =
        token === undefined
          ? undefined
          : await office.db
              .transaction()
              .setAccessMode('read only')
              .execute((tx) => feedFile(tx, rules, token, office.clock.now()));
      if (!found) {
        const guesses = await missed(request);
        if (!guesses.isAllowed && guesses.isExceeded) throw TOO_MANY;
        // The same for a wrong one, one that was taken back and somebody who has left.
        reply.callNotFound();
        return reply;
      }
      const tag = `"${found.tag}"`;
      reply
        .header('etag', tag)
        .header('cache-control', 'private, no-cache')
        .header('referrer-policy', 'no-referrer');
      if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'inline; filename="calendar.ics"')
        .send(found.body);
    });
  };

/** Whether whoever asks has it already. Tags are compared weakly, as RFC 9110 wants it here. */
const isKnown = (given: string | undefined, tag: string): boolean =>
  (given ?? '')
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === tag || each === '*');
