import type { Span } from '../time/spans.ts';

/** How long what is over is kept, on the wall clock; null: until somebody is forgotten. */
export type RetentionRules = {
  /** What was said in the chat: sentences, drafts, questions, the text of messages. */
  readonly chat: Span | null;
  /** Pictures and files of what is closed. */
  readonly files: Span | null;
  /** Keys of events that were handled; the platform repeats for seven hours. */
  readonly claims: Span | null;
  /** Request kind → so long after it was closed its words are kept; `others` for kinds not named. Its numbers stay. */
  readonly requests: { readonly [kind: string]: Span | null };
};

export const usualRetention: RetentionRules = {
  chat: '180d',
  files: '365d',
  claims: '30d',
  requests: { others: '1095d' },
};
