/** 「全部接单」「把这三张都撤回」「这几张都完成了」: what it would be done with is listed, and asked once. */
import type { BulkAct, BulkLine } from '../../cards/bulk.ts';
import { fold } from '../language/fold.ts';
import { readRequest, type Request } from '../filing/store.ts';
import { isSeries } from '../meetings/store.ts';
import { bulkOffer } from './bulk-offers.ts';
import type { Led } from './last-said.ts';
import { listedRequests, listedTasks, type ListShown, listShown } from './lists.ts';
import { mayGiveUp } from './own-requests.ts';
import { answer, type Talk } from './talk.ts';

/** More are gone through in another turn. */
const MOST_AT_ONCE = 10;

const COUNTS = '零一二三四五六七八九十';
const SENTENCE =
  /^(?:请|帮我|麻烦|那就?|我)*(?:把|将)?(?:(?:这|那|上面|以上|列出的?)*(?:(?<count>[两二三四五六七八九十]|\d{1,2})|几|些)?(?:张|个|项|单|份|条|件)?(?:申请单?|单子|任务|待办|报修|工单|领用单)?)(?:我)?(?:全部都?|全都|全|都|统统|一起|一并)(?:给我)?(?<verb>接单|接下来?|接|完成|办完|做完|修好|处理完|发放|签收|验收|撤回|撤销|取消|作废)(?:了|掉|吧|一下)*$/u;
const ENGLISH =
  /^(?:please )?(?<verb>take|claim|finish|complete|withdraw|cancel)(?: (?:all|them all|all of them|these(?: (?<count>\d{1,2}|two|three|four|five))?|everything))$/iu;
const COUNTS_EN = ['', '', 'two', 'three', 'four', 'five'];

type Meant = { readonly act: BulkAct; readonly label?: string; readonly count?: number };

const VERBS: { readonly [verb: string]: BulkAct } = {
  接: 'claim',
  撤: 'withdraw',
  取: 'withdraw',
  作: 'withdraw',
  take: 'claim',
  claim: 'claim',
  withdraw: 'withdraw',
  cancel: 'withdraw',
};

/** What the whole sentence means, if it is one of these. */
export function bulkMeant(text: string): Meant | undefined {
  const said = fold(text)
    .trim()
    .replace(/[。.!！~～]+$/u, '');
  const groups = (SENTENCE.exec(said) ?? ENGLISH.exec(said))?.groups;
  const verb = groups?.['verb']?.toLowerCase();
  if (!groups || verb === undefined) return undefined;
  const act = VERBS[verb] ?? VERBS[verb.charAt(0)] ?? 'complete';
  const label = ['发放', '签收', '验收'].includes(verb) ? { label: verb } : {};
  return { act, ...label, ...countIn(groups['count']) };
}

function countIn(count: string | undefined): { readonly count?: number } {
  if (count === undefined) return {};
  if (/^\d+$/u.test(count)) return { count: Number(count) };
  const place = Math.max(
    count === '两' ? 2 : COUNTS.indexOf(count),
    COUNTS_EN.indexOf(count.toLowerCase()),
  );
  return place > 0 ? { count: place } : {};
}

/**
 * Undefined for any other sentence, and where there is nothing of the sort to be done. It is about what the list shows that the person has just
 * been shown; without one, about all that they may do it with.
 */
export async function bulkByWord(talk: Talk, text: string): Promise<Led | undefined> {
  const meant = bulkMeant(text);
  if (!meant || talk.about) return undefined;
  const lines = (await fitting(talk, meant)).slice(0, MOST_AT_ONCE);
  if (lines.length === 0) return undefined;
  const { act, count } = meant;
  const said = count === undefined ? {} : { said: count };
  await answer(talk, { view: 'bulk', requests: lines, act, ...said });
  return { asked: { asked: 'bulk', requests: lines, act } };
}

async function fitting(talk: Talk, { act, label }: Meant): Promise<readonly BulkLine[]> {
  const { work, setup, person } = talk;
  const shown = await lastList(talk);
  const requests: Request[] = [];
  const ids =
    act === 'withdraw'
      ? await listedRequests(work.tx, person.id, shown?.view === 'requests' ? shown : undefined)
      : await listedTasks(work.tx, person.id, shown?.view === 'tasks' ? shown : undefined);
  for (const id of ids) {
    const request = await readRequest(work.tx, id);
    if (request) requests.push(request);
  }
  return requests.flatMap((request) => {
    if (act === 'withdraw') {
      // Of a series that is booked it is asked which dates.
      const dates = isSeries(request) && request.state === 'booked';
      const { id, version } = request;
      return mayGiveUp(request, talk) && !dates ? [{ id, version }] : [];
    }
    const offer = bulkOffer(request, person.id, setup.rules, work.now);
    const fits = offer?.act === act && (label === undefined || offer.label?.zh === label);
    return offer && fits ? [{ id: offer.id, version: offer.version }] : [];
  });
}

/** The list that was the last thing shown to the speaker, if it was one. */
async function lastList({ work, person }: Talk): Promise<ListShown | undefined> {
  const last = await work.tx
    .selectFrom('delivery')
    .select('view')
    .where('person_id', '=', person.id)
    .where('attention', '=', true)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const read = listShown.safeParse(last?.view);
  return read.success ? read.data : undefined;
}
