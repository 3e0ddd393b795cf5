import type { Rules } from '../../src/settings/rules.ts';

/** Nobody says or asks for too much: stories are told, and days of many people are played, faster than people write. */
export const unlimited: Rules['limits'] = {
  messages: null,
  group: null,
  requests: null,
  perDay: null,
  open: null,
};
