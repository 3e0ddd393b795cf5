/** One line of the channel's log: what happened, and facts without secrets or people's words. */
export type Log = (what: string, about: object) => void;

/** An error reduced to what may be logged: messages of foreign errors can quote tokens and what people wrote. */
export function reduced(error: unknown): { readonly name: string; readonly code?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error ? error.code : undefined;
  return {
    name: error.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
  };
}
