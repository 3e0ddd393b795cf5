/** P3 and P4: requests that only look like the platform's, and such as were overheard and come again. */
import { createHash } from 'node:crypto';
import { encrypt } from '../../test/feishu-platform/crypto.ts';
import type { JsonObject } from '../../test/feishu-platform/json.ts';
import {
  envelope,
  seal,
  type Attack as Bent,
  type Sealed,
} from '../../test/feishu-platform/push.ts';
import type { Chance } from '../bench/year/chance.ts';
import { type Finding, manyTimes, tally } from './finding.ts';
import { APPROVAL, type Attack, changedBy, everything, quiet, type Target } from './target.ts';
import { createWire, type Request } from './wire.ts';

/** A push as a forger would make it, for whichever address. */
type Forger = (by: {
  readonly target: Target;
  readonly chance: Chance;
  readonly content: JsonObject;
  readonly now: number;
}) => Sealed;

const bent =
  (attack: (chance: Chance, now: number) => Bent): Forger =>
  ({ target, chance, content, now }) =>
    seal(target.feishu, content, now, attack(chance, now));

const withHeader =
  (change: (header: JsonObject) => JsonObject): Forger =>
  ({ target, content, now }) =>
    seal(target.feishu, { ...content, header: change(content['header'] as JsonObject) }, now);

/** An honest push whose headers were bent after it was signed. */
const reheaded =
  (change: (headers: Sealed['headers'], chance: Chance) => Sealed['headers']): Forger =>
  ({ target, chance, content, now }) => {
    const sealed = seal(target.feishu, content, now);
    return { ...sealed, headers: change(sealed.headers, chance) };
  };

const STAMP = 'x-lark-request-timestamp';
const NONCE = 'x-lark-request-nonce';
const MARK = 'x-lark-signature';

const hex = (chance: Chance, digits: number): string =>
  createHash('sha256').update(String(chance.next())).digest('hex').slice(0, digits);

/** Without one of the headers. */
const lacking = (name: string): Forger =>
  reheaded((headers) =>
    Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)),
  );

