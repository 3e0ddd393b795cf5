import { type Words, words } from '../../cards/words.ts';
import type { Tx } from '../../db/database.ts';
import { peopleById } from '../directory/people.ts';
import type { Request } from '../filing/store.ts';
import { mayAskRequester } from '../responses/questions.ts';
import { type Line, linesOf, type Response, responseOf } from '../responses/store.ts';
import type { Rules } from '../settings/rules.ts';

/** What the office asked back and waits for; undefined when it waits for nothing. */
export const askedBack = async (tx: Tx, request: Request): Promise<Line | undefined> =>
  askedIn(tx, await responseOf(tx, request.id));

async function askedIn(tx: Tx, response: Response | undefined): Promise<Line | undefined> {
  if (response?.state !== 'paused') return undefined;
  const last = (await linesOf(tx, response.id)).at(-1);
  return last?.sort === 'asked-back' ? last : undefined;
}

/** What a person may do about it on the request's card, and what stands on top of it. */
export type Asking = {
  readonly actions: { readonly askBack?: boolean; readonly reply?: boolean };
  readonly remark?: Words;
};

/** 等对方补充 on the card of a request: for who may ask, who was asked, and who waits. */
export async function askingOn(
  tx: Tx,
  request: Request,
  viewer: number,
  rules: Rules,
): Promise<Asking> {
  const response = await responseOf(tx, request.id);
  const asked = await askedIn(tx, response);
  if (!asked)
    return { actions: { askBack: mayAskRequester({ rules }, request, viewer, response) } };
  const people = await peopleById(tx, [asked.person_id, request.requester_id]);
  const name = (id: number): string => people.get(id)?.name ?? '';
  if (viewer !== request.requester_id) {
    const who = name(request.requester_id);
    const remark = words(
      `等${who}补充，答复计时已暂停`,
      `Waits for ${who}; the clock of the answer stands still`,
    );
    return { actions: {}, remark };
  }
  const who = name(asked.person_id);
  return {
    actions: { reply: true },
    remark: words(`${who}想请您补充：${asked.text}`, `${who} needs to know: ${asked.text}`),
  };
}
