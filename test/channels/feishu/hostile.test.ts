import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hear } from '../../../src/channels/feishu/events.ts';
import { open } from '../../../src/channels/feishu/envelope.ts';
import { envelope, type Sealed, seal } from '../../feishu-platform/push.ts';

const keys = {
  appId: 'cli_a1b2c3d4e5f60718',
  tenantKey: '2f3a4b5c6d7e8f90',
  encryptKey: 'stand-in-encrypt-key-01',
  verificationToken: 'stand-in-verify-token-01',
};
const secrets = {
  appId: keys.appId,
  encryptKeys: [keys.encryptKey],
  verificationToken: keys.verificationToken,
};
const NOW = 1_767_225_600;
const around = {
  bot: 'ou_bot',
  now: Temporal.Instant.fromEpochMilliseconds(NOW * 1_000),
  zone: 'Asia/Shanghai',
};

const message = {
  sender: { sender_id: { open_id: 'ou_1' }, sender_type: 'user' },
  message: {
    message_id: 'om_1',
    chat_id: 'oc_1',
    chat_type: 'p2p',
    message_type: 'text',
    content: '{"text":"订会议室"}',
    create_time: '1767225600100',
  },
};
const honest = seal(
  keys,
  envelope(keys, { type: 'im.message.receive_v1', event: message }, '1767225600123'),
  NOW,
);

const opened = ({ headers, body }: Sealed, now = NOW) =>
  open({ heads: headers, raw: body }, secrets, now, (tenant) => tenant === keys.tenantKey);

/** One bit of the body or one character of a header, changed. */
const bent: fc.Arbitrary<Sealed> = fc.oneof(
  fc
    .record({ at: fc.nat(honest.body.length - 1), bit: fc.integer({ min: 0, max: 7 }) })
    .map(({ at, bit }) => {
      const body = Buffer.from(honest.body);
      body.writeUInt8((body[at] ?? 0) ^ (1 << bit), at);
      return { ...honest, body };
    }),
  fc
    .record({
      name: fc.constantFrom('x-lark-request-timestamp', 'x-lark-request-nonce', 'x-lark-signature'),
      at: fc.nat(63),
      sign: fc.constantFrom('', '0', 'a', 'A', '9', ' ', '中'),
    })
    .map(({ name, at, sign }) => {
      const value = honest.headers[name] ?? '';
      const place = at % value.length;
      return {
        ...honest,
        headers: {
          ...honest.headers,
          [name]: value.slice(0, place) + sign + value.slice(place + 1),
        },
      };
    })
    .filter((sealed) => JSON.stringify(sealed.headers) !== JSON.stringify(honest.headers)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => ({ ...honest, body: Buffer.from(bytes) })),
);

describe('pushes from strangers', () => {
  it('the honest one passes', () => {
    expect(opened(honest)).toMatchObject({ kind: 'event' });
  });

  it('one changed bit, and it is refused', () => {
    fc.assert(
      fc.property(bent, (sealed) => {
        expect(opened(sealed)).toMatchObject({ kind: 'refused' });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('signed pushes, whatever is in them', () => {
  const anyEvent = fc.record({
    type: fc.constantFrom(
      'im.message.receive_v1',
      'card.action.trigger',
      'application.bot.menu_v6',
      'contact.user.updated_v3',
      'contact.user.deleted_v3',
      'im.chat.access_event.bot_p2p_chat_entered_v1',
      'nobody.knows_v1',
    ),
    event: fc.oneof(bentMessage(), fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }))),
  });

  it('are told, left or set aside, and never break the office', () => {
    fc.assert(
      fc.property(anyEvent, (given) => {
        const got = opened(seal(keys, envelope(keys, given, '1767225600123'), NOW));
        if (got.kind !== 'event') throw new Error(`the envelope is right, yet it was ${got.kind}`);
        expect(hear(got.event, around)).toHaveProperty('heard');
      }),
      { numRuns: 2_000 },
    );
  });

  it('as bytes of any sort end in a refusal or aside', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const body = Buffer.from(bytes).toString('latin1');
        const got = opened(seal(keys, {}, NOW, { format: () => body }));
        expect(['nonsense', 'refused']).toContain(got.kind);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('ids that no database takes', () => {
  const NUL = 'oc_1\0';
  const sent = (type: string, event: object, header: object = {}) => {
    const whole = envelope(keys, { type, event: { ...event } }, '1767225600123');
    const content = { ...whole, header: { ...(whole['header'] as object), ...header } };
    return opened(seal(keys, content, NOW));
  };

  it.each<readonly [string, object]>([
    [
      'im.chat.access_event.bot_p2p_chat_entered_v1',
      { operator_id: { open_id: 'ou_1' }, chat_id: NUL },
    ],
    ['application.bot.menu_v6', { operator: { operator_id: { open_id: 'ou_1' } }, event_key: NUL }],
    ['im.message.receive_v1', { ...message, message: { ...message.message, parent_id: NUL } }],
    ['im.message.recalled_v1', { message_id: NUL }],
    ['im.chat.disbanded_v1', { chat_id: NUL }],
  ])('%s: set aside', (type, event) => {
    const got = sent(type, event);
    if (got.kind !== 'event') throw new Error(`the envelope is right, yet it was ${got.kind}`);
    expect(hear(got.event, around)).toMatchObject({ heard: 'nonsense' });
  });

  it('somebody of a department that cannot be: everybody is read anew', () => {
    const object = {
      open_id: 'ou_1',
      name: '李四',
      department_ids: [NUL],
      leader_user_id: '',
      status: {},
    };
    const got = sent('contact.user.updated_v3', { object });
    if (got.kind !== 'event') throw new Error(`the envelope is right, yet it was ${got.kind}`);
    expect(hear(got.event, around)).toMatchObject({ change: { change: 'everyone' } });
  });

  it.each([{ event_id: 'a\0' }, { event_type: 'a\0' }, { event_id: '字' }])(
    'the envelope’s own: %j is no envelope',
    (header) => {
      expect(sent('im.chat.disbanded_v1', {}, header)).toMatchObject({
        kind: 'nonsense',
        reason: 'envelope',
      });
    },
  );
});

/** The message with one of its members replaced by anything. */
function bentMessage(): fc.Arbitrary<{ readonly [member: string]: unknown }> {
  const members = Object.keys(message.message);
  return fc
    .record({ member: fc.constantFrom(...members), value: fc.jsonValue({ maxDepth: 3 }) })
    .map(({ member, value }) => ({ ...message, message: { ...message.message, [member]: value } }));
}
