import { describe, expect, it } from 'vitest';
import { LONGEST_TEXT } from '../../../src/channels/channel.ts';
import { readMessage } from '../../../src/channels/feishu/message.ts';

const NOW = Temporal.Instant.from('2026-01-02T03:04:05Z');
const BOT = 'ou_bot';
const li = { open_id: 'ou_li', user_id: 'u1', union_id: 'on_li' };

/** The event of a message as documented; `message` and `sender` bend it. */
function event(type: string, content: object | string, message: object = {}, sender: object = {}) {
  return {
    sender: { sender_id: li, sender_type: 'user', tenant_key: 't', ...sender },
    message: {
      message_id: 'om_1',
      create_time: '1767225600100',
      chat_id: 'oc_1',
      chat_type: 'p2p',
      message_type: type,
      content: typeof content === 'string' ? content : JSON.stringify(content),
      ...message,
    },
  };
}
const bot = { key: '@_user_1', id: { open_id: BOT }, mentioned_type: 'bot', name: '助理' };
const wang = { key: '@_user_12', id: { open_id: 'ou_wang' }, mentioned_type: 'user', name: '王五' };
const read = (given: object, us: string | undefined = BOT) => readMessage(given, us, NOW);

describe('a message in the private chat', () => {
  it('is told with who, where, what and when it was written', () => {
    expect(read(event('text', { text: '订明天下午的会议室' }))).toEqual({
      key: 'feishu:msg:om_1',
      from: { channel: 'feishu', id: 'ou_li' },
      chat: 'oc_1',
      group: false,
      message: 'om_1',
      text: '订明天下午的会议室',
      files: [],
      sentAt: Temporal.Instant.from('2026-01-01T00:00:00.1Z'),
    });
  });

  it('says which message it replies to, and does not take an empty id for one', () => {
    expect(read(event('text', { text: '好' }, { parent_id: 'om_0' }))).toMatchObject({
      repliesTo: 'om_0',
    });
    expect(read(event('text', { text: '好' }, { parent_id: '' }))).not.toHaveProperty('repliesTo');
  });

  it('brings a picture and a file by their keys', () => {
    expect(read(event('image', { image_key: 'img_v3_1' }))).toMatchObject({
      text: '',
      files: [{ key: 'img_v3_1', message: 'om_1', name: 'image', sort: 'image' }],
    });
    expect(
      read(event('file', { file_key: 'file_v3_1', file_name: '纪要\u202e.docx' })),
    ).toMatchObject({
      files: [{ key: 'file_v3_1', name: '纪要.docx', sort: 'file' }],
    });
  });

  it('reads a post paragraph by paragraph, with its pictures', () => {
    const content = {
      title: '报修',
      content: [
        [
          { tag: 'text', text: '空调' },
          { tag: 'a', href: 'https://example.com', text: '漏水' },
        ],
        [{ tag: 'img', image_key: 'img_v3_2' }],
        [{ tag: 'text', text: '3F-01' }],
      ],
    };
    expect(read(event('post', content))).toMatchObject({
      text: '报修\n空调漏水\n3F-01',
      files: [{ key: 'img_v3_2', sort: 'image' }],
    });
  });

  it('of a sort that cannot be read is still a message, without words', () => {
    expect(read(event('audio', { file_key: 'file_v3_1', duration: 2000 }))).toMatchObject({
      text: '',
    });
  });

  it('is cleaned of what nobody sees: NUL, directions, zero-width signs, half characters', () => {
    const text = '订\u0000会\u202e议\u200b室\ud800 \r\n3\u00adF 👨‍👩‍👧';
    expect(read(event('text', { text }))).toMatchObject({ text: '订会议室\ufffd \n3F 👨‍👩‍👧' });
  });

  it('is considered up to the limit of one message', () => {
    const got = read(event('text', { text: '👍🏽'.repeat(LONGEST_TEXT + 1_000) }));
    expect(got).toMatchObject({ text: '👍🏽'.repeat(LONGEST_TEXT) });
  });
});

describe('a message in a group', () => {
  const inGroup = { chat_type: 'group', mentions: [bot, wang] };

  it('is for us when it mentions us; the mention goes, other people stay by name', () => {
    const got = read(event('text', { text: '@_user_1 请和 @_user_12 约个会 @_all' }, inGroup));
    expect(got).toMatchObject({ group: true, text: '请和 王五 约个会' });
  });

  it('is not for us when it mentions somebody else, be it another bot', () => {
    const other = { ...bot, id: { open_id: 'ou_other_bot' } };
    expect(read(event('text', { text: '@_user_1 hi' }, { ...inGroup, mentions: [other] }))).toEqual(
      {
        ignored: 'not-mentioned',
      },
    );
    expect(read(event('text', { text: 'hi' }, { chat_type: 'group' }))).toEqual({
      ignored: 'not-mentioned',
    });
  });

  it('is for us when a bot is mentioned while our own id is not known yet', () => {
    const given = event('text', { text: '@_user_1 你好' }, inGroup);
    expect(read(given, undefined)).toMatchObject({ text: '你好' });
  });

  it('takes the mention out of a post', () => {
    const content = {
      title: '',
      content: [
        [
          { tag: 'at', user_id: '@_user_1', user_name: '助理' },
          { tag: 'text', text: ' 看下' },
        ],
      ],
    };
    expect(read(event('post', content, inGroup))).toMatchObject({ text: '看下' });
  });
});

describe('what is no message to us', () => {
  it('is said by a bot, by the system, or was recalled before it came', () => {
    expect(read(event('text', { text: 'x' }, {}, { sender_type: 'bot' }))).toEqual({
      ignored: 'bot',
    });
    expect(read(event('system', { template: 'x' }))).toEqual({ ignored: 'system' });
    for (const nothing of ['', {}, { text: '' }])
      expect(read(event('text', nothing))).toEqual({ ignored: 'recalled' });
  });

  it.each([
    ['no sender', { message: event('text', { text: 'x' }).message }],
    ['a content that is no JSON', event('text', 'hello')],
    ['a text that is none', event('text', { text: 7 })],
    ['an id that would lead elsewhere', event('text', { text: 'x' }, { message_id: 'om_a/../b' })],
    ['a key that would lead elsewhere', event('image', { image_key: '../../x?y' })],
  ])('has another shape: %s', (_what, given) => {
    expect(read(given)).toBeUndefined();
  });
});
