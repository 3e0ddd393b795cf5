import type { ChainLink, ChainSeat } from '../../cards/chain.ts';
import { voiceName } from '../../cards/vocabulary.ts';
import type { Tx } from '../../db/database.ts';
import { peopleById } from '../directory/people.ts';
import type { Asked } from '../workflow/chain.ts';
import type { PersonId, Seat } from '../workflow/workflow.ts';

/** A chain of approvals with the names and voices by which people know it. */
export async function chainLinks(tx: Tx, chain: readonly Asked[]): Promise<readonly ChainLink[]> {
  const people = await peopleById(
    tx,
    chain.flatMap(({ step }) => step.seats.flatMap(everybody)),
  );
  const name = (id: PersonId): string => people.get(id)?.name ?? '';
  return chain.map((asked) => ({
    needs: asked.step.needs,
    seats: asked.step.seats.map((seat) => chainSeat(seat, asked, name)),
    unless: [...new Set(asked.unless.map(({ by }) => by))].map(name),
  }));
}

/** Who sits there, and for whom. */
const everybody = ({ people, standIns = [] }: Seat): readonly PersonId[] => [
  ...people,
  ...standIns.map(({ of }) => of),
];

function chainSeat(seat: Seat, { also }: Asked, name: (id: PersonId) => string): ChainSeat {
  const them = everybody(seat);
  const given = also.flatMap(({ seats }) =>
    seats.filter(({ people }) => people.some((person) => them.includes(person))),
  );
  const voices = new Set([seat, ...given].map(({ via }) => via));
  return {
    people: seat.people.map(name),
    voices: [...voices].map(voiceName),
    standFor: (seat.standIns ?? []).map(({ of }) => name(of)),
  };
}
