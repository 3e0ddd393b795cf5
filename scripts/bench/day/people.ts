/** What 300 people do in the chat on one day: they ask, submit, decide, carry out, and talk; whoever is not answered tries again, as people do. */
import type { Feishu, Tapped } from '../../../test/feishu-platform/index.ts';
import type { JsonObject } from '../../../test/feishu-platform/json.ts';
import { valuesOf } from '../../../test/office/feishu-client.ts';
import { type Chance, chance } from '../year/chance.ts';
import { staff } from '../year/company.ts';
import { wish } from '../year/people.ts';
import type { DayOffice } from './office.ts';

/** Something somebody does at a minute of the day. */
type Deed = { readonly minute: number; readonly act: (minute: number) => Promise<void> };

export type Day = {
  /** Does all that is due by a minute of the day, side by side. */
  readonly live: (minute: number) => Promise<void>;
  readonly done: Done;
};

export type Done = {
  /** Ids of what was written. */
  readonly written: string[];
  /** Requests that were submitted by a tap answered well; and what became of the other wishes. */
  submitted: number;
  /** Reports of what somebody else had reported, whose people went along with that. */
  joined: number;
  readonly givenUp: Map<string, number>;
  /** Decisions and steps tapped and answered well, and taps that had to be repeated. */
  acted: number;
  tappedAgain: number;
  /** From the message to the reply on the screen, ms of real time, of those answered within `PATIENCE_MS`; and how many were not. */
  readonly replyMs: number[];
  late: number;
  /** From the tap to its answer, ms. */
  readonly tapMs: number[];
};

/** A tap that was answered with: still working. `since`: the minute of the wish. */
type Waiting = { readonly message: string; readonly person: string; readonly since: number };

/** Minutes in which wishes come; the afternoon's decisions take a while longer. */
export const WORKING = 8 * 60;
/** A person looks at the screen so long for an answer, ms. */
const PATIENCE_MS = 2_000;
/** Whoever got no card after so many minutes gives up. */
const GIVES_UP = 20;

const TALK = [
  '我的申请',
  '待我审批',
  '明天下午有空的会议室吗',
  '签字笔还有多少',
  '谢谢',
  '你好',
  '今天有什么会',
  '我有哪些待办',
] as const;

export function createPeople(
  office: DayOffice,
  plan: { readonly requests: number; readonly messages: number; readonly seed: number },
): Day {
  const { feishu } = office;
  const by = chance(plan.seed);
  const done: Done = {
    written: [],
    submitted: 0,
    joined: 0,
    givenUp: new Map(),
    acted: 0,
    tappedAgain: 0,
    replyMs: [],
    late: 0,
    tapMs: [],
  };
  const deeds: Deed[] = [];
  const say = async (person: string, text: string, chat?: string): Promise<void> => {
    office.nextProgram();
    const told = (): number => (chat === undefined ? botMessages(feishu, person) : 0);
    const before = told();
    const began = performance.now();
    const { messageId } = await feishu.says(person, text, chat === undefined ? {} : { chat });
    done.written.push(messageId);
    if (chat !== undefined) return;
    await feishu
      .waitFor(() => told() > before, PATIENCE_MS)
      .then(() => done.replyMs.push(performance.now() - began))
      .catch(() => done.late++);
  };
  const tap = async (person: string, message: string, value: JsonObject): Promise<Tapped> => {
    office.nextProgram();
    const tapped = await feishu.taps(person, message, { button: { value } });
    if (tapped.stopped === undefined) done.tapMs.push(tapped.ms);
    return tapped;
  };
  const givesUp = (why: string): void =>
    void done.givenUp.set(why, (done.givenUp.get(why) ?? 0) + 1);

  const submits =
    (person: string, since: number) =>
    async (minute: number): Promise<void> => {
      const again = (): void =>
        void deeds.push({ minute: minute + 1, act: submits(person, since) });
      const found = newestWith(feishu, person, 'submit');
      if (!found) {
        if (minute - since > GIVES_UP) givesUp('no card to submit');
        else again();
        return;
      }
      const tapped = await tap(person, found.message, found.value);
      if (tapped.stopped !== undefined) givesUp(`the card stops it: ${tapped.stopped}`);
      else if (tapped.error !== undefined) {
        done.tappedAgain++;
        again();
      } else if (tapped.toast?.content.includes('好像是同一件') === true)
        await chooses(found.message, person, minute, again);
      else if (tapped.toast?.type === 'error' || tapped.toast?.type === 'warning')
        givesUp(tapped.toast.content);
      else if (tapped.toast?.type === 'info')
        deeds.push({ minute: minute + 1, act: looks({ message: found.message, person, since }) });
      else if (tapped.toast?.content.includes('刚报了同一件') === true) done.joined++;
      else done.submitted++;
    };
  /** Asked whether it is what somebody else has reported: now they go along with that, now it is another thing and they submit theirs. */
  async function chooses(
    message: string,
    person: string,
    minute: number,
    again: () => void,
  ): Promise<void> {
    const offers = valuesOf(feishu.cardOf(message)).filter((each) => each['a'] === 'offer');
    // First to go along, last that it is another; their own earlier report offers only the last.
    const value = minute % 2 === 0 ? offers[0] : offers.at(-1);
    if (!value) return givesUp('nothing to choose');
    const tapped = await tap(person, message, value);
    if (tapped.toast?.content.startsWith('已加入') === true) done.joined++;
    else again();
  }
  /** Told that it takes longer, a person looks at the card a minute later, and taps again if nothing has changed. */
  const looks =
    ({ message, person, since }: Waiting) =>
    (minute: number): Promise<void> => {
      const isThere = valuesOf(feishu.cardOf(message)).some((each) => each['a'] === 'submit');
      if (isThere) return submits(person, since)(minute);
      done.submitted++;
      return Promise.resolve();
    };
  const day = office.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  for (let place = 0; place < plan.requests; place++) {
    // Whoever asks twice does so hours later.
    const person = staff[place % staff.length]?.id ?? '';
    const minute = Math.floor((place * WORKING) / plan.requests);
    const text = wish(day, by);
    deeds.push({
      minute,
      act: async () => {
        await say(person, text);
        deeds.push({ minute: minute + 1 + by.under(3), act: submits(person, minute) });
      },
    });
  }
  const group = feishu.addGroup(
    '行政服务群',
    staff.slice(0, 40).map(({ id }) => id),
  );
  for (let place = plan.requests; place < plan.messages; place++) {
    const asks = by.next() < 0.02;
    const person = staff[by.under(asks ? 40 : staff.length)]?.id ?? '';
    const text = asks ? '请问发票抬头怎么写' : by.oneOf(TALK);
    deeds.push({
      minute: by.under(WORKING),
      act: () => say(person, text, asks ? group : undefined),
    });
  }
  const decide = createDeciders(office, by, tap, done);
  return {
    done,
    async live(minute) {
      const due = deeds.filter((deed) => deed.minute <= minute);
      deeds.splice(0, deeds.length, ...deeds.filter((deed) => deed.minute > minute));
      await Promise.all([...due.map(({ act }) => act(minute)), decide(minute)]);
    },
  };
}

