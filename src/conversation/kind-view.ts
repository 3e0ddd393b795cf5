/** What the card of a request shows and offers beside what every request does: each kind that has more says it here. */
import type { Block, Fact } from '../../cards/card.ts';
import { END_EARLY, extendLabel } from '../../cards/meeting.ts';
import type { RequestActions } from '../../cards/request.ts';
import type { Tx } from '../../db/database.ts';
import type { Request } from '../filing/store.ts';
import { meetingFacts, reshapingOf } from '../meetings/draw.ts';
import { meetingOf } from '../meetings/store.ts';
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
  room: roomView,
  trip: async ({ tx, request }) => ({ facts: await companionFacts(tx, request) }),
  repair: repairView,
};

/** What stands of its meeting; while that is under way, its host moves its end here as on the card of the meeting. */
async function roomView({ tx, request, viewer, rules, at }: Looking): Promise<Partial<KindView>> {
  const facts = await meetingFacts(tx, request, at);
  const meeting = await meetingOf(tx, request.id);
  const { mayExtend, mayEnd } = meeting
    ? await reshapingOf(tx, meeting, viewer, rules, at.now.toInstant())
    : { mayExtend: null, mayEnd: false };
  return {
    facts,
    further: [
      ...(mayExtend === null
        ? []
        : [{ label: extendLabel(mayExtend), a: 'extend', look: 'primary' as const }]),
      ...(mayEnd ? [{ label: END_EARLY, a: 'end-early', look: 'plain' as const }] : []),
    ],
  };
}

export const kindView = async (looking: Looking): Promise<KindView> => ({
  ...NOTHING,
  ...(await BY_KIND[looking.request.kind]?.(looking)),
});
