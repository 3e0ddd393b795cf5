/**
 * The approval centre for approvals that live elsewhere: definitions, and instances pushed with their tasks. It decides nothing
 * itself: a tap there is a call to whom the definition names. Where it is said that data just would not show, it is refused here.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Company } from '../company.ts';
import { Denial } from '../denial.ts';
import { success } from '../gateway.ts';
import type { Answer, Asked, Route } from '../gateway.ts';

const bad = (why: string): Denial => new Denial(1390001, `param is invalid: ${why}`);

/** A text of people is a key; what it says stands in the resources. */
const key = z.string().regex(/^@i18n@.+$/);
const resources = z
  .array(
    z.strictObject({
      locale: z.enum(['zh-CN', 'en-US', 'ja-JP', 'zh-HK', 'zh-TW']),
      texts: z.array(z.strictObject({ key, value: z.string() })),
      is_default: z.boolean(),
    }),
  )
  .min(1);
const link = z.string().regex(/^https?:\/\/\S+$/);
const links = z.strictObject({ pc_link: link, mobile_link: link.optional() });
const milliseconds = z.string().regex(/^\d{1,14}$/);
const id = z.string().min(1).max(128);

const definition = z.strictObject({
  approval_name: key.min(9),
  approval_code: id,
  group_code: z.string().optional(),
  group_name: key.optional(),
  description: key.optional(),
  external: z.strictObject({
    biz_name: key.optional(),
    biz_type: z.string().optional(),
    support_pc: z.boolean().default(false),
    support_mobile: z.boolean().default(false),
    create_link_pc: link.optional(),
    create_link_mobile: link.optional(),
    support_batch_read: z.boolean().optional(),
    allow_batch_operate: z.boolean().optional(),
    action_callback_url: link.optional(),
    action_callback_token: z.string().optional(),
    action_callback_key: z.string().optional(),
  }),
  viewers: z
    .array(z.strictObject({ viewer_type: z.enum(['TENANT', 'NONE']) }))
    .max(200)
    .optional(),
  i18n_resources: resources,
});

const task = z.strictObject({
  task_id: id,
  open_id: id,
  title: key.optional(),
  links,
  status: z.enum(['PENDING', 'APPROVED', 'REJECTED', 'TRANSFERRED', 'DONE']),
  extra: z.string().optional(),
  create_time: milliseconds,
  end_time: milliseconds,
  update_time: milliseconds,
  action_context: z.string().optional(),
  action_configs: z
    .array(
      z.strictObject({
        action_type: z.enum(['APPROVE', 'REJECT']),
        is_need_reason: z.boolean().optional(),
        is_reason_required: z.boolean().optional(),
        is_need_attachment: z.boolean().optional(),
      }),
    )
    .max(2)
    .optional(),
  display_method: z.enum(['BROWSER', 'SIDEBAR', 'NORMAL']).optional(),
  node_id: z.string().optional(),
  node_name: key.optional(),
});

const instance = z.strictObject({
  approval_code: id,
  status: z.enum([
    'PENDING',
    'APPROVED',
    'REJECTED',
    'CANCELED',
    'DELETED',
    'HIDDEN',
    'TERMINATED',
  ]),
  extra: z.string().optional(),
  instance_id: id,
  links,
  title: key.optional(),
  form: z.array(z.strictObject({ name: key, value: key })).optional(),
  open_id: id,
  start_time: milliseconds,
  end_time: milliseconds,
  update_time: milliseconds,
  update_mode: z.enum(['REPLACE', 'UPDATE']).default('REPLACE'),
  display_method: z.enum(['BROWSER', 'SIDEBAR', 'NORMAL']).optional(),
  task_list: z.array(task).max(300).default([]),
  cc_list: z
    .array(
      z.strictObject({
        cc_id: id,
        open_id: id,
        links,
        read_status: z.enum(['READ', 'UNREAD']),
        create_time: milliseconds,
        update_time: milliseconds,
      }),
    )
    .max(200)
    .default([]),
  i18n_resources: resources,
});

export type ApprovalDefinition = z.output<typeof definition>;
export type ApprovalInstance = z.output<typeof instance>;
type ApprovalTask = z.output<typeof task>;

/** What somebody sees of a task in their list, in one language. */
export type ListedTask = {
  readonly instance: ApprovalInstance;
  readonly task: ApprovalTask;
  readonly title: string;
  readonly lines: readonly string[];
};

export type Approvals = {
  readonly routes: readonly Route[];
  /** By the code that the platform gave it. */
  readonly definitions: ReadonlyMap<string, ApprovalDefinition>;
  readonly instances: ReadonlyMap<string, ApprovalInstance>;
  /** 待办 of a person (PENDING) or 已办. What was only passed (DONE) shows in neither. */
  readonly listed: (
    openId: string,
    which: 'to-do' | 'done',
    locale?: 'zh-CN' | 'en-US',
  ) => readonly ListedTask[];
};

type Parts = { readonly company: Company };

