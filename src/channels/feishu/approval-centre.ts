/**
 * Approvals in Feishu's approval centre, as approvals that live elsewhere (external approvals, platform notes §10.2). The centre
 * shows them in everybody's list and decides nothing itself.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { shortened } from '../../../cards/clean.ts';
import type { Words } from '../../../cards/words.ts';
import type { Secret } from '../../secret.ts';
import {
  type ApprovalTurn,
  DeliveryFault,
  type Keeper,
  type WantedApproval,
  type WantedApprovalForm,
} from '../channel.ts';
import type { AppLink } from './app-link.ts';
import type { FeishuClient } from './client.ts';
import { CallFault, sorted } from './faults.ts';

/** How the centre calls us: where, what it says to be known by, and what it is encrypted with. */
export type Deciding = { readonly url: string; readonly token: Secret; readonly key?: Secret };

export type ApprovalsOptions = {
  readonly client: FeishuClient;
  readonly link: AppLink;
  readonly now: () => Temporal.Instant;
  readonly deciding: Deciding | undefined;
  /** The code that the platform gave to the form of a kind; null while it has none. */
  readonly form: (kind: string) => Promise<string | null>;
};

const bothWords: z.ZodType<Words> = z.object({ zh: z.string(), en: z.string() });
const wantedForm: z.ZodType<WantedApprovalForm> = z.object({
  kind: z.string(),
  name: bothWords,
  told: z.string(),
});
const wantedTurn: z.ZodType<ApprovalTurn> = z.object({
  id: z.string(),
  person: z.string(),
  step: bothWords,
  state: z.enum(['waiting', 'approved', 'rejected']),
  endedAt: z.string().nullable(),
  acts: z.boolean(),
  context: z.string(),
});
const wantedApproval: z.ZodType<WantedApproval> = z.object({
  kind: z.string(),
  id: z.string(),
  title: bothWords,
  lines: z.array(z.object({ name: bothWords, value: bothWords })),
  requester: z.string(),
  state: z.enum(['pending', 'approved', 'rejected', 'cancelled']),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  turns: z.array(wantedTurn),
});

const GROUP: Words = { zh: '办事', en: 'Banshi' };

/** Another one for another address, token or key by which the centre is to call us; none of them can be read from it. */
export const toldOf = (deciding: Deciding | undefined): string =>
  deciding === undefined
    ? ''
    : createHash('sha256')
        .update([deciding.url, deciding.token.reveal(), deciding.key?.reveal() ?? ''].join('\n'))
        .digest('base64url')
        .slice(0, 16);

/**
 * Keeps the form of a kind. Nobody files a request by it (no viewers): it is there to name approvals, and to say how we are called.
 */
export const approvalFormKeeper = ({ client, deciding }: ApprovalsOptions): Keeper => ({
  async keep({ wanted, known }) {
    if (wanted === null) return known;
    const { kind, name } = wantedForm.parse(wanted);
    const texts = createTexts();
    const data = {
      approval_name: texts.key(name),
      // The platform takes a code it does not know for a wish, and answers with its own; what is known is changed.
      approval_code: known.id ?? `banshi-${kind}`,
      group_code: 'banshi',
      group_name: texts.key(GROUP),
      external: {
        biz_name: texts.key(GROUP),
        support_pc: true,
        support_mobile: true,
        ...(deciding && {
          action_callback_url: deciding.url,
          action_callback_token: deciding.token.reveal(),
          ...(deciding.key && { action_callback_key: deciding.key.reveal() }),
        }),
      },
      viewers: [{ viewer_type: 'NONE' as const }],
      i18n_resources: texts.resources(),
    };
    const answer = await kept(() =>
      client.call((sdk) => sdk.approval.v4.externalApproval.create({ data })),
    );
    // When it was known the answer may name another code; the one we used stays the right one.
    const id = known.id ?? answer.data?.approval_code;
    if (id === undefined) throw sorted(unread(), 'keep');
    return { id, facts: null };
  },
});

/** What of an approval is there: its stamp, and every turn that was ever pushed. Times in ms. */
const facts = z.object({
  stamp: z.number(),
  turns: z.record(
    z.string(),
    z.object({ person: z.string(), state: z.string(), since: z.number(), step: bothWords }),
  ),
});
type Facts = z.infer<typeof facts>;

/** Keeps approvals: each push tells all that is, and what the centre takes for newer than what it has. */
export const approvalKeeper = (options: ApprovalsOptions): Keeper => ({
  async keep({ wanted, known }) {
    if (wanted === null) return known;
    const shall = wantedApproval.parse(wanted);
    const code = await options.form(shall.kind);
    if (code === null)
      throw new DeliveryFault(
        'not-sent',
        'no-approval-form',
        'the form is not there yet',
        undefined,
        true,
      );
    const is = facts.safeParse(known.facts).data ?? { stamp: 0, turns: {} };
    // The pushes of one approval come one after another, whoever sends them; a clock that lags must not make one look older.
    const stamp = Math.max(options.now().epochMilliseconds, is.stamp + 1);
    const turns = turnsToPush(is, shall, stamp);
    await kept(() =>
      options.client.call((sdk) =>
        sdk.approval.v4.externalInstance.create({
          data: instanceOf(shall, code, turns, stamp, options),
        }),
      ),
    );
    return { id: shall.id, facts: { stamp, turns: after(is, turns) } };
  },
});

