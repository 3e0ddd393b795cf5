/** The ways of a journey, one by one: its legs, or there on its first day and back on its last. */
import { z } from 'zod';
import { HOME } from '../../language/slots/legs.ts';
import { form } from './form.ts';

const journey = z.object({
  to: form.to.schema,
  days: form.days.schema,
  from: form.from.schema.optional(),
  legs: form.legs.schema.optional(),
  transport: form.transport.schema,
  lodging: form.lodging.schema.optional(),
  nightly: form.nightly.schema.optional(),
});
type Journey = z.infer<typeof journey>;

/** What of a request for a journey tells its ways and nights. */
export const journeyIn = (request: { readonly form: object }): Journey =>
  journey.parse(request.form);

/** `date` is an ISO date. */
type Way = {
  readonly from?: string | undefined;
  readonly to: string;
  readonly date: string;
  readonly transport: string;
};

export function waysOf({ to, days, from, legs, transport }: Journey): readonly Way[] {
  if (legs) return legs.map((leg) => ({ ...leg, transport: leg.transport ?? transport }));
  return [
    { from, to: to.join('、'), date: days.from, transport },
    { from: to.at(-1), to: from ?? HOME, date: days.to, transport },
  ];
}
