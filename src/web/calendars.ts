/** Calendars by secret links, for calendar programs that fetch them again and again. Nobody is asked who they are: the link is all there is. */
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { Office } from '../../db/work.ts';
import { feedFile } from '../meetings/feeds/events.ts';
import { FEED_PATH } from '../meetings/feeds/links.ts';
import type { Rules } from '../settings/rules.ts';

/** For one link and minute: a program that fetches does so once in a quarter of an hour, and a company's programs may come from one address. */
const LIMIT = { max: 20, timeWindow: 60_000 };

/** A secret of ours and its ending; whatever else is asked for is no page, and asks the database nothing. */
const FILE = /^([\w-]{43})\.ics$/;

const params = z.object({ file: z.string() });

export const calendarFeeds =
  (office: Office, rules: Rules): FastifyPluginAsync =>
  async (server) => {
    const config = {
      rateLimit: {
        ...LIMIT,
        keyGenerator: ({ url }: { readonly url: string }) => url.slice(0, 100),
      },
    };
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
        // The same for a wrong one, one that was taken back and somebody who has left; its limit is by address.
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
