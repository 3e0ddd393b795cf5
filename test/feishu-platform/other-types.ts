/** Messages that are neither words nor pictures nor files, as they are received. */
import { newId } from './ids.ts';

/** What stands in `content`; a merged forward and a type that is newer than we are hold no JSON at all. */
const CONTENTS = {
  audio: () => JSON.stringify({ file_key: newId('file_v3_'), duration: 2_000 }),
  media: () =>
    JSON.stringify({
      file_key: newId('file_v3_'),
      image_key: newId('img_v3_'),
      file_name: '漏水.mp4',
      duration: 8_000,
    }),
  sticker: () => JSON.stringify({ file_key: newId('file_v3_') }),
  location: () => JSON.stringify({ name: '上海虹桥站', longitude: '121.320', latitude: '31.194' }),
  share_user: () => JSON.stringify({ user_id: 'ou_rd_1' }),
  share_chat: () => JSON.stringify({ chat_id: newId('oc_') }),
  folder: () => JSON.stringify({ file_key: newId('file_v3_'), file_name: '合同' }),
  interactive: () =>
    JSON.stringify({ title: '出差申请', elements: [[{ tag: 'text', text: '…' }]] }),
  merge_forward: () => 'Merged and Forwarded Message',
  hongbao: () => JSON.stringify({ text: '[红包]' }),
  hologram: () => '[Hologram]',
} satisfies { readonly [type: string]: () => string };

export type OtherType = keyof typeof CONTENTS;

export const otherContent = (
  type: OtherType,
): { readonly type: OtherType; readonly content: string } => ({ type, content: CONTENTS[type]() });
