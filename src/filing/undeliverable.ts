import { type Words, words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { Undeliverable } from '../delivery/delivery.ts';
import type { View } from '../delivery/owe.ts';
import { reasonOf } from '../delivery/reasons.ts';
import { holdersOf, type Organisation, readOrganisation } from '../directory/organisation.ts';
import { nameOf } from '../directory/people.ts';
import type { Rules } from '../settings/rules.ts';
import { escalate } from './escalate.ts';
import type { Setup } from './move.ts';
import { oweNoticeToRole } from './notices.ts';

/** Views whose loss is told: a notice about an undeliverable notice would go round in circles. */
const TOLD: ReadonlySet<string> = new Set(['request', 'bundle']);

/** It is the message that does not arrive; its person may be reached by others. */
const ITSELF: ReadonlySet<Undeliverable['why']> = new Set(['message', 'given-up']);

type Lost = {
  readonly id: string;
  readonly person_id: number | null;
  readonly channel: string;
  readonly view: View;
};

/**
 * A message that does not arrive is recorded. The office manager is told within the minute: of a person out of reach once, however much is
 * owed to them, else of the message. An approval that waits for somebody out of reach goes to their leader as well.
 */
export async function tellUndeliverable(
  work: Work,
  setup: Setup,
  lost: Lost,
  { code, why }: Undeliverable,
): Promise<void> {
  await record(work, 'delivery.dead', 'office', { after: { delivery: lost.id, code } });
  const person = lost.person_id;
  if (person === null) return;
  if (why === 'out-of-reach') await tellOutOfReach(work, setup, lost, person, code);
  if (ITSELF.has(why) && TOLD.has(lost.view.view))
    await tellOffice(work, setup, lost, person, `unreachable:${lost.id}`, (name) =>
      why === 'given-up'
        ? words(
            `发给${name}的消息试了一天都没送到（${reasonOf(code).zh}），不再重试，请用其他方式联系`,
            `a message to ${name} failed for a whole day (${reasonOf(code).en}) and was given up; please contact them otherwise`,
          )
        : words(
            `消息送不到${name}（${reasonOf(code).zh}），请用其他方式联系`,
            `${name} cannot be reached (${reasonOf(code).en}); please contact them otherwise`,
          ),
    );
  if (!ITSELF.has(why) && lost.view.view === 'request' && lost.view['waits'] === true)
    await escalate(work, setup, Number(lost.view['request']), person);
}

async function tellOutOfReach(
  work: Work,
  setup: Setup,
  lost: Lost,
  person: number,
  code: string,
): Promise<void> {
  await record(work, 'person.unreachable', `person:${person}`, { after: { code } });
  const reason = reasonOf(code);
  // Once for each time they get out of reach; this delivery is the first that told.
  await tellOffice(work, setup, lost, person, `out-of-reach:${lost.id}`, (name) =>
    words(
      `联系不到${name}：${reason.zh}。等 TA 审批的会同时转给上级；请用其他方式联系。TA 一发消息给我就会恢复，没送到的会补发`,
      `${name} is out of reach: ${reason.en}. What waits for their approval goes to their leader as well; please contact them otherwise. As soon as they write to me, what they missed is sent`,
    ),
  );
}

async function tellOffice(
  work: Work,
  setup: Setup,
  lost: Lost,
  person: number,
  key: string,
  text: (name: string) => Words,
): Promise<void> {
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  const name = await nameOf(work.tx, person);
  const role = roleBut(person, org, setup.rules);
  await oweNoticeToRole(work, setup.jobs, org, role, { key, text: text(name) }, lost.channel);
}

/** The office manager; when that is the one who is not reached, the next whom the rules tell of what is late. */
function roleBut(person: number, org: Organisation, { service }: Rules): string {
  const isThere = (role: string): boolean =>
    holdersOf(org, role).some((each) => each !== person && org.people.get(each)?.active);
  return ['office-manager', ...service.response.escalate].find(isThere) ?? 'office-manager';
}
