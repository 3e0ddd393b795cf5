/** Completes a draft of a journey: what is usual, what the standard allows, what it costs, what it meets. */
import { type Words, words } from '../../../cards/words.ts';
import { readOrganisation } from '../../directory/organisation.ts';
import { activePeople, peopleById } from '../../directory/people.ts';
import { standardOf, tripBudgetOf, type TripStandard } from '../../settings/index.ts';
import { departmentsOf } from '../../workflow/routing.ts';
import type { Asking, Gap, Offer, Prepared } from '../kind.ts';
import type { Days } from '../spoken-times.ts';
import { usedOf } from './budget.ts';
import { metBy } from './clashes.ts';
import { namesakes } from './companions.ts';
import type { TripDraft } from './form.ts';
import { daysOfLegs } from './legs.ts';
import { allowance, beyond, estimateOf } from './standard.ts';
import { yuanText } from '../../../cards/money.ts';

/** By rail when nothing was said, a hotel when it takes a night, its cost by the standard. */
export async function prepare(said: TripDraft, asking: Asking): Promise<Prepared<TripDraft>> {
  const nights = said.days && said.days.from !== said.days.to;
  const usual: TripDraft = {
    ...said,
    transport: said.transport ?? '高铁',
    ...(said.lodging === undefined && nights ? { lodging: true } : {}),
  };
  const standard = await standardFor(asking, asking.person);
  const known = usual.days !== undefined && usual.to !== undefined && standard !== undefined;
  const form: TripDraft = {
    ...usual,
    ...(known && said.estimate === undefined
      ? { estimate: estimateOf(asking.rules, standard, usual) }
      : {}),
  };
  const over = standard ? beyond(asking.rules, standard, form) : [];
  const guessed = [
    ...(said.transport === undefined ? ['transport'] : []),
    ...(said.lodging === undefined && nights ? ['lodging'] : []),
    ...(said.estimate === undefined && known ? ['estimate'] : []),
  ];
  const which = await namesakes(form.companions ?? [], asking);
  const met = await meeting(form, asking);
  const left = await overBudget(form, asking);
  return {
    form,
    gaps: gapsOf(form, over, asking),
    guessed,
    offers: [...which, ...met.offers],
    notes: [
      ...(known ? [allowance(asking.rules, standard, form)] : []),
      ...over.map((each) => words(`超标准：${each.zh}`, `Beyond the standard: ${each.en}`)),
      ...(left ? [left] : []),
      ...met.notes,
      ...(which.length > 0 ? [WHICH] : []),
    ],
    options: { delegate: await colleagues(asking) },
    ...(over.length > 0 ? { askedToo: [asking.rules.trips.overStandard] } : {}),
  };
}

const WHICH = words(
  '同行人有同名的同事，请点一下是哪一位',
  'Several colleagues have this name; please tap whom you mean',
);

/** The standard of a person by their job title and roles. */
export async function standardFor(
  { tx, rules, now }: Pick<Asking, 'tx' | 'rules' | 'now'>,
  person: number,
): Promise<TripStandard | undefined> {
  const traveller = (await peopleById(tx, [person])).get(person);
  const org = await readOrganisation(tx, rules.roles, now.toInstant());
  const roles = [...org.roles].flatMap(([role, holders]) =>
    holders.includes(person) ? [role] : [],
  );
  return standardOf(rules.trips, { title: traveller?.jobTitle ?? '', roles });
}

function gapsOf(form: TripDraft, over: readonly Words[], { now }: Asking): readonly Gap[] {
  const days = form.days;
  const legs = form.legs && daysOfLegs(form.legs);
  return [
    ...(days && days.to < now.toPlainDate().toString()
      ? [{ field: 'days', why: words('这个日期已经过去了', 'These dates have passed') }]
      : []),
    ...(days && legs && (legs.from !== days.from || legs.to !== days.to)
      ? [
          {
            field: 'legs',
            why: words(
              `分段行程是 ${legs.from} 至 ${legs.to}，和出差日期不一致`,
              `The legs are from ${legs.from} to ${legs.to}, other than the dates`,
            ),
          },
        ]
      : []),
    ...(over.length > 0 && form.reason === undefined
      ? [
          {
            field: 'reason',
            why: words(
              '超出出差标准，请写理由，会多一位审批人',
              'Beyond the travel standard: a reason is needed, and one more approver',
            ),
          },
        ]
      : []),
  ];
}