const FORGERS: { readonly [sort: string]: Forger } = {
  'made-up signature': bent((chance) => ({ sign: hex(chance, 64) })),
  'signature of another body': bent(() => ({ sign: 'wrong' })),
  'old SHA-1 signature': bent(() => ({ sign: 'legacy' })),
  'no signature at all': bent(() => ({ sign: false })),
  'no stamp': lacking(STAMP),
  'no nonce': lacking(NONCE),
  'no mark': lacking(MARK),
  'empty mark': bent(() => ({ sign: '' })),
  'short mark': reheaded((headers, chance) => ({
    ...headers,
    [MARK]: (headers[MARK] ?? '').slice(0, 1 + chance.under(63)),
  })),
  'upper-case mark': reheaded((headers) => ({
    ...headers,
    [MARK]: (headers[MARK] ?? '').toUpperCase(),
  })),
  'one digit of the mark changed': reheaded((headers, chance) => {
    const mark = headers[MARK] ?? '';
    const place = chance.under(64);
    const digit = ((Number.parseInt(mark[place] ?? '0', 16) + 1 + chance.under(15)) % 16).toString(
      16,
    );
    return { ...headers, [MARK]: mark.slice(0, place) + digit + mark.slice(place + 1) };
  }),
  // The formula has no separators: these have the very signature of the honest push.
  'a digit shifted from the stamp to the nonce': reheaded((headers) => {
    const stamp = headers[STAMP] ?? '';
    return { ...headers, [STAMP]: stamp.slice(0, -1), [NONCE]: stamp.slice(-1) + headers[NONCE] };
  }),
  'digits of the nonce shifted to the stamp': ({ target, chance, content, now }) => {
    const sealed = seal(target.feishu, content, now, { nonce: `7${hex(chance, 15)}` });
    const { [STAMP]: stamp = '', [NONCE]: nonce = '' } = sealed.headers;
    return {
      ...sealed,
      headers: { ...sealed.headers, [STAMP]: `${stamp}7`, [NONCE]: nonce.slice(1) },
    };
  },
  'another stamp than was signed': reheaded((headers, chance) => ({
    ...headers,
    [STAMP]: String(Number(headers[STAMP]) - 1 - chance.under(250)),
  })),
  'another nonce than was signed': reheaded((headers, chance) => ({
    ...headers,
    [NONCE]: hex(chance, 16),
  })),
  'stamp in milliseconds': bent((_chance, now) => ({ stamp: `${now}000` })),
  'stamp that is no number': bent((chance) => ({
    stamp: chance.oneOf([
      '',
      'now',
      '1e9',
      '-1',
      '0x5f5e100',
      '9999999999',
      '²³²³²³²³²³',
      '1'.repeat(400),
    ]),
  })),
  'signed more than eight hours ago': bent((chance, now) => ({
    stamp: now - 28_805 - chance.under(1e6),
  })),
  'signed more than five minutes ahead': bent((chance, now) => ({
    stamp: now + 330 + chance.under(1e6),
  })),
  'a tap signed more than five minutes ago': bent((chance, now) => ({
    stamp: now - 330 - chance.under(25_000),
  })),
  'another key': bent((chance) => ({ key: hex(chance, 24) })),
  'the key with a blank, or cut': ({ target, chance, content, now }) =>
    seal(target.feishu, content, now, {
      key: chance.oneOf([`${target.feishu.encryptKey} `, target.feishu.encryptKey.slice(1), ' ']),
    }),
  'another app': withHeader((header) => ({ ...header, app_id: 'cli_0000000000000000' })),
  'another tenant': withHeader((header) => ({ ...header, tenant_key: '0000000000000000' })),
  'another token': withHeader((header) => ({ ...header, token: 'v-token' })),
  'no token': withHeader((header) => ({ ...header, token: '' })),
  'plain while a key is set': bent(() => ({ encrypt: false })),
  'plain and unsigned': bent(() => ({ encrypt: false, sign: false })),
  'members beside the sealed one': bent((chance) => ({
    beside: chance.oneOf<JsonObject>([
      { header: { token: 'x' } },
      { schema: '2.0', event: {} },
      { headers: null },
      { type: 'url_verification', challenge: 'x' },
    ]),
  })),
  '__proto__ beside the sealed one': bent((chance) => ({
    format: (body) =>
      body.replace(
        '{',
        `{"${chance.oneOf(['__proto__', 'constructor', 'prototype'])}":{"headers":{}},`,
      ),
  })),
  'a bit of the body changed': bent((chance) => ({
    tamper: (body) => {
      const changed = Buffer.from(body);
      const place = chance.under(changed.length);
      changed.writeUInt8((changed[place] ?? 0) ^ (1 << chance.under(8)), place);
      return changed;
    },
  })),
  'the body cut short': bent((chance) => ({
    tamper: (body) => body.subarray(0, chance.under(body.length - 1)),
  })),
  'a challenge of another token': ({ target, now }) => {
    const content = { type: 'url_verification', token: 'v-token', challenge: 'c' };
    return seal(target.feishu, content, now, { sign: false });
  },
  'a challenge in plain': ({ target, now }) => {
    const token = target.feishu.verificationToken;
    const content = { type: 'url_verification', token, challenge: 'c' };
    return seal(target.feishu, content, now, { sign: false, encrypt: false });
  },
};

/** Decisions that only look like the approval centre's. */
const DECISIONS: { readonly [sort: string]: (chance: Chance) => Uint8Array } = {
  'a decision in plain while a key is set': () => json(decision(APPROVAL.token)),
  'a decision of another token': (chance) =>
    json({ encrypt: encrypt(JSON.stringify(decision(hex(chance, 20))), APPROVAL.key) }),
  'a decision sealed with another key': (chance) =>
    json({ encrypt: encrypt(JSON.stringify(decision(APPROVAL.token)), hex(chance, 20)) }),
  'a decision with members beside the sealed one': () =>
    json({
      encrypt: encrypt(JSON.stringify(decision(APPROVAL.token)), APPROVAL.key),
      token: APPROVAL.token,
    }),
};

