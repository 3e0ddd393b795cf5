/** Views of minutes and action items, as they stand in deliveries, and how they are drawn. */
import { z } from 'zod';
import type { Card } from '../../cards/card.ts';
import { lateMinutesCard } from '../../cards/minutes.ts';
import { movedCard } from '../../cards/request.ts';
import { momentOnDay } from '../../cards/times.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import type { Drawn } from '../delivery/delivery.ts';
import { nameOf } from '../directory/people.ts';
import { drawActions, drawMinutes, titleOf } from '../minutes/drawing.ts';
import { drawLate, drawRollUp } from '../minutes/follow-up.ts';
import { readMinutes, unfinishedOf } from '../minutes/store.ts';
import type { Hearing } from '../requests/fields.ts';

const minutesView = z.object({ view: z.literal('minutes'), minutes: z.number() });
/** `weekly`: the card of the week, which is not sent to who has nothing open any more. */
const actionsView = z.object({
  view: z.literal('actions'),
  scope: z.number(),
  weekly: z.boolean().optional(),
});
const rollUpView = z.object({ view: z.literal('roll-up') });
const lateActionsView = z.object({
  view: z.literal('late-actions'),
  owner: z.number(),
  items: z.array(z.number()),
});
const lateMinutesView = z.object({ view: z.literal('late-minutes'), minutes: z.number() });

export const minutesViews = [
  minutesView,
  actionsView,
  rollUpView,
  lateActionsView,
  lateMinutesView,
] as const;
export type MinutesView = z.infer<(typeof minutesViews)[number]>;

const NAMES: ReadonlySet<string> = new Set<MinutesView['view']>([
  'minutes',
  'actions',
  'roll-up',
  'late-actions',
  'late-minutes',
]);

export const isMinutesView = <V extends { readonly view: string }>(
  view: V,
): view is V & MinutesView => NAMES.has(view.view);

/** Draws one for a person; null when it is no longer true, or none of their business. */
export async function drawMinutesView(
  tx: Tx,
  view: MinutesView,
  person: number,
  at: Hearing,
): Promise<Omit<Extract<Drawn, { send: unknown }>, 'language'> | null> {
  switch (view.view) {
    case 'minutes': {
      const minutes = await readMinutes(tx, view.minutes);
      const card = minutes && (await drawMinutes(tx, minutes, person, at));
      return card && minutes
        ? { send: { card }, subject: `minutes:${minutes.id}`, version: minutes.version }
        : null;
    }
    case 'actions': {
      if (view.weekly && (await unfinishedOf(tx, person)).length === 0) return null;
      const card = await drawActions(tx, person, view.scope, at);
      return { send: { card }, subject: `actions:${view.scope}` };
    }
    case 'roll-up':
      return sending(await drawRollUp(tx, person, at));
    case 'late-actions':
      return sending(await drawLate(tx, view.owner, view.items, at));
    case 'late-minutes':
      return sending(await drawLateMinutes(tx, view.minutes, at));
    default:
      return view satisfies never;
  }
}

const sending = (card: Card | undefined): { readonly send: { readonly card: Card } } | null =>
  card ? { send: { card } } : null;

/** To the office manager: whose minutes are missing. Undefined once they were given. */
async function drawLateMinutes(tx: Tx, id: number, at: Hearing): Promise<Card | undefined> {
  const minutes = await readMinutes(tx, id);
  if (minutes?.state !== 'asked' || !minutes.due_at) return undefined;
  const host = await nameOf(tx, minutes.host_id);
  return lateMinutesCard(titleOf(minutes), host, momentOnDay(minutes.due_at, at));
}

/** The old card of what is now shown further down; undefined for other subjects. */
export function movedMinutes(sort: string | undefined): Card | undefined {
  if (sort === 'minutes') return movedCard(words('会议纪要', 'Minutes'));
  return sort === 'actions' ? movedCard(words('行动项', 'Action items')) : undefined;
}
