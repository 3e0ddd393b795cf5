import { Refusal } from '../../cards/refusal.ts';
import { words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { kindNamed } from '../requests/index.ts';
import type { StoredForm } from '../requests/kind.ts';
import { mayChange } from './change.ts';
import { follow, type Setup } from './move.ts';
import { hasBegun, lockRequest, type Request } from './store.ts';
import { tell } from './tell.ts';

/** Whether its requester may still add to what it says. */
export const mayAnnotate = (request: Request, person: number, now: Temporal.Instant): boolean =>
  request.requester_id === person && mayChange(request) && !hasBegun(request, now);

/**
 * Adds to what a request says besides what is asked for: who takes part, what is talked about. Nobody approves that, so no step
 * begins anew and nothing that is held is given back. Throws Refusal when it is not theirs, over, or has begun.
 */
export async function annotate(
  work: Work,
  setup: Setup,
  id: number,
  by: { readonly person: number; readonly touched?: number },
  said: StoredForm,
): Promise<Request> {
  const request = await lockRequest(work.tx, id);
  if (!request || !mayAnnotate(request, by.person, work.now))
    throw new Refusal(
      'annotate.late',
      words('这张申请单现在不能补充了', 'Nothing can be added to this request any more'),
    );
  return writeForm(work, setup, request, by, said, 'annotated');
}

/**
 * Writes what else a request says, and tells who keeps step with it; its steps stay as they are. Whether that may be, and what its kind
 * holds for it, is the caller's, who has locked it.
 */
export async function writeForm(
  work: Work,
  setup: Setup,
  request: Request,
  by: { readonly person: number; readonly touched?: number },
  said: StoredForm,
  act: string,
): Promise<Request> {
  const { id } = request;
  const form: StoredForm = { ...request.form, ...said };
  const after: Request = {
    ...request,
    form,
    measure: kindNamed(request.kind).measure(form, setup.rules),
    version: request.version + 1,
    updated_at: work.now,
  };
  await work.tx
    .updateTable('request')
    .set({
      form: JSON.stringify(form),
      measure: after.measure,
      version: after.version,
      updated_at: work.now,
    })
    .where('id', '=', id)
    .execute();
  await record(work, `request.${act}`, `request:${id}`, {
    before: { version: request.version },
    after: { version: after.version, fields: Object.keys(said) },
  });
  await tell(work, setup, request, after, {
    by: by.person,
    added: [],
    ...(by.touched === undefined ? {} : { touched: by.touched }),
  });
  await follow(work, setup, { before: request, after, act, person: by.person });
  return after;
}
