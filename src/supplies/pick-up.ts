import { pickUpCard } from '../../cards/pick-up.ts';
import type { Card } from '../../cards/card.ts';
import { momentText } from '../../cards/times.ts';
import type { Tx } from '../../db/database.ts';
import { peopleById } from '../directory/people.ts';
import { known } from '../filing/store.ts';
import type { Hearing } from '../requests/fields.ts';
import { kindNamed } from '../requests/index.ts';
import { openStep } from '../workflow/workflow.ts';

/** More are looked for on 我的待办. */
const MOST = 20;

/** 「今天谁来领」: supplies that wait to be handed over, the oldest first. */
export async function drawPickUp(tx: Tx, at: Hearing): Promise<Card> {
  const rows = await tx
    .selectFrom('request')
    .selectAll()
    .where('kind', '=', 'supply')
    .where('state', '=', 'working')
    .orderBy('id')
    .execute();
  const waiting = rows.map(known).filter(({ workflow }) => openStep(workflow)?.id === 'hand-over');
  const people = await peopleById(
    tx,
    waiting.map((each) => each.requester_id),
  );
  const kind = kindNamed('supply');
  const nameText = (id: number): string => {
    const person = people.get(id);
    return person?.department ? `${person.name} · ${person.department}` : (person?.name ?? '');
  };
  return pickUpCard(
    waiting.slice(0, MOST).map((row) => ({
      request: row.id,
      version: row.version,
      number: row.number,
      who: nameText(row.requester_id),
      what: String(kind.ledger(row.form, at)['物品'] ?? ''),
      since: momentText(row.submitted_at, at),
    })),
    waiting.length,
  );
}