const decision = (token: string): JsonObject => ({
  token,
  action_type: 'APPROVE',
  action_context: '1',
  user_id: 'on_1',
  reason: '',
});

const json = (value: JsonObject): Uint8Array => Buffer.from(JSON.stringify(value));

const PLACES = ['/feishu/events', '/feishu/cards'] as const;

/** 陈晨 of the demo company. */
const PERSON = 'ou_rd_1';

/** What would count if it were the platform's: a person writes, or taps. */
function message({ feishu, now }: Target, id: string): JsonObject {
  const event = {
    sender: { sender_id: { open_id: PERSON }, sender_type: 'user', tenant_key: feishu.tenantKey },
    message: {
      message_id: `om_${id}`,
      chat_id: feishu.privateChat(PERSON).id,
      chat_type: 'p2p',
      message_type: 'text',
      content: JSON.stringify({ text: '领两包A4纸' }),
      create_time: String(Math.floor(now())),
    },
  };
  return envelope(feishu, { type: 'im.message.receive_v1', event }, String(Math.floor(now())));
}

function tap({ feishu, now }: Target): JsonObject {
  const event = {
    operator: { tenant_key: feishu.tenantKey, open_id: PERSON },
    token: 'c-1',
    action: { tag: 'button', value: { v: 1, a: 'show', r: 1 } },
    host: 'im_message',
    context: { open_chat_id: feishu.privateChat(PERSON).id },
  };
  return envelope(
    feishu,
    { type: 'card.action.trigger', event },
    String(Math.floor(now()) * 1_000),
  );
}

const secondsOf = (target: Target): number => Math.floor(target.now() / 1_000);

/** Forgeries of every sort in turn, at every address, eight side by side. None counts, none leaves a row. */
export const forgeries: Attack<readonly Finding[]> = async (target, { chance, rounds }) => {
  const wire = createWire(target.origin);
  await quiet(target);
  const before = await everything(target.db);
  const times = tally();
  const answers = tally();
  const wrong = tally();
  const sorts = [...Object.keys(FORGERS), ...Object.keys(DECISIONS)];
  await manyTimes(rounds, 8, async (turn) => {
    const sort = sorts[turn % sorts.length] ?? '';
    const { status, body } = await wire.send(forged(target, chance, sort, turn));
    times.add(sort);
    answers.add(String(status));
    if (status !== 401 || body !== '') wrong.add(`${sort}: ${status} ${body.slice(0, 60)}`);
  });
  wire.close();
  await quiet(target);
  const changed = await changedBy(target, before);
  const rarest = Math.min(...sorts.map(times.of));
  return [
    {
      promise: 'P4',
      tried: `forged requests of ${sorts.length} sorts, each at least ${rarest} times`,
      times: rarest === 0 ? 0 : rounds,
      came: `${answers.told()}; tables changed: ${changed.join(', ') || 'none'}${wrong.told() === '–' ? '' : `; wrong: ${wrong.told()}`}`,
      kept: answers.of('401') === rounds && wrong.told() === '–' && changed.length === 0,
    },
  ];
};

function forged(target: Target, chance: Chance, sort: string, turn: number): Request {
  const decided = DECISIONS[sort];
  if (decided) {
    const headers = { 'content-type': 'application/json' };
    return { method: 'POST', path: '/feishu/approvals', headers, body: decided(chance) };
  }
  const isTap = sort.startsWith('a tap') || turn % 3 === 0;
  const content = isTap ? tap(target) : message(target, `forged${turn}`);
  const now = secondsOf(target);
  const sealed = FORGERS[sort]?.({ target, chance, content, now });
  if (!sealed) throw new Error(`no forger of ${sort}`);
  return { method: 'POST', path: chance.oneOf(PLACES), headers: sealed.headers, body: sealed.body };
}

