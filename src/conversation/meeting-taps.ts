/** Taps on the cards of a meeting: answers, check-in, what the office prepared. Who may is asked here and now. */
import { clean } from '../../cards/clean.ts';
import { type Words, words } from '../../cards/words.ts';
import { PREPARATION, WEIGHT } from '../../cards/meeting.ts';
import type { Toast } from '../../cards/card.ts';
import { nameOf } from '../directory/people.ts';
import { act } from '../filing/act.ts';
import { mayChange } from '../filing/change.ts';
import { lockRequest, readRequest } from '../filing/store.ts';
import { answerInvitation, type Answered } from '../meetings/answer.ts';
import { checkIn, type CheckedIn, retake, type Retaken } from '../meetings/check-in.ts';
import { drawMaterial, drawMeeting, drawPreparation, type DrawnMeeting } from '../meetings/draw.ts';
import { drawDrift, driftOf, restore } from '../meetings/drift.ts';
import { weigh } from '../meetings/materials.ts';
import { prepare } from '../meetings/preparations.ts';
import { formOn } from '../meetings/series-dates.ts';
import { attendanceOf, readMeeting } from '../meetings/store.ts';
import { type Preparation, PREPARATIONS } from '../meetings/times.ts';
import { answerText } from '../requests/fields/answers.ts';
import { startChangeTo } from './changing.ts';
import { tellFault } from './faults.ts';
import { drawDraft } from './draft-view.ts';
import { askingFor } from './drafts.ts';
import { INVALID } from './outcomes.ts';
import { mayOpen, oweFiles } from './request-files.ts';
import { cancelDates } from './series-taps.ts';
import { reshape, type Reshapes } from './reshaping.ts';
import type { Talk } from './talk.ts';
import type { Tap, Tapped, TapWish } from './tap.ts';
import { undoShown } from './undo.ts';

/** A tap on the card of a meeting, or of something prepared for it. */
export async function tapMeeting(tap: Tap, wanted: TapWish, id: number): Promise<Tapped> {
  const { talk, incoming } = tap;
  const { work, setup, person } = talk;
  switch (wanted.a) {
    case 'attend':
    case 'decline': {
      const reason = clean(answerText('reason', incoming.answers) ?? '', 60);
      const answer = wanted.a === 'attend' ? ('coming' as const) : ('away' as const);
      const revision = wanted.n === undefined ? {} : { revision: wanted.n };
      const of = { meeting: id, person: person.id, answer, reason, ...revision };
      const done = await answerInvitation(work, setup, of);
      return done.answered || done.why !== 'not-invited'
        ? shown(talk, id, answeredText(done, answer))
        : refused(answeredText(done, answer));
    }
    case 'check-in': {
      const done = await checkIn(work, setup, id, person.id);
      const text = checkedInText(done);
      return !done.done && done.why === 'not-invited'
        ? refused(text)
        : shown(talk, id, text, done.done ? 'success' : 'info');
    }
    case 'retake': {
      const done = await retake(work, setup, id, person.id);
      const text = retakenText(done);
      return !done.done && done.why === 'not-yours'
        ? refused(text)
        : shown(talk, id, text, done.done ? 'success' : 'warning');
    }
    case 'extend':
    case 'end-early':
      return reshapeTapped(talk, id, wanted.a, wanted.n);
    case 'undo': {
      const { toast } = await undoShown(talk, `meeting:${id}`, wanted.n);
      const drawn = await drawMeeting(work.tx, { meeting: id }, person.id, setup.rules, talk);
      return withCard(drawn, toast);
    }
    case 'fault':
      return faultTapped(talk, id, wanted.o ?? '');
    case 'cal-follow':
      return followCalendar(talk, id);
    case 'cal-restore':
      return restoreCalendar(talk, id);
    case 'files':
      return filesTapped(talk, id);
    case 'prepared':
    case 'unprepared': {
      const sort = PREPARATIONS.find((each) => each === wanted.o);
      if (!sort) return refused(INVALID);
      return wanted.a === 'prepared'
        ? preparedTapped(talk, id, sort)
        : preparationUndone(talk, id, sort, wanted.n);
    }
    default:
      return refused(INVALID);
  }
}

