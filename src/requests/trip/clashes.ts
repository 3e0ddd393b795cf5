/** What a journey meets of its traveller's own: meetings they are in, and approvals that wait for them. */
import { momentText } from '../../../cards/times.ts';
import { type Words, words } from '../../../cards/words.ts';
import { clean } from '../../../cards/clean.ts';
import type { Asking } from '../kind.ts';

export type Met = { readonly meetings: readonly Words[]; readonly approvals: number };

/** So many meetings are named; of more it is only told how many. */
const NAMED = 3;

/** Meetings of the person who asks between two instants, and how many approvals wait for them now. */
export async function metBy(
  { tx, person, now }: Asking,
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<Met> {
  const meetings = await tx
    .selectFrom('meeting')
    .leftJoin('attendance', (on) =>
      on
        .onRef('attendance.meeting_id', '=', 'meeting.id')
        .on('attendance.person_id', '=', person)
        .on('attendance.answer', '!=', 'away'),
    )
    .select(['meeting.id', 'meeting.title', 'meeting.starts_at'])
    .where('meeting.state', '=', 'planned')
    .where('meeting.starts_at', '<', until)
    .where('meeting.ends_at', '>', from)
    .where((at) => at.or([at('host_id', '=', person), at('attendance.person_id', '=', person)]))
    .orderBy('meeting.starts_at')
    .execute();
  const { count } = await tx
    .selectFrom('task')
    .select((at) => at.fn.countAll<number>().as('count'))
    .where('person_id', '=', person)
    .where('state', '=', 'open')
    .where('sort', '=', 'approval')
    .executeTakeFirstOrThrow();
  const told = meetings.slice(0, NAMED).map(({ title, starts_at: begins }) => {
    const when = momentText(begins, now);
    return words(
      `${clean(title ?? '会议', 20)}（${when.zh}）`,
      `${clean(title ?? 'a meeting', 20)} (${when.en})`,
    );
  });
  const more = meetings.length - told.length;
  return {
    meetings: more > 0 ? [...told, words(`另 ${more} 场`, `${more} more`)] : told,
    approvals: Number(count),
  };
}
