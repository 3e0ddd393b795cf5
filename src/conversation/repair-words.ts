/** What is said about a repair besides reporting one: parts used, no longer watching, a major fault. */
import { attempt } from '../../db/work.ts';
import { words } from '../../cards/words.ts';
import { lockRequest, readRequest, requestNumbered, type Request } from '../filing/store.ts';
import { fold } from '../language/fold.ts';
import { declareMajor, majorByCost } from '../repairs/major.ts';
import { maySort } from '../repairs/sort.ts';
import { usedIn, useParts } from '../repairs/parts.ts';
import { leaveRepair } from '../repairs/watchers.ts';
import { kindNamed } from '../requests/index.ts';
import { assetNumbered } from '../requests/repair/assets.ts';
import { startDraft } from './drafts.ts';
import type { Led } from './last-said.ts';
import { refusalText } from './submitting.ts';
import { answer, say, type Talk } from './talk.ts';

const USED = /^(?:我)?(?:修|维修)?(?:的时候|时)?(?:用了|用掉了?|用掉|领用了)\s*(.+)$/u;
const MAJOR = /^(?:这是|列为|算|标为)?(?:一个)?重大故障(?:了)?$|^major fault$/iu;
const LEAVES =
  /^(?:不再关注|取消关注|不关注了?|别再通知我?|不用通知我了?|stop watching)(?:这一?单|了)?\s*([A-Z]+-?\d{2}-?\d{1,6})?$/iu;

/** What a label says and nothing more: 「报修 AST-0007」, or the number alone. */
const REPORTS =
  /^(?:我要|扫码)?(?:报修|report)?[\s:：]*((?![A-Za-z]{1,6}-\d{2}-\d{4}$)[A-Za-z]{2,8}-(?:\d{4}-)?\d{3,8})[。.!！]?$/iu;

/** Carries it out; undefined when the sentence is about something else, or about no repair of theirs. */
export async function repairByWord(talk: Talk, text: string): Promise<Led | undefined> {
  const said = fold(text)
    .trim()
    .replace(/[。.!！~～]+$/u, '');
  const used = USED.exec(said)?.[1];
  if (used !== undefined) return partsSaid(talk, used);
  const number = REPORTS.exec(text.normalize('NFKC').trim())?.[1];
  if (number !== undefined) return reportSaid(talk, number, text);
  if (MAJOR.test(said)) return majorSaid(talk);
  const leaves = LEAVES.exec(said);
  return leaves ? leaveSaid(talk, leaves[1]) : undefined;
}

/** A report begun by the number of an asset; a number of nothing that we have is none. */
async function reportSaid(talk: Talk, said: string, text: string): Promise<Led | undefined> {
  const asset = await assetNumbered(talk.work.tx, said);
  if (!asset) return undefined;
  const draft = await startDraft(
    talk,
    kindNamed('repair'),
    { asset: asset.number },
    { said: text },
  );
  await answer(talk, { view: 'draft', draft: draft.id });
  return { as: 'repair.report', draft: draft.id };
}

/** 「用了2个硒鼓」: for the repair whose card was replied to, else for the only one they work on. */
async function partsSaid(talk: Talk, said: string): Promise<Led | undefined> {
  const request = await worksOn(talk);
  const used = request && usedIn(said);
  if (!request || !used) return undefined;
  const { work, setup, person } = talk;
  const tried = await attempt(work, () => useParts(work, setup, request.id, person.id, used));
  if ('done' in tried) await majorByCost(work, setup, tried.done);
  if ('refused' in tried) {
    const text = refusalText(tried.refused);
    await say(talk, text.zh, text.en);
    return {};
  }
  const told = words(
    `已记到 ${request.number} 并出库`,
    `Noted with ${request.number} and taken from stock`,
  );
  await say(talk, told.zh, told.en);
  await answer(talk, { view: 'request', request: request.id });
  return {};
}

/** The repair that a person speaks of while they work: the one replied to, else the only one they have taken. */
export async function worksOn(talk: Talk): Promise<Request | undefined> {
  const { about, work, person } = talk;
  if (about && 'request' in about) {
    const replied = await readRequest(work.tx, about.request);
    return replied?.kind === 'repair' ? replied : undefined;
  }
  const rows = await work.tx
    .selectFrom('task')
    .innerJoin('request', 'request.id', 'task.request_id')
    .select('request.id')
    .where('request.kind', '=', 'repair')
    .where('task.person_id', '=', person.id)
    .where('task.step_id', '=', 'fix')
    .where('task.state', '=', 'open')
    .execute();
  const requests = [];
  for (const { id } of rows) {
    const request = await readRequest(work.tx, id);
    const step = request?.workflow.steps.find((each) => each.id === 'fix');
    if (request && step?.claimedBy === person.id) requests.push(request);
  }
  const [only, another] = requests;
  return another ? undefined : only;
}

/** 「重大故障」 in reply to its card, or for the only one they work on. */
async function majorSaid(talk: Talk): Promise<Led | undefined> {
  const { work, setup, person } = talk;
  const found = await worksOn(talk);
  const request = found && (await lockRequest(work.tx, found.id));
  if (!request || !maySort(request, person.id)) return undefined;
  const declared = await declareMajor(work, setup, request);
  const text = declared
    ? words(`${request.number} 已列为重大故障`, `${request.number} is a major fault from now on`)
    : words('已经是重大故障了', 'It is one already');
  await say(talk, text.zh, text.en);
  return {};
}

async function leaveSaid(talk: Talk, number: string | undefined): Promise<Led | undefined> {
  const { work, about, person } = talk;
  const request =
    number === undefined
      ? about && 'request' in about
        ? await readRequest(work.tx, about.request)
        : undefined
      : await requestNumbered(work.tx, number);
  if (!request || request.kind !== 'repair') return undefined;
  const left = await leaveRepair(work, request.id, person.id);
  const text = left
    ? words(`不再通知您 ${request.number} 的进展`, `You will hear no more of ${request.number}`)
    : words('您没有在关注这一单', 'You do not watch this one');
  await say(talk, text.zh, text.en);
  return {};
}