/** It is being repaired, and its host has another room to choose from, if one is free. */
async function faultTapped(talk: Talk, id: number, what: string): Promise<Tapped> {
  const told = await tellFault(talk, id, what);
  return told.reported ? shown(talk, id, told.text, 'success') : refused(told.text);
}

/** Longer by one step, or over now; what stands on the card is looked up again. */
async function reshapeTapped(
  talk: Talk,
  id: number,
  act: Reshapes,
  seen: number | undefined,
): Promise<Tapped> {
  const meeting = await readMeeting(talk.work.tx, id);
  const invited = meeting ? await attendanceOf(talk.work.tx, id) : [];
  const people = [meeting?.host_id, ...invited.map((each) => each.person_id)];
  if (!meeting || !people.includes(talk.person.id)) return refused(NOT_INVITED);
  const { done, text } = await reshape(talk, meeting, act, seen === meeting.revision);
  return shown(talk, id, text, done ? 'success' : 'warning');
}

/** The materials as files of their own; the card stays as it is. */
async function filesTapped(talk: Talk, id: number): Promise<Tapped> {
  const { work, person } = talk;
  const meeting = await readMeeting(work.tx, id);
  const request = meeting && (await readRequest(work.tx, meeting.request_id));
  if (!request || !(await mayOpen(work.tx, request, person.id))) return refused(NOT_INVITED);
  return { toast: { look: 'info', text: await oweFiles(talk, request) } };
}

const refused = (text: Words): Tapped => ({ toast: { look: 'error', text } });

async function shown(
  talk: Talk,
  id: number,
  text: Words,
  look: Toast['look'] = 'info',
): Promise<Tapped> {
  const { work, setup, person } = talk;
  const drawn = await drawMeeting(work.tx, { meeting: id }, person.id, setup.rules, talk);
  return withCard(drawn, { look, text });
}

const withCard = (drawn: DrawnMeeting | undefined, toast: Toast): Tapped =>
  drawn
    ? { toast, card: drawn.card, subject: { name: drawn.subject, version: drawn.version } }
    : { toast };

const NOT_INVITED = words('没有找到您的这个会议', 'No such meeting of yours');

/** What became of an answer, in one line. */
function answeredText(done: Answered, answer: 'coming' | 'away'): Words {
  if (done.answered)
    return answer === 'coming'
      ? words('已确认参加', 'Noted: you are coming')
      : words('已请假，主持人会看到', 'Noted; the host will see it');
  switch (done.why) {
    case 'not-invited':
      return NOT_INVITED;
    case 'moved':
      return words(
        '会议已改期，请看新的时间再答复',
        'The meeting was moved; please look at the new time',
      );
    case 'begun':
      return words(
        '会议已经开始，不再收答复；有事请直接联系主持人',
        'It has begun; please tell the host directly',
      );
    case 'gone':
      return words('这个会议不开了', 'This meeting does not take place');
    case 'reason':
      return words('请先写一句请假原因', 'Please say in a few words why you cannot come');
    default:
      return done.why satisfies never;
  }
}

/** What became of a check-in, in one line. */
export function checkedInText(done: CheckedIn): Words {
  if (done.done)
    return words(
      `已签到，${done.meeting.place}为您保留`,
      `Checked in; ${done.meeting.place} is yours`,
    );
  switch (done.why) {
    case 'not-invited':
      return NOT_INVITED;
    case 'already':
      return words('已经有人签到了', 'Somebody has checked in already');
    case 'not-needed':
      return words(
        '这场会不用签到，会议室会一直留着',
        'This meeting needs no check-in; the room stays yours',
      );
    case 'not-open':
      return words('还没到签到时间', 'Check-in is not open yet');
    case 'gone':
      return words('这个会议已经结束或取消', 'This meeting is over or does not take place');
    default:
      return done.why satisfies never;
  }
}

export function retakenText(done: Retaken): Words {
  if (done.done)
    return words(
      `已收回，${done.meeting.place}继续为您保留`,
      `${done.meeting.place} is yours again`,
    );
  switch (done.why) {
    case 'not-yours':
      return NOT_INVITED;
    case 'taken':
      return words(
        '会议室已被别人订走，可以说「今天哪些会议室有空」',
        'Somebody has taken the room; you may ask which rooms are free today',
      );
    case 'over':
      return words('会议时间已经过了', 'Its time is over');
    default:
      return done.why satisfies never;
  }
}

