import { randomBytes } from 'node:crypto';

/** A fresh platform id: the prefix (`ou_`, `om_`, `c-` …) and 32 hex digits. */
export const newId = (prefix: string): string => prefix + randomBytes(16).toString('hex');

/** An app id in the only form the SDK accepts: `cli_` and 16 hex digits. */
export const newAppId = (): string => `cli_${randomBytes(8).toString('hex')}`;
