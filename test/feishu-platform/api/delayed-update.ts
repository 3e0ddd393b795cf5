/**
 * The delayed update of a tapped card. A token of a tap is good for 30 minutes and two updates, and only after the tap was
 * answered. HTTP status of its refusals: undocumented, 400 taken.
 */
import type { Chats } from '../chats.ts';
import { Denial } from '../denial.ts';
import { success } from '../gateway.ts';
import type { Answer, Asked, Route } from '../gateway.ts';
import { newId } from '../ids.ts';
import { isObject } from '../json.ts';
import { validateCard } from '../card-rules.ts';
import type { KnownToPlatform } from '../card-rules.ts';
import { bodyText } from './asking.ts';

const TOKEN_LIFE_MS = 30 * 60 * 1_000;
const USES = 2;

type TapToken = {
  readonly message: string;
  readonly at: number;
  readonly answered: boolean;
  readonly uses: number;
};

export type TapTokens = {
  readonly issue: (message: string) => string;
  /** The tap was answered: from now on the card may be updated. */
  readonly answered: (token: string) => void;
  readonly routes: readonly Route[];
};

/** `clock` in ms. */
export function createTapTokens(
  clock: () => number,
  chats: Chats,
  known: KnownToPlatform,
): TapTokens {
  const tokens = new Map<string, TapToken>();
  const change = (token: string, what: Partial<TapToken>): void => {
    const present = tokens.get(token);
    if (present) tokens.set(token, { ...present, ...what });
  };
  const update = (asked: Asked): Answer => {
    const name = bodyText(asked, 'token');
    const token = tokens.get(name);
    if (!token) throw new Denial(300020, 'the token is malformed');
    checkUsable(token, clock());
    const card = isObject(asked.body) ? asked.body['card'] : undefined;
    if (!isObject(card)) throw new Denial(100030, 'the card is no JSON object');
    const [fault] = validateCard(card, known);
    if (fault) throw new Denial(11311, `${fault.path}: ${fault.message}`);
    if (chats.message(token.message)?.recalled)
      throw new Denial(200000, 'the message was recalled');
    change(name, { uses: token.uses + 1 });
    chats.redraw(token.message, card);
    return success({});
  };
  return {
    issue(message) {
      const token = newId('c-');
      tokens.set(token, { message, at: clock(), answered: false, uses: 0 });
      return token;
    },
    answered: (token) => change(token, { answered: true }),
    routes: [{ method: 'POST', path: '/open-apis/interactive/v1/card/update', answer: update }],
  };
}

function checkUsable(token: TapToken, now: number): void {
  if (!token.answered) throw new Denial(300090, 'the callback has not been answered yet');
  if (now - token.at > TOKEN_LIFE_MS) throw new Denial(300030, 'the token expired');
  if (token.uses >= USES) throw new Denial(300040, 'the token was used twice');
}
