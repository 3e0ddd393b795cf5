/** What somebody wrote while we were away for so long that the platform gave up repeating it. */
import { momentText } from '../../cards/times.ts';
import { clean } from '../../cards/clean.ts';
import { type Words, words } from '../../cards/words.ts';
import { actingAs, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { IncomingMessage } from '../channels/channel.ts';
import { oweTo } from '../delivery/owe.ts';
import { personAt } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import { elsewhereOf } from './elsewhere.ts';
import { hearingAt } from './talk.ts';

/** What is older than this is not acted on: its writer may have helped themselves. */
const STILL_MEANT = { hours: 24 };

/** Whether a message that is found so late is asked about rather than acted on. */
export const isPast = (sentAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(sentAt, now.subtract(STILL_MEANT)) < 0;

/** So many are named, and so much of each, in characters. */
const NAMED = 5;
const SHOWN = 60;

/** Asks a person once whether they still need what they wrote. Nothing else is done about it. */
export async function askStillNeeded(
  work: Work,
  setup: Setup,
  messages: readonly IncomingMessage[],
): Promise<void> {
  const [first] = messages;
  const person = first && (await personAt(work.tx, first.from));
  if (!first || !person) return;
  await record(actingAs(work, person.id), 'missed.asked', `person:${person.id}`, {
    after: { messages: messages.length },
  });
  const elsewhere = await elsewhereOf(work.tx, setup.rules, person.id);
  const at = hearingAt(work.now, setup.rules.timeZone, elsewhere);
  const lines = messages.slice(-NAMED).map(({ sentAt, text }): Words => {
    const moment = momentText(sentAt, at);
    const said = clean(text, SHOWN, 'one').trim();
    return said === ''
      ? words(`${moment.zh} 您发来图片或文件`, `${moment.en}: a picture or a file`)
      : words(`${moment.zh} 您说「${said}」`, `${moment.en}: “${said}”`);
  });
  const text = words(
    `程序停了一段时间，这些当时没有收到，现在也没有办：\n${lines.map(({ zh }) => zh).join('\n')}\n还需要吗？需要的话请再说一遍`,
    `The program was down for a while. This was not heard then and has not been acted on:\n${lines.map(({ en }) => en).join('\n')}\nIs it still needed? If so, please say it again`,
  );
  await oweTo(
    work,
    setup.jobs,
    { address: first.from, person: person.id },
    {
      what: `missed:${first.key}`,
      view: { view: 'notice', text },
      attention: true,
      priority: 3,
    },
  );
}