function read<T>(shape: z.ZodType<T>, asked: Asked): T {
  const parsed = shape.safeParse(asked.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw bad(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

export function createApprovals({ company }: Parts): Approvals {
  const definitions = new Map<string, ApprovalDefinition>();
  const instances = new Map<string, ApprovalInstance>();

  const define = (asked: Asked): Answer => {
    const given = read(definition, asked);
    checkKeys(given, given.i18n_resources);
    const { support_pc, support_mobile, action_callback_url } = given.external;
    if (!support_pc && !support_mobile) throw bad('support_pc and support_mobile are both false');
    if (action_callback_url === undefined && given.external.action_callback_key !== undefined)
      throw bad('action_callback_key without action_callback_url');
    const knownGroup = [...definitions.values()].some(
      ({ group_code }) => group_code === given.group_code,
    );
    if (!knownGroup && (given.group_code === undefined || given.group_name === undefined))
      throw bad('group_code and group_name are needed for a new group');
    // A code that nobody knows is a name only: the platform gives the real one.
    const code = definitions.has(given.approval_code)
      ? given.approval_code
      : randomUUID().toUpperCase();
    definitions.set(code, given);
    return success({ approval_code: code });
  };

  const push = (asked: Asked): Answer => {
    const given = read(instance, asked);
    if (!definitions.has(given.approval_code)) throw new Denial(1390002, 'approval code not found');
    checkKeys(given, given.i18n_resources);
    checkInstance(given, company);
    const before = instances.get(given.instance_id);
    if (before && before.approval_code !== given.approval_code)
      throw bad('approval_code of an instance does not change');
    instances.set(given.instance_id, merged(before, given));
    return success({ data: given });
  };
  return {
    definitions,
    instances,
    listed: (openId, which, locale = 'zh-CN') =>
      [...instances.values()].flatMap((one) =>
        one.task_list
          .filter(
            ({ open_id, status }) =>
              open_id === openId &&
              (which === 'to-do'
                ? status === 'PENDING'
                : ['APPROVED', 'REJECTED', 'TRANSFERRED'].includes(status)),
          )
          .map((each) => shown(one, each, definitions.get(one.approval_code), locale)),
      ),
    routes: [
      {
        method: 'POST',
        path: '/open-apis/approval/v4/external_approvals',
        needs: ['approval:approval', 'approval:external_approval'],
        answer: define,
      },
      {
        method: 'POST',
        path: '/open-apis/approval/v4/external_instances',
        needs: ['approval:approval', 'approval:external_instance'],
        answer: push,
      },
    ],
  };
}

/** Every key that is used stands in the default language, of which there is one. */
function checkKeys(given: object, given_resources: z.output<typeof resources>): void {
  const defaults = given_resources.filter(({ is_default }) => is_default);
  if (defaults.length !== 1) throw bad('i18n_resources: one default language is needed');
  const known = new Set(defaults[0]?.texts.map((each) => each.key));
  const { i18n_resources: _texts, ...rest } = given as { readonly i18n_resources: unknown };
  const used = JSON.stringify(rest).match(/@i18n@[^"]+/g) ?? [];
  const missing = used.find((each) => !known.has(each));
  if (missing !== undefined) throw bad(`i18n_resources: the default language lacks ${missing}`);
}

/** Characters of all names and values of a form. */
const LONGEST_FORM = 2_048;

function checkInstance(given: ApprovalInstance, company: Company): void {
  const ids = [
    given.instance_id,
    ...given.task_list.map(({ task_id }) => task_id),
    ...given.cc_list.map(({ cc_id }) => cc_id),
  ];
  if (new Set(ids).size !== ids.length) throw bad('ids are not unique within the instance');
  const people = [given, ...given.task_list, ...given.cc_list].map(({ open_id }) => open_id);
  if (people.some((person) => !company.find('open_id', person)))
    throw new Denial(1390004, 'user not found');
  const texts = textsOf(given, 'zh-CN');
  const form = (given.form ?? []).flatMap(({ name, value }) => [texts(name), texts(value)]);
  if (form.join('').length > LONGEST_FORM) throw bad('form is too long');
  for (const each of [given, ...given.task_list])
    if ((each.status === 'PENDING') !== (each.end_time === '0'))
      throw bad('end_time is 0 exactly while it is pending');
}

/** REPLACE: as pushed. UPDATE: what is newer than before, task by task; nothing is taken away. */
function merged(before: ApprovalInstance | undefined, given: ApprovalInstance): ApprovalInstance {
  if (!before || given.update_mode === 'REPLACE') return given;
  const tasks = new Map(before.task_list.map((each) => [each.task_id, each]));
  for (const each of given.task_list) {
    const old = tasks.get(each.task_id);
    if (!old) tasks.set(each.task_id, each);
    else if (isNewer(each, old))
      tasks.set(each.task_id, { ...each, open_id: old.open_id, create_time: old.create_time });
  }
  const base = isNewer(given, before) ? given : before;
  return { ...base, task_list: [...tasks.values()] };
}

const isNewer = (
  given: { readonly update_time: string },
  before: { readonly update_time: string },
): boolean => Number(given.update_time) > Number(before.update_time);

/** What a key says in a language, or in the default one. */
function textsOf(
  { i18n_resources }: Pick<ApprovalInstance, 'i18n_resources'>,
  locale: string,
): (key: string) => string {
  const order = i18n_resources.toSorted(
    (a, b) => Number(b.locale === locale) - Number(a.locale === locale),
  );
  return (wanted) =>
    order.flatMap(({ texts }) => texts).find((each) => each.key === wanted)?.value ?? '';
}

/** A list shows the first three lines of the form. */
const SHOWN_LINES = 3;

function shown(
  given: ApprovalInstance,
  one: ApprovalTask,
  defined: ApprovalDefinition | undefined,
  locale: string,
): ListedTask {
  const say = textsOf(given, locale);
  const title = given.title ? say(given.title) : '';
  return {
    instance: given,
    task: one,
    title: title || (defined ? textsOf(defined, locale)(defined.approval_name) : ''),
    lines: (given.form ?? [])
      .slice(0, SHOWN_LINES)
      .map(({ name, value }) => `${say(name)}：${say(value)}`),
  };
}
