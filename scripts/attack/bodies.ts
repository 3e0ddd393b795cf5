/** P5: whatever bytes come to whichever route, there is an answer, nothing falls over, and nothing hidden is stored. */
import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import { encrypt } from '../../test/feishu-platform/crypto.ts';
import type { JsonObject } from '../../test/feishu-platform/json.ts';
import { envelope, seal } from '../../test/feishu-platform/push.ts';
import type { Chance } from '../bench/year/chance.ts';
import { type Finding, manyTimes, tally } from './finding.ts';
import { asText, bentBytes, bentPath, bentValue, weird } from './fuzz.ts';
import { APPROVAL, type Attack, quiet, setAside, type Target } from './target.ts';
import { createWire, type Request } from './wire.ts';

/** A person of the demo company; of the simulator's and of Feishu's. */
const PEOPLE = ['ou_rd_1', 'ou_rd_lead', 'ou_sales_1', 'ou_sales_2'] as const;

/** Events of every type we listen to, as they come when all is well. */
const EVENTS: { readonly [type: string]: (target: Target, chance: Chance) => JsonObject } = {
  'im.message.receive_v1': message,
  'card.action.trigger': ({ feishu }, chance) => ({
    operator: { tenant_key: feishu.tenantKey, open_id: chance.oneOf(PEOPLE) },
    token: 'c-1',
    action: {
      tag: 'button',
      value: { v: 1, a: 'approve', r: 1, s: 'approval-1', n: 1 },
      form_value: { comment: '可以', when: '2026-03-05 10:00 +0800' },
    },
    host: 'im_message',
    context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
  }),
  'im.chat.access_event.bot_p2p_chat_entered_v1': (_target, chance) => ({
    operator_id: { open_id: chance.oneOf(PEOPLE) },
    chat_id: 'oc_1',
  }),
  'application.bot.menu_v6': (_target, chance) => ({
    operator: { operator_id: { open_id: chance.oneOf(PEOPLE) } },
    event_key: 'book_room',
  }),
  'im.message.recalled_v1': () => ({
    message_id: 'om_1',
    chat_id: 'oc_1',
    recall_type: 'message_owner',
  }),
  'im.chat.member.bot.added_v1': () => ({ chat_id: 'oc_1' }),
  'contact.user.updated_v3': () => ({
    object: {
      open_id: 'ou_fuzzed',
      name: '某人',
      department_ids: ['d-1'],
      leader_user_id: 'ou_rd_lead',
    },
  }),
  'contact.user.deleted_v3': () => ({ object: { open_id: 'ou_fuzzed' } }),
  'contact.scope.updated_v3': () => ({}),
  'nobody.knows_v1': () => ({}),
};
const TYPES = Object.keys(EVENTS);

const CONTENTS: { readonly [sort: string]: JsonObject } = {
  text: { text: '订明天下午三点的会议室' },
  post: {
    title: '报修',
    content: [
      [
        { tag: 'text', text: '三楼打印机坏了' },
        { tag: 'a', href: 'http://x', text: 'y' },
      ],
    ],
  },
  image: { image_key: 'img_1' },
  file: { file_key: 'file_1', file_name: '../../会议室.xlsx' },
  audio: { file_key: 'file_1', duration: 1_000 },
  sticker: { file_key: 'file_1' },
  merge_forward: { content: 'Merged and Forwarded Message' },
  interactive: { title: 'x', elements: [] },
};

function message({ feishu, now }: Target, chance: Chance): JsonObject {
  const person = chance.oneOf(PEOPLE);
  const sort = chance.oneOf([
    'text',
    'text',
    'post',
    'image',
    'file',
    'audio',
    'sticker',
    'merge_forward',
    'interactive',
  ]);
  const content = chance.next() < 0.5 ? bentValue(CONTENTS[sort], chance) : CONTENTS[sort];
  return {
    sender: { sender_id: { open_id: person }, sender_type: 'user', tenant_key: feishu.tenantKey },
    message: {
      message_id: `om_${chance.under(1e9)}`,
      chat_id: feishu.privateChat(person).id,
      chat_type: 'p2p',
      message_type: sort,
      content: JSON.stringify(content),
      create_time: String(Math.floor(now())),
    },
  };
}

