import { readRequest, type Request } from '../filing/store.ts';
import type { Lexicon } from '../language/lexicon.ts';
import { readAs, understand } from '../language/understand.ts';
import { showChange } from './changing.ts';
import { actOnAll } from './bulk.ts';
import type { Asked, LastSaid, Led } from './last-said.ts';
import { actByWord, takingBack, urgeOne } from './own-requests.ts';
import { amongPeople } from '../directory/people-meant.ts';
import { isServed } from './piece.ts';
import { pointedAt } from './pointing.ts';
import { assigneesOf, openStep } from '../workflow/workflow.ts';
import { answer, type Talk } from './talk.ts';

/** A longer sentence is a wish of its own, not an answer to 「是哪一张？」. */
const LONGEST_ANSWER = 20;

/** A sentence that is so clear by itself is carried out by itself: confidence, 0 to 1. */
const CLEAR = 0.9;

/** What agrees to a list of what will be done. */
const YES =
  /^(?:是的?|对的?|好的?|确认|确定|可以|行|嗯+|同意|都?同意|ok|yes|sure|confirm)[。.!！]*$/iu;

/**
 * Takes a short sentence as the answer to what we asked last (珠峰那个, 第二个, 市场部的), instead of asking again. Undefined
 * when it points at none, or is clearly something else.
 */
export async function answerAsked(
  talk: Talk,
  lexicon: Lexicon,
  text: string,
  { asked }: LastSaid,
): Promise<Led | undefined> {
  if (!asked || text.length > LONGEST_ANSWER || talk.about) return undefined;
  if (asked.asked === 'bulk')
    return YES.test(text.trim()) ? actOnAll(talk, asked.act, asked.requests) : undefined;
  const [piece] = understand(text, lexicon, talk.now);
  const [best] = piece?.readings ?? [];
  if (best && best.confidence >= CLEAR && isServed(best)) return undefined;
  if (asked.asked === 'whom') return answerWhom(talk, asked, text);
  const requests: Request[] = [];
  for (const id of asked.requests) {
    const request = await readRequest(talk.work.tx, id);
    if (request) requests.push(request);
  }
  const meant = pointedAt(requests, { said: text, lexicon }, talk);
  const [only, another] = meant;
  if (!only || another || requests.length < 2) return undefined;
  return doAsked(talk, lexicon, only, asked);
}

async function doAsked(
  talk: Talk,
  lexicon: Lexicon,
  request: Request,
  { act, said }: Extract<Asked, { readonly asked: 'which' }>,
): Promise<Led> {
  switch (act) {
    case 'take-back':
      await actByWord(talk, { request: request.id, act: takingBack(request) });
      return {};
    case 'urge':
      await urgeOne(talk, request);
      return {};
    case 'change': {
      const reading = readAs(said ?? '', lexicon, talk.now, 'modify');
      return showChange(talk, request, { reading, said: said ?? '' });
    }
    default:
      await answer(talk, { view: 'request', request: request.id });
      return {};
  }
}

async function answerWhom(
  talk: Talk,
  asked: Extract<Asked, { readonly asked: 'whom' }>,
  text: string,
): Promise<Led | undefined> {
  const [only, another] = await amongPeople(talk.work.tx, asked.people, text);
  const request = await readRequest(talk.work.tx, asked.request);
  const step = request && openStep(request.workflow);
  // Handed over meanwhile, by a tap: then the sentence means something else.
  if (!only || another || !step || !assigneesOf(step).includes(talk.person.id)) return undefined;
  const place = asked.place ? { place: asked.place } : {};
  await actByWord(talk, {
    request: asked.request,
    act: asked.act,
    to: only.id,
    people: [only.id],
    ...place,
  });
  return {};
}
