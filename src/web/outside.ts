/** Pages for whoever is not in the chat: a firm's link to one ticket, and what the codes on things and at doors lead to. No script, nothing inline. */
import multipart from '@fastify/multipart';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { momentText } from '../../cards/times.ts';
import { outsideIcon, outsideStyle } from '../../cards/outside-page.ts';
import {
  reportPage,
  vendorOverPage,
  vendorPage,
  type VendorPage,
} from '../../cards/vendor-page.ts';
import { words } from '../../cards/words.ts';
import { inWork, type Office } from '../../db/work.ts';
import { FILES_TAKEN } from '../filing/file-content.ts';
import { MOST_FILES } from '../filing/files.ts';
import type { Setup } from '../filing/move.ts';
import {
  hearVendor,
  VENDOR_PATH,
  type VendorHeard,
  vendorTicket,
} from '../repairs/vendor-links.ts';
import { ASSET_PATH, sentenceOf } from '../requests/repair/label.ts';
import { wordsIn } from '../requests/repair/open-tickets.ts';
import { assetNumbered } from '../requests/repair/assets.ts';
import type { Secret } from '../secret.ts';
import { languageOf, sendOutside as send } from './answers.ts';
import { doorRoute } from './door.ts';

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
/** What may be a number at all; the rest is no page, and asks the database nothing. */
const asset = z.object({ number: z.string().regex(/^[A-Za-z0-9-]{1,40}$/) });

export const outsidePages =
  (options: OutsideOptions): FastifyPluginAsync =>
  async (server) => {
    const { office, setup, key } = options;
    await server.register(multipart, {
      limits: { fileSize: PICTURE_BYTES, files: 1, fields: 5, fieldSize: 4_000, parts: 6 },
    });
    const limited = { config: { rateLimit: LIMIT }, bodyLimit: PICTURE_BYTES + 64 * 1024 };

    server.get('/vendor.css', limited, async (_request, reply) =>
      reply.type('text/css; charset=utf-8').send(outsideStyle),
    );

    server.get('/vendor.svg', limited, async (_request, reply) =>
      reply.type('image/svg+xml').send(outsideIcon),
    );

    server.get(`${VENDOR_PATH}:token`, limited, async (request, reply) =>
      show(request, reply, options),
    );

    server.post(
      `${VENDOR_PATH}:token`,
      { ...limited, handlerTimeout: 10_000 },
      async (request, reply) => {
        const { token: given } = token.parse(request.params);
        // Who has no good link sends us nothing that we would keep in memory.
        const ticket = await office.db
          .transaction()
          .execute((tx) => vendorTicket(tx, key, given, office.clock.now()));
        if (!ticket || ticket.over) return show(request, reply, options);
        const { act, note, picture } = await readForm(request);
        if (act !== 'arrived' && act !== 'done') return show(request, reply, options);
        const heard = await inWork(office, { actor: 'channel:vendor' }, (work) =>
          hearVendor(work, setup, key, given, {
            act,
            note,
            ...(picture ? { picture } : {}),
          }),
        );
        options.committed();
        return show(request, reply, options, TOLD[heard]);
      },
    );

    server.get(`${ASSET_PATH}:number`, limited, async (request, reply) => {
      const { data } = asset.safeParse(request.params);
      const found =
        data && (await office.db.transaction().execute((tx) => assetNumbered(tx, data.number)));
      if (!found) {
        reply.callNotFound();
        return reply;
      }
      const says = sentenceOf(found.number);
      const link = options.chatLink(says);
      return send(reply, reportPage({ number: found.number, says, link }, languageOf(request)));
    });

    doorRoute(server, options, limited);
  };

/** What a firm says, and its picture. A form that breaks off, or is none, is the mistake of whoever sent it; limits say so themselves. */
async function readForm(request: FastifyRequest): Promise<{
  readonly act: string;
  readonly note: string;
  readonly picture?: { readonly name: string; readonly bytes: Uint8Array };
}> {
  const says = { act: '', note: '' };
  let picture: { name: string; bytes: Uint8Array } | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        const bytes = await part.toBuffer();
        if (bytes.length > 0) picture = { name: part.filename, bytes };
      } else if (part.fieldname === 'act') says.act = String(part.value);
      else if (part.fieldname === 'note') says.note = String(part.value);
    }
  } catch (error) {
    throw error instanceof Error && 'statusCode' in error ? error : BROKEN_FORM;
  }
  return { ...says, ...(picture && { picture }) };
}

const BROKEN_FORM = Object.assign(new Error('form: broken'), { statusCode: 400 });

/** What is said over the page when something came; nothing when the link was over, which the page says itself. */
const TOLD: { readonly [heard in VendorHeard]: VendorPage['told'] } = {
  kept: { text: words('已记下，谢谢', 'Noted, thank you'), good: true },
  picture: {
    text: words(
      `照片不是能收的图片，没有记下；可以收：${FILES_TAKEN.image.zh}`,
      `This is no picture that we take, and nothing was noted; we take ${FILES_TAKEN.image.en}`,
    ),
    good: false,
  },
  full: {
    text: words(
      `这一单已有 ${MOST_FILES} 张照片，没有记下；请不带照片再点一次`,
      `There are ${MOST_FILES} photos already, and nothing was noted; please send it without a photo`,
    ),
    good: false,
  },
  over: undefined,
};

const OVER = {
  revoked: words('这个链接已被收回。', 'It was taken back.'),
  expired: words('这个链接已过期。', 'It has expired.'),
  closed: words('这一单已经结束，不用再处理。', 'This repair is over; nothing is left to do.'),
} as const;

const NOT_OURS = words(
  '链接不对，可能没有复制完整。',
  'It is not right; perhaps it was not copied as a whole.',
);

/** The page of a link as things are now. */
async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  { office, setup, key }: OutsideOptions,
  told?: VendorPage['told'],
): Promise<FastifyReply> {
  const language = languageOf(request);
  const { token: given } = token.parse(request.params);
  const now = office.clock.now();
  const found = await office.db.transaction().execute(async (tx) => {
    const ticket = await vendorTicket(tx, key, given, now);
    const number = ticket?.request.form['asset'];
    const thing = typeof number === 'string' ? await assetNumbered(tx, number) : undefined;
    return ticket && { ...ticket, model: thing?.model ?? undefined };
  });
  if (!found) return send(reply.code(404), vendorOverPage(NOT_OURS, language));
  const { link, request: ticket, over, model } = found;
  if (over) return send(reply.code(410), vendorOverPage(OVER[over], language));
  const at = { now: now.toZonedDateTimeISO(setup.rules.timeZone) };
  const shown: VendorPage = {
    company: setup.rules.company,
    number: ticket.number,
    vendor: link.vendor,
    place: wordsIn(ticket.form, 'place'),
    object: wordsIn(ticket.form, 'object'),
    problem: wordsIn(ticket.form, 'problem'),
    ...(model === undefined ? {} : { model }),
    arrived: link.arrived_at && momentText(link.arrived_at, at),
    done: link.done_at && momentText(link.done_at, at),
    until: momentText(link.expires_at, at),
    action: `${VENDOR_PATH}${given}`,
    ...(told ? { told } : {}),
  };
  return send(reply, vendorPage(shown, language));
}
