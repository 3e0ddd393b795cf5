/** 「王芳那个会能让给我吗，有急事」, and 「征用王芳的珠峰，客户来访」 of who may. */
import { clean } from '../../cards/clean.ts';
import { peopleById } from '../directory/people.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { bookedAhead } from '../meetings/sharing/booked.ts';
import { mayBump, proposeBump } from '../meetings/sharing/bump.ts';
import { lookUp } from '../requests/room/attendees.ts';
import type { Led } from './last-said.ts';
import { pointedAt } from './pointing.ts';
import { answer, say, type Talk } from './talk.ts';

const ASKS =
  /^(?:请问|请|麻烦|能不能|能否|可不可以|可以)*(?:把|让)?(.{1,20}?)(?:那个|那场|那间|的)(.{0,40}?)(?:会议室|会议|会|房间)?(?:能不能|能否|能|可不可以|可以)?先?(?:让给|让|腾给)(?:我们|我)(?:先)?(?:用一下|用)?(?:吗|吧|么|行吗|好吗|可以吗)?(?:[,;:?\s]+(.+))?$/u;
const TAKES =
  /^(?:我们?要|请|需要|我)?(?:紧急)?征用(.{1,20}?)(?:那个|那场|那间|的)(.{0,40}?)(?:会议室|会议|会|房间)?(?:[,;:\s]+(.+))?$/u;
const EN =
  /^can (?:i|we) have (.{1,40}?)'s (?:room|meeting room)(?: (.{1,40}?))?(?:\?|,|;|:| because)\s*(.+)?$/iu;

/** The card of it, to be confirmed; undefined when the sentence is about something else. */
export async function bumpByWord(
  talk: Talk,
  lexicon: Lexicon,
  said: string,
): Promise<Led | undefined> {
  const taking = TAKES.exec(said);
  const found = taking ?? ASKS.exec(said) ?? EN.exec(said);
  if (!found) return undefined;
  const { work, setup, person } = talk;
  const [, name = '', pointing = '', why = ''] = found;
  const looked = await lookUp(work.tx, [name], person.id);
  const [host, another] = looked.found;
  if (host === undefined || another !== undefined) return undefined;
  const called = (await peopleById(work.tx, [host])).get(host)?.name ?? name;
  if (taking && !(await mayBump(work, setup.rules, person.id))) {
    await say(
      talk,
      `征用要由行政主管办理；可以说「${called}的会能让给我吗，原因」问问对方`,
      `Only the office manager takes rooms; you may ask ${called} for it instead`,
    );
    return {};
  }
  const reason = clean(why, 200);
  if (reason === '') {
    await say(
      talk,
      `请写上原因再说一遍，例如「${said.replace(/\?$/u, '')}，客户临时来访」`,
      'Please say it again with the reason',
    );
    return {};
  }
  const ahead = await bookedAhead(work.tx, host, work.now);
  const meant =
    pointing.trim() === '' ? ahead : pointedAt(ahead, { said: pointing, lexicon }, talk);
  const [only, more] = meant;
  if (!only) {
    await say(
      talk,
      `${called}没有还没开始的单次会议室预订`,
      `${called} has no single booking ahead`,
    );
    return {};
  }
  if (more) {
    await say(
      talk,
      `${called}订了几场，请说清楚哪一场，例如「${called}明天10点的珠峰能让给我吗，${reason}」`,
      `${called} has several bookings; please say which by room and time`,
    );
    return {};
  }
  const authority = taking !== null;
  const id = await proposeBump(work, { person: person.id, request: only, reason, authority });
  await answer(talk, { view: 'sharing', sort: 'bump', id });
  return {};
}