const JSON_ONLY = { 'content-type': 'application/json' } as const;

/** A push with something wrong in it, well signed; one in four is bent after it was signed. */
function push(target: Target, chance: Chance, path: string): Request {
  const type = path.endsWith('cards')
    ? 'card.action.trigger'
    : (TYPES[chance.under(TYPES.length)] ?? '');
  const honest = EVENTS[type]?.(target, chance) ?? {};
  const event = chance.next() < 0.8 ? bentValue(honest, chance) : honest;
  const now = Math.floor(target.now());
  const whole = envelope(target.feishu, { type, event: event as JsonObject }, String(now));
  const content = chance.next() < 0.15 ? bentValue(whole, chance) : whole;
  const format = (body: string): string =>
    chance.next() < 0.1
      ? Buffer.from(bentBytes(Buffer.from(body), chance)).toString('latin1')
      : body;
  const { body, headers } = seal(target.feishu, content as JsonObject, Math.floor(now / 1_000), {
    format,
  });
  return {
    method: 'POST',
    path,
    headers: chance.next() < 0.03 ? { ...headers, 'content-type': kind(chance) } : headers,
    body: chance.next() < 0.25 ? bentBytes(body, chance) : body,
  };
}

const kind = (chance: Chance): string =>
  chance.oneOf([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'application/json; charset=utf-16',
    'application/octet-stream',
    'a/b;c=d;e',
    '',
  ]);

function decision(_target: Target, chance: Chance): Request {
  const told = {
    token: APPROVAL.token,
    action_type: 'APPROVE',
    action_context: '1:1',
    user_id: 'on_1',
    reason: 'x',
  };
  const plain = JSON.stringify(bentValue(told, chance));
  const sealed = Buffer.from(JSON.stringify({ encrypt: encrypt(plain, APPROVAL.key) }));
  const body = chance.next() < 0.3 ? bentBytes(sealed, chance) : sealed;
  return { method: 'POST', path: '/feishu/approvals', headers: JSON_ONLY, body };
}

/** JSON for one of the simulator's routes, bent; or a form, whole and broken. */
function simulated(path: string, honest: (chance: Chance) => JsonObject) {
  return (_target: Target, chance: Chance): Request => {
    const value = chance.next() < 0.1 ? honest(chance) : bentValue(honest(chance), chance);
    const bytes = Buffer.from(JSON.stringify(value) ?? 'null');
    const body = chance.next() < 0.3 ? bentBytes(bytes, chance) : bytes;
    if (chance.next() < 0.15) return form(path, chance, value);
    const headers = { 'content-type': chance.next() < 0.9 ? 'application/json' : kind(chance) };
    return { method: 'POST', path, headers, body };
  };
}

const BOUNDARY = '----office';