/** How somebody who overheard a push sends it again, and what is answered: the signature is all they cannot make. */
const REPLAYS: readonly {
  readonly sort: string;
  readonly status: number;
  readonly bend: (sealed: Sealed, chance: Chance) => Sealed;
}[] = [
  { sort: 'as it was', status: 200, bend: (sealed) => sealed },
  ...[STAMP, NONCE].map((name) => ({
    sort: `with another ${name === STAMP ? 'stamp' : 'nonce'}`,
    status: 401,
    bend: (sealed: Sealed, chance: Chance): Sealed => ({
      ...sealed,
      headers: {
        ...sealed.headers,
        [name]: String(Number.parseInt(sealed.headers[name] ?? '', 16) + 1 + chance.under(300)),
      },
    }),
  })),
  {
    sort: 'with a digit shifted from the stamp to the nonce',
    status: 401,
    bend: ({ body, headers }) => {
      const { [STAMP]: stamp = '', [NONCE]: nonce = '' } = headers;
      return {
        body,
        headers: { ...headers, [STAMP]: stamp.slice(0, 9), [NONCE]: stamp[9] + nonce },
      };
    },
  },
  ...['__proto__', 'headers', 'header', 'constructor'].map((name) => ({
    sort: `with ${name} in the body`,
    status: 401,
    bend: ({ body, headers }: Sealed, chance: Chance): Sealed => ({
      headers,
      body: Buffer.from(
        body
          .toString('utf8')
          .replace(
            '{',
            `{"${name}":${JSON.stringify(chance.oneOf<unknown>([headers, null, { headers }]))},`,
          ),
      ),
    }),
  })),
];

/** Ages at which the platform may still come again, and at which it may not, seconds. */
const AGES = [0, 250, 3_600, 25_200, 28_700] as const;
const NOT_AT = [28_805, 90_000, -330, -90_000] as const;

/** Pushes that were honest once, again and again: the same answer and no second effect; too old, too early or bent: 401. */
export const replays: Attack<readonly Finding[]> = async (target, { chance, rounds }) => {
  const wire = createWire(target.origin);
  const send = async ({ body, headers }: Sealed): Promise<number> =>
    (await wire.send({ method: 'POST', path: '/feishu/events', headers, body })).status;
  const heard: Sealed[] = [];
  for (const age of AGES) {
    const push = seal(target.feishu, message(target, `heard${age}`), secondsOf(target) - age);
    if ((await send(push)) !== 200) throw new Error(`an honest push of ${age} s ago was refused`);
    heard.push(push);
  }
  await quiet(target);
  const before = await everything(target.db);
  const answers = tally();
  const wrong = tally();
  await manyTimes(rounds, 4, async (turn) => {
    const kind = REPLAYS[turn % REPLAYS.length] ?? REPLAYS[0];
    const push = heard[chance.under(heard.length)];
    if (!kind || !push) throw new Error('nothing to replay');
    const status = await send(kind.bend(push, chance));
    answers.add(`${kind.sort} ${status}`);
    if (status !== kind.status) wrong.add(`${kind.sort}: ${status}`);
  });
  for (const age of NOT_AT) {
    const content = message(target, `over${age}`);
    const status = await send(seal(target.feishu, content, secondsOf(target) - age));
    answers.add(`signed ${age} s ago ${status}`);
    if (status !== 401) wrong.add(`signed ${age} s ago: ${status}`);
  }
  const late = await send(seal(target.feishu, tap(target), secondsOf(target) - 330));
  if (late !== 401) wrong.add(`a tap signed 330 s ago: ${late}`);
  wire.close();
  await quiet(target);
  const changed = await changedBy(target, before);
  return [
    {
      promise: 'P3',
      tried: `overheard pushes again, in ${REPLAYS.length} ways, and ${NOT_AT.length + 1} out of time`,
      times: rounds,
      came: `tables changed: ${changed.join(', ') || 'none'}; wrong answers: ${wrong.told()}`,
      kept: wrong.told() === '–' && changed.length === 0,
    },
  ];
};
