/**
 * Two hundred people whose taps contradict each other, on fifty requests, at once: approvers of an any-of who agree and refuse, requesters
 * who withdraw, approvers who send back, hand over and add. Afterwards the record, the state and the cards tell the same.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inWork } from '../../db/work.ts';
import { demoCompany } from '../../db/demo.ts';
import { applySnapshot } from '../../src/directory/sync.ts';
import type { IncomingTap, TapAnswer } from '../../src/channels/channel.ts';
import { readRequest } from '../../src/filing/store.ts';
import { drawRequest } from '../../src/conversation/request-view.ts';
import { hearingAt } from '../../src/conversation/talk.ts';
import { defaultRules } from '../../src/settings/index.ts';
import { openStep, stateOf } from '../../src/workflow/workflow.ts';
import { cardText, openOffice, type TestOffice } from '../office/office.ts';

const REQUESTS = 50;
const ACTORS = 200;
/** Each team has a board of its own, any of whom may decide; each of its five requests is tapped by four others of the twenty. */
const TEAMS = Array.from({ length: 10 }, (_, index) => ({
  id: `od_team_${index + 1}`,
  name: `一${index + 1}组`,
  role: `board-${index + 1}`,
  board: Array.from({ length: 20 }, (_each, place) => `ou_board_${index + 1}_${place + 1}`),
}));
const teamOf = (request: number) => {
  const team = TEAMS[request % TEAMS.length];
  if (!team) throw new Error('no team');
  return team;
};
const ASKERS = Array.from({ length: REQUESTS }, (_, index) => `ou_asker_${index + 1}`);

let office: TestOffice;
beforeAll(async () => {
  office = await openOffice({
    rules: (rules) => ({
      ...rules,
      roles: {
        ...rules.roles,
        ...Object.fromEntries(TEAMS.map(({ role, board }) => [role, board])),
      },
      approvals: {
        ...rules.approvals,
        trip: [
          ...TEAMS.map(({ name, role }) => ({
            when: { department: [name] },
            by: [{ needs: 'any' as const, voices: [role] }],
          })),
          ...(rules.approvals['trip'] ?? []),
        ],
      },
    }),
  });
  const members = [
    ...TEAMS.flatMap(({ id: team, board }) => board.map((id) => ({ id, team }))),
    ...ASKERS.map((id, index) => ({ id, team: teamOf(index).id })),
  ];
  const people = members.map(({ id, team }, index) => ({
    id,
    name: `同事${index + 1}`,
    departments: [team],
    leader: 'ou_rd_lead',
    active: true,
  }));
  const teams = TEAMS.map(({ id, name }) => ({ id, name, parent: 'od_rd' }));
  const company = {
    ...demoCompany,
    people: [...demoCompany.people, ...people],
    departments: [...demoCompany.departments, ...teams],
  };
  await inWork({ db: office.app.db, clock: { now: office.app.now } }, { actor: 'system' }, (work) =>
    applySnapshot(work, 'simulator', company),
  );
}, 60_000);
afterAll(() => office.stop());

const message = (id: string, text: string): Promise<void> =>
  office.app.desk.message({
    key: `crowd:msg:${id}:${text}`,
    from: { channel: 'simulator', id },
    chat: `crowd_${id}`,
    group: false,
    message: `crowd_${id}`,
    text,
    files: [],
    sentAt: office.app.now(),
  });

/** A person taps; told that nothing was recorded (two hundred wait for twelve connections), they tap again. */
async function tapped(tap: IncomingTap): Promise<TapAnswer> {
  for (let again = 0; ; again++) {
    const answer = await office.app.desk.tap({ ...tap, key: `${tap.key}:${again}` });
    const told = JSON.stringify(answer.toast?.text ?? '');
    if (!told.includes('没有记下') || again === 50) return answer;
  }
}

