/** 「我和王芳换一下」, 「把周三10点的黄山和王芳的珠峰换一下」: which two bookings are meant. */
import type { Words } from '../../cards/words.ts';
import { words } from '../../cards/words.ts';
import { peopleById } from '../directory/people.ts';
import type { Request } from '../filing/store.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { bookedAhead } from '../meetings/sharing/booked.ts';
import { proposeSwap } from '../meetings/sharing/swap.ts';
import { periodIn } from '../meetings/sharing/wanted.ts';
import { lookUp, withDepartment } from '../requests/room/attendees.ts';
import type { Led } from './last-said.ts';
import { pointedAt } from './pointing.ts';
import { answer, say, type Talk } from './talk.ts';

const ZH =
  /^(?:请|帮我|我想|我要|想|要|能不能|可不可以|可以)*(?:把|将)?(.{0,40}?)(?:和|跟|与|同)(.{1,40}?)(?:对换|互换|调换|交换|换|调)(?:一下|一换|个)?(?:会议室|房间|时间)?(?:吧|吗|可以吗|好吗)?$/u;
const EN =
  /^(?:please )?(?:swap|exchange|trade) (?:my (?:room|booking|meeting)|(.{1,40}?))? ?with (.{1,40}?)(?:'s (.{1,40}))?$/iu;
/** The speaker, and no booking in particular. */
const ME = /^(?:我|我的|咱|我们|我这个|我那个|我的会议室?)?$/u;

/** The card of the exchange, to be confirmed; undefined when the sentence is about something else. */
export async function swapByWord(
  talk: Talk,
  lexicon: Lexicon,
  said: string,
): Promise<Led | undefined> {
  const parts = partsOf(said);
  if (!parts) return undefined;
  const { found, several } = await lookUp(talk.work.tx, [parts.name], talk.person.id);
  const [first] = several;
  if (first) {
    const names = first.people.map(withDepartment).join('、');
    await say(
      talk,
      `${first.name}有 ${first.people.length} 位：${names}，请带上部门再说一遍`,
      `${first.name} is the name of ${first.people.length}: ${names}; please add the department`,
    );
    return {};
  }
  const [other, another] = found;
  if (other === undefined || another !== undefined) return undefined;
  const pair = await pairMeant(talk, lexicon, parts, other);
  if ('told' in pair) {
    await say(talk, pair.told.zh, pair.told.en);
    return {};
  }
  const id = await proposeSwap(talk.work, pair.mine, pair.theirs);
  await answer(talk, { view: 'sharing', sort: 'swap', id });
  return {};
}

type Parts = { readonly mine: string; readonly name: string; readonly theirs: string };

/** What is said of one's own booking, whose the other is, and what is said of that. */
function partsOf(said: string): Parts | undefined {
  const zh = ZH.exec(said);
  if (zh) {
    const mine = (zh[1] ?? '').trim();
    const [name = '', ...rest] = (zh[2] ?? '').split('的');
    const whose = name.replace(/(?:那个|那场|那间|的)$/u, '').trim();
    return whose === '' ? undefined : { mine, name: whose, theirs: rest.join('的') };
  }
  const en = EN.exec(said);
  return en ? { mine: en[1] ?? '', name: en[2] ?? '', theirs: en[3] ?? '' } : undefined;
}

async function pairMeant(
  talk: Talk,
  lexicon: Lexicon,
  parts: Parts,
  other: number,
): Promise<{ readonly mine: Request; readonly theirs: Request } | { readonly told: Words }> {
  const { work, person } = talk;
  const of = async (whose: number, said: string): Promise<readonly Request[]> => {
    const ahead = await bookedAhead(work.tx, whose, work.now);
    return ME.test(said) ? ahead : pointedAt(ahead, { said, lexicon }, talk);
  };
  const mine = await of(person.id, parts.mine);
  const theirs = await of(other, parts.theirs);
  const name = (await peopleById(work.tx, [other])).get(other)?.name ?? '';
  if (mine.length === 0)
    return {
      told: words(
        '您没有还没开始的单次会议室预订，没有可以换的',
        'You have no single booking ahead to exchange',
      ),
    };
  if (theirs.length === 0)
    return {
      told: words(
        `${name}没有还没开始的单次会议室预订，没有可以换的`,
        `${name} has no single booking ahead to exchange`,
      ),
    };
  const pairs = mine.flatMap((one) => theirs.map((two) => ({ mine: one, theirs: two })));
  const together = pairs.filter((pair) => overlap(pair.mine, pair.theirs));
  const [only, another] = pairs.length === 1 ? pairs : together;
  if (only && !another) return only;
  return {
    told: words(
      `请说清楚换哪两场，例如「把周三10点的黄山和${name}的珠峰换一下」`,
      `Please say which two, such as “swap 黄山 Wednesday 10:00 with ${name}'s 珠峰”`,
    ),
  };
}

/** Whether two take place at one time, in part. */
function overlap(one: Request, two: Request): boolean {
  const [a, b] = [periodIn(one.form), periodIn(two.form)];
  return (
    a !== undefined &&
    b !== undefined &&
    Temporal.Instant.compare(a.from, b.to) < 0 &&
    Temporal.Instant.compare(b.from, a.to) < 0
  );
}
