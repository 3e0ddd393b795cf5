/** What one person, or one group, may say and ask for: who goes beyond it keeps nobody waiting but themselves, and is told so once a minute. */
import { sql } from 'kysely';
import { Refusal } from '../../cards/refusal.ts';
import { type Words, words } from '../../cards/words.ts';
import { actingAs, type Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import type { IncomingMessage } from '../channels/channel.ts';
import { laneOf, oweTo } from '../delivery/owe.ts';
import { personAt } from '../directory/people.ts';
import type { Setup } from '../filing/move.ts';
import type { RequestKind } from '../requests/kind.ts';
import { oweThread } from '../responses/tell.ts';
import type { LimitRules, Rules } from '../settings/rules.ts';

/** Where something was said: who by, and where if that is a group. */
export type Spoken = Pick<IncomingMessage, 'from'> & { readonly group?: string | undefined };

/**
 * What a key that was claimed comes to. `repeat`: it had come before. `beyond`: too many of a person or in a group came in this minute;
 * `tell`: whoever it is has not been told of it for a minute.
 */
export type Claimed =
  | { readonly is: 'repeat' | 'heard' }
  | { readonly is: 'beyond'; readonly of: 'person' | 'group'; readonly tell: boolean };

/** A minute begins with the first message of it. */
const MINUTE = { minutes: 1 };
/** Where there is no limit. */
const UNLIMITED = 2_147_483_647;

type Count = {
  readonly of: 'person' | 'group';
  readonly beyond: boolean;
  readonly tell: boolean;
};

/**
 * Claims the key of a message in its sender's turn and counts it, in one statement: a repeat is not counted, replicas count together. Moments are read before their
 * turn comes, so that they may lie a little apart; only a clock that went back by more than a minute begins a new one.
 */
export async function claimCounted(
  { tx, now }: Work,
  limits: LimitRules,
  claim: { readonly key: string; readonly kind: string; readonly chat: string | null },
  { from, group }: Spoken,
): Promise<Claimed> {
  const [earlier, later] = [now.subtract(MINUTE), now.add(MINUTE)];
  const person = sql`(${laneOf(from.channel, from.id)}, 'person', ${limits.messages ?? UNLIMITED}::int)`;
  // Everybody takes them in this order: first whose message it is, then the group.
  const counted =
    group === undefined
      ? person
      : sql`${person}, (${laneOf(from.channel, group)}, 'group', ${limits.group ?? UNLIMITED}::int)`;
  const running = sql`m.since > ${earlier} and m.since <= ${later}`;
  const quiet = sql`m.told_at > ${earlier} and m.told_at <= ${later}`;
  const { rows } = await sql<Count>`
    with claimed as (
      insert into inbound (key, kind, chat, received_at)
      select ${claim.key}::text, ${claim.kind}::text, ${claim.chat}::text, ${now}::timestamptz
        from pg_advisory_xact_lock(hashtext(${from.id}))
      on conflict (key) do nothing returning key),
    counted (who, sort, most) as (values ${counted}),
    added as (
      insert into message_count as m (who, since, messages)
      select who, ${now}, 1 from counted, claimed
      on conflict (who) do update set
        since = case when ${running} then m.since else ${now} end,
        messages = case when ${running} then m.messages + 1 else 1 end,
        told_at = case when ${running} and m.messages >= (select most from counted where counted.who = m.who)
          and (${quiet}) is not true then ${now} else m.told_at end
      returning who, messages, told_at)
    select sort as of, added.messages > most as beyond,
      added.told_at = ${now} and before.told_at is distinct from ${now} as tell
    from added join counted using (who) left join message_count before using (who)`.execute(tx);
  if (rows.length === 0) return { is: 'repeat' };
  const over = rows.filter(({ beyond }) => beyond);
  const first = over.find(({ of }) => of === 'person') ?? over[0];
  return first ? { is: 'beyond', of: first.of, tell: first.tell } : { is: 'heard' };
}

/** What is beyond a limit is not acted on. It is noted with its key, and said once a minute: to its writer, or in the group. */
export async function refuseBeyond(
  work: Work,
  setup: Setup,
  incoming: Spoken & { readonly key: string; readonly message?: string | undefined },
  { of, tell }: Extract<Claimed, { readonly is: 'beyond' }>,
): Promise<void> {
  await work.tx
    .updateTable('inbound')
    .set({ answer: JSON.stringify({ refused: of }) })
    .where('key', '=', incoming.key)
    .execute();
  const person = await personAt(work.tx, incoming.from);
  // A stranger is told nothing here: they have had their sentence of the day.
  if (!tell || !person) return;
  await record(actingAs(work, person.id), 'refused.too-many', `person:${person.id}`, {
    after: { of },
  });
  const view = { view: 'notice', text: tooMany(setup.rules.limits, of) };
  const what = `limit:${incoming.key}`;
  if (of === 'group' && incoming.message !== undefined)
    return oweThread(work, setup, incoming.message, what, view);
  const to = { address: incoming.from, person: person.id };
  return oweTo(work, setup.jobs, to, { what, view, attention: true, priority: 0 });
}

const tooMany = ({ messages, group }: LimitRules, of: 'person' | 'group'): Words =>
  of === 'person'
    ? words(
        `您一分钟里发了超过 ${messages} 条消息，这条和后面的我都没有办。请过一分钟，把还要办的再说一遍`,
        `More than ${messages} messages of yours came within a minute; this one and what follows was not acted on. Please wait a minute and say what is still needed again`,
      )
    : words(
        `这个群一分钟里 @我 的消息超过了 ${group} 条，这条和后面的我都没有办。请过一分钟再说一遍，或者私聊我`,
        `More than ${group} messages came to me from this group within a minute; this one and what follows was not acted on. Please say it again in a minute, or to me in private`,
      );

/** Refuses one more request of a person who has asked for too many. In the transaction of its filing. */
export async function refuseTooMany(
  { tx, now }: Work,
  rules: Rules,
  { name, title }: RequestKind,
  person: number,
): Promise<void> {
  const { requests, perDay, open } = rules.limits;
  if (requests === null && perDay === null && open === null) return;
  const today = now.toZonedDateTimeISO(rules.timeZone).startOfDay().toInstant();
  const { rows } = await sql<{ minute: number; today: number; open: number }>`
    select count(*) filter (where submitted_at > ${now.subtract(MINUTE)})::int as minute,
      count(*) filter (where kind = ${name} and submitted_at >= ${today})::int as today,
      count(*) filter (where closed_at is null)::int as open
    from request where requester_id = ${person}`.execute(tx);
  const [has] = rows;
  if (!has) return;
  if (requests !== null && has.minute >= requests)
    throw new Refusal(
      'too-many-a-minute',
      words(
        `一分钟里最多提交 ${requests} 张申请，这张没有提交，草稿还在`,
        `At most ${requests} requests a minute: this one was not submitted, its draft is kept`,
      ),
      words('请过一分钟再点「提交」', 'Please tap “Submit” again in a minute'),
    );
  if (perDay !== null && has.today >= perDay)
    throw new Refusal(
      'too-many-a-day',
      words(
        `您今天的「${title.zh}」已有 ${perDay} 张，到了一天的上限，这张没有提交`,
        `You have ${perDay} requests of the kind “${title.en}” today, which is the most a day: this one was not submitted`,
      ),
      words('请明天再提交，或联系行政', 'Please submit it tomorrow, or ask the office'),
    );
  if (open !== null && has.open >= open)
    throw new Refusal(
      'too-many-open',
      words(
        `您有 ${open} 张申请还没办完，到了上限，这张没有提交`,
        `${open} requests of yours are not over yet, which is the most at a time: this one was not submitted`,
      ),
      words(
        '说「我的申请」可以看到；撤回不要的，或等办完再提交',
        'Say “my requests” to see them; withdraw what is not needed, or submit once others are done',
      ),
    );
}
