/**
 * The approval centre tells us what somebody decided there (quick approval, platform notes §10.2). Such a call carries no signature: it is
 * known by the token that the form was given, and, where a key is set, by its encryption. Who decided is told by an id that only the
 * platform can turn into the one we know people by.
 */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify';
import { z } from 'zod';
import { inLanguage, type Words, words } from '../../../cards/words.ts';
import { type DecisionAnswer, type Desk, OfficeUnavailable } from '../channel.ts';
import type { Deciding } from './approval-centre.ts';
import { type FeishuClient, pathId } from './client.ts';
import { decrypt } from './crypto.ts';
import { CallFault } from './faults.ts';
import { inTime } from './in-time.ts';
import { isObject, parseJson } from './json.ts';
import { named } from '../../reduced.ts';
import type { Log } from './log.ts';
import type { NoteRefusal } from './refusals.ts';
import { sameSecret } from './verify.ts';
import { readRawJsonOnly } from './webhook.ts';

export type ApprovalCallbackParts = {
  readonly desk: Desk;
  readonly deciding: Deciding;
  readonly client: FeishuClient;
  readonly log: Log;
  readonly noteRefusal: NoteRefusal;
  readonly now: () => Temporal.Instant;
};

/** Where the centre calls us, below our public address. */
export const APPROVALS_PATH = '/feishu/approvals';

/** The centre waits 10 s; all of an answer, with the look-up of who it was. ms. */
const ANSWER_MS = 8_000;
/** A decision and its reason. Bytes. */
const BODY_BYTES = 64 * 1024;

/** A plugin with its own reading of bodies, as the webhook has. */
export const approvalPlugin =
  (parts: ApprovalCallbackParts): FastifyPluginAsync =>
  async (server: FastifyInstance) => {
    readRawJsonOnly(server);
    const people = createPeople(parts.client);
    server.post(
      APPROVALS_PATH,
      { bodyLimit: BODY_BYTES, handlerTimeout: ANSWER_MS + 1_000 },
      async (request, reply) => {
        const raw = Buffer.isBuffer(request.body) ? request.body : new Uint8Array();
        return answer(reply, await received(parts, people, raw));
      },
    );
  };

const told = z.object({
  token: z.string(),
  action_type: z.string(),
  action_context: z.string().default(''),
  user_id: z.string(),
  reason: z.string().default(''),
});
type Told = z.infer<typeof told>;

type Outcome =
  | { readonly status: 200 }
  | { readonly status: 401 }
  | { readonly status: 409 | 503; readonly says: string };

const ACTS: { readonly [type: string]: 'approve' | 'reject' } = {
  APPROVE: 'approve',
  REJECT: 'reject',
};

async function received(
  parts: ApprovalCallbackParts,
  people: People,
  raw: Uint8Array,
): Promise<Outcome> {
  const opened = open(raw, parts.deciding);
  if ('refused' in opened) {
    parts.noteRefusal(parts.desk, opened.refused, parts.now());
    return { status: 401 };
  }
  try {
    const outcome = await inTime(decided(parts, people, opened.told), ANSWER_MS);
    return outcome === 'late' ? failed(STILL_WORKING) : outcome;
  } catch (error) {
    if (!(error instanceof OfficeUnavailable)) parts.log('feishu.decision-failed', named(error));
    return failed(NOT_RECORDED);
  }
}

/** The call as it was meant, once it is known to be the centre's. With a key nothing in plain is taken. */
function open(
  raw: Uint8Array,
  { token, key }: Deciding,
): { readonly told: Told } | { readonly refused: 'plain' | 'token' } {
  const outer = parseJson(raw);
  const plain = key ? sealedIn(outer.ok ? outer.value : undefined, key.reveal()) : outer;
  if (!plain?.ok) return { refused: 'plain' };
  const parsed = told.safeParse(plain.value);
  return parsed.success && sameSecret(parsed.data.token, token.reveal())
    ? { told: parsed.data }
    : { refused: 'token' };
}

function sealedIn(value: unknown, key: string): ReturnType<typeof parseJson> | undefined {
  const members = isObject(value) ? Object.keys(value) : [];
  const sealed = isObject(value) ? value['encrypt'] : undefined;
  if (members.length !== 1 || typeof sealed !== 'string') return undefined;
  const plain = decrypt(sealed, key);
  return plain && parseJson(plain);
}

async function decided(
  { desk, log }: ApprovalCallbackParts,
  people: People,
  { action_type, action_context, user_id, reason }: Told,
): Promise<Outcome> {
  const act = Object.hasOwn(ACTS, action_type) ? ACTS[action_type] : undefined;
  if (!act) return { status: 409, says: bothWays(UNKNOWN_ACT) };
  const who = await people.openId(user_id);
  if (who === undefined) {
    log('feishu.decision-by-unknown', {});
    return { status: 409, says: bothWays(UNKNOWN_PERSON) };
  }
  const from = { channel: 'feishu', id: who } as const;
  const done = await desk.decided({ from, act, context: action_context, reason });
  return done.done ? { status: 200 } : { status: 409, says: saying(done) };
}

const saying = ({ text, language }: DecisionAnswer): string => inLanguage(text, language);

/** For somebody whose language is not known. */
const bothWays = ({ zh, en }: Words): string => `${zh} ${en}`;

const failed = (why: Words): Outcome => ({ status: 503, says: bothWays(why) });

const NOT_RECORDED = words('没有记下，请再试一次', 'Not recorded; please try again');
const STILL_WORKING = words('还在办，请稍后刷新列表', 'Still working; please look again shortly');
const UNKNOWN_ACT = words('这里不能这样操作，请到办事机器人里处理', 'Please do this in the bot');
const UNKNOWN_PERSON = words(
  '没有认出您的账号，请到办事机器人里处理',
  'Your account was not recognised; please do this in the bot',
);

/** Below 401 the centre shows words of its own. */
function answer(reply: FastifyReply, outcome: Outcome): FastifyReply {
  if (outcome.status === 200) return reply.code(200).send({});
  if (outcome.status === 401) return reply.code(401).send();
  return reply.code(outcome.status).send({ message: outcome.says, without_prefix: 'true' });
}

/** The id that an app knows somebody by, of the id that the company knows them by. */
type People = { readonly openId: (userId: string) => Promise<string | undefined> };

const USER_ROUTE = '/open-apis/contact/v3/users/:id';
/** Ids remembered at most; an id never changes hands while its person is here. */
const MOST_KNOWN = 5_000;

/** Nobody has this id, or nobody whom the app may read (platform notes §8). */
const NOBODY: ReadonlySet<string> = new Set(['40001', '41012', '41050', 'malformed-id']);

const user = z.object({
  user: z.object({ open_id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) }).nullish(),
});

function createPeople(client: FeishuClient): People {
  const known = new Map<string, string>();
  return {
    async openId(userId) {
      const before = known.get(userId);
      if (before !== undefined) return before;
      const found = await lookUp(client, userId);
      if (found === undefined) return undefined;
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(userId, found);
      return found;
    },
  };
}

/** Reading the directory costs nothing of the month's calls. Undefined: nobody, or nobody that we may see. */
async function lookUp(client: FeishuClient, userId: string): Promise<string | undefined> {
  try {
    const path = { user_id: pathId(userId, USER_ROUTE) };
    const params = { user_id_type: 'user_id' as const };
    const { data } = await client.call((sdk) => sdk.contact.v3.user.get({ path, params }));
    return user.safeParse(data).data?.user?.open_id;
  } catch (error) {
    if (error instanceof CallFault && NOBODY.has(error.code)) return undefined;
    throw error;
  }
}
