/** Minutes and action items by word: what is pasted, what is said of an item, replies to their cards. */
import { type Words, words } from '../../cards/words.ts';
import { clean } from '../../cards/clean.ts';
import { peopleMeant } from '../directory/people-meant.ts';
import { fold } from '../language/fold.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { understand } from '../language/understand.ts';
import { actOnItem, type ItemWish } from '../minutes/acting.ts';
import { dueDatesIn } from '../minutes/by-when.ts';
import { askedFor, draftOf, newMinutes, titleIn, waive } from '../minutes/drafting.ts';
import { extract } from '../minutes/extract.ts';
import {
  type ActionItem,
  askedOf,
  ITEM_NUMBER,
  itemNumbered,
  lockMinutes,
  type Minutes,
  unfinishedOf,
} from '../minutes/store.ts';
import type { Led } from './last-said.ts';
import { isServed } from './piece.ts';
import { answer, say, type Talk } from './talk.ts';

const MINE =
  /^(?:查看|看看|看一下|查一下|打开)?我(?:还)?(?:的|有哪些|有什么|名下的?)(?:行动项|会议待办|决议事项)(?:列表|有哪些)?[?？。]?$|^(?:show )?my action items?[?.]?$/iu;
const NONE =
  /^(?:这次|本次|这个会|会议)?(?:无需|不用|不需要|没有|免)(?:写|发|给|要)?(?:会议)?纪要了?[。.!！]?$|^no minutes(?: needed)?[.!]?$/iu;
/** 生成纪要：…, 会议纪要 …, minutes: … with the text behind it. */
const GIVEN =
  /^(?:请|帮我|麻烦)?(?:生成|整理|提交|发一下|做)?(?:一份|一下|个)?(?:会议)?(?:纪要|记录)\s*(?:[：:]|\n|\s)\s*(?=\S)|^(?:meeting )?minutes\s*(?:of\s[^\n:]{1,60})?\s*[：:\n]\s*(?=\S)/iu;
/** The first line is the head of minutes: 「产品周会纪要」. */
const HEADED =
  /^[^\n]{0,40}(?:会议纪要|会议记录|周会纪要|例会纪要|纪要|meeting minutes|meeting notes)[^\n]{0,6}\n+\s*\S/iu;

/** Longer than this is no sentence about one item. */
const LONGEST_SENTENCE = 200;
/** Shorter than this, what stands behind 纪要 asks for minutes rather than gives them (会议纪要 发我). */
const SHORTEST = 12;

/** What a text does with minutes or action items; undefined when it is about something else. */
export async function minutesByText(
  talk: Talk,
  lexicon: Lexicon,
  text: string,
): Promise<Led | undefined> {
  const said = fold(text).trim();
  // Minutes may well name an older item; who speaks of one says a sentence.
  if (said.length <= LONGEST_SENTENCE && ITEM_NUMBER.test(said))
    return itemByNumber(talk, lexicon, said, text);
  if (MINE.test(said)) {
    await answer(talk, { view: 'actions', scope: 0 });
    return {};
  }
  if (talk.onMinutes && 'actions' in talk.onMinutes)
    return itemByReply(talk, lexicon, talk.onMinutes.actions, text);
  if (NONE.test(said)) return waivedByWord(talk);
  const given = await givenIn(talk, lexicon, text, said);
  return given && give(talk, lexicon, given.minutes, given.text);
}

type Given = { readonly minutes: Minutes | undefined; readonly text: string };

