/** What follows from a journey's request moving: companions are asked or told, and whoever decided or booked hears of it when it is changed or called off. */
import type { Work } from '../../db/work.ts';
import { holdersOf, readOrganisation } from '../directory/organisation.ts';
import { nameOf } from '../directory/people.ts';
import { owe } from '../delivery/owe.ts';
import type { Followed, Setup } from '../filing/move.ts';
import type { Request } from '../filing/store.ts';
import { kindNamed } from '../requests/index.ts';
import { isApproved, stateOf } from '../workflow/workflow.ts';
import { companionsOf, refreshCompanions, settleCompanions, tellOne } from './companions.ts';
import { followClaim } from './claims.ts';

/** Called in the transaction that files or moves a request; kinds that are no journey or claim are left alone. */
export async function followTrip(work: Work, setup: Setup, followed: Followed): Promise<void> {
  const { before, after, act } = followed;
  if (after.kind === 'expense') return followClaim(work, setup, followed);
  if (after.kind !== 'trip') return;
  if (!before) return settleCompanions(work, setup, after, false);
  if (act === 'changed') return changed(work, setup, before, after);
  // Whoever was told hears that it was taken back; their cards show it.
  if (followed.undone) return refreshCompanions(work, setup, after);
  const stopped = after.workflow.stopped;
  if (stopped !== undefined && before.workflow.stopped === undefined)
    return calledOff(work, setup, before, after);
  if (isBooked(after) && !isBooked(before)) await booked(work, setup, after);
}

export const isBooked = ({ workflow }: Request): boolean =>
  workflow.stopped === undefined &&
  workflow.steps.some(({ id, state }) => id === 'booking' && state === 'done');

/** What the office noted of tickets and hotel, in one line each. */
export const bookingOf = ({ outcome }: Request): { readonly zh: string; readonly en: string } => {
  const { tickets, hotel } = outcome['booking'] ?? {};
  const parts = [tickets, hotel].filter((each) => typeof each === 'string');
  return { zh: parts.join('；'), en: parts.join('; ') };
};

async function changed(work: Work, setup: Setup, before: Request, after: Request): Promise<void> {
  const same = kindNamed(after.kind).sameDecision(before.form, after.form);
  await settleCompanions(work, setup, after, !same);
  if (!isBooked(before)) return;
  const at = { now: work.now.toZonedDateTimeISO(setup.rules.timeZone) };
  const [was, is] = [before, after].map(({ form }) => kindNamed('trip').summary(form, at));
  const booking = bookingOf(before);
  await tellOffice(work, setup, after, 'trip-changed', [
    `${after.number} 已订的行程改了：${was?.zh} → ${is?.zh}。已订：${booking.zh}。${stateOf(after.workflow) === 'pending' ? '重新批准后' : '现在'}请改签`,
    `${after.number} was booked and has changed: ${was?.en} → ${is?.en}. Booked: ${booking.en}. Please rebook ${stateOf(after.workflow) === 'pending' ? 'once it is approved again' : 'now'}`,
  ]);
}

async function calledOff(work: Work, setup: Setup, before: Request, after: Request): Promise<void> {
  const rejected = after.workflow.stopped === 'rejected';
  for (const { person_id: person, state } of await companionsOf(work.tx, after.id))
    if (state !== 'declined')
      await tellOne(work, setup, after, person, 'companion-off', [
        `${after.number} ${rejected ? '没有批准' : '取消了'}，不用出差了`,
        `${after.number} ${rejected ? 'was not approved' : 'was cancelled'}; you need not travel`,
      ]);
  await refreshCompanions(work, setup, after);
  if (rejected || !isApproved(before.workflow)) return;
  const name = await nameOf(work.tx, after.requester_id);
  for (const person of approversOf(before))
    await tellOne(work, setup, after, person, 'trip-off-approver', [
      `${name}取消了您批准过的 ${after.number}，预算已释放`,
      `${name} cancelled ${after.number}, which you approved; its budget is free again`,
    ]);
  const booking = bookingOf(before);
  await tellOffice(
    work,
    setup,
    after,
    'trip-off-office',
    isBooked(before)
      ? [
          `${after.number} 取消了，请退票退房：${booking.zh}`,
          `${after.number} was cancelled; please return what was booked: ${booking.en}`,
        ]
      : [
          `${after.number} 取消了，不用再订票；已经下单的请退掉`,
          `${after.number} was cancelled and need not be booked; please return what was ordered`,
        ],
  );
}

/** Everybody who really decided, once. */
const approversOf = ({ workflow }: Request): readonly number[] => [
  ...new Set(
    workflow.steps
      .filter(({ sort }) => sort === 'approval')
      .flatMap(({ seats }) => seats.flatMap(({ decision }) => (decision ? [decision.by] : []))),
  ),
];

async function booked(work: Work, setup: Setup, after: Request): Promise<void> {
  const booking = bookingOf(after);
  const asked = await companionsOf(work.tx, after.id);
  for (const { person_id: person, state } of asked)
    if (state !== 'declined')
      await tellOne(work, setup, after, person, 'companion-booked', [
        `${after.number} 订好了：${booking.zh}`,
        `${after.number} is booked: ${booking.en}`,
      ]);
  const along = asked.filter(({ state }) => state === 'confirmed');
  for (const person of [after.requester_id, ...along.map(({ person_id: id }) => id)])
    await owe(work, setup.jobs, person, after.channel, {
      what: `trip-letter:${after.id}:v${after.version}:p${person}`,
      view: { view: 'trip-letter', request: after.id },
      attention: true,
      // Before the card with the same in it, which stays the newest.
      priority: 3,
    });
}

async function tellOffice(
  work: Work,
  setup: Setup,
  request: Request,
  what: string,
  said: readonly [string, string],
): Promise<void> {
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  for (const person of holdersOf(org, 'office'))
    await tellOne(work, setup, request, person, what, said);
}