/** From the midnight before the first day to the one after the last. */
export function wholeDays(
  { from, to }: Days,
  timeZone: string,
): { readonly from: Temporal.Instant; readonly until: Temporal.Instant } {
  const midnight = (day: Temporal.PlainDate): Temporal.Instant =>
    day.toZonedDateTime(timeZone).toInstant();
  return {
    from: midnight(Temporal.PlainDate.from(from)),
    until: midnight(Temporal.PlainDate.from(to).add({ days: 1 })),
  };
}

/** Meetings in the days of the journey are told; while approvals wait, somebody who decides meanwhile is offered by one tap. */
async function meeting(
  form: TripDraft,
  asking: Asking,
): Promise<{ readonly notes: readonly Words[]; readonly offers: readonly Offer<TripDraft>[] }> {
  if (!form.days) return { notes: [], offers: [] };
  const { meetings, approvals } = await metBy(asking, wholeDays(form.days, asking.now.timeZoneId));
  const notes = [
    ...(meetings.length > 0
      ? [
          words(
            `同期您有会议：${meetings.map(({ zh }) => zh).join('、')}`,
            `You have meetings then: ${meetings.map(({ en }) => en).join(', ')}`,
          ),
        ]
      : []),
    ...(approvals > 0 && form.delegate === undefined
      ? [
          words(
            `有 ${approvals} 项审批在等您；出差期间默认由您的上级代批，也可以点一位同事`,
            `${approvals} approvals wait for you; your leader decides meanwhile, or tap a colleague`,
          ),
        ]
      : []),
  ];
  const standIns = approvals > 0 && form.delegate === undefined ? await standInsFor(asking) : [];
  return {
    notes,
    offers: standIns.map(({ id, name }) => ({
      label: words(`期间由${name}代批`, `${name} decides meanwhile`),
      set: { delegate: delegateText(id, name) },
    })),
  };
}

/** So many colleagues are offered. */
const OFFERED = 2;

/** The leader, then others of the same department. */
async function standInsFor({
  tx,
  person,
  rules,
  now,
}: Asking): Promise<readonly { readonly id: number; readonly name: string }[]> {
  const org = await readOrganisation(tx, rules.roles, now.toInstant());
  const own = org.people.get(person);
  const others = (await activePeople(tx)).filter(({ id }) => id !== person);
  const leader = others.filter(({ id }) => id === own?.leader);
  const near = others.filter(
    ({ id }) =>
      id !== own?.leader &&
      own?.department !== null &&
      org.people.get(id)?.department === own?.department,
  );
  return [...leader, ...near].slice(0, OFFERED);
}

/** A stand-in as the form keeps them: by id, with the name that is shown. */
const delegateText = (id: number, name: string): string => `${id} ${name}`;

/** The id of who decides meanwhile. */
export const delegateIn = (text: string | undefined): number | null => {
  const id = Number(/^\d+/.exec(text ?? '')?.[0] ?? Number.NaN);
  return Number.isSafeInteger(id) ? id : null;
};

/** As many as a list to choose from may hold. */
const MOST_PEOPLE = 60;

const colleagues = async ({ tx, person }: Asking) =>
  (await activePeople(tx))
    .filter(({ id }) => id !== person)
    .slice(0, MOST_PEOPLE)
    .map(({ id, name, department }) => ({
      value: delegateText(id, name),
      label: department === null ? name : `${name} · ${department}`,
    }));

/** A budget that does not hold the journey is told while it is a draft; it is kept to when it is approved. */
async function overBudget(form: TripDraft, asking: Asking): Promise<Words | undefined> {
  const budget = await budgetFor(form, asking);
  if (!budget || form.estimate === undefined) return undefined;
  const left = budget.yuan * 100 - (await usedOf(asking.tx, budget, asking.changes));
  if (form.estimate * 100 <= left) return undefined;
  return words(
    `${budget.department} ${budget.period} 出差预算只剩 ${yuanText(Math.max(0, left))}，不够这次；审批时会被拦下`,
    `The trip budget of ${budget.department} for ${budget.period} has ${yuanText(Math.max(0, left))} left, less than this; it cannot be approved so`,
  );
}

/** The budget that a journey counts for; undefined: nobody said one. */
export async function budgetFor(
  { days }: TripDraft,
  { tx, rules, now, person }: Pick<Asking, 'tx' | 'rules' | 'now' | 'person'>,
): Promise<ReturnType<typeof tripBudgetOf>> {
  if (!days) return undefined;
  const org = await readOrganisation(tx, rules.roles, now.toInstant());
  return tripBudgetOf(rules.trips, departmentsOf(person, org), days.from);
}