/** Minutes in a text: in reply to their card, behind 生成纪要, under a head, or plainly so while their host owes some. */
async function givenIn(
  talk: Talk,
  lexicon: Lexicon,
  text: string,
  said: string,
): Promise<Given | undefined> {
  const { work, person, onMinutes } = talk;
  if (onMinutes && 'minutes' in onMinutes) {
    const minutes = await lockMinutes(work.tx, onMinutes.minutes);
    return minutes?.host_id === person.id ? { minutes, text } : undefined;
  }
  const mark = GIVEN.exec(said)?.[0] ?? '';
  const body = text.trim().slice(mark.length);
  const marked = mark !== '' && body.length >= SHORTEST && !/[?？吗]$/u.test(said);
  if (!marked && !HEADED.test(said) && !(await readsLikeMinutes(talk, lexicon, text)))
    return undefined;
  const asked = await askedFor(work, person.id, text);
  return { minutes: asked && (await lockMinutes(work.tx, asked.id)), text: marked ? body : text };
}

/** A host who owes minutes writes down who does what, and asks for nothing else that is clear. */
async function readsLikeMinutes(talk: Talk, lexicon: Lexicon, text: string): Promise<boolean> {
  if ((await askedOf(talk.work.tx, talk.person.id)).length === 0) return false;
  const { items } = extract(text, { now: talk.now, people: lexicon.people });
  const named = items.filter(({ owner }) => owner !== null);
  const lines = text.trim().split('\n').length;
  if (named.length === 0) return false;
  if (lines > 1) return true;
  const [best] = understand(text, lexicon, talk.now)[0]?.readings ?? [];
  return (
    named.some(({ due }) => due !== null) && !(best && isServed(best) && best.intent !== 'minutes')
  );
}

async function give(
  talk: Talk,
  lexicon: Lexicon,
  asked: Minutes | undefined,
  text: string,
): Promise<Led> {
  const { work, setup, person, address } = talk;
  const minutes = asked ?? (await newMinutes(work, person.id, address.channel, titleIn(text)));
  const reader = { now: talk.now, people: lexicon.people };
  const drafted = await draftOf(work, setup, minutes, text, reader);
  const found = foundText(drafted.found);
  if (drafted.found === 0) await say(talk, found.zh, found.en);
  await answer(talk, { view: 'minutes', minutes: minutes.id });
  return { as: 'minutes' };
}

/** What was found in a text, and what comes next. */
export const foundText = (found: number): Words =>
  found === 0
    ? words(
        '没有看出行动项。可以点「加一条」，或直接确认',
        'I found no action items. Tap “Add an item”, or just confirm',
      )
    : words(
        `整理出 ${found} 项行动项，请核对后点「确认并分派」`,
        `${found} action items found; please check and hand them out`,
      );

async function waivedByWord(talk: Talk): Promise<Led | undefined> {
  const { work, person, onMinutes } = talk;
  const [newest] = await askedOf(work.tx, person.id);
  const id = onMinutes && 'minutes' in onMinutes ? onMinutes.minutes : newest?.id;
  const minutes = id === undefined ? undefined : await lockMinutes(work.tx, id);
  if (minutes?.host_id !== person.id || minutes.state !== 'asked') return undefined;
  await waive(work, minutes);
  await answer(talk, { view: 'minutes', minutes: minutes.id });
  return { as: 'minutes' };
}

async function itemByNumber(
  talk: Talk,
  lexicon: Lexicon,
  said: string,
  text: string,
): Promise<Led> {
  const item = await itemNumbered(talk.work.tx, said);
  if (!item || (item.owner_id !== talk.person.id && item.asked_by !== talk.person.id)) {
    await say(talk, '没有找到您名下的这条行动项', 'There is no such action item of yours');
    return {};
  }
  const at = ITEM_NUMBER.exec(fold(text));
  const rest = at ? `${text.slice(0, at.index)} ${text.slice(at.index + at[0].length)}` : text;
  return itemSaid(talk, lexicon, item, rest);
}

