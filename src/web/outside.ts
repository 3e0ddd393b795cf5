/** Pages for whoever is not in the chat: a firm's link to one ticket, and what the code on a label leads to. No script, nothing inline. */
import multipart from '@fastify/multipart';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Html } from '../../cards/markup.ts';
import { momentText } from '../../cards/times.ts';
import {
  reportPage,
  vendorIcon,
  vendorOverPage,
  vendorPage,
  vendorStyle,
  type VendorPage,
} from '../../cards/vendor-page.ts';
import { inWork, type Office } from '../../db/work.ts';
import type { Setup } from '../filing/move.ts';
import { hearVendor, VENDOR_PATH, vendorTicket } from '../repairs/vendor-links.ts';
import { ASSET_PATH, sentenceOf } from '../requests/repair/label.ts';
import { wordsIn } from '../requests/repair/open-tickets.ts';
import { assetNumbered } from '../requests/repair/assets.ts';
import type { Secret } from '../secret.ts';

export type OutsideOptions = {
  readonly office: Office;
  readonly setup: Setup;
  readonly key: Secret;
  /** Opens our chat with that sentence, where there is a way to. */
  readonly chatLink: (says: string) => string | null;
  /** Something is owed now. */
  readonly committed: () => void;
};

/** Per address and minute: enough for a firm with a slow telephone, too few to guess. */
const LIMIT = { max: 30, timeWindow: 60_000 };
const PICTURE_BYTES = 10 * 1024 * 1024;

const token = z.object({ token: z.string().max(100) });
const asset = z.object({ number: z.string().max(40) });

export const outsidePages =
  (options: OutsideOptions): FastifyPluginAsync =>
  async (server) => {
    const { office, setup, key } = options;
    await server.register(multipart, {
      limits: { fileSize: PICTURE_BYTES, files: 1, fields: 5, fieldSize: 4_000, parts: 6 },
    });
    const limited = { config: { rateLimit: LIMIT }, bodyLimit: PICTURE_BYTES + 64 * 1024 };

    server.get('/vendor.css', limited, async (_request, reply) =>
      reply.type('text/css; charset=utf-8').send(vendorStyle),
    );

    server.get('/vendor.svg', limited, async (_request, reply) =>
      reply.type('image/svg+xml').send(vendorIcon),
    );

    server.get(`${VENDOR_PATH}:token`, limited, async (request, reply) =>
      show(reply, options, token.parse(request.params).token),
    );

    server.post(
      `${VENDOR_PATH}:token`,
      { ...limited, handlerTimeout: 10_000 },
      async (request, reply) => {
        const given = token.parse(request.params).token;
        const says = { act: '', note: '' };
        let picture: { name: string; bytes: Uint8Array } | undefined;
        for await (const part of request.parts()) {
          if (part.type === 'file') {
            const bytes = await part.toBuffer();
            if (bytes.length > 0) picture = { name: part.filename, bytes };
          } else if (part.fieldname === 'act') says.act = String(part.value);
          else if (part.fieldname === 'note') says.note = String(part.value);
        }
        const { act } = says;
        if (act !== 'arrived' && act !== 'done') return show(reply, options, given);
        const heard = await inWork(office, { actor: 'channel:vendor' }, (work) =>
          hearVendor(work, setup, key, given, {
            act,
            note: says.note,
            ...(picture ? { picture } : {}),
          }),
        );
        options.committed();
        const told =
          heard === 'kept'
            ? { text: '已记下，谢谢', good: true }
            : { text: '照片不是能收的图片（JPG、PNG、HEIC，10 MB 以内），没有记下', good: false };
        return show(reply, options, given, heard === 'over' ? undefined : told);
      },
    );

    server.get(`${ASSET_PATH}:number`, limited, async (request, reply) => {
      const { number } = asset.parse(request.params);
      const found = await office.db.transaction().execute((tx) => assetNumbered(tx, number));
      if (!found) {
        reply.callNotFound();
        return reply;
      }
      const says = sentenceOf(found.number);
      const link = options.chatLink(says);
      return send(reply, reportPage({ number: found.number, says, link }));
    });
  };

const OVER = {
  revoked: '这个链接已被收回。',
  expired: '这个链接已过期。',
  closed: '这一单已经结束，不用再处理。',
} as const;

/** The page of a link as things are now. */
async function show(
  reply: FastifyReply,
  { office, setup, key }: OutsideOptions,
  given: string,
  told?: VendorPage['told'],
): Promise<FastifyReply> {
  const now = office.clock.now();
  const found = await office.db.transaction().execute(async (tx) => {
    const ticket = await vendorTicket(tx, key, given, now);
    const number = ticket?.request.form['asset'];
    const thing = typeof number === 'string' ? await assetNumbered(tx, number) : undefined;
    return ticket && { ...ticket, model: thing?.model ?? undefined };
  });
  if (!found) return send(reply.code(404), vendorOverPage('链接不对，可能没有复制完整。'));
  const { link, request, over, model } = found;
  if (over) return send(reply.code(410), vendorOverPage(OVER[over]));
  const at = { now: now.toZonedDateTimeISO(setup.rules.timeZone) };
  const said = (moment: Temporal.Instant | null): string | null =>
    moment && momentText(moment, at).zh;
  return send(
    reply,
    vendorPage({
      company: setup.rules.company,
      number: request.number,
      vendor: link.vendor,
      place: wordsIn(request.form, 'place'),
      object: wordsIn(request.form, 'object'),
      problem: wordsIn(request.form, 'problem'),
      ...(model === undefined ? {} : { model }),
      arrived: said(link.arrived_at),
      done: said(link.done_at),
      until: momentText(link.expires_at, at).zh,
      action: `${VENDOR_PATH}${given}`,
      ...(told ? { told } : {}),
    }),
  );
}

/** A page nobody keeps: its address is a secret. */
const send = (reply: FastifyReply, page: Html): FastifyReply =>
  reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .send(page.html);
