/** Equipment that a round found broken: a repair like any other, linked to the round that found it. */
import type { Tx } from '../../db/database.ts';
import type { Work } from '../../db/work.ts';
import { PREFERRED } from '../delivery/owe.ts';
import { refreshCards } from '../filing/files.ts';
import type { Setup } from '../filing/move.ts';
import { addNote } from '../filing/notes.ts';
import { lockRequest, type Request } from '../filing/store.ts';
import { submit } from '../filing/submit.ts';
import { kindNamed } from '../requests/index.ts';
import { sameTicket } from '../requests/repair/open-tickets.ts';
import { openStep } from '../workflow/workflow.ts';
import type { CheckItem } from './kind.ts';
import type { Round } from './store.ts';

/** Where a note says that it is; undefined when it does not. */
const placeIn = (note: string): string | undefined =>
  /(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[Bb]\d)\s*(?:楼|层)(?:[^\s，,。；;：:的]{0,6}?(?:间|室|厅|区|所|廊|台|口))?|(?:前台|大厅|大堂|走廊|茶水间|卫生间|洗手间|食堂|机房|门口|地下车库|停车场)/u.exec(
    note,
  )?.[0];

/** What a ticket says of its place when the note does not. */
const SOMEWHERE = '巡检现场（见问题）';

/**
 * Opens the repair of what a round found broken, reported by whoever found it. Where the same thing is being repaired already, the note
 * joins that ticket, so that a daily round does not open a new one every day.
 */
export async function openTicket(
  work: Work,
  setup: Setup,
  round: Round,
  item: CheckItem,
  note: string,
  person: number,
): Promise<void> {
  const kind = kindNamed('repair');
  const place = placeIn(note);
  const said = { object: item.title.zh, place: place ?? SOMEWHERE, problem: note };
  const now = work.now.toZonedDateTimeISO(setup.rules.timeZone);
  const asking = { tx: work.tx, rules: setup.rules, person, now };
  const { form, alsoAsk = [] } = await kind.prepare(said, asking);
  const same = place === undefined ? undefined : await openTicketOf(work, said);
  if (same)
    await refreshCards(work, setup, same, `note:${await addNote(work, same.id, person, note)}`);
  const request =
    same ??
    (await submit(work, setup, {
      kind,
      form,
      requester: person,
      channel: PREFERRED,
      chat: 'private',
      alsoAsk,
      begun: work.now,
    }));
  await work.tx
    .insertInto('round_ticket')
    .values({ round_id: round.id, item: item.name, request_id: request.id })
    .execute();
}

/** The repair of the same thing that is still worked on, locked. */
async function openTicketOf(
  work: Work,
  broken: { readonly object: string; readonly place: string },
): Promise<Request | undefined> {
  const found = await sameTicket(work.tx, broken, []);
  const request = found && (await lockRequest(work.tx, found.id));
  return request && openStep(request.workflow)?.id === 'fix' ? request : undefined;
}

/** The repairs that a round opened or joined, in the order of its checklist's names. */
export const ticketsOf = (
  tx: Tx,
  round: number,
): Promise<
  readonly {
    readonly item: string;
    readonly number: string;
    readonly closed_at: Temporal.Instant | null;
  }[]
> =>
  tx
    .selectFrom('round_ticket')
    .innerJoin('request', 'request.id', 'round_ticket.request_id')
    .select(['round_ticket.item', 'request.number', 'request.closed_at'])
    .where('round_ticket.round_id', '=', round)
    .orderBy('request.id')
    .execute();
