/** 我的免打扰: what a person wishes of their quiet time, said or tapped. */
import type { Answers, Card } from '../../cards/card.ts';
import { quietCard } from '../../cards/quiet.ts';
import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { decideAgain } from '../delivery/quiet.ts';
import {
  changePreference,
  type Preference,
  quietTimeOf,
  readPreference,
} from '../directory/preferences.ts';
import { answerText } from '../requests/fields/answers.ts';
import type { Rules } from '../settings/rules.ts';
import { type Hours, parseHours } from '../time/hours.ts';
import { type QuietWish, quietWish } from './quiet-words.ts';
import { answer, say, type Talk } from './talk.ts';
import type { Tapped } from './tap.ts';

/** The other end of hours of which only one was named, where there are none yet: the office's usual night. */
const NIGHT: Hours = { from: '21:00', to: '08:30' };

/** 「别在周末提醒我」: done at once, shown with the way back. */
export async function quietByWord(talk: Talk, said: string): Promise<void> {
  const { hours } = talk.setup.rules.workingHours;
  const wish = quietWish(said, talk.now, hours.at(-1)?.to ?? NIGHT.from);
  if (wish.wish === 'look') return answer(talk, { view: 'quiet' });
  const wanted = await wantedBy(talk, wish);
  if (!wanted)
    return say(
      talk,
      '开始和结束是同一个时间，没有改。例如「免打扰改成20:00到9:00」',
      'It begins when it ends, so nothing was changed. For example: “quiet hours 20:00 to 9:00”',
    );
  await change(talk, wanted);
  return answer(talk, { view: 'quiet', changed: true });
}

/** What changes by a wish; undefined when its hours are none. */
async function wantedBy(
  { work, setup, person }: Talk,
  wish: QuietWish,
): Promise<Partial<Preference> | undefined> {
  switch (wish.wish) {
    case 'look':
      return {};
    case 'usual':
      return { hours: 'office', daysOff: false };
    case 'none':
      return { hours: 'none' };
    case 'days-off':
      return { daysOff: wish.quiet };
    case 'hours': {
      const now = quietTimeOf(
        await readPreference(work.tx, person.id),
        setup.rules.reminders.quietHours,
      );
      const { from, to } = { ...(now.hours ?? NIGHT), ...wish };
      const hours = parseHours(`${from}-${to}`);
      return hours ? { hours } : undefined;
    }
    default:
      return wish satisfies never;
  }
}

async function change({ work, person }: Talk, wanted: Partial<Preference>): Promise<void> {
  await changePreference(work, person.id, wanted);
  await decideAgain(work, person.id);
}

/** A button of the card. Throws a Refusal when the hours filled in are none. */
export async function tapQuiet(talk: Talk, which: string, answers: Answers): Promise<Tapped> {
  const wish = tappedWish(which, answers);
  const wanted = await wantedBy(talk, wish);
  if (!wanted)
    throw new Refusal(
      'quiet.hours',
      words('开始和结束不能是同一个时间', 'It cannot begin when it ends'),
      words('请重选一个', 'Please choose another one'),
    );
  if (wish.wish !== 'look') await change(talk, wanted);
  const card = await drawQuiet(talk.work.tx, talk.person.id, talk.setup.rules, true);
  return { card, toast: { look: 'success', text: words('已更新', 'Changed') } };
}

function tappedWish(which: string, answers: Answers): QuietWish {
  if (which === 'days-off' || which === 'days-on')
    return { wish: 'days-off', quiet: which === 'days-off' };
  if (which === 'usual') return { wish: 'usual' };
  if (which !== 'hours') return { wish: 'look' };
  const [from, to] = [answerText('from', answers), answerText('to', answers)];
  return {
    wish: 'hours',
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** What holds for a person now. */
export async function drawQuiet(
  tx: Tx,
  person: number,
  { reminders }: Rules,
  changed: boolean,
): Promise<Card> {
  const preference = await readPreference(tx, person);
  const { hours, daysOff } = quietTimeOf(preference, reminders.quietHours);
  return quietCard({
    hours: hours ?? undefined,
    own: preference.hours !== 'office',
    daysOff,
    changed,
  });
}
