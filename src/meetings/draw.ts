/** Cards of a meeting, drawn for one reader from the truth of the moment. */
import type { Card, Fact } from '../../cards/card.ts';
import {
  type MeetingModel,
  type MeetingState,
  meetingCard,
  PREPARATION,
  preparationCard,
  materialCard,
} from '../../cards/meeting.ts';
import { momentText, periodText } from '../../cards/times.ts';
import { enumerated, type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { peopleById } from '../directory/people.ts';
import { readRequest, type Request } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { openFaults } from '../requests/room/faults.ts';
import type { Rules } from '../settings/rules.ts';
import { wallMinutes } from '../time/spans.ts';
import { mayTakeBack } from '../undo/deeds.ts';
import { agendaItems } from './agenda.ts';
import { isOpenForCheckIn } from './check-in.ts';
import { isGoingOn, mayFail } from './fault.ts';
import { isRoomAsked, standingOf } from './event.ts';
import {
  type Attendance,
  attendanceOf,
  materialsOf,
  type Meeting,
  meetingOf,
  planOf,
  readMeeting,
} from './store.ts';
import { hasRoomAfter, mayReshape } from './sharing/ending.ts';
import type { Was } from './tell.ts';
import { isBefore, type Preparation } from './times.ts';

/** A card and what it shows: the living card's subject and version. */
export type DrawnMeeting = {
  readonly card: Card;
  readonly subject: string;
  readonly version: number;
};

type Wanted = { readonly meeting: number; readonly revision?: number; readonly was?: Was };

/**
 * The card of a meeting for one person. Undefined when it is not true any more: a notice of another revision, or of a meeting that
 * was called off meanwhile.
 */
export async function drawMeeting(
  tx: Tx,
  wanted: Wanted,
  reader: number,
  rules: Rules,
  at: Hearing,
): Promise<DrawnMeeting | undefined> {
  const meeting = await readMeeting(tx, wanted.meeting);
  const request = meeting && (await readRequest(tx, meeting.request_id));
  if (!meeting || !request) return undefined;
  const bound = wanted.revision !== undefined;
  if (bound && (wanted.revision !== meeting.revision || meeting.state !== 'planned'))
    return undefined;
  // Its room refused: where and when it takes place is not settled.
  if (bound && request.state === 'returned') return undefined;
  const invited = await attendanceOf(tx, meeting.id);
  const mine = invited.find((each) => each.person_id === reader);
  if (bound && !mine && meeting.host_id !== reader) return undefined;
  const model = await modelOf(tx, { meeting, request, invited, mine }, reader, rules, at);
  const moved = wanted.was && model.state === 'planned';
  const card = meetingCard(
    moved ? { ...model, state: 'moved', was: wasText(wanted.was, at) } : model,
  );
  return { card, subject: `meeting:${meeting.id}`, version: meeting.revision };
}

function wasText({ from, to, place }: Was, at: Hearing): Words {
  const time = periodText(Temporal.Instant.from(from), Temporal.Instant.from(to), at);
  return words(`${time.zh} ${place}`, `${time.en}, ${place}`);
}

type Known = {
  readonly meeting: Meeting;
  readonly request: Request;
  readonly invited: readonly Attendance[];
  readonly mine: Attendance | undefined;
};

async function modelOf(
  tx: Tx,
  { meeting, request, invited, mine }: Known,
  reader: number,
  rules: Rules,
  at: Hearing,
): Promise<MeetingModel> {
  const now = at.now.toInstant();
  const people = await peopleById(tx, [
    meeting.host_id,
    ...invited.map((each) => each.person_id),
    ...(meeting.checked_in_by === null ? [] : [meeting.checked_in_by]),
  ]);
  const name = (id: number): string => people.get(id)?.name ?? '';
  const hosts = meeting.host_id === reader;
  const taking = [meeting.host_id, ...invited.map((each) => each.person_id)].map((id) => ({
    id,
    name: name(id),
  }));
  const items = agendaItems(planOf(request).agenda, taking);
  const lines = await materialsOf(tx, request.id);
  return {
    id: meeting.id,
    revision: meeting.revision,
    state: hosts || mine ? meeting.state : droppedFrom(meeting),
    title: titleOf(meeting, name(meeting.host_id)),
    begins: momentText(meeting.starts_at, at),
    time: periodText(meeting.starts_at, meeting.ends_at, at),
    room: meeting.place,
    place: await placeText(tx, meeting.place),
    host: name(meeting.host_id),
    agenda: items.map(
      ({ text, minutes, owner }, index) =>
        `${index + 1}. ${text}${owner === undefined ? '' : ` ${name(owner)}`}${minutes === undefined ? '' : ` ${minutes}′`}`,
    ),
    materials: lines,
    owes: items.filter(({ owner }) => owner === reader).map(({ text }) => text),
    ...(mine
      ? { answer: mine.answer, ...(mine.reason === null ? {} : { reason: mine.reason }) }
      : {}),
    ...(hosts && invited.length > 0 ? { tally: tallyText(invited, name) } : {}),
    mayAnswer:
      mine !== undefined && meeting.state === 'planned' && isBefore(now, meeting.starts_at),
    mayCheckIn: (hosts || mine !== undefined) && isOpenForCheckIn(meeting, now, rules),
    mayOpenFiles:
      (hosts || mine !== undefined) && lines.some((line) => line.attachment_id !== null),
    ...(await reshapingOf(tx, meeting, reader, rules, now)),
    mayUndo: await mayTakeBack(
      tx,
      { person: reader, subject: `meeting:${meeting.id}`, version: meeting.revision },
      now,
      rules.undoSeconds,
    ),
    mayRetake: hosts && meeting.state === 'released' && isBefore(now, meeting.ends_at),
    ...(await faultsOf(
      tx,
      meeting,
      (hosts || mine !== undefined) && isGoingOn(meeting, now, rules),
    )),
    ...(meeting.checked_in_by === null ? {} : { checkedIn: name(meeting.checked_in_by) }),
  };
}

/** How its end may be moved by one tap of that reader; somebody has to be there first, where that is asked. */
export async function reshapingOf(
  tx: Tx,
  meeting: Meeting,
  reader: number,
  rules: Rules,
  now: Temporal.Instant,
): Promise<Pick<MeetingModel, 'mayExtend' | 'mayEnd'>> {
  if (!mayReshape(meeting, reader, now) || isOpenForCheckIn(meeting, now, rules))
    return { mayExtend: null, mayEnd: false };
  const longer = await hasRoomAfter(tx, rules, meeting);
  return { mayExtend: longer ? wallMinutes(rules.rooms.extendBy) : null, mayEnd: true };
}

/** What has failed in its room and is not put right, and what else may be told; nothing unless it is going on. */
async function faultsOf(
  tx: Tx,
  { place }: Meeting,
  goesOn: boolean,
): Promise<Pick<MeetingModel, 'mayFail' | 'failed'>> {
  if (!goesOn) return { mayFail: [], failed: [] };
  const room = await tx
    .selectFrom('room')
    .select(['id', 'equipment'])
    .where('name', '=', place)
    .executeTakeFirst();
  if (!room) return { mayFail: [], failed: [] };
  const faults = await openFaults(tx, room.id);
  return {
    mayFail: mayFail(room).filter((each) => !faults.some(({ equipment }) => equipment === each)),
    failed: faults.map(({ equipment, number }) => `${equipment}（${number}）`),
  };
}

const droppedFrom = ({ state }: Meeting): MeetingState => (state === 'planned' ? 'dropped' : state);

const titleOf = ({ title }: Pick<Meeting, 'title'>, host: string): Words =>
  title === null ? words(`${host}的会议`, `meeting of ${host}`) : words(title, title);

async function placeText(tx: Tx, room: string): Promise<Words> {
  const row = await tx
    .selectFrom('room')
    .select('floor')
    .where('name', '=', room)
    .executeTakeFirst();
  return row
    ? words(`${room}（${row.floor}楼）`, `${room} (floor ${row.floor})`)
    : words(room, room);
}

/** More people than this are counted, not named. */
const MOST_NAMES = 12;

/** 「参加 3，请假 1（王磊：出差），未答 2（…）」 */
function tallyText(invited: readonly Attendance[], name: (id: number) => string): Words {
  const of = (answer: Attendance['answer']): readonly Attendance[] =>
    invited.filter((each) => each.answer === answer);
  const named = (some: readonly Attendance[]): Words =>
    enumerated(
      some
        .slice(0, MOST_NAMES)
        .map(({ person_id, reason }) =>
          reason === null
            ? name(person_id)
            : words(`${name(person_id)}：${reason}`, `${name(person_id)}: ${reason}`),
        ),
    );
  const parts = [
    ['参加', 'coming', of('coming')],
    ['请假', 'not coming', of('away')],
    ['未答', 'no answer', of('none')],
  ] as const;
  const told = parts.map(([zh, en, some]) => {
    const names = named(some);
    return some.length === 0
      ? words(`${zh} 0`, `${en} 0`)
      : words(`${zh} ${some.length}（${names.zh}）`, `${en} ${some.length} (${names.en})`);
  });
  return words(told.map(({ zh }) => zh).join('，'), told.map(({ en }) => en).join(', '));
}

/** What stands of its meeting on the card of a booking: who comes, what is read beforehand, what is prepared. */
export async function meetingFacts(
  tx: Tx,
  request: Request,
  at: Hearing,
): Promise<readonly Fact[]> {
  const meeting = await meetingOf(tx, request.id);
  const plan = planOf(request);
  const people = await peopleById(tx, plan.attendees);
  const name = (id: number): string => people.get(id)?.name ?? '';
  const materials = await materialsOf(tx, request.id);
  const label = words('参会人', 'Attendees');
  const invited = meeting ? await attendanceOf(tx, meeting.id) : [];
  return [
    ...(meeting?.day && meeting.state === 'planned' ? [nextFact(meeting, at)] : []),
    ...(invited.length > 0
      ? [{ label, value: tallyText(invited, name) }]
      : plan.attendees.length > 0
        ? [{ label, value: enumerated(plan.attendees.map(name)) }]
        : []),
    ...(materials.length > 0
      ? [
          {
            label: words('材料', 'Materials'),
            value: enumerated(materials.map((each) => each.name)),
          },
        ]
      : []),
    ...(meeting ? await roomFacts(tx, meeting) : []),
    ...(meeting ? await preparationFacts(tx, meeting) : []),
    ...(meeting ? standing(meeting, at) : []),
  ];
}

/** Of a series: what stands below is of its next date. */
function nextFact(meeting: Meeting, at: Hearing): Fact {
  const time = periodText(meeting.starts_at, meeting.ends_at, at);
  return {
    label: words('下一次', 'Next'),
    value: words(`${time.zh} ${meeting.place}`, `${time.en}, ${meeting.place}`),
  };
}

/** What its room of Feishu has answered; nothing where it is a room of the office's own. */
async function roomFacts(tx: Tx, meeting: Meeting): Promise<readonly Fact[]> {
  const label = words('飞书会议室', 'Feishu room');
  const row = await tx
    .selectFrom('booking')
    .select('refused')
    .where('request_id', '=', meeting.request_id)
    .where('day', 'is not distinct from', meeting.day)
    .where('state', '=', 'held')
    .where('refused', 'is not', null)
    .executeTakeFirst();
  if (row?.refused) return [{ label, value: REFUSED[row.refused] }];
  if (meeting.state !== 'planned') return [];
  if (await isRoomAsked(tx, meeting.id))
    return [{ label, value: words('确认中', 'being confirmed') }];
  const answer = (await standingOf(tx, meeting.id))?.room?.answer;
  if (answer === 'accepted') return [{ label, value: words('已确认', 'confirmed') }];
  if (answer === 'silent')
    return [
      { label, value: words('还没有答复，请看飞书日历', 'no answer; please see the calendar') },
    ];
  return [];
}

const REFUSED: { readonly [why in 'taken' | 'rules' | 'removed' | 'unknown']: Words } = {
  taken: words('没有订到：已被别人占用', 'refused: somebody else has it'),
  rules: words(
    '没有订到：超出可预订的时长、时间或范围，或者要审批（要审批的会议室机器人订不了，请在飞书里订）',
    'refused: beyond its limits, or it needs an approval, which a bot cannot ask for: please book it in Feishu',
  ),
  removed: words('会议室被管理员收回', 'taken back by an administrator'),
  unknown: words('没有订到：飞书没有同意', 'refused'),
};

async function preparationFacts(tx: Tx, meeting: Meeting): Promise<readonly Fact[]> {
  const rows = await tx
    .selectFrom('preparation')
    .leftJoin('person', 'person.id', 'preparation.done_by')
    .select(['preparation.sort', 'person.name'])
    .where('meeting_id', '=', meeting.id)
    .where('preparation.sort', '!=', 'restore')
    .orderBy('preparation.due_at')
    .execute();
  if (rows.length === 0) return [];
  const told = rows.map(({ sort, name }) =>
    name === null
      ? words(`${PREPARATION[sort].zh} 待办`, `${PREPARATION[sort].en}: to do`)
      : words(
          `${PREPARATION[sort].zh} 已完成（${name}）`,
          `${PREPARATION[sort].en}: done (${name})`,
        ),
  );
  return [
    {
      label: words('会场准备', 'Preparation'),
      value: words(told.map(({ zh }) => zh).join('，'), told.map(({ en }) => en).join(', ')),
    },
  ];
}

function standing(meeting: Meeting, at: Hearing): readonly Fact[] {
  const label = words('签到', 'Check-in');
  if (meeting.state === 'released')
    return [
      { label, value: words('无人签到，会议室已释放', 'nobody came, the room was released') },
    ];
  if (meeting.checked_in_at) {
    const when = momentText(meeting.checked_in_at, at);
    return [{ label, value: words(`已签到 ${when.zh}`, `checked in ${when.en}`) }];
  }
  return [];
}

/** The card of a preparation for the office. Undefined when there is no such meeting. */
export async function drawPreparation(
  tx: Tx,
  { meeting: id, sort }: { readonly meeting: number; readonly sort: Preparation },
  reader: number,
  rules: Rules,
  at: Hearing,
): Promise<DrawnMeeting | undefined> {
  const meeting = await readMeeting(tx, id);
  const request = meeting && (await readRequest(tx, meeting.request_id));
  if (!meeting || !request) return undefined;
  const row = await tx
    .selectFrom('preparation')
    .selectAll()
    .where('meeting_id', '=', id)
    .where('sort', '=', sort)
    .executeTakeFirst();
  const people = await peopleById(tx, [meeting.host_id, ...(row?.done_by ? [row.done_by] : [])]);
  const host = people.get(meeting.host_id)?.name ?? '';
  const { equipment, layout } = planOf(request);
  const round = row?.round ?? 0;
  const done = { person: reader, subject: `preparation:${id}:${sort}`, version: round } as const;
  const card = preparationCard({
    meeting: id,
    sort,
    round,
    mayUndo: await mayTakeBack(tx, done, at.now.toInstant(), rules.undoSeconds),
    begins: momentText(meeting.starts_at, at),
    place: await placeText(tx, meeting.place),
    title: titleOf(meeting, host),
    host,
    equipment,
    layout,
    due: momentText(row?.due_at ?? meeting.starts_at, at),
    late: row !== undefined && isBefore(row.due_at, at.now.toInstant()),
    ...(row?.done_by ? { done: people.get(row.done_by)?.name ?? '' } : {}),
    off: !row || (sort !== 'restore' && meeting.state !== 'planned'),
  });
  return { card, subject: `preparation:${id}:${sort}`, version: round };
}

/** The card that asks what a material is for. */
export async function drawMaterial(tx: Tx, id: number, at: Hearing): Promise<Card | undefined> {
  const row = await tx.selectFrom('material').selectAll().where('id', '=', id).executeTakeFirst();
  const request = row && (await readRequest(tx, row.request_id));
  if (!row || !request) return undefined;
  const meeting = await meetingOf(tx, request.id);
  if (!meeting) return materialCard(row, words(request.number, request.number));
  const begins = momentText(meeting.starts_at, at);
  return materialCard(
    row,
    words(
      `${request.number} ${begins.zh} ${meeting.place}`,
      `${request.number}, ${begins.en}, ${meeting.place}`,
    ),
  );
}
