/** 看附件: whoever may read a request, or is invited to its meeting, gets its files as messages of their own, to open them in the chat. */
import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { record } from '../audit/record.ts';
import type { Outgoing } from '../channels/channel.ts';
import { mayRead } from '../filing/act.ts';
import { filesOf } from '../filing/files.ts';
import { readRequest, type Request, requestNumbered } from '../filing/store.ts';
import { plainSentence } from './heard-words.ts';
import { NOT_FOUND } from './outcomes.ts';
import { answer, say, type Talk } from './talk.ts';

/** A file as a message, for whoever may read what it belongs to. Null: it is gone, or was never stored, or is not theirs to see. */
export async function drawFile(tx: Tx, id: number, reader: number): Promise<Outgoing | null> {
  const file = await tx
    .selectFrom('attachment')
    .innerJoin('attachment_content', 'attachment_id', 'attachment.id')
    .select(['name', 'bytes', 'request_id'])
    .where('attachment.id', '=', id)
    .executeTakeFirst();
  const request = file?.request_id ? await readRequest(tx, file.request_id) : undefined;
  if (!file || !request || !(await mayOpen(tx, request, reader))) return null;
  return { file: { name: file.name, bytes: file.bytes } };
}

/** Whether a person may open what belongs to a request: they may read it, or have to read its materials for their meeting. */
export async function mayOpen(tx: Tx, request: Request, person: number): Promise<boolean> {
  if (mayRead(request, person)) return true;
  const invited = await tx
    .selectFrom('attendance')
    .innerJoin('meeting', 'meeting.id', 'attendance.meeting_id')
    .select('attendance.person_id')
    .where('meeting.request_id', '=', request.id)
    .where('attendance.person_id', '=', person)
    .limit(1)
    .executeTakeFirst();
  return invited !== undefined;
}

/** Owes the person who asks the files of a request. Returns what they are told beside. Whether they may is asked by the caller. */
export async function oweFiles(talk: Talk, request: Request): Promise<Words> {
  const { tx } = talk.work;
  const files = await filesOf(tx, request.id, 'file');
  if (files.length === 0)
    return words(`${request.number} 没有附件`, `${request.number} has no files`);
  const stored = await tx
    .selectFrom('attachment_content')
    .select('attachment_id')
    .where(
      'attachment_id',
      'in',
      files.map(({ id }) => id),
    )
    .execute();
  const there = new Set(stored.map(({ attachment_id: id }) => id));
  for (const { id } of files.filter((file) => there.has(file.id)))
    await answer(talk, { view: 'file', attachment: id });
  const missing = files.filter((file) => !there.has(file.id)).map(({ name }) => name);
  if (missing.length === 0) return words('附件已发到下面', 'The files are below');
  return words(
    `「${missing.join('」「')}」还没取到，请过一会儿再看`,
    `Not fetched yet, please try again shortly: ${missing.join(', ')}`,
  );
}

/** 「附件」 in reply to a card, 「看 FIX-26-0003 的附件」. */
const FILES =
  /^(?:请|帮我)?(?:看|查看|打开|发|给我看|发我|把|show|open|send)?(?:一下|下)?\s*(?:me )?(?:the )?(?<number>[a-z]{3,6}-?\d{2}-?\d{1,6})?\s*(?:的|这个)?\s*(?:附件|files?)(?:发(?:给)?我|给我)?(?:看看?)?$/iu;

/** Sends the files that a sentence asks for. False for any other sentence. */
export async function filesByWord(talk: Talk, text: string): Promise<boolean> {
  const said = plainSentence(text);
  const found = FILES.exec(said);
  if (!found) return false;
  const number = found.groups?.['number'];
  const { about, work, person } = talk;
  const replied = about && 'request' in about ? about.request : undefined;
  if (number === undefined && replied === undefined) return false;
  const request =
    number === undefined
      ? await readRequest(work.tx, replied ?? 0)
      : await requestNumbered(work.tx, number);
  if (!request || !(await mayOpen(work.tx, request, person.id))) {
    if (request) await record(work, 'refused.read', `request:${request.id}`);
    await say(talk, NOT_FOUND.zh, NOT_FOUND.en);
    return true;
  }
  const told = await oweFiles(talk, request);
  await say(talk, told.zh, told.en);
  return true;
}
