import { z } from 'zod';
import type { Card } from '../../cards/card.ts';
import { attempt, type Work, actingAs } from '../../db/work.ts';
import { type Text, words } from '../../cards/words.ts';
import { record } from '../audit/record.ts';
import type { IncomingTap, TapAnswer } from '../channels/channel.ts';
import { showing } from '../delivery/outcome.ts';
import { personAt } from '../directory/people.ts';
import { bulkDoneCard, STRANGER } from '../../cards/answers.ts';
import { approveListed, readListed } from './bulk.ts';
import type { Setup } from '../filing/move.ts';
import { tapDraft } from './draft-taps.ts';
import type { Names } from './names.ts';
import { hear } from './message.ts';
import { tapActions, tapMinutes } from './minutes-taps.ts';
import { hearAs, noteNotUnderstood, tapChange } from './rereading.ts';
import { tapRequest } from './request-taps.ts';
import { hearingAt, type Talk } from './talk.ts';
import { myRequests, myTasks } from './lists.ts';
import { oweNoticeToRole } from '../filing/notices.ts';
import { readOrganisation } from '../directory/organisation.ts';

/** A button's value as it comes back: a wish, checked for shape only. Numbers are ours or nothing. */
const wish = z.strictObject({
  v: z.literal(1),
  a: z.string().max(30),
  r: z.number().int().positive().optional(),
  d: z.number().int().positive().optional(),
  /** Minutes, and an action item. */
  m: z.number().int().positive().optional(),
  i: z.number().int().positive().optional(),
  n: z.number().int().nonnegative().optional(),
  s: z.string().max(60).optional(),
  o: z.string().max(40).optional(),
  t: z.string().max(300).optional(),
  l: z.string().max(40).optional(),
  f: z.number().int().nonnegative().max(100_000).optional(),
});
export type TapWish = z.infer<typeof wish>;

/** A tap on its way: who tapped which message, with what filled in. */
export type Tap = { readonly talk: Talk; readonly incoming: IncomingTap };

/** What a tap leads to: an answer, and which card the tapped message shows from now on. */
export type Tapped = TapAnswer & {
  readonly subject?: { readonly name: string; readonly version: number };
};

/** What a tap sets off, in the transaction that claimed its key. The answer is stored with the claim by the caller. */
export async function receiveTap(
  work: Work,
  setup: Setup,
  names: Names,
  incoming: IncomingTap,
): Promise<TapAnswer> {
  const person = await personAt(work.tx, incoming.from);
  if (!person) {
    await record(work, 'refused.stranger', 'office', { after: { channel: incoming.from.channel } });
    return { toast: { look: 'error', text: STRANGER } };
  }
  const parsed = wish.safeParse(incoming.value);
  const talk: Talk = {
    work: actingAs(work, person.id),
    setup,
    person,
    address: incoming.from,
    chat: 'private', // cards stand in the private chat, also when the wish was said in a group
    answers: { count: 0 },
    ...hearingAt(work.now, setup.rules.timeZone),
  };
  if (!parsed.success || (await aboutAnother(talk, incoming, parsed.data))) {
    await record(talk.work, 'refused.tampered', 'office', { after: { person: person.id } });
    return error(
      '这个按钮已经失效，请重新发起',
      'This button is no longer valid; please ask again',
    );
  }
  const { subject, ...answer } = await carryOut({ talk, incoming }, names, parsed.data);
  if (subject && incoming.message) {
    await showing(talk.work, {
      person: person.id,
      subject: subject.name,
      channel: incoming.from.channel,
      message: incoming.message,
      version: subject.version,
    });
  }
  return answer;
}

const error = (zh: string, en: string): TapAnswer => ({
  toast: { look: 'error', text: words(zh, en) },
});

/** The tapped message is known as the living card of something else: the value was tampered with. */
async function aboutAnother(talk: Talk, incoming: IncomingTap, wanted: TapWish): Promise<boolean> {
  if (incoming.message === undefined) return false;
  const shown = await talk.work.tx
    .selectFrom('shown_card')
    .select('subject')
    .where('channel', '=', incoming.from.channel)
    .where('message', '=', incoming.message)
    .execute();
  const meant = wanted.r
    ? `request:${wanted.r}`
    : wanted.d
      ? `draft:${wanted.d}`
      : wanted.m && `minutes:${wanted.m}`;
  return shown.length > 0 && meant !== undefined && !shown.some((row) => row.subject === meant);
}

async function carryOut(tap: Tap, names: Names, wanted: TapWish): Promise<Tapped> {
  const { talk } = tap;
  const tried = await attempt(talk.work, async (): Promise<Tapped> => {
    if (wanted.d !== undefined) return tapDraft(tap, names, wanted, wanted.d);
    if (wanted.r !== undefined && wanted.a === 'change')
      return tapChange(talk, names, wanted.r, wanted.t ?? '');
    if (wanted.r !== undefined) return tapRequest(tap, wanted, wanted.r);
    if (wanted.m !== undefined) return tapMinutes(tap, names, wanted, wanted.m);
    if (wanted.i !== undefined || wanted.a === 'actions') return tapActions(tap, wanted);
    switch (wanted.a) {
      case 'say':
        await hear(talk, names, wanted.t ?? '');
        return {};
      case 'as':
        await hearAs(talk, names, wanted.t ?? '', wanted.l ?? '');
        return {};
      case 'bulk':
        return bulk(talk, wanted.t ?? '');
      case 'list':
        return { card: await list(talk, wanted) };
      case 'ask-office':
        await noteNotUnderstood(talk, names, wanted.t ?? '');
        return askOffice(talk, wanted.t ?? '');
      default:
        return error(
          '这个按钮已经失效，请重新发起',
          'This button is no longer valid; please ask again',
        );
    }
  });
  if ('done' in tried) return tried.done;
  return { toast: { look: 'error', text: spoken(tried.refused.what, tried.refused.next) } };
}

const spoken = (what: { zh: string; en: string }, next?: { zh: string; en: string }): Text =>
  next ? words(`${what.zh}。${next.zh}`, `${what.en}. ${next.en}`) : what;

function list(talk: Talk, wanted: TapWish): Promise<Card> {
  const [name, kind] = (wanted.l ?? '').split(':');
  const first = wanted.f ?? 0;
  return name === 'tasks'
    ? myTasks(talk.work.tx, talk.person.id, talk, first)
    : myRequests(talk.work.tx, talk.person.id, talk, first, kind ? { kind } : {});
}

/** 「同意这 3 项」 under a list: each is asked for itself, now. */
async function bulk(talk: Talk, listed: string): Promise<Tapped> {
  const requests = readListed(listed);
  if (!requests)
    return error(
      '这个按钮已经失效，请重新发起',
      'This button is no longer valid; please ask again',
    );
  const text = await approveListed(talk, requests);
  return { toast: { look: 'info', text }, card: bulkDoneCard(text) };
}

/** Hands a sentence we did not understand to the people of the office. */
async function askOffice(talk: Talk, said: string): Promise<Tapped> {
  const { work, setup, person, address } = talk;
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const key = `ask:${work.cause}`;
  const text = words(
    `${person.name} 想请行政帮忙：${said}`,
    `${person.name} asks the office: ${said}`,
  );
  await oweNoticeToRole(work, setup.jobs, org, 'office', { key, text }, address.channel);
  return {
    toast: {
      look: 'success',
      text: words('已转给行政同事，会联系您', 'Sent to the office; they will get back to you'),
    },
  };
}