function form(path: string, chance: Chance, fields: unknown, from?: string): Request {
  const named = typeof fields === 'object' && fields !== null ? Object.entries(fields) : [];
  const parts = named.map(
    ([name, value]) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name.replaceAll(/["\r\n]/g, '')}"\r\n\r\n${asText(value)}\r\n`,
  );
  const file = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="${chance.oneOf(['a.png', '../../a.png', '', 'a\0.png', '字.png'])}"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n${'x'.repeat(chance.under(3_000))}\r\n`;
  const whole = Buffer.from(
    `${parts.join('')}${chance.next() < 0.6 ? file : ''}--${BOUNDARY}--\r\n`,
  );
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  const body = chance.next() < 0.5 ? bentBytes(whole, chance) : whole;
  return { method: 'POST', path, headers, body, ...(from !== undefined && { from }) };
}

/** Another machine of the house each time: limits an address are for one address. */
const somewhere = (chance: Chance): string =>
  `127.${1 + chance.under(250)}.${chance.under(250)}.${1 + chance.under(250)}`;

const page =
  (path: (chance: Chance) => string) =>
  (_target: Target, chance: Chance): Request => ({
    method: chance.oneOf(['GET', 'GET', 'GET', 'HEAD']),
    path: path(chance),
    headers:
      chance.next() < 0.2
        ? {
            'accept-language': asText(weird(chance))
              .replaceAll(/[^\x20-\x7e]/g, '?')
              .slice(0, 900),
            'if-none-match': '*',
          }
        : {},
    from: somewhere(chance),
  });

const below = (path: string) => page((chance) => path + bentPath(chance));
const only = (path: string) =>
  page((chance) => (chance.next() < 0.5 ? path : `${path}?${bentPath(chance)}`));

/** Every route there is, as Fastify names it, with how often it is tried beside the others. */
const ROUTES: {
  readonly [route: string]: readonly [number, (target: Target, chance: Chance) => Request];
} = {
  'POST /feishu/events': [40, (target, chance) => push(target, chance, '/feishu/events')],
  'POST /feishu/cards': [15, (target, chance) => push(target, chance, '/feishu/cards')],
  'POST /feishu/approvals': [8, decision],
  'POST /simulator/messages': [
    6,
    simulated('/simulator/messages', (chance) => ({
      person: chance.oneOf(PEOPLE),
      text: '订会议室',
      language: 'zh',
      once: `once-${chance.under(1e9)}`,
    })),
  ],
  'POST /simulator/taps': [
    6,
    simulated('/simulator/taps', (chance) => ({
      person: chance.oneOf(PEOPLE),
      message: 'sm_000000000000000000',
      value: { v: 1, a: 'help' },
      answers: { a: 'x' },
    })),
  ],
  'POST /simulator/open': [
    3,
    simulated('/simulator/open', (chance) => ({ person: chance.oneOf(PEOPLE), menu: 'book_room' })),
  ],
  'POST /simulator/clock': [1, simulated('/simulator/clock', () => ({ forward: '15 m' }))],
  'GET /simulator/clock': [1, only('/simulator/clock')],
  'GET /simulator/stream': [1, page((chance) => `/simulator/stream?people=${bentPath(chance)}`)],
  'GET /simulator/files/:id': [2, below('/simulator/files/')],
  'GET /': [1, page((chance) => `/?${bentPath(chance)}`)],
  'GET /calendar/:file': [3, below('/calendar/')],
  'GET /report/:number': [3, below('/report/')],
  'GET /room/:door': [3, below('/room/')],
  'GET /vendor/:token': [3, below('/vendor/')],
  'POST /vendor/:token': [
    3,
    (_target, chance) =>
      form(
        `/vendor/${bentPath(chance)}`,
        chance,
        { act: 'arrived', note: weird(chance) },
        somewhere(chance),
      ),
  ],
  'GET /vendor.css': [1, only('/vendor.css')],
  'GET /vendor.svg': [1, only('/vendor.svg')],
  'GET /health': [1, only('/health')],
  'GET /ready': [1, only('/ready')],
  'GET /metrics': [1, only('/metrics')],
  'GET /nothing': [
    2,
    (_target, chance) => ({
      method: chance.oneOf(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']),
      path: `/${bentPath(chance)}`,
      from: somewhere(chance),
    }),
  ],
};

/** The routes that are attacked, for whoever asks whether they are all there are. */
export const attackedRoutes: readonly string[] = Object.keys(ROUTES);

/** Left out on purpose: it empties the demo office, and takes no body. */
export const SPARED = 'POST /simulator/reset';

/** Node reads no longer head of a request, bytes. */
const LONGEST_HEAD = 16 * 1024;

const headBytes = ({ method, path, headers = {} }: Request): number =>
  Buffer.byteLength(
    [
      method,
      path,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`),
    ].join('\r\n'),
  );

/** Fuzzed requests over all routes, eight side by side. */
export const bodies: Attack<readonly Finding[]> = async (target, { chance, rounds }) => {
  const wire = createWire(target.origin);
  const before = await setAside(target.db);
  const drawn = Object.entries(ROUTES).flatMap(([route, [often]]) =>
    Array.from({ length: often }, () => route),
  );
  const times = tally();
  const answers = tally();
  const wrong = tally();
  await manyTimes(rounds, 8, async (turn) => {
    const route =
      turn < attackedRoutes.length ? attackedRoutes[turn] : drawn[chance.under(drawn.length)];
    const [, make] = ROUTES[route ?? ''] ?? [];
    if (!make || route === undefined) throw new Error(`nothing to send to ${route}`);
    const request = make(target, chance);
    const { status } = await wire.send(request);
    times.add(route);
    answers.add(String(status));
    // 503 from Feishu's addresses is its word for "come again", which a machine that is busy with others may need.
    if (status >= 500 && !(status === 503 && route.includes('/feishu/')))
      wrong.add(`${route} ${status}`);
    // A body that breaks off is answered by a cut, and of a head that is too long the answer is lost with the rest of it; everything else by a word.
    if (
      status === 0 &&
      headBytes(request) <= LONGEST_HEAD &&
      !route.includes('vendor/:token') &&
      route !== 'POST /simulator/messages'
    )
      wrong.add(`${route} cut: ${request.path.slice(0, 80)}`);
  });
  const alive = await wire.send({ method: 'GET', path: '/health' });
  wire.close();
  await quiet(target);
  const kept = [...(await setAside(target.db))].map(
    ([reason, count]) => [reason, count - (before.get(reason) ?? 0)] as const,
  );
  const ours = kept.filter(([reason, count]) => reason.startsWith('failed') && count > 0);
  const hidden = await hiddenCharacters(target.db);
  const rarest = Math.min(...attackedRoutes.map(times.of));
  return [
    {
      promise: 'P5',
      tried: `fuzzed requests over ${attackedRoutes.length} routes, each at least ${rarest} times`,
      times: rarest === 0 ? 0 : rounds,
      came: `${answers.told()}; wrong: ${wrong.told()}; mistakes of ours: ${ours.map(([reason, count]) => `${reason} × ${count}`).join(', ') || 'none'}`,
      kept: wrong.told() === '–' && ours.length === 0 && alive.status === 200,
    },
    {
      promise: 'P5',
      tried: 'signed nonsense that was kept aside',
      times: kept.reduce((sum, [, count]) => sum + count, 0),
      came: kept.map(([reason, count]) => `${reason} × ${count}`).join(', '),
      kept: true,
    },
    {
      promise: 'P5',
      tried: 'columns that were looked through for what nobody sees',
      times: hidden.columns,
      came:
        hidden.found.join(', ') ||
        'none holds controls, marks of direction or characters of no width',
      kept: hidden.found.length === 0,
    },
  ];
};

/** Controls but tab and line feed, marks of direction, characters of no width; as text, and as JSON writes controls. */
const HIDDEN =
  '[\\u0001-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff]';
const HIDDEN_IN_JSON = '\\\\u00[01][0-9a-f]|\\\\[bfr]';

/** Looks through all texts and JSON that are stored. */
async function hiddenCharacters(
  db: Db,
): Promise<{ readonly columns: number; readonly found: readonly string[] }> {
  const { rows: columns } = await sql<{
    readonly table: string;
    readonly column: string;
    readonly type: string;
  }>`
    select c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type in ('text', 'jsonb', 'json', 'ARRAY')`.execute(
    db,
  );
  const found: string[] = [];
  for (const { table, column, type } of columns) {
    const pattern = type === 'text' ? HIDDEN : `${HIDDEN}|${HIDDEN_IN_JSON}`;
    const { rows } = await sql<{ readonly count: number }>`
      select count(*)::int as count from ${sql.table(table)} where ${sql.ref(column)}::text ~ ${pattern}`.execute(
      db,
    );
    if ((rows[0]?.count ?? 0) > 0) found.push(`${table}.${column} × ${rows[0]?.count}`);
  }
  return { columns: columns.length, found };
}
