import { askedOf } from '../minutes/store.ts';
import { answer, say, type Talk } from './talk.ts';

/** 「整理一下纪要」 without the text, 「看看上次的纪要」: the minutes they still owe, else the last of theirs. */
export async function minutesByIntent(talk: Talk): Promise<void> {
  const [asked] = await askedOf(talk.work.tx, talk.person.id);
  const last = asked ?? (await lastOf(talk));
  if (last) return answer(talk, { view: 'minutes', minutes: last.id });
  await say(
    talk,
    '请把会议内容接在「会议纪要」后面发给我，我来整理行动项。比如：\n会议纪要\n张伟：周五前完成报价单，含三家比价',
    'Please send me the text behind “minutes:”, and I make action items of it. For example:\nminutes:\nAlice to send the report by Friday',
  );
}

const lastOf = ({ work, person }: Talk): Promise<{ readonly id: number } | undefined> =>
  work.tx
    .selectFrom('minutes')
    .select('id')
    .where('host_id', '=', person.id)
    .where('state', 'in', ['drafted', 'confirmed'])
    .orderBy('held_at', 'desc')
    .executeTakeFirst();
