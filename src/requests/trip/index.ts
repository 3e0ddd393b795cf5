import { endAbsences, noteAbsence } from '../../directory/absences.ts';
import { peopleById } from '../../directory/people.ts';
import type { Block } from '../../../cards/card.ts';
import { clean } from '../../../cards/clean.ts';
import { yuanText } from '../../../cards/money.ts';
import { dayCount, dayRangeText } from '../../../cards/times.ts';
import type { RequestState } from '../../../cards/vocabulary.ts';
import { type Words, words } from '../../../cards/words.ts';
import { calendarOf, tripBudgetOf } from '../../settings/index.ts';
import { addWorkingDays } from '../../time/working-time.ts';
import { departmentsOf } from '../../workflow/routing.ts';
import { HOME } from '../../language/slots/legs.ts';
import { choices, text } from '../fields/plain.ts';
import { type Effects, factsOf, type Filed, requestKind } from '../kind.ts';
import { yuanSaid } from '../spoken-money.ts';
import { commit, free, usedOf } from './budget.ts';
import { form, transportText, type TripForm } from './form.ts';
import { heardAs } from './heard.ts';
import { daysOfLegs, type Leg, legsTable, movedLegs } from './legs.ts';
import { budgetFor, delegateIn, prepare, standardFor, wholeDays } from './prepare.ts';
import { allowance, beyond } from './standard.ts';

/** What the office fills in when tickets and rooms are booked; it becomes the traveller's confirmation. */
const booked = (checklist: readonly string[]) => ({
  checked: choices({
    label: words('已办', 'Booked'),
    required: false,
    options: checklist.map((value) => ({ value, label: value })),
  }),
  tickets: text({
    label: words('票务', 'Tickets'),
    hint: words('车次或航班、时间、座位', 'Train or flight, times, seats'),
    required: true,
    lines: 'many',
    longest: 1_000,
  }),
  hotel: text({
    label: words('酒店', 'Hotel'),
    hint: words('名称、地址、入住日期', 'Name, address, check-in'),
    required: false,
    lines: 'many',
    longest: 1_000,
  }),
  note: text({ label: words('提醒', 'Please note'), required: false, lines: 'many', longest: 500 }),
});

/** What was ticked off, as it was stored. */
const checkedIn = (outcome: Filed<TripForm>['outcome']): readonly string[] => {
  const checked = outcome['booking']?.['checked'];
  return Array.isArray(checked) ? checked.filter((each) => typeof each === 'string') : [];
};

/** 出差申请: approved by length, booked by the office, confirmed to the traveller. */
export const trip = requestKind({
  name: 'trip',
  title: words('出差申请', 'Business trip'),
  prefix: 'TRIP',
  form,
  heardAs,
  example: '下周二到周四去上海出差，坐高铁，见客户',
  exampleEn: 'business trip to Shanghai next Tuesday to Thursday by train to meet a client',
  hears: (slots, at) => {
    const legs = form.legs.hears(slots, at);
    const said = yuanSaid(slots['budget']);
    const estimate = said === undefined ? undefined : Math.round(said);
    return {
      ...(estimate === undefined || estimate === slots['nightly'] ? {} : { estimate }),
      ...(legs ? { legs, days: daysOfLegs(legs), to: citiesOf(legs, slots['from']) } : {}),
    };
  },
  // Another time moves the legs along.
  amends: (draft, slots, at) => {
    const heard = form.legs.hears(slots, at);
    if (heard) return { days: daysOfLegs(heard), to: citiesOf(heard, slots['from']) };
    const days = draft.legs && draft.days && form.days.amends?.(draft.days, slots, at);
    return draft.legs && days ? { legs: movedLegs(draft.legs, days) } : {};
  },
  prepare,
  measure: ({ days: { from, to } }: TripForm) => dayCount(from, to),
  tasks: ({ trips }) => [
    {
      id: 'booking',
      title: words('订票订房', 'Book tickets and hotel'),
      voice: 'office',
      doneLabel: words('完成', 'Done'),
      fields: booked(trips.checklist),
      final: true,
    },
  ],
  // Before the day of departure, at the end of a working day.
  due: ({ days }, rules) => {
    const calendar = calendarOf(rules);
    const day = addWorkingDays(
      Temporal.PlainDate.from(days.from),
      -rules.trips.bookAhead,
      calendar,
    );
    return calendar.openingsOn(day).at(-1)?.to ?? day.toZonedDateTime(rules.timeZone).toInstant();
  },
  revocable: true,
  sameDecision: (before, after) =>
    JSON.stringify(decidedOn(before)) === JSON.stringify(decidedOn(after)),
  asksFor: ({ to, transport }) => ({ cities: to, transports: [transport] }),
  engages: ({ number, form: filled }, { now }) => {
    const range = dayRangeText(filled.days.from, filled.days.to, now);
    const to = clean(filled.to.join('、'), MOST_OF_CITIES);
    return {
      ...wholeDays(filled.days, now.timeZoneId),
      away: true,
      told: words(
        `同期另有出差 ${number} ${to} ${range.zh}`,
        `another trip ${number}, ${to}, ${range.en}`,
      ),
    };
  },
  takes: ['file'],
  endsAs: 'done',
  effects: {
    approved: setOut,
    released: callOff,
  },
  undo: {
    approved: callOff,
    // Its budget may be another's by now: then it stays called off.
    released: async (effects, request) => {
      if (APPROVED.includes(request.state)) await setOut(effects, request);
    },
  },
  summary: (filled, at) => {
    const range = dayRangeText(filled.days.from, filled.days.to, at.now);
    return words(`${filled.to.join('、')} ${range.zh}`, `${filled.to.join(', ')}, ${range.en}`);
  },
  extra: ({ outcome }, at): readonly Block[] => {
    const facts = factsOf(booked(checkedIn(outcome)), outcome['booking'] ?? {}, at);
    if (facts.length === 0) return [];
    return [
      { block: 'line' },
      { block: 'text', look: 'strong', text: words('出差安排确认函', 'Travel confirmation') },
      { block: 'facts', facts },
    ];
  },
  facts: (draft, at, options) =>
    factsOf(form, draft, at, options).filter(({ field }) => field !== 'legs'),
  table: ({ legs, transport }) =>
    legs && legsTable(legs, (leg) => transportText(leg.transport ?? transport ?? '')),
  decides: async (filled, asking) => {
    const standard = await standardFor(asking, asking.person);
    const budget = await budgetFor(filled, asking);
    const over = standard ? beyond(asking.rules, standard, filled) : [];
    return [
      ...(standard
        ? [
            {
              label: words('出差标准', 'Travel standard'),
              value: allowance(asking.rules, standard, filled),
            },
          ]
        : []),
      ...over.map((value) => ({ label: words('超标准', 'Beyond it'), value })),
      ...(budget
        ? [
            {
              label: words('出差预算', 'Trip budget'),
              value: budgetText(
                budget,
                await usedOf(asking.tx, budget, asking.changes),
                filled.estimate ?? 0,
              ),
            },
          ]
        : []),
    ];
  },
  ledger: (filled) => ({
    目的地: filled.to.join('、'),
    出发: filled.days.from,
    返回: filled.days.to,
    天数: dayCount(filled.days.from, filled.days.to),
    交通: filled.transport,
    事由: filled.purpose,
    同行人: (filled.companions ?? []).join('、'),
    预估费用: filled.estimate ?? '',
    超标理由: filled.reason ?? '',
  }),
});

