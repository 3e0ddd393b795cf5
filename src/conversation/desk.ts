import { sql } from 'kysely';
import type { Answers } from '../../cards/card.ts';
import { clean } from '../../cards/clean.ts';
import { words } from '../../cards/words.ts';
import { codeOf, mayHaveCommitted } from '../../db/sqlstate.ts';
import { inWork, type Office, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import {
  type Desk,
  type IncomingMessage,
  type IncomingTap,
  LONGEST_TEXT,
  OfficeUnavailable,
  type TapAnswer,
} from '../channels/channel.ts';
import { wishReading } from '../directory/reading.ts';
import { applyLeft, applyPerson } from '../directory/sync.ts';
import { heardFrom } from '../delivery/dead.ts';
import { oweTo } from '../delivery/owe.ts';
import { personAt } from '../directory/people.ts';
import { replaceLeaver } from '../filing/leavers.ts';
import type { Setup } from '../filing/move.ts';
import type { Model } from '../model/index.ts';
import { LONGEST } from '../language/understand.ts';
import { reduced } from '../reduced.ts';
import { receiveDecision } from './decided-there.ts';
import { followGroup } from './groups.ts';
import { claimCounted, refuseBeyond, type Spoken } from './limits.ts';
import { askStillNeeded, isPast } from './missed.ts';
import { answerEdited, receiveMessage, receiveOpening } from './message.ts';
import type { Names } from './names.ts';
import { takeBack } from './recalls.ts';
import { createListening, type SecondReading } from './second-reading.ts';
import { receiveTap } from './tap.ts';

export type DeskOptions = {
  readonly office: Office;
  readonly setup: Setup;
  readonly names: Names;
  /** Asked, before the transaction, about what the rules are unsure of. */
  readonly model?: Model | undefined;
  /** After each commit: send what is owed, without waiting for it. */
  readonly committed: () => void;
  /** A message was beyond a limit, of one person or of a group, and not acted on. */
  readonly refusedBeyond?: (of: 'person' | 'group') => void;
  readonly log: (what: string, about: object) => void;
};

/** Makes the office's side of a channel: each call claims its key and does its work in one transaction. */
export function createDesk(options: DeskOptions): Desk {
  const { office, setup, names, model, log } = options;
  const listen = createListening({ office, names, zone: setup.rules.timeZone, model, log });
  return {
    async message(incoming) {
      const { key, from, chat, edition } = incoming;
      const cleaned = { ...incoming, text: clean(incoming.text, LONGEST_TEXT, 'many') };
      // A model is asked about requests only, which are no longer than this.
      const short = { ...cleaned, text: clean(cleaned.text, LONGEST, 'many') };
      await listen(short, (second) =>
        handle(
          options,
          {
            kind: 'message',
            key,
            from,
            chat,
            ...privateChat(incoming),
            spoken: spokenIn(incoming),
          },
          (work) => hear(options, work, cleaned, second),
        ),
      );
      // Heard before, in other words than these.
      if (edition !== undefined)
        await handle(options, { kind: 'edited', key: edition, from }, (work) =>
          answerEdited(work, setup, cleaned),
        );
    },
    opened: (incoming) =>
      handle(
        options,
        {
          kind: 'opened',
          key: incoming.key,
          from: incoming.from,
          privateChat: incoming.chat,
          // An entry of the menu says something; who only opens the chat does not.
          ...(incoming.menu === undefined ? {} : { spoken: { from: incoming.from } }),
        },
        (work) => receiveOpening(work, setup, names, incoming),
      ),
    tap: (incoming) => tap(options, incoming),
    async missed(messages) {
      const now = office.clock.now();
      await stillNeeded(
        options,
        messages.filter(({ sentAt }) => isPast(sentAt, now)),
      );
      // Not counted: they were not written as fast as they are found.
      for (const message of messages.filter(({ sentAt }) => !isPast(sentAt, now))) {
        const { key, from, chat } = message;
        const cleaned = { ...message, text: clean(message.text, LONGEST_TEXT, 'many') };
        await handle(options, { kind: 'message', key, from, chat, privateChat: chat }, (work) =>
          hear(options, work, cleaned),
        );
      }
    },
    recalled: (recall) =>
      handle(options, { kind: 'recalled', key: recall.key }, async (work) => {
        // Recalled before it came: should it still come, it is not heard.
        if (await claim(work, { kind: 'message', key: recall.of })) return;
        await takeBack(work, setup, recall);
      }),
    groupChanged: (change) =>
      handle(options, { kind: 'group', key: change.key, chat: change.chat }, (work) =>
        followGroup(work, setup, change),
      ),
    async decided(incoming) {
      // No key is claimed: there is none, and a decision is taken once by itself.
      const answer = await unavailable(() =>
        inWork(office, { actor: 'system' }, async (work) => {
          await oneAtATime(work, incoming.from.id);
          return receiveDecision(work, setup, incoming);
        }),
      );
      options.committed();
      return answer;
    },
    async directoryChanged(change) {
      await handle(options, { kind: 'directory', key: change.key }, async (work) => {
        if (change.change === 'everyone') return wishReading(work, 'feishu');
        if (change.change === 'person' && change.person.active) {
          const { complete } = await applyPerson(work, 'feishu', change.person);
          if (!complete) await wishReading(work, 'feishu');
          return;
        }
        const external = change.change === 'left' ? change.id : change.person.id;
        const left = await applyLeft(work, 'feishu', external);
        if (left !== undefined) await replaceLeaver(work, setup, left);
      });
    },
    async setAside({ key, reason, body }) {
      await unavailable(() =>
        inWork(options.office, { actor: 'system', cause: key }, (work) =>
          keepAside(work, key, reason, body),
        ),
      );
    },
    async refused({ channel, reason }) {
      await unavailable(() =>
        inWork(options.office, { actor: `channel:${channel}` }, (work) =>
          record(work, 'refused.request', 'office', { after: { reason } }),
        ),
      );
    },
  };
}

/** Whoever hears an edited message first has heard its edition. */
async function hear(
  { setup, names }: DeskOptions,
  work: Work,
  message: IncomingMessage,
  second?: SecondReading,
): Promise<void> {
  const { edition } = message;
  if (edition !== undefined) await claim(work, { kind: 'edited', key: edition });
  await receiveMessage(work, setup, names, message, second);
}

const spokenIn = ({
  from,
  group,
  chat,
  message,
}: IncomingMessage): NonNullable<Incoming['spoken']> => ({
  from,
  message,
  ...(group ? { group: chat } : {}),
});

const privateChat = ({ group, chat }: IncomingMessage): Pick<Incoming, 'privateChat'> =>
  group ? {} : { privateChat: chat };

type Incoming = {
  readonly kind: string;
  readonly key: string;
  readonly from?: IncomingTap['from'];
  readonly chat?: string;
  /** The chat, when it is that of one person with us. */
  readonly privateChat?: string | undefined;
  /** It says something, and counts towards what its person may say. */
  readonly spoken?: Spoken & { readonly message?: string };
};

/** Claims the key and acts, together or not at all. A repeat does nothing. A fault of ours is kept aside and said. */
async function handle(
  options: DeskOptions,
  incoming: Incoming,
  act: (work: Work) => Promise<void>,
): Promise<void> {
  const { key, from, spoken } = incoming;
  const { setup } = options;
  try {
    const claimed = await unavailable(() =>
      inWork(options.office, { actor: 'system', cause: key }, async (work) => {
        const done = spoken
          ? await claimCounted(work, setup.rules.limits, stored(incoming), spoken)
          : ({ is: (await claim(work, incoming)) ? 'heard' : 'repeat' } as const);
        if (done.is === 'repeat') return done;
        if (from) await heardFrom(work, from, incoming.privateChat);
        if (done.is === 'beyond' && spoken)
          await refuseBeyond(work, setup, { key, ...spoken }, done);
        else await act(work);
        return done;
      }),
    );
    if (claimed.is === 'beyond') options.refusedBeyond?.(claimed.of);
  } catch (error) {
    if (error instanceof OfficeUnavailable) throw error;
    await ownFault(options, incoming, error);
  }
  options.committed();
}

/** Claims what is too old to be acted on, and asks about what nobody had heard. */
async function stillNeeded(
  { office, setup, committed }: DeskOptions,
  messages: readonly IncomingMessage[],
): Promise<void> {
  const [first] = messages;
  if (!first) return;
  await unavailable(() =>
    inWork(office, { actor: 'system', cause: first.key }, async (work) => {
      await oneAtATime(work, first.from.id);
      const unheard: IncomingMessage[] = [];
      for (const message of messages) {
        const { key, chat } = message;
        if (await claim(work, { kind: 'message', key, chat })) unheard.push(message);
      }
      await askStillNeeded(work, setup, unheard);
    }),
  );
  committed();
}

/** What one person says is handled in the order it came: the second message waits for the first to commit. */
async function oneAtATime(work: Work, person: string): Promise<void> {
  await work.tx
    .selectNoFrom((select) =>
      select.fn('pg_advisory_xact_lock', [select.fn('hashtext', [select.val(person)])]).as('lock'),
    )
    .execute();
}

const stored = ({ key, kind, chat }: Incoming) => ({ key, kind, chat: chat ?? null });

/** Claims the key; what has a sender waits its turn among theirs before, in the same statement. False: it was claimed already. */
async function claim({ tx, now }: Work, { key, kind, chat, from }: Incoming): Promise<boolean> {
  const inTurn = from ? sql`from pg_advisory_xact_lock(hashtext(${from.id}))` : sql``;
  const { rows } = await sql`insert into inbound (key, kind, chat, received_at)
    select ${key}::text, ${kind}::text, ${chat ?? null}::text, ${now}::timestamptz ${inTurn}
    on conflict (key) do nothing returning key`.execute(tx);
  return rows.length > 0;
}

const NOT_RECORDED: TapAnswer = {
  toast: {
    look: 'error',
    text: words('没有记下，请稍后再点一次', 'Nothing was recorded; please tap again shortly'),
  },
};

const NOT_KNOWN: TapAnswer = {
  toast: {
    look: 'error',
    text: words(
      '不知道记下了没有：请看卡片，没有变就再点一次',
      'It is not known whether this was recorded: look at the card, and tap again if it has not changed',
    ),
  },
};

/** A tap is never repeated by the platform, so whatever happens its person gets a true answer. */
async function tap(options: DeskOptions, incoming: IncomingTap): Promise<TapAnswer> {
  const { setup, names } = options;
  const cleaned = { ...incoming, answers: cleanAnswers(incoming.answers) };
  try {
    const answer = await settledOnce(() =>
      inWork(options.office, { actor: 'system', cause: incoming.key }, async (work) => {
        if (!(await claim(work, { kind: 'tap', key: incoming.key, from: incoming.from })))
          return storedAnswer(work, incoming.key);
        await heardFrom(work, incoming.from);
        const fresh = await receiveTap(work, setup, names, cleaned);
        await work.tx
          .updateTable('inbound')
          .set({ answer: JSON.stringify(fresh) })
          .where('key', '=', incoming.key)
          .execute();
        return fresh;
      }),
    );
    options.committed();
    return answer;
  } catch (error) {
    if (error instanceof Unsettled) return NOT_KNOWN;
    if (error instanceof OfficeUnavailable) return NOT_RECORDED;
    await ownFault(options, { kind: 'tap', key: incoming.key }, error);
    return NOT_RECORDED;
  }
}

/** What was answered the first time: written by us, read back as it stands. */
async function storedAnswer(work: Work, key: string): Promise<TapAnswer> {
  const row = await work.tx
    .selectFrom('inbound')
    .select('answer')
    .where('key', '=', key)
    .executeTakeFirst();
  return (row?.answer ?? {}) as TapAnswer;
}

/** Every text a person typed into a card goes through the one way in. */
const cleanAnswers = (answers: Answers): Answers =>
  Object.fromEntries(
    Object.entries(answers)
      .slice(0, 60)
      .map(([name, answer]) => [name, cleanAnswer(answer)]),
  );

function cleanAnswer(answer: Answers[string]): Answers[string] {
  if (typeof answer === 'string') return clean(answer, LONGEST, 'many');
  if (typeof answer === 'boolean') return answer;
  return answer.slice(0, 100).map((each) => clean(each, 200));
}

/** A mistake of ours: nothing of it is kept but the fault itself, and the person is told. */
async function ownFault(options: DeskOptions, incoming: Incoming, error: unknown): Promise<void> {
  const reason = error instanceof Error ? `${error.name}: ${codeOf(error)}` : 'unknown';
  options.log('office.fault', {
    key: incoming.key,
    error: reduced(error),
  });
  await unavailable(() =>
    inWork(options.office, { actor: 'system', cause: incoming.key }, async (work) => {
      if (!(await claim(work, incoming))) return;
      await keepAside(work, incoming.key, reason, '');
      if (incoming.kind === 'message' && incoming.from) {
        const person = await personAt(work.tx, incoming.from);
        await oweTo(
          work,
          options.setup.jobs,
          { address: incoming.from, person: person?.id ?? null },
          {
            what: `fault:${incoming.key}`,
            view: {
              view: 'notice',
              text: words(
                '这条我没处理好，已经告诉管理员',
                'I failed on this one; the administrator knows',
              ),
            },
            attention: true,
            priority: 0,
          },
        );
      }
    }),
  );
}

const keepAside = (work: Work, key: string, reason: string, body: string): Promise<unknown> =>
  work.tx
    .insertInto('set_aside')
    .values({ key, reason, body: clean(body, 4_000, 'many'), at: work.now })
    .execute();

/**
 * Database errors after which the same input may simply come again: connection trouble (08), shutdown (57P), too many
 * connections or disk full (53), lock and statement time-outs (55P03, 57014), serialization after its tries (40).
 */
const PASSING = /^(08|53|57P|40)|^(55P03|57014)$/;
const CUT = /ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|terminat|timeout|Connection/i;

/** The connection broke off each time that it was asked for: whether it was committed is not known. */
class Unsettled extends OfficeUnavailable {
  override name = 'Unsettled';
}

/** How often what may have been committed is done once more, to find out. */
const TRIES = 3;

/**
 * Does what claims its cause. Where the connection broke off, perhaps after the commit, it is done once more: its claim tells whether it had
 * happened, so that nobody hears that nothing was recorded when it was. Throws `Unsettled` when that cannot be found out.
 */
const settledOnce = <T>(act: () => Promise<T>): Promise<T> =>
  unavailable(async () => {
    let unsure = false;
    for (let tries = 1; ; tries++) {
      try {
        return await act();
      } catch (error) {
        const cut = mayHaveCommitted(error);
        unsure ||= cut;
        if (cut && tries < TRIES) continue;
        if (unsure) throw new Unsettled('it may have been committed', { cause: error });
        throw error;
      }
    }
  });

async function unavailable<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Unsettled) throw error;
    const code = codeOf(error);
    const passing =
      PASSING.test(code) ||
      CUT.test(code) ||
      (code === '' && error instanceof Error && CUT.test(error.message));
    if (passing) throw new OfficeUnavailable('the database is not there', { cause: error });
    throw error;
  }
}
