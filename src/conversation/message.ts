import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import {
  type IncomingMessage,
  type IncomingOpening,
  OfficeUnavailable,
} from '../channels/channel.ts';
import { oweTo } from '../delivery/owe.ts';
import { personAt, type Person } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { LONGEST, understand } from '../language/understand.ts';
import { STRANGER } from '../../cards/answers.ts';
import { clean } from '../../cards/clean.ts';
import { words } from '../../cards/words.ts';
import { actingAs } from '../../db/work.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { type About, aboutMessage, type AboutQuestion, minutesCardAt } from './about.ts';
import { pointToPrivate } from './groups.ts';
import { followLanguage } from './language.ts';
import { bulkByWord } from './bulk-words.ts';
import { type LastSaid, lastSaid, type Led, recall, remember } from './last-said.ts';
import { minutesByText } from './minutes-words.ts';
import { noteCorrection } from './corrections.ts';
import { doorByWord } from './door-words.ts';
import { meetingByWord } from './meeting-words.ts';
import type { Names } from './names.ts';
import { assetByWord } from './asset-words.ts';
import { repairByWord } from './repair-words.ts';
import { answerAsked } from './pending.ts';
import { answerForm } from './other-forms.ts';
import { expenseByWord } from './expense-words.ts';
import { feedByWord } from './feed-words.ts';
import { keepFiles } from './files.ts';
import { heardAsReply } from './question-replies.ts';
import { filesByWord } from './request-files.ts';
import { handlePiece } from './piece.ts';
import { seriesEditByWord } from './series-edit-words.ts';
import { seriesByWord } from './series-words.ts';
import { disagreement, readAgain } from './next-reading.ts';
import { sharingByWord } from './sharing-words.ts';
import { type SecondReading, withSecond } from './second-reading.ts';
import { elsewhereOf } from './elsewhere.ts';
import { roomUseByWord } from './reports.ts';
import { roomDayByWord } from './room-words.ts';
import { spaceByWord } from './space-words.ts';
import { stockByWord } from './stock-words.ts';
import { answer, hearingAt, say, sayOnceIn, type Talk } from './talk.ts';
import { importByWord } from './imports.ts';
import { threadByWord } from './thread.ts';
import { undoByWord } from './undo.ts';

/** One message asks for at most this many things; the rest is asked for again. */
const MOST_PIECES = 5;

/** What a message sets off, in the transaction that claimed its key. */
export async function receiveMessage(
  work: Work,
  setup: Setup,
  names: Names,
  incoming: IncomingMessage,
  second?: SecondReading,
): Promise<void> {
  const person = await personAt(work.tx, incoming.from);
  if (!person) return refuseStranger(work, setup, incoming);
  const about = await repliedTo(work, person, incoming);
  const onMinutes = await repliedToMinutes(work, person, incoming);
  const talk: Talk = {
    ...(await talkOf(work, setup, person, incoming)),
    ...(about && !('question' in about) ? { about } : {}),
    ...(onMinutes ? { onMinutes } : {}),
  };
  await greet(talk);
  const greeted = talk.answers.count;
  await respond(talk, names, incoming, about, second);
  if (talk.answers.count > greeted) await pointToPrivate(talk);
}

async function respond(
  talk: Talk,
  names: Names,
  { form, files, text }: IncomingMessage,
  about: About | AboutQuestion | undefined,
  second: SecondReading | undefined,
): Promise<void> {
  if (form) return answerForm(talk, form);
  if (files.length > 0) await keepFiles(talk, files, text.trim() === '');
  if (await filesByWord(talk, text)) return;
  if (about && (await heardAsReply(talk, about, names, clean(text, LONGEST, 'many')))) return;
  if (text.trim() !== '') return hear(talk, names, text, second);
  if (files.length === 0) {
    await say(
      talk,
      '我看得懂文字和图片，请用一句话说要办什么',
      'I read text and pictures; please say in a sentence what you need',
    );
  }
}

