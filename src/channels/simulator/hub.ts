/** Tells every open page what happened. Whoever listens must not throw. */
export type Hub<T> = {
  publish(event: T): void;
  /** Returns the way to stop listening. */
  subscribe(listener: (event: T) => void): () => void;
};

/** A hub in this process: the simulator runs in one. A page that missed something reads it from the database when it is back. */
export function createHub<T>(): Hub<T> {
  const listeners = new Set<(event: T) => void>();
  return {
    publish: (event) => listeners.forEach((listener) => listener(event)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
