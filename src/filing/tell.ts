import { peopleShowing } from '../delivery/shown.ts';
import { owe, oweEach, type Owed } from '../delivery/owe.ts';
import type { Work } from '../../db/work.ts';
import { kindNamed } from '../requests/index.ts';
import type { Setup } from './move.ts';
import type { Request } from './store.ts';

/** Who moved the request, whose tap shows them the new card anyway, and for whom a task was opened. */
export type Moved = {
  readonly by: number;
  /** Who got a copy: they see it for the first time. */
  readonly readers?: readonly number[];
  /** A remark came with the decision: the requester is told of it, whatever comes next. */
  readonly remarked?: boolean;
  readonly touched?: number;
  /** Nothing of it is news: it stands as it stood. */
  readonly quietly?: boolean;
  readonly added: readonly number[];
};

/**
 * Owes the messages of a change. A new message only when it waits for somebody or when the requester's matter was decided by
 * another; every other living card of the request is updated in place.
 */
export async function tell(
  work: Work,
  setup: Setup,
  before: Request | undefined,
  after: Request,
  moved: Moved,
): Promise<void> {
  const waiting = new Set(moved.added.filter((person) => person !== moved.touched));
  const showing = await peopleShowing(work.tx, `request:${after.id}`);
  const news = newsForRequester(before, after, moved) ? [after.requester_id] : [];
  const readers = (moved.readers ?? []).filter((person) => !waiting.has(person));
  const attention = new Set([...waiting, ...news, ...readers]);
  const quiet = showing.filter((person) => !attention.has(person) && person !== moved.touched);
  const people: readonly (readonly [number, Occasion])[] = [
    ...[...waiting].map((person) => [person, 'waits'] as const),
    ...news.filter((person) => !waiting.has(person)).map((person) => [person, 'news'] as const),
    ...readers
      .filter((person) => !news.includes(person))
      .map((person) => [person, 'news'] as const),
    ...quiet.map((person) => [person, 'quiet'] as const),
  ];
  await oweEach(
    work,
    setup.jobs,
    after.channel,
    people.map(([person, occasion]) => ({
      person,
      owed: cardFor(setup, after, person, occasion, ''),
    })),
  );
}

/** Somebody else decided or finished the requester's matter. A first 接单 or one of several countersigns is no news. */
const newsForRequester = (before: Request | undefined, after: Request, moved: Moved): boolean =>
  before !== undefined &&
  moved.quietly !== true &&
  moved.by !== after.requester_id &&
  (before.state !== after.state || moved.remarked === true) &&
  moved.touched !== after.requester_id;

/** Why a card is shown: it waits for the person (and is not sent once it no longer does), it is news, or a quiet update. */
export type Occasion = 'waits' | 'news' | 'quiet';

/** Owes the card of a request as it stands to one person. `again` tells several cards of one version apart. */
export async function oweCard(
  work: Work,
  setup: Setup,
  request: Request,
  person: number,
  occasion: Occasion,
  again = '',
): Promise<void> {
  const card = cardFor(setup, request, person, occasion, again);
  await owe(work, setup.jobs, person, request.channel, card);
}

const cardFor = (
  { rules }: Setup,
  request: Request,
  person: number,
  occasion: Occasion,
  again: string,
): Owed => ({
  what: `request:${request.id}:v${request.version}:p${person}${again}`,
  view: {
    view: 'request',
    request: request.id,
    ...(occasion === 'waits' ? { waits: true } : {}),
  },
  attention: occasion !== 'quiet',
  priority: occasion === 'quiet' ? 6 : 3,
  breaksQuiet: cannotWait(request, rules, person, occasion),
});

/** Urgent for those who have to act and for who waits for them; that the requester is to accept what was done can wait. */
export const cannotWait = (
  request: Request,
  rules: Setup['rules'],
  person: number,
  occasion: Occasion,
): boolean =>
  (occasion === 'news' || person !== request.requester_id) &&
  kindNamed(request.kind).breaksQuiet(request.form, rules);