/** What was heard once is not heard again: what was made of it may be on its way. Its writer is told how to change that. */
export async function answerEdited(
  work: Work,
  setup: Setup,
  incoming: IncomingMessage,
): Promise<void> {
  const person = await personAt(work.tx, incoming.from);
  if (!person) return;
  await sayOnceIn(
    await talkOf(work, setup, person, incoming),
    EDITED_AGAIN_MINUTES,
    'edited',
    EDITED,
  );
}

/** Who mends three slips of a sentence is told once. */
const EDITED_AGAIN_MINUTES = 10;
const EDITED = words(
  '编辑过的消息我不会重新办理。要改的话，直接说改成什么，例如「改到4点」；要作废，撤回那条消息或说「算了」',
  'I do not act on an edited message again. To change something, say what it should be, like “make it 4 pm”; to drop it, recall the message or say “never mind”',
);

const repliedTo = async (
  { tx }: Work,
  person: Person,
  { from, repliesTo }: IncomingMessage,
): Promise<About | AboutQuestion | undefined> =>
  repliesTo === undefined ? undefined : aboutMessage(tx, person, from.channel, repliesTo);

const repliedToMinutes = async (
  { tx }: Work,
  person: Person,
  { from, repliesTo }: IncomingMessage,
): Promise<Talk['onMinutes']> =>
  repliesTo === undefined ? undefined : minutesCardAt(tx, person, from.channel, repliesTo);

/** Understands a text and answers each thing it asks for. */
export async function hear(
  talk: Talk,
  names: Names,
  whole: string,
  second?: SecondReading,
): Promise<void> {
  const lexicon = await names.lexicon(talk.work.tx);
  const text = clean(whole, LONGEST, 'many');
  await followLanguage(talk, text);
  const minutes = await minutesByText(talk, lexicon, whole);
  if (minutes) return remember(talk, lastSaid(text, minutes));
  if (text.length >= LONGEST) {
    await say(
      talk,
      `消息太长，只看了前 ${LONGEST} 个字`,
      `Too long: only the first ${LONGEST} characters were read`,
    );
  }
  const last = await recall(talk);
  const more = last && last.tried.length > 0 ? disagreement(text) : undefined;
  if (!last || more === undefined) return hearAnew(talk, lexicon, text, last, second);
  const misreading = await readAgain(talk, lexicon, last, more);
  // 不是这个意思，我要报修: what follows is the correction.
  if (more !== '') await hearAnew(talk, lexicon, more, { ...last, asked: undefined, misreading });
}

/** Does what a whole message says, or leaves it to the others: undefined. */
type ByWord = (talk: Talk, text: string, lexicon: Lexicon) => Promise<Led | undefined>;

/** Asked in this order before a message is taken apart (an agenda has several lines): each knows its own turns of phrase. */
const BY_WORD: readonly ByWord[] = [
  doorByWord,
  undoByWord,
  bulkByWord,
  meetingByWord,
  importByWord,
  feedByWord,
  threadByWord,
  repairByWord,
  assetByWord,
  stockByWord,
  expenseByWord,
  seriesEditByWord,
  seriesByWord,
  sharingByWord,
  spaceByWord,
  roomUseByWord,
  roomDayByWord,
];

async function hearAnew(
  talk: Talk,
  lexicon: Lexicon,
  text: string,
  last: LastSaid | undefined,
  second?: SecondReading,
): Promise<void> {
  const answered = last && (await answerAsked(talk, lexicon, text, last));
  if (answered) return remember(talk, lastSaid(text, answered));
  for (const hears of BY_WORD) {
    const led = await hears(talk, text, lexicon);
    if (led) return remember(talk, lastSaid(text, led));
  }
  const pieces = withSecond(understand(text, lexicon, talk.now), second);
  for (const piece of pieces.slice(0, MOST_PIECES)) {
    const led = await handlePiece(talk, piece, lexicon);
    await remember(talk, lastSaid(piece.text, led));
    if (last) await noteCorrection(talk, lexicon, last, piece, led);
  }
  if (pieces.length > MOST_PIECES) {
    await say(
      talk,
      `一次最多办 ${MOST_PIECES} 件事，后面的请再说一遍`,
      `At most ${MOST_PIECES} things at a time; please say the rest again`,
    );
  }
}