/** A reply to a card of items means the only one that is open on it; of several the number has to be said. */
async function itemByReply(
  talk: Talk,
  lexicon: Lexicon,
  scope: number,
  text: string,
): Promise<Led | undefined> {
  if (!isAct(text)) return undefined;
  const open = await unfinishedOf(talk.work.tx, talk.person.id, scope === 0 ? undefined : scope);
  const [only, another] = open;
  if (only && !another) return itemSaid(talk, lexicon, only, text);
  const numbers = open
    .map(({ number }) => number)
    .slice(0, 8)
    .join('、');
  await say(
    talk,
    only ? `是哪一条？请带上编号：${numbers}` : '您没有待办的行动项了',
    only ? `Which one? Please say its number: ${numbers}` : 'You have no open action items',
  );
  return {};
}

const POSTPONE = /延期|延后|推迟|延到|推到|改到|顺延|\b(?:postpone|delay|extend|push)/iu;
const REFUSE = /不是我|不归我|不该我|不属于我|\bnot (?:mine|me|my)\b/iu;
const PASS = /转给|转交给?|改由|交给|换成|\b(?:reassign|hand over|give)\b.*\bto\b/iu;
const DOING = /进行中|正在做|在做了?|已开始|开始做|\b(?:in progress|started|working on)\b/iu;
const DONE = /完成|做完|办完|办好|搞定|已交|弄好|\b(?:done|finished|completed?)\b/iu;
const NOT = /没|未|不能|无法|还不|\bnot\b|n't/iu;

const isAct = (text: string): boolean =>
  [POSTPONE, REFUSE, PASS, DOING, DONE].some((each) => each.test(fold(text)));

async function itemSaid(
  talk: Talk,
  lexicon: Lexicon,
  item: ActionItem,
  text: string,
): Promise<Led> {
  const wish = await wishIn(talk, text);
  if (wish === 'nobody') {
    await say(talk, '转给哪一位？请说全名，重名请带部门', 'To whom? Please say the full name');
    return {};
  }
  if (!wish) {
    const own = item.owner_id === talk.person.id;
    await answer(
      talk,
      own
        ? { view: 'actions', scope: item.minutes_id }
        : { view: 'minutes', minutes: item.minutes_id },
    );
    return {};
  }
  const { text: told } = await actOnItem(talk.work, talk.setup, talk.person.id, item.id, wish);
  await say(talk, told.zh, told.en);
  return {};
}

/** What is to be done with an item; `nobody`: it is to go to somebody who is not known. */
async function wishIn(talk: Talk, text: string): Promise<ItemWish | 'nobody' | undefined> {
  const said = fold(text);
  if (POSTPONE.test(said)) return postponed(talk, text, said);
  if (REFUSE.test(said)) return { act: 'refuse', reason: reasonIn(said.replace(REFUSE, ' ')) };
  const pass = PASS.exec(said);
  if (pass) {
    const name = text
      .slice(pass.index + pass[0].length)
      .replace(/[。.!！]+$/u, '')
      .trim();
    const [only, another] = await peopleMeant(talk.work.tx, name, []);
    return only && !another ? { act: 'reassign', owner: only.id } : 'nobody';
  }
  if (NOT.test(said)) return undefined;
  if (DOING.test(said)) return { act: 'doing' };
  return DONE.test(said) ? { act: 'done' } : undefined;
}

function postponed(talk: Talk, text: string, said: string): ItemWish {
  const day = dueDatesIn(text, talk.now).at(-1);
  const rest = day ? `${said.slice(0, day.from)} ${said.slice(day.to)}` : said;
  return {
    act: 'postpone',
    due: day && Temporal.PlainDate.from(day.date),
    reason: reasonIn(rest.replace(POSTPONE, ' ')),
  };
}

/** What is left of a sentence is the reason. */
const reasonIn = (rest: string): string =>
  clean(
    rest
      .replace(/^[\s，,。.:：、的要]+|[\s。.!！]+$/gu, '')
      .replace(
        /^(?:到|的|了|一下)?\s*[，,、]?\s*(?:因为|由于|原因是?|because|since)?[：:\s]*/iu,
        '',
      ),
    200,
  );
