/** Trouble that a test switches on: the next answers go wrong, before or after the call took effect. */

/**
 * - answer: this status (and code) without handling the call; 429 comes with the rate-limit headers.
 * - cut: the connection is closed, before or after the call took effect.
 * - silent: no answer ever comes, before or after the call took effect.
 * - late: the connection is closed at once, and the call takes effect when the promise says so.
 * - slow: handled at once, answered after so many ms.
 * - unreadable: handled, and the answer is no JSON.
 */
export type Fault =
  | { readonly answer: number; readonly code?: number; readonly waitSeconds?: number }
  | { readonly cut: 'before' | 'after' }
  | { readonly silent: 'before' | 'after' }
  | { readonly late: Promise<unknown> }
  | { readonly slow: number }
  | { readonly unreadable: true };

/** `times`: how many calls (1); `only`: a pattern on `METHOD /path`; `to`: only of messages to this person or chat. */
export type FaultOptions = {
  readonly times?: number;
  readonly only?: RegExp;
  readonly to?: string;
};

export type Faults = {
  /** Switches a fault on; calling the result switches it off. */
  readonly add: (fault: Fault, options?: FaultOptions) => () => void;
  /** The fault that strikes this call, used up by it. `to`: whom a message is for. */
  readonly take: (call: string, to: string | undefined) => Fault | undefined;
};

export function createFaults(): Faults {
  const waiting: {
    readonly fault: Fault;
    readonly only: RegExp;
    readonly to: string | undefined;
    left: number;
  }[] = [];
  return {
    add(fault, { times = 1, only = /./, to } = {}) {
      const entry = { fault, only, to, left: times };
      waiting.push(entry);
      return () => {
        entry.left = 0;
      };
    },
    take(call, receiver) {
      const entry = waiting.find(
        ({ left, only, to }) =>
          left > 0 && only.test(call) && (to === undefined || to === receiver),
      );
      if (entry) entry.left -= 1;
      return entry?.fault;
    },
  };
}
