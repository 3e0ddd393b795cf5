import { createHash, randomUUID } from 'node:crypto';
import type { Address } from '../channels/channel.ts';
import { addressesOf, addressOf } from '../directory/people.ts';
import type { Work } from '../../db/work.ts';
import type { Jobs } from './jobs.ts';

/** Which card or sentence, about what; drawn at delivery from the truth of that moment. */
export type View = { readonly view: string; readonly [key: string]: unknown };

/** 0 answer to a person, 3 a decision or task that waits for them, 6 reminder, 9 digest. */
export type Priority = 0 | 3 | 6 | 9;

export type Owed = {
  /** Business key: owing the same thing twice is one message. */
  readonly what: string;
  readonly view: View;
  /** True: must be noticed, so a new message. False: the living card is updated in place; without one nothing is sent. */
  readonly attention: boolean;
  readonly priority: Priority;
  readonly notAfter?: Temporal.Instant;
  readonly due?: Temporal.Instant;
  /** Too urgent, or too soon over, to wait for the end of its person's quiet time. */
  readonly breaksQuiet?: boolean;
  /** Rings its person when it has arrived, where the channel has a bell; at most once an hour and person. */
  readonly buzz?: boolean;
};

/** Where people are reached first with what did not begin in a channel; who is elsewhere is reached there. */
export const PREFERRED = 'feishu';

/** Answers are waited for, and a card that changes in place makes no sound: everything else lets people sleep. */
const mayWait = (person: number | null, owed: Owed): boolean =>
  person !== null && owed.attention && owed.priority > 0 && owed.breaksQuiet !== true;

/**
 * What keeps its order and its pace together: all that goes to one person, or to one group with its threads, since the platform
 * counts a group's messages wherever in it they are.
 */
export const laneOf = (channel: string, place: string): string => `${channel}:${place}`;

/** Where a message goes. `person` is null for strangers and groups; `group` is the chat that an address in a thread is in. */
export type Recipient = {
  readonly address: Address;
  readonly person: number | null;
  readonly group?: string | undefined;
};

/** Owes a message to an address: a row, and a job that wakes the deliverer, in the transaction of the facts. */
export const oweTo = (work: Work, jobs: Jobs, to: Recipient, owed: Owed): Promise<void> =>
  oweAll(work, jobs, [{ to, owed }]);

type Letter = { readonly to: Recipient; readonly owed: Owed };

/** In their order. */
async function oweAll(work: Work, jobs: Jobs, letters: readonly Letter[]): Promise<void> {
  if (letters.length === 0) return;
  const rows = await work.tx
    .insertInto('delivery')
    .values(
      letters.map(({ to, owed }) => ({
        id: randomUUID(),
        what: owed.what,
        lane: laneOf(to.address.channel, to.group ?? to.address.id),
        person_id: to.person,
        channel: to.address.channel,
        address: to.address.id,
        view: JSON.stringify(owed.view),
        attention: owed.attention,
        priority: owed.priority,
        state: 'waiting',
        due: owed.due ?? work.now,
        not_after: owed.notAfter ?? null,
        lease_until: null,
        first_unknown: null,
        platform_message: null,
        last_error: null,
        created_at: work.now,
        quiet: mayWait(to.person, owed) ? 'ask' : null,
        bundle: null,
        buzz: owed.buzz ?? false,
      })),
    )
    .onConflict((at) => at.column('what').doNothing())
    .returning('id')
    .execute();
  if (rows.length > 0)
    await jobs.wakeAfter(
      work.tx,
      rows.map(({ id }) => id),
    );
}

/** Owes each of these people a message, as `owe` does. */
export async function oweEach(
  work: Work,
  jobs: Jobs,
  preferred: string,
  messages: readonly { readonly person: number; readonly owed: Owed }[],
): Promise<void> {
  const people = messages.map(({ person }) => person);
  const addresses = await addressesOf(work.tx, people, preferred);
  await oweAll(
    work,
    jobs,
    messages.flatMap(({ person, owed }) => {
      const address = addresses.get(person);
      return address ? [{ to: { address, person }, owed }] : [];
    }),
  );
}

/** Owes a message to a person, in `preferred` if they are there. A person without any address is owed nothing; returns false. */
export async function owe(
  work: Work,
  jobs: Jobs,
  person: number,
  preferred: string,
  owed: Owed,
): Promise<boolean> {
  const address = await addressOf(work.tx, person, preferred);
  if (!address) return false;
  await oweTo(work, jobs, { address, person }, owed);
  return true;
}

/**
 * The key under which the platform sends a delivery at most once: the same for every attempt of one generation, at most 50
 * characters. base64url of sha256, cut to 40.
 */
export const sendKey = (id: string, generation: number): string =>
  createHash('sha256').update(`${id}:${generation}`).digest('base64url').slice(0, 40);
