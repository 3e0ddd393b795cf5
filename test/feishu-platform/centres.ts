/** Two places in Feishu where people find what the office put there: their tasks, and the approval centre. */
import type { ApprovalDefinition, ListedTask } from './api/external-approvals.ts';
import type { Task } from './api/tasks.ts';
import { call, decide } from './approving.ts';
import type { Decided, Deciding } from './approving.ts';
import type { Parts } from './parts.ts';

/** Tasks as people have them in Feishu. */
export type TaskCentre = {
  /** What a person finds under 我负责的, done or not. */
  readonly of: (openId: string) => readonly Task[];
  readonly all: () => readonly Task[];
  /** A person ticks a task of theirs, or takes the tick away. */
  readonly tick: (openId: string, summary: string) => void;
  readonly untick: (openId: string, summary: string) => void;
  /** A person hands their task to somebody else, or deletes it. */
  readonly handOver: (openId: string, summary: string, to: string) => void;
  readonly remove: (openId: string, summary: string) => void;
};

/** The approval centre as people have it in Feishu. */
export type ApprovalCentre = {
  readonly definitions: () => readonly ApprovalDefinition[];
  readonly listed: (
    openId: string,
    which: 'to-do' | 'done',
    locale?: 'zh-CN' | 'en-US',
  ) => readonly ListedTask[];
  /** The state that a request has there, by what its title contains. */
  readonly statusOf: (about: string) => string | undefined;
  readonly decide: (
    openId: string,
    about: string,
    action: 'APPROVE' | 'REJECT',
    how?: Deciding,
  ) => Promise<Decided>;
  /** The call of a list that was drawn a while ago, by anybody. */
  readonly call: (
    openId: string,
    listed: ListedTask,
    action: 'APPROVE' | 'REJECT',
    how?: Deciding,
  ) => Promise<Decided>;
};

export function taskCentre({ tasks, settings }: Parts): TaskCentre {
  const theirs = (openId: string, summary: string): Task => {
    const found = tasks.of(openId).findLast((each) => each.summary.includes(summary));
    if (!found) throw new Error(`${openId} has no task 「${summary}」`);
    return found;
  };
  return {
    of: tasks.of,
    all: tasks.all,
    tick: (openId, summary) =>
      void tasks.change(theirs(openId, summary).guid, { completedAt: settings.clock() }),
    untick: (openId, summary) =>
      void tasks.change(theirs(openId, summary).guid, { completedAt: 0 }),
    handOver: (openId, summary, to) =>
      void tasks.change(theirs(openId, summary).guid, {
        members: [{ id: to, type: 'user', role: 'assignee' }],
      }),
    remove: (openId, summary) => tasks.remove(theirs(openId, summary).guid),
  };
}

export function approvalCentre(parts: Parts): ApprovalCentre {
  const { approvals, addresses } = parts;
  const deciding = { ...parts, office: () => addresses.office };
  return {
    definitions: () => [...approvals.definitions.values()],
    listed: approvals.listed,
    statusOf: (about) =>
      [...approvals.instances.values()].find(({ i18n_resources }) =>
        i18n_resources.some(({ texts }) => texts.some(({ value }) => value.includes(about))),
      )?.status,
    decide: (openId, about, action, how) => decide(deciding, openId, about, action, how),
    call: (openId, listed, action, how = {}) => call(deciding, openId, listed, action, how),
  };
}