/** A turn as it is pushed. */
export type PushedTurn = {
  readonly id: string;
  readonly person: string;
  readonly step: Words;
  readonly status: 'PENDING' | 'APPROVED' | 'REJECTED' | 'DONE';
  readonly since: number;
  readonly ended: number;
  readonly acts: boolean;
  readonly context: string;
};

const STATUS = { waiting: 'PENDING', approved: 'APPROVED', rejected: 'REJECTED' } as const;

/**
 * All turns as they stand, and the end of those that were waiting there and are no one's any more: somebody else decided, it was handed
 * on, sent back or taken back. A push takes nothing away by itself.
 */
export function turnsToPush(is: Facts, shall: WantedApproval, now: number): readonly PushedTurn[] {
  const turns = shall.turns.map((turn): PushedTurn => ({
    ...turn,
    status: STATUS[turn.state],
    since: is.turns[turn.id]?.since ?? Math.max(now, millisecondsOf(shall.startedAt)),
    ended: turn.state === 'waiting' ? 0 : turn.endedAt ? millisecondsOf(turn.endedAt) : now,
  }));
  const there = new Set(turns.map(({ id }) => id));
  const over = Object.entries(is.turns)
    .filter(([id, { state }]) => state === 'PENDING' && !there.has(id))
    .map(([id, { person, since, step }]): PushedTurn => ({
      id,
      person,
      step,
      status: 'DONE',
      since,
      ended: now,
      acts: false,
      context: '',
    }));
  return [...turns, ...over].slice(0, MOST_TURNS);
}

/** So many fit into one push. */
const MOST_TURNS = 300;

const millisecondsOf = (instant: string): number =>
  Temporal.Instant.from(instant).epochMilliseconds;

const after = (is: Facts, pushed: readonly PushedTurn[]): Facts['turns'] => ({
  ...is.turns,
  ...Object.fromEntries(
    pushed.map(({ id, person, status, since, step }) => [
      id,
      { person, state: status, since, step },
    ]),
  ),
});

const STATE = {
  pending: 'PENDING',
  approved: 'APPROVED',
  rejected: 'REJECTED',
  cancelled: 'CANCELED',
} as const;

/** The list shows three lines; names and values together have at most 2,048 characters. */
const LINES = 3;
const LONGEST_NAME = 30;
const LONGEST_VALUE = 300;
const LONGEST_TITLE = 100;

function instanceOf(
  shall: WantedApproval,
  code: string,
  turns: readonly PushedTurn[],
  stamp: number,
  { link, deciding }: Pick<ApprovalsOptions, 'link' | 'deciding'>,
) {
  const texts = createTexts();
  const links = { pc_link: link.bot, mobile_link: link.bot };
  return {
    approval_code: code,
    status: STATE[shall.state],
    instance_id: shall.id,
    links,
    title: texts.key(shall.title, LONGEST_TITLE),
    form: shall.lines.slice(0, LINES).map(({ name, value }) => ({
      name: texts.key(name, LONGEST_NAME),
      value: texts.key(value, LONGEST_VALUE),
    })),
    open_id: shall.requester,
    start_time: String(millisecondsOf(shall.startedAt)),
    end_time: shall.state === 'pending' ? '0' : String(endOf(shall, stamp)),
    update_time: String(stamp),
    update_mode: 'UPDATE' as const,
    task_list: turns.map((turn) => ({
      task_id: turn.id,
      open_id: turn.person,
      links,
      status: turn.status,
      create_time: String(turn.since),
      end_time: String(turn.ended),
      update_time: String(stamp),
      node_id: turn.id.split('.')[0] ?? turn.id,
      node_name: texts.key(turn.step, LONGEST_NAME),
      // Without anybody to call, a tap there would come to nothing.
      ...(deciding && turn.acts && turn.status === 'PENDING'
        ? { action_context: turn.context, action_configs: [...ACTIONS] }
        : {}),
    })),
    i18n_resources: texts.resources(),
  };
}

const endOf = ({ endedAt }: WantedApproval, stamp: number): number =>
  endedAt === null ? stamp : millisecondsOf(endedAt);

/** Refusing takes a reason, as on a card. */
const ACTIONS = [
  { action_type: 'APPROVE' },
  { action_type: 'REJECT', is_need_reason: true, is_reason_required: true },
];

/** Texts of people are told by keys; what a key says stands in both languages. The same text has one key. */
function createTexts(): {
  readonly key: (text: Words, most?: number) => string;
  readonly resources: () => {
    readonly locale: 'zh-CN' | 'en-US';
    readonly texts: { readonly key: string; readonly value: string }[];
    readonly is_default: boolean;
  }[];
} {
  const known = new Map<string, { readonly key: string; readonly text: Words }>();
  return {
    key(text, most = LONGEST_TITLE) {
      const short = { zh: shortened(text.zh, most) || '—', en: shortened(text.en, most) || '—' };
      const same = known.get(JSON.stringify(short));
      if (same) return same.key;
      // The platform wants nine characters at least.
      const key = `@i18n@text${known.size + 1}`;
      known.set(JSON.stringify(short), { key, text: short });
      return key;
    },
    resources: () =>
      (
        [
          ['zh-CN', 'zh'],
          ['en-US', 'en'],
        ] as const
      ).map(([locale, language]) => ({
        locale,
        texts: [...known.values()].map(({ key, text }) => ({ key, value: text[language] })),
        is_default: language === 'zh',
      })),
  };
}

async function kept<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw sorted(error, 'keep');
  }
}

const unread = (): CallFault =>
  new CallFault({
    reached: 'unclear',
    code: 'unreadable',
    route: '/open-apis/approval/v4/external_approvals',
  });