test(`${ACTORS} people’s contradicting taps on ${REQUESTS} requests: each is decided once, and everything tells the same`, async () => {
  const { db } = office.app;
  for (const id of ASKERS) {
    await message(id, '下周二去上海出差一天，见客户');
    await message(id, '提交');
  }
  const requests = await db
    .selectFrom('request')
    .innerJoin('address', 'address.person_id', 'request.requester_id')
    .select(['request.id', 'request.version', 'address.external_id as asker'])
    .where('request.state', '=', 'pending')
    .orderBy('request.id')
    .execute();
  expect(requests).toHaveLength(REQUESTS);
  const colleague = await db
    .selectFrom('person')
    .select('id')
    .where('name', '=', '何佳')
    .executeTakeFirstOrThrow();
  const acts = ['approve', 'reject', 'return', 'transfer', 'add'] as const;
  const actors = new Set<string>();
  const answers = await Promise.all(
    Array.from({ length: ACTORS }, (_, index) => {
      const request = requests[index % REQUESTS];
      if (!request) throw new Error('no request');
      // Every second request is taken back by who asked, now first, now last; else the board taps, at every request other four.
      const number = ASKERS.indexOf(request.asker);
      const turn = (Math.floor(index / REQUESTS) + number) % 4;
      const back = turn === 0 && Math.floor(number / TEAMS.length) % 2 === 0;
      const place = Math.floor(number / TEAMS.length) * 4 + turn;
      const act = back ? 'withdraw' : (acts[(number + turn * 2) % acts.length] ?? 'approve');
      const id = back ? request.asker : (teamOf(number).board[place] ?? '');
      actors.add(id);
      return tapped({
        key: `crowd:tap:${index}`,
        from: { channel: 'simulator', id },
        value: { v: 1, a: act, r: request.id, n: request.version, s: 'approval-1' },
        answers: { comment: '理由', to: String(colleague.id), back: 'requester', place: 'before' },
      });
    }),
  );
  expect(actors.size).toBe(ACTORS);
  expect(answers.every((answer) => answer.toast !== undefined)).toBe(true);
  await office.settle();

  const states = new Set<string>();
  for (const { id } of requests) {
    const request = await db.transaction().execute((tx) => readRequest(tx, id));
    if (!request) throw new Error(`request ${id} is gone`);
    // The column is what the workflow says, and the version counts every change.
    expect(request.state).toBe(stateOf(request.workflow));
    states.add(request.state);
    const moves = await db
      .selectFrom('audit')
      .select(['act', 'after'])
      .where('subject', '=', `request:${id}`)
      .where('act', 'like', 'request.%')
      .orderBy('seq')
      .execute();
    expect(request.version).toBe(moves.length);
    // Decided once: at most one entry says yes or no. The requester may take back what was approved, until the trip is booked; after that,
    // and after a no, nothing decides any more.
    const deciding = moves.filter(({ act }) =>
      ['request.approve', 'request.reject', 'request.withdraw'].includes(act),
    );
    const told = deciding.map(({ act }) => act.slice('request.'.length)).join(' ');
    expect(['', 'approve', 'reject', 'withdraw', 'approve withdraw']).toContain(told);
    const decided = deciding.at(-1);
    if (decided) {
      const states = { approve: 'working', reject: 'rejected', withdraw: 'withdrawn' } as const;
      const act = decided.act.slice('request.'.length);
      expect(request.state).toBe(
        act === 'approve' || act === 'reject' || act === 'withdraw' ? states[act] : '',
      );
    } else expect(['pending', 'returned']).toContain(request.state);
    // Whoever it waits for owes a task, and nobody else does.
    const step = openStep(request.workflow);
    const owed = await db
      .selectFrom('task')
      .select('step_id')
      .where('request_id', '=', id)
      .where('state', '=', 'open')
      .execute();
    expect(new Set(owed.map((task) => task.step_id))).toEqual(new Set(step ? [step.id] : []));
    // The requester's card says so.
    const at = hearingAt(office.app.now(), 'Asia/Shanghai');
    const card = await db
      .transaction()
      .execute((tx) => drawRequest(tx, request, request.requester_id, defaultRules, at));
    const names = {
      pending: '待审批',
      returned: '待修改',
      working: '处理中',
      rejected: '已驳回',
      withdrawn: '已撤回',
    };
    expect(cardText(card)).toContain(names[request.state as keyof typeof names]);
  }
  // Not the same hand won everywhere.
  expect(states.size).toBeGreaterThanOrEqual(3);
  // What was refused was recorded, too: every tap left exactly one trace.
  const { traces } = await db
    .selectFrom('audit')
    .select((at) => at.fn.countAll<number>().as('traces'))
    .where('cause', 'like', 'crowd:tap:%')
    .executeTakeFirstOrThrow();
  expect(Number(traces)).toBeGreaterThanOrEqual(ACTORS);
}, 120_000);
