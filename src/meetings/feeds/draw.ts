import type { Card } from '../../../cards/card.ts';
import { calendarLinkCard } from '../../../cards/calendar-link.ts';
import type { Tx } from '../../../db/database.ts';
import { readOrganisation } from '../../directory/organisation.ts';
import type { Rules } from '../../settings/rules.ts';
import { closes } from '../sharing/closures.ts';
import { type Feed, feedAddress, type FeedLinks, readFeed } from './links.ts';

/** Whether a calendar's link is somebody's to see and to take back: their own, or that of a room and they are of the office. */
export async function mayHaveFeed(
  { tx, now }: { readonly tx: Tx; readonly now: Temporal.Instant },
  rules: Rules,
  owner: Pick<Feed, 'person_id'>,
  person: number,
): Promise<boolean> {
  if (owner.person_id !== null) return owner.person_id === person;
  return closes(await readOrganisation(tx, rules.roles, now), person);
}

/** The card with the address, for whom it is; undefined when it is not theirs. Taken back meanwhile, it says so. */
export async function drawFeedLink(
  tx: Tx,
  links: FeedLinks | undefined,
  id: number,
  person: number,
  rules: Rules,
  now: Temporal.Instant,
): Promise<Card | undefined> {
  const feed = await readFeed(tx, id);
  if (!feed || !links || !(await mayHaveFeed({ tx, now }, rules, feed, person))) return undefined;
  const room =
    feed.room_id === null
      ? undefined
      : await tx
          .selectFrom('room')
          .select('name')
          .where('id', '=', feed.room_id)
          .executeTakeFirst();
  return calendarLinkCard({
    id,
    room: room?.name,
    address: feed.revoked_at === null ? feedAddress(links, feed) : undefined,
    titles: rules.rooms.feed.titles,
  });
}