/** Somebody opened the private chat or touched the menu. The first time they are greeted; the menu says what it says. */
export async function receiveOpening(
  work: Work,
  setup: Setup,
  names: Names,
  incoming: IncomingOpening,
): Promise<void> {
  const person = await personAt(work.tx, incoming.from);
  if (!person) return undefined; // opening a chat says nothing, so a stranger is told nothing
  const talk = await talkOf(work, setup, person, { from: incoming.from, sentAt: work.now });
  await greet(talk);
  // An entry that the office made up for itself gets the overview, unless the greeting has just shown it.
  if (incoming.menu === undefined) return;
  const says = MENU[incoming.menu] ?? MENU['help'] ?? '';
  if (says !== MENU['help'] || talk.person.greeted) await hear(talk, names, says);
}

/** What the entries of the bot's menu say, by their event key. */
const MENU: { readonly [key: string]: string } = {
  help: '帮助',
  my_requests: '我的申请',
  my_tasks: '我的待办',
  free_rooms: '今天哪些会议室有空',
};

const talkOf = async (
  work: Work,
  setup: Setup,
  person: Person,
  incoming: Pick<IncomingMessage, 'from' | 'sentAt'> &
    Partial<Pick<IncomingMessage, 'chat' | 'group' | 'message' | 'text'>>,
): Promise<Talk> => ({
  work: actingAs(work, person.id),
  setup,
  person,
  address: incoming.from,
  // Cards always go to the private chat; a group keeps its own thread of thought apart.
  chat: incoming.group && incoming.chat ? incoming.chat : 'private',
  ...(incoming.message ? { message: incoming.message } : {}),
  ...(incoming.group && incoming.message
    ? { group: { message: incoming.message, said: incoming.text ?? '' } }
    : {}),
  answers: { count: 0 },
  // 「明天」 is meant as of when it was written, also when it reaches us hours later.
  ...hearingAt(
    incoming.sentAt,
    setup.rules.timeZone,
    await elsewhereOf(work.tx, setup.rules, person.id),
  ),
});

/** On first contact: one card, who I am and what can be said. Marked by a conditional write, so two replicas greet once. */
async function greet(talk: Talk): Promise<void> {
  if (talk.person.greeted) return;
  const first = await talk.work.tx
    .updateTable('person')
    .set({ greeted_at: talk.work.now })
    .where('id', '=', talk.person.id)
    .where('greeted_at', 'is', null)
    .executeTakeFirst();
  if (first.numUpdatedRows === 1n) await answer(talk, { view: 'help', first: true });
}

/** Polite, at most once a day, and nothing else. Before the directory was read for the first time nobody is a stranger yet. */
async function refuseStranger(work: Work, setup: Setup, incoming: IncomingMessage): Promise<void> {
  const anybody = await work.tx.selectFrom('person').select('id').limit(1).executeTakeFirst();
  if (!anybody) throw new OfficeUnavailable('the directory has not been read yet');
  const day = work.now.toZonedDateTimeISO(setup.rules.timeZone).toPlainDate().toString();
  await record(work, 'refused.stranger', 'office', { after: { channel: incoming.from.channel } });
  await oweTo(
    work,
    setup.jobs,
    { address: incoming.from, person: null },
    {
      what: `stranger:${incoming.from.channel}:${incoming.from.id}:${day}`,
      view: { view: 'notice', text: STRANGER },
      attention: true,
      priority: 0,
    },
  );
}