/** Who travels is away: their approvals go to their stand-in or leader, and come back when the journey is called off. */
async function setOut(effects: Effects, { id, requester, form: filled }: Filed<TripForm>) {
  const { work, rules } = effects;
  const { from, until } = wholeDays(filled.days, rules.timeZone);
  await noteAbsence(work, {
    person: requester,
    delegate: await standInOf(effects, filled, requester),
    since: from,
    until,
    source: 'trip',
    request: id,
  });
  await commitBudget(effects, id, requester, filled);
}

async function callOff({ work }: Effects, { id }: Pick<Filed<TripForm>, 'id'>): Promise<void> {
  await endAbsences(work, { request: id });
  await free(work, id);
}

/** Where a journey stands once it was approved. */
const APPROVED: readonly RequestState[] = ['approved', 'working', 'done'];

/** On another request's card a journey through many cities is told by its first ones. */
const MOST_OF_CITIES = 40;

/** What approvers decided on; what else changes does not ask them again. */
const decidedOn = ({
  to,
  days,
  legs,
  transport,
  seat,
  nightly,
  companions,
  estimate,
}: TripForm) => [to, days, legs, transport, seat, nightly, companions, estimate];

/** 「市场部 2026-Q1：已占 ¥1,200，本次 ¥300，共 ¥2,000」 */
function budgetText(
  { department, period, yuan }: NonNullable<ReturnType<typeof tripBudgetOf>>,
  used: number,
  asked: number,
): Words {
  const over = used + asked * 100 > yuan * 100;
  const [taken, now, all] = [used, asked * 100, yuan * 100].map(yuanText);
  return words(
    `${department} ${period}：已占 ${taken}，本次 ${now}，共 ${all}${over ? '，不够' : ''}`,
    `${department} ${period}: ${taken} used, ${now} now, of ${all}${over ? ', not enough' : ''}`,
  );
}

/** Who was chosen to decide meanwhile, if they are still here; else nobody is named, and the leader does. */
async function standInOf(
  { work }: Effects,
  { delegate }: TripForm,
  requester: number,
): Promise<number | null> {
  const id = delegateIn(delegate);
  if (id === null || id === requester) return null;
  const person = (await peopleById(work.tx, [id])).get(id);
  return person?.active === true ? id : null;
}

async function commitBudget(
  { work, rules, org }: Effects,
  request: number,
  person: number,
  { days, estimate }: TripForm,
): Promise<void> {
  const budget = tripBudgetOf(rules.trips, departmentsOf(person, org), days.from);
  await commit(
    work,
    { request, person, starts: days.from, ends: days.to, fen: (estimate ?? 0) * 100 },
    budget && { ...budget, limit: budget.yuan * 100 },
  );
}

/** Where legs lead, without the way home. */
function citiesOf(legs: readonly Leg[], from: unknown): readonly string[] {
  const all = [...new Set(legs.map(({ to }) => to))];
  const home = legs.at(-1)?.to;
  const away = all.filter((city) => city !== HOME && city !== from);
  // The last of several legs leads home, unless it goes on from where nobody came back.
  return away.length > 1 && legs.length > 2 && away.at(-1) === home && away.length === legs.length
    ? away.slice(0, -1)
    : away;
}
