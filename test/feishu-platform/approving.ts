/** People with the approval centre on their phone: 同意 and 拒绝 in the list, as the centre tells them to whoever decides. */
import type { ActingParts } from './acting-parts.ts';
import type { Approvals } from './api/external-approvals.ts';
import type { Company } from './company.ts';
import { encrypt } from './crypto.ts';
import { isObject, parseJson, textAt, type JsonObject } from './json.ts';
import type { Outcome } from './wire.ts';

/**
 * What a tap came to. `shown`: what the person reads when it failed; the centre says something of its own when the answer has
 * no words for it.
 */
export type Decided = { readonly status: number; readonly shown?: string; readonly ms: number };

/** `reason`: what is written where reasons are asked; `bend`: how the test bends the call away from the centre's own. */
export type Deciding = {
  readonly reason?: string;
  readonly bend?: (body: JsonObject) => JsonObject;
  /** Another key than the definition's; '' sends it in plain. */
  readonly key?: string;
};

type Parts = Pick<ActingParts, 'pusher'> & {
  readonly approvals: Approvals;
  readonly company: Company;
  /** Where the address that the office gives as its own really is. */
  readonly office: () => string | undefined;
};

/** The centre waits so long. */
const DEADLINE_MS = 10_000;

/** Taps an action of the newest open task of a person whose title contains `about`. */
export async function decide(
  parts: Parts,
  openId: string,
  about: string,
  action: 'APPROVE' | 'REJECT',
  how: Deciding = {},
): Promise<Decided> {
  const listed = parts.approvals.listed(openId, 'to-do');
  const found = listed.findLast(({ title }) => title.includes(about));
  if (!found) {
    const titles = listed.map(({ title }) => title).join('、');
    throw new Error(`${openId} sees no task 「${about}」, but: ${titles || 'none'}`);
  }
  const config = found.task.action_configs?.find(({ action_type }) => action_type === action);
  if (!config) throw new Error(`「${found.title}」 has no ${action}`);
  if (config.is_reason_required && !how.reason) return { status: 0, shown: '请填写原因', ms: 0 };
  return call(parts, openId, found, action, how);
}

/** The call for a task that the test holds in its hands, as it was listed before. */
export async function call(
  parts: Parts,
  openId: string,
  { instance, task }: ReturnType<Approvals['listed']>[number],
  action: 'APPROVE' | 'REJECT',
  { reason = '', bend = (body) => body, key }: Deciding,
): Promise<Decided> {
  const { external } = parts.approvals.definitions.get(instance.approval_code) ?? {};
  const url = external?.action_callback_url;
  if (url === undefined) throw new Error('the definition names nobody to call');
  const body = bend({
    action_type: action,
    ...(task.action_context !== undefined && { action_context: task.action_context }),
    user_id: parts.company.person(openId).userId,
    approval_code: instance.approval_code,
    instance_id: instance.instance_id,
    task_id: task.task_id,
    reason,
    attachments: [],
    token: external?.action_callback_token ?? '',
  });
  const plain = JSON.stringify(body);
  const secret = key ?? external?.action_callback_key ?? '';
  const sent = secret === '' ? plain : JSON.stringify({ encrypt: encrypt(plain, secret) });
  return judged(await parts.pusher.raw(real(url, parts.office()), sealed(sent), DEADLINE_MS));
}

const sealed = (body: string) => ({
  body: Buffer.from(body, 'utf8'),
  headers: { 'content-type': 'application/json', 'user-agent': 'Go-http-client/1.1' },
});

/** The address that was given, where the test says that it is. */
function real(given: string, office: string | undefined): string {
  const { pathname } = new URL(given);
  return office === undefined ? given : new URL(pathname, office).href;
}

function judged(outcome: Outcome): Decided {
  if (outcome.got !== 'answer') return { status: 0, shown: '系统错误', ms: outcome.ms };
  const { status, body, ms } = outcome;
  if (status === 200) return { status, ms };
  const answer = parseJson(body);
  const told = status > 400 && textAt(answer, 'without_prefix') === 'true';
  const message = told && isObject(answer) ? textAt(answer, 'message') : undefined;
  return { status, shown: message ?? '操作失败', ms };
}
