/** What the card of a request shows and offers beside what every request does: each kind that has more says it here. */
import type { Block, Fact } from '../../cards/card.ts';
import type { RequestActions } from '../../cards/request.ts';
import type { Tx } from '../../db/database.ts';
import type { Request } from '../filing/store.ts';
import { meetingFacts } from '../meetings/draw.ts';
import type { Hearing } from '../requests/fields.ts';
import type { Rules } from '../settings/rules.ts';
import { companionFacts } from '../trips/companions.ts';
import { repairView } from './repair-view.ts';

export type KindView = {
  readonly facts: readonly Fact[];
  readonly blocks: readonly Block[];
  readonly further: NonNullable<RequestActions['further']>;
  /** Ids of pictures that stand among the blocks, and not with the others. */
  readonly placed: readonly number[];
};

/** A request and who looks at it. */
export type Looking = {
  readonly tx: Tx;
  readonly request: Request;
  readonly viewer: number;
  readonly rules: Rules;
  readonly at: Hearing;
};

const NOTHING: KindView = { facts: [], blocks: [], further: [], placed: [] };

const BY_KIND: { readonly [kind: string]: (looking: Looking) => Promise<Partial<KindView>> } = {
  room: async ({ tx, request, at }) => ({ facts: await meetingFacts(tx, request, at) }),
  trip: async ({ tx, request }) => ({ facts: await companionFacts(tx, request) }),
  repair: repairView,
};

export const kindView = async (looking: Looking): Promise<KindView> => ({
  ...NOTHING,
  ...(await BY_KIND[looking.request.kind]?.(looking)),
});
