import { inspect } from 'node:util';

/** How a secret looks wherever somebody prints it. */
const MASK = '[secret]';

/**
 * A value that must never be printed: keys, tokens, passwords, addresses with a password in them.
 * Text, JSON, template strings, the console and error messages all show `[secret]`.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Few places may ask: signatures, the token call, the connection to the database. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
