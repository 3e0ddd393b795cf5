import { type Words, words } from '../../cards/words.ts';
import type { MessageForm } from '../channels/channel.ts';
import { oweTo } from '../delivery/owe.ts';
import type { Talk } from './talk.ts';

/** Three voice messages in a row get one answer: the same is not said again within this many minutes. */
const AGAIN_MINUTES = 10;

/** What to do instead. Nothing for a sticker: a 谢谢 wants no lecture. */
const INSTEAD: { readonly [form in MessageForm]: Words | undefined } = {
  sticker: undefined,
  voice: words(
    '语音我听不了。长按语音选「转文字」，把文字发给我就能办',
    'I cannot listen to voice messages. Please convert it to text and send me the words',
  ),
  video: words(
    '视频我看不了。要报修请拍张照片，再说一句哪里、什么坏了',
    'I cannot watch videos. If something is broken, send a photo and say what and where',
  ),
  place: words(
    '位置我用不上，请直接写出地点，如「3楼」「上海」',
    'I cannot use a location; please write the place, like “3rd floor” or “Shanghai”',
  ),
  contact: words(
    '名片我用不上，请直接写出姓名，如「转给李伟」',
    'I cannot use a contact card; please write the name',
  ),
  folder: words(
    '文件夹我打不开，请把里面的文件单独发给我',
    'I cannot open folders; please send the files one by one',
  ),
  card: words(
    '转发来的卡片我读不到内容。请把要办的事写成一句话，或复制文字发给我',
    'I cannot read a forwarded card. Please say in a sentence what you need, or copy its text',
  ),
  forwarded: words(
    '合并转发的聊天我读不到内容。请把要办的那几句复制成文字发给我',
    'I cannot read merged forwards. Please copy the lines that matter and send them as text',
  ),
  other: words(
    '这种消息我看不懂，请用一句话说要办什么',
    'I cannot read this kind of message; please say in a sentence what you need',
  ),
};

/** Answers what is neither words nor files: what to do instead, once in a while, or nothing. */
export async function answerForm(
  { work, setup, person, address }: Talk,
  form: MessageForm,
): Promise<void> {
  const text = INSTEAD[form];
  if (!text) return;
  const said = `form:${form}:`;
  const before = await work.tx
    .selectFrom('delivery')
    .select('id')
    .where('person_id', '=', person.id)
    .where('created_at', '>', work.now.subtract({ minutes: AGAIN_MINUTES }))
    .where('what', 'like', `${said}%`)
    .executeTakeFirst();
  if (before) return;
  await oweTo(
    work,
    setup.jobs,
    { address, person: person.id },
    {
      what: `${said}${work.cause ?? 'none'}`,
      view: { view: 'notice', text },
      attention: true,
      priority: 0,
    },
  );
}
