import { type Span, wallMinutes } from '../time/spans.ts';
import { keys, orOff, wallSpan } from './file-values.ts';
import { usualRetention as usual } from './retention-rules.ts';

/** The platform repeats an event for seven hours, and looks of ours go back a day: a key of less than two days is needed. */
const LEAST_CLAIMS = 2 * 24 * 60;

/** `retention: { chat: 180d, requests: { expense: 3650d } }` */
export const retention = (kinds: readonly string[]) =>
  keys({
    chat: orOff(wallSpan()).default(usual.chat),
    files: orOff(wallSpan()).default(usual.files),
    claims: orOff(
      wallSpan().refine((given) => wallMinutes(given) >= LEAST_CLAIMS, {
        error: '至少 2d：飞书会在 7 小时里重发',
      }),
    ).default(usual.claims),
    requests: keys(
      Object.fromEntries([...kinds, 'others'].map((name) => [name, orOff(wallSpan()).optional()])),
    )
      .default({})
      .transform((given) => ({ ...usual.requests, ...present(given) })),
  });

/** Without the kinds that were left out. */
const present = (given: {
  readonly [kind: string]: Span | null | undefined;
}): { readonly [kind: string]: Span | null } =>
  Object.fromEntries(
    Object.entries(given).flatMap(([kind, span]) => (span === undefined ? [] : [[kind, span]])),
  );