/** It is to be done again. */
async function preparationUndone(
  talk: Talk,
  id: number,
  sort: Preparation,
  seen: number | undefined,
): Promise<Tapped> {
  const { work, setup, person } = talk;
  const subject = `preparation:${id}:${sort}` as const;
  const { toast } = await undoShown(talk, subject, seen);
  const about = { meeting: id, sort };
  return withCard(await drawPreparation(work.tx, about, person.id, setup.rules, talk), toast);
}

async function preparedTapped(talk: Talk, id: number, sort: Preparation): Promise<Tapped> {
  const { work, setup, person } = talk;
  const done = await prepare(work, setup, id, sort, person.id);
  if (!done.prepared && done.why === 'not-yours')
    return refused(words('这件事由行政办理', 'This is for the office to do'));
  const drawn = await drawPreparation(work.tx, { meeting: id, sort }, person.id, setup.rules, talk);
  const name = PREPARATION[sort];
  if (done.prepared)
    return withCard(drawn, {
      look: 'success',
      text: words(`${name.zh}已完成`, `${name.en}: done`),
    });
  if (done.why !== 'already')
    return withCard(drawn, { look: 'info', text: words('不用做了', 'Not needed any more') });
  const who = await nameOf(work.tx, done.by);
  const text = words(`${who}已经完成了`, `${who} has done it already`);
  return withCard(drawn, { look: 'info', text });
}

/** The host takes over what was changed in the calendar: a draft of the change, shown before it counts, or the booking is cancelled. */
async function followCalendar(talk: Talk, id: number): Promise<Tapped> {
  const { work, setup, person } = talk;
  const found = await driftOf(work, id, person.id);
  const request = found && (await lockRequest(work.tx, found.meeting.request_id));
  if (!found || !request) return settled(talk, id);
  if ('moved' in found.drift) {
    if (!mayChange(request)) return settled(talk, id);
    const when = { from: found.drift.moved.from, to: found.drift.moved.to };
    const form = formOn(request, found.meeting.day, talk.now.timeZoneId);
    const draft = await startChangeTo(talk, request, { ...form, when });
    const card = await drawDraft(draft, askingFor(talk, request.id));
    return { card, subject: { name: `draft:${draft.id}`, version: draft.version } };
  }
  if (found.meeting.day) {
    const done = await cancelDates(talk, request, found.meeting.day.toString(), 'one', false);
    return done ? drift(talk, id, done.told) : settled(talk, id);
  }
  const wish = { request: request.id, person: person.id, act: 'cancel' as const };
  const acted = await act(work, setup, wish, talk);
  if (acted?.done !== true) return settled(talk, id);
  return drift(talk, id, words(`${request.number} 已取消`, `${request.number} was cancelled`));
}

/** The booking counts: the calendar is made as it says. */
async function restoreCalendar(talk: Talk, id: number): Promise<Tapped> {
  const found = await driftOf(talk.work, id, talk.person.id);
  if (!found) return settled(talk, id);
  await restore(talk.work, id, found.drift);
  return drift(talk, id, words('日历马上改回来', 'The calendar will be as it was in a moment'));
}

const settled = (talk: Talk, id: number): Promise<Tapped> =>
  drift(talk, id, words('没有要处理的改动了', 'Nothing is left to be decided'), 'info');

async function drift(
  talk: Talk,
  id: number,
  text: Words,
  look: Toast['look'] = 'success',
): Promise<Tapped> {
  const drawn = await drawDrift(talk.work.tx, id, talk.person.id, talk);
  return drawn ? withCard(drawn, { look, text }) : refused(NOT_INVITED);
}

/** 决策项 or 讨论项 under a material. */
export async function tapMaterial(tap: Tap, wanted: TapWish, id: number): Promise<Tapped> {
  const { talk } = tap;
  const weight = wanted.o === 'decision' || wanted.o === 'discussion' ? wanted.o : undefined;
  const done = weight && (await weigh(talk.work, talk.setup, id, talk.person.id, weight));
  if (!weight || !done) return refused(NOT_INVITED);
  const card = await drawMaterial(talk.work.tx, id, talk);
  const text = words(`已标为${WEIGHT[weight].zh}`, `Marked: ${WEIGHT[weight].en.toLowerCase()}`);
  return { toast: { look: 'success', text }, ...(card ? { card } : {}) };
}
