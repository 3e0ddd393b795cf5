/** 「参会与材料」 on the card of a booking: who takes part, what is talked about, what is read beforehand. */
import type { Answers, Card } from '../../cards/card.ts';
import { clean } from '../../cards/clean.ts';
import { meetingPanelCard } from '../../cards/meeting.ts';
import { type Words, words } from '../../cards/words.ts';
import { annotate, mayAnnotate } from '../filing/annotate.ts';
import type { Request } from '../filing/store.ts';
import { invite } from '../meetings/amend.ts';
import { planOf } from '../meetings/store.ts';
import { answerText } from '../requests/fields/answers.ts';
import { namesIn } from '../requests/fields/people.ts';
import { kindNamed } from '../requests/index.ts';
import { nameOptions } from '../requests/room/attendees.ts';
import { addMaterialTold } from './meeting-words.ts';
import type { Talk } from './talk.ts';

/** The inputs, filled with what there is. Undefined when nothing can be added any more. */
export async function meetingPanel(talk: Talk, request: Request): Promise<Card | undefined> {
  if (request.kind !== 'room' || !mayAnnotate(request, talk.person.id, talk.work.now))
    return undefined;
  const { attendees, agenda } = planOf(request);
  const options = { attendees: await nameOptions(talk.work.tx, attendees) };
  const { fields } = kindNamed('room');
  const inputs = ['attendees', 'agenda'].flatMap((name) => {
    const value = name === 'attendees' ? attendees : (agenda ?? undefined);
    return fields[name]?.inputs(name, value, options.attendees, talk) ?? [];
  });
  return meetingPanelCard(
    { id: request.id, number: request.number, version: request.version },
    inputs,
  );
}

/** Takes in what was filled in. What was left as it was changes nothing; throws Refusal when it is too late. */
export async function savePanel(
  talk: Talk,
  request: Request,
  answers: Answers,
): Promise<{ readonly request: Request; readonly told: Words }> {
  const { work, setup, person } = talk;
  const by = { person: person.id, touched: person.id };
  const agenda = clean(answerText('agenda', answers) ?? '', 1_000, 'many');
  const names = namesIn(answerText('attendees', answers) ?? '');
  const noted = await annotate(work, setup, request.id, by, {
    agenda: agenda === '' ? undefined : agenda,
  });
  const { request: after, told } = await invite(work, setup, noted, by, { how: 'set', names });
  const material = clean(answerText('material', answers) ?? '', 200);
  if (material === '') return { request: after, told };
  const weight = answerText('weight', answers) === 'decision' ? 'decision' : 'discussion';
  const added = await addMaterialTold(talk, after, { name: material, weight });
  return {
    request: after,
    told: added ? words(`${told.zh}。${added.zh}`, `${told.en}. ${added.en}`) : told,
  };
}
