import type { DraftOf } from '../fields.ts';
import type { Asking, Prepared } from '../kind.ts';
import { prepareAttendees } from './attendees.ts';
import type { RoomFields } from './index.ts';
import { prepareWhere } from './prepare.ts';
import { prepareSeries } from './series-prepare.ts';

type Draft = DraftOf<RoomFields>;

/** Completes a room booking: its room, for one time or for all dates of a series, and who takes part. */
export async function prepareRoom(draft: Draft, asking: Asking): Promise<Prepared<Draft>> {
  const invited = await prepareAttendees(draft, asking);
  const whole = { ...draft, ...invited.form };
  const roomed = whole.series
    ? await prepareSeries({ ...whole, series: whole.series }, asking)
    : await prepareWhere(whole, asking);
  return {
    ...roomed,
    options: { ...roomed.options, ...invited.options },
    gaps: [...(roomed.gaps ?? []), ...(invited.gaps ?? [])],
    offers: [...(roomed.offers ?? []), ...(invited.offers ?? [])],
  };
}