/** What moves a request on, in the order in which a card's buttons are looked for. */
const ACTS = ['approve', 'complete', 'claim'];

/** Whoever a step waits for taps what their card offers, after a while of their own: within the hour most, some much later. */
function createDeciders(
  { apps: [{ db }], feishu }: DayOffice,
  by: Chance,
  tap: (person: string, message: string, value: JsonObject) => Promise<Tapped>,
  done: Done,
): (minute: number) => Promise<void> {
  const when = new Map<number, number>();
  return async (minute) => {
    const open = await db
      .selectFrom('task as t')
      .innerJoin('address as a', 'a.person_id', 't.person_id')
      .innerJoin('shown_card as s', (on) =>
        on.onRef('s.person_id', '=', 't.person_id').on('s.channel', '=', 'feishu'),
      )
      .select(['t.id', 't.request_id', 'a.external_id as person', 's.message', 's.subject'])
      .where('t.state', '=', 'open')
      .execute();
    const due = open.filter(({ id, request_id: request, subject }) => {
      if (subject !== `request:${request}`) return false;
      const at = when.get(id) ?? minute + by.oneOf([1, 1, 1, 4]) * (3 + by.under(40));
      when.set(id, at);
      return at <= minute;
    });
    // One of several who may do it; the others' cards say that it is done.
    const first = [...new Map(due.map((task) => [task.request_id, task])).values()];
    await Promise.all(
      first.map(async ({ person, message, request_id: request }) => {
        const offered = valuesOf(feishu.cardOf(message));
        const value = ACTS.map((act) =>
          offered.find((each) => each['a'] === act && each['r'] === request),
        ).find((each) => each !== undefined);
        if (!value) return;
        const tapped = await tap(person, message, value);
        if (tapped.error !== undefined) done.tappedAgain++;
        else if (tapped.stopped === undefined) done.acted++;
      }),
    );
  };
}

/** How many messages the bot has sent a person. */
const botMessages = (feishu: Feishu, person: string): number =>
  feishu.inbox(person).filter(({ from }) => from === 'bot').length;

/** The newest card of a person with a button that does this. */
export function newestWith(
  feishu: Feishu,
  person: string,
  act: string,
): { readonly message: string; readonly value: JsonObject } | undefined {
  for (const { messageId: message, card } of feishu.cards(person).toReversed()) {
    const value = valuesOf(card).find((each) => each['a'] === act);
    if (value) return { message, value };
  }
  return undefined;
}
