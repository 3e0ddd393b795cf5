/**
 * The platform repeats what it could not tell us for seven hours. After a longer absence each private chat is looked through for what came
 * meanwhile, and open cards are drawn anew: whoever tapped one was told that it failed, and no tap can be had back.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { words } from '../../cards/words.ts';
import { keepSetting, settingNamed } from '../../db/setting.ts';
import { inWork, type Office } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { type Channel, DeliveryFault, type Desk, type Written } from '../channels/channel.ts';
import { laneOf } from '../delivery/owe.ts';
import { takePace } from '../delivery/pace.ts';
import { peopleShowing } from '../delivery/shown.ts';
import type { Setup } from '../filing/move.ts';
import { readRequest } from '../filing/store.ts';
import { oweCard } from '../filing/tell.ts';
import type { Clock } from '../time/clock.ts';
import { holdLease } from './lease.ts';
import { tellRole } from './tell-role.ts';

/** An absence that is longer is looked into; the platform's last repeat but one is after an hour, its last after six more. */
const LONG = { hours: 6 };
/** What was on its way when we were last there. */
const BEFORE = { minutes: 10 };
/** How often it is noted that we are here. */
const NOTED = { minutes: 1 };
/** So many chats are looked through in one go, a call each at least; more comes five seconds later. */
const AT_ONCE = 40;
/** Pages of a chat, 50 messages each. */
const MOST_PAGES = 10;
/** The platform's pace is waited for so long and so often, ms, before it is left to the next time. */
const LONGEST_WAIT_MS = 1_000;
const TURNS = 20;

/** Until when we were there, and how far the chats are looked through since, by their person's address. */
export const HERE = 'here-until';
const LOOKED = 'missed-looked';

export type MissedOptions = {
  readonly office: Office;
  readonly setup: Setup;
  readonly channel: Channel;
  readonly desk: Pick<Desk, 'missed'>;
  /** Whether events reach this process. */
  readonly connected: () => boolean;
  readonly holder: string;
  readonly realTime: Clock;
  readonly log: (what: string, about: object) => void;
};

/** Notes that we are here; after a long absence looks for what was missed, one replica of all. */
export async function lookForMissed(options: MissedOptions): Promise<void> {
  const { office, channel, connected, holder, realTime } = options;
  if (!channel.writtenSince || !connected()) return;
  const now = realTime.now();
  const noted = await settingNamed(office.db, HERE);
  const here = noted === undefined ? undefined : Temporal.Instant.from(noted);
  const longAway = here && Temporal.Instant.compare(here, now.subtract(LONG)) < 0;
  if (!longAway) {
    if (!here || Temporal.Instant.compare(here, now.subtract(NOTED)) <= 0)
      await keepSetting(office.db, HERE, now.toString());
    return;
  }
  if (!(await holdLease(office.db, 'missed', holder, 120, now))) return;
  // Another may have ended it between the look and the lease.
  if ((await settingNamed(office.db, HERE)) !== noted) return;
  const outcome = await lookThrough(options, here);
  if (outcome === 'more') return;
  if (outcome === 'refused') await tellRefused(options, here);
  await redrawOpen(options, here);
  await inWork(office, { actor: 'system' }, async (work) => {
    await record(work, 'missed.looked', 'office', { after: { since: here.toString(), outcome } });
    await work.tx.deleteFrom('setting').where('name', '=', LOOKED).execute();
    await keepSetting(work.tx, HERE, now.toString());
  });
}

/** `more`: not all chats are looked through yet. `refused`: the platform does not let us. */
async function lookThrough(
  options: MissedOptions,
  here: Temporal.Instant,
): Promise<'done' | 'more' | 'refused'> {
  const { office, channel } = options;
  const chats = await office.db
    .selectFrom('address')
    .innerJoin('person', 'person.id', 'address.person_id')
    .select(['address.external_id', 'address.chat'])
    .where('address.channel', '=', channel.name)
    .where('address.chat', 'is not', null)
    .where('address.external_id', '>', (await settingNamed(office.db, LOOKED)) ?? '')
    .where('person.active', '=', true)
    .orderBy('address.external_id')
    .limit(AT_ONCE)
    .execute();
  for (const { external_id: id, chat } of chats) {
    const outcome = await lookInto(options, { id, chat: chat ?? '' }, here.subtract(BEFORE));
    if (outcome !== 'done') return outcome;
    await keepSetting(office.db, LOOKED, id);
  }
  return chats.length < AT_ONCE ? 'done' : 'more';
}

/** One private chat, page by page. `more`: not now, so later. `refused`: the platform lets us look into none. */
async function lookInto(
  options: MissedOptions,
  { id, chat }: { readonly id: string; readonly chat: string },
  since: Temporal.Instant,
): Promise<'done' | 'more' | 'refused'> {
  const { channel, desk, log } = options;
  let page: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    if (!(await takesTurn(options, id))) return 'more';
    let written: Written | undefined;
    try {
      written = await channel.writtenSince?.(chat, since, page);
    } catch (error) {
      if (!(error instanceof DeliveryFault)) throw error;
      log('missed.not-looked', { code: error.code, outcome: error.outcome });
      if (error.outcome !== 'never') return 'more';
      // Never, for all chats or for this one.
      return error.closed ? 'refused' : 'done';
    }
    if (!written) return 'done';
    await desk.missed(written.messages);
    if (written.next === undefined) return 'done';
    page = written.next;
  }
  return 'done';
}

/** One call, out of what reminders may take: whoever writes now is answered first. False: not in a moment either. */
async function takesTurn(
  { office, channel: { name, pace }, realTime }: MissedOptions,
  id: string,
): Promise<boolean> {
  if (!pace) return true;
  for (let tries = 0; tries < TURNS; tries++) {
    const [wait = 0] = await inWork(office, { actor: 'system' }, ({ tx }) =>
      takePace(tx, name, [{ lane: laneOf(name, id), priority: 6 }], pace, realTime.now()),
    );
    if (wait === 0) return true;
    if (wait > LONGEST_WAIT_MS) return false;
    await pause(wait);
  }
  return false;
}

/** Cards of what is still open are drawn as it stands; one that looks so already costs no call. */
async function redrawOpen({ office, setup }: MissedOptions, here: Temporal.Instant): Promise<void> {
  const open = await office.db
    .selectFrom('request')
    .select('id')
    .where('closed_at', 'is', null)
    .orderBy('id')
    .execute();
  for (const { id } of open)
    await inWork(office, { actor: 'system' }, async (work) => {
      const request = await readRequest(work.tx, id);
      for (const person of request ? await peopleShowing(work.tx, `request:${id}`) : [])
        if (request)
          await oweCard(work, setup, request, person, 'quiet', `:back:${here.toString()}`);
    });
}

/** Nobody can look: whoever may grant it hears what follows from that. */
async function tellRefused(
  { office, setup }: MissedOptions,
  here: Temporal.Instant,
): Promise<void> {
  await inWork(office, { actor: 'system' }, (work) =>
    tellRole(work, setup, 'office-manager', {
      key: `missed-refused:${here.toString()}`,
      text: words(
        '程序停了 6 小时以上，飞书不再重发这期间的消息，也没能读回来：应用缺少权限 im:message:readonly。请管理员开通后发布版本，并请大家把停机期间说过的事再说一遍',
        'The program was away for more than six hours. Feishu no longer repeats what was written meanwhile, and it could not be read back: the app lacks the permission im:message:readonly. Please grant it and publish a version, and ask people to say again what they said meanwhile',
      ),
    }),
  );
}
