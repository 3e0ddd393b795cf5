import type { Work } from '../../db/work.ts';

/** Keeps what somebody wrote about a request; its card shows it. Returns its id, which tells cards of one version apart. */
export async function addNote(
  work: Work,
  request: number,
  person: number,
  text: string,
): Promise<number> {
  const { id } = await work.tx
    .insertInto('note')
    .values({ request_id: request, person_id: person, text, at: work.now })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
