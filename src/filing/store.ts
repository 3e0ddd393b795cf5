import type { Selectable } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { RequestTable } from '../../db/tables.ts';
import type { Filed, StoredForm } from '../requests/kind.ts';
import { openStep, type Workflow } from '../workflow/workflow.ts';

/** A submitted request with its workflow. */
export type Request = Omit<Selectable<RequestTable>, 'workflow'> & { readonly workflow: Workflow };

/** What is written as JSON in `request.workflow` was written by us; it is read back as it stands. */
export const known = (row: Selectable<RequestTable>): Request => ({
  ...row,
  workflow: row.workflow as Workflow,
});

/** The request, locked until the end of the transaction: the first lock that any change of it takes. */
export async function lockRequest(tx: Tx, id: number): Promise<Request | undefined> {
  const row = await tx
    .selectFrom('request')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && known(row);
}

export async function readRequest(tx: Tx, id: number): Promise<Request | undefined> {
  const row = await tx.selectFrom('request').selectAll().where('id', '=', id).executeTakeFirst();
  return row && known(row);
}

/** By its number as people type it: case, dashes and full-width letters do not matter. */
export async function requestNumbered(tx: Tx, said: string): Promise<Request | undefined> {
  const parts = /^([A-Z]+)-?(\d{2})-?(\d{1,6})$/.exec(
    said.normalize('NFKC').toUpperCase().replace(/\s/g, ''),
  );
  if (!parts) return undefined;
  const number = `${parts[1]}-${parts[2]}-${(parts[3] ?? '').padStart(4, '0')}`;
  const row = await tx
    .selectFrom('request')
    .selectAll()
    .where('number', '=', number)
    .executeTakeFirst();
  return row && known(row);
}

/** As the effects of its kind see it. */
export const filed = (request: Request): Filed<StoredForm> => ({
  id: request.id,
  number: request.number,
  kind: request.kind,
  requester: request.requester_id,
  state: request.state,
  form: request.form,
  outcome: request.outcome,
  approvedBy: request.workflow.steps
    .filter(({ sort }) => sort === 'approval')
    .flatMap(({ seats }) => seats.flatMap(({ decision }) => decision ?? []))
    .filter(({ act }) => act === 'approve')
    .flatMap(({ by, for: of }) => (of === undefined ? [by] : [by, of])),
});

/** What is asked for a time (a meeting) and has begun: it is no longer changed or cancelled. A series has when its last date has. */
export function hasBegun(request: Request, now: Temporal.Instant): boolean {
  const { when, series } = request.form;
  if (typeof series === 'object' && series !== null && 'last' in series)
    return typeof series.last === 'string' && Temporal.Instant.compare(series.last, now) <= 0;
  if (typeof when !== 'object' || when === null || !('from' in when)) return false;
  return typeof when.from === 'string' && Temporal.Instant.compare(when.from, now) <= 0;
}

/** The same of what is granted for days (a journey): it is under way from its first day on. `now` is in the office's zone. */
export function hasDeparted(request: Request, now: Temporal.ZonedDateTime): boolean {
  const days = request.form['days'];
  if (openStep(request.workflow) || typeof days !== 'object' || days === null) return false;
  const from = 'from' in days ? days.from : undefined;
  return typeof from === 'string' && from <= now.toPlainDate().toString();
}

/** The same of what is booked for several dates, each by itself: it is over after the last. */
function isOver({ form }: Request, now: Temporal.ZonedDateTime): boolean {
  const { dates } = form;
  const last = typeof dates === 'object' && dates !== null && 'to' in dates ? dates.to : undefined;
  return typeof last === 'string' && last < now.toPlainDate().toString();
}

/** Any of them. */
export const liesBehind = (request: Request, now: Temporal.ZonedDateTime): boolean =>
  hasBegun(request, now.toInstant()) || hasDeparted(request, now) || isOver(request, now);
