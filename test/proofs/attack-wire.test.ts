/** The short form of `npm run attack`: what comes over the wire, held against the whole program. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attackedRoutes, bodies, SPARED } from '../../scripts/attack/bodies.ts';
import { isKept } from '../../scripts/attack/finding.ts';
import { forgeries, replays } from '../../scripts/attack/forgeries.ts';
import { everyRoute, type Target } from '../../scripts/attack/target.ts';
import { chance } from '../../scripts/bench/year/chance.ts';
import { type FeishuOffice, openFeishuOffice } from '../office/feishu-office.ts';

const SEED = 20_260_303;

let office: FeishuOffice;
let target: Target;
beforeAll(async () => {
  office = await openFeishuOffice({
    transport: 'webhook',
    env: everyRoute,
    rules: (rules) => ({ ...rules, feishu: { ...rules.feishu, approvals: true } }),
  });
  const { app, feishu } = office;
  target = {
    feishu,
    db: app.db,
    origin: new URL(office.url).origin,
    now: () => app.now().epochMilliseconds,
  };
});
afterAll(() => office.stop());

test('forgeries of every sort, at every address: 401 without a word, and nothing changed', async () => {
  const findings = await forgeries(target, { chance: chance(SEED), rounds: 400 });
  for (const finding of findings) expect(finding, finding.came).toSatisfy(isKept);
});

test('pushes that were overheard: the same again changes nothing, bent or out of time they are refused', async () => {
  const findings = await replays(target, { chance: chance(SEED), rounds: 160 });
  for (const finding of findings) expect(finding, finding.came).toSatisfy(isKept);
});

test('fuzzed bodies, over every route: always an answer, no mistake of ours, nothing hidden stored', async () => {
  const findings = await bodies(target, { chance: chance(SEED), rounds: 600 });
  for (const finding of findings) expect(finding, finding.came).toSatisfy(isKept);
});

test('every route that the program has is attacked', () => {
  const assets = /^\/simulator\/(?:browser|styles)\//;
  const lines = office.app.server.printRoutes({ commonPrefix: false }).split('\n');
  const routes = lines.flatMap((line) => {
    const [, path = '', methods = ''] = /([\w/.:-]+) \(([A-Z, ]+)\)/.exec(line) ?? [];
    const whole = path.startsWith('/') ? path : `/${path}`;
    return methods
      .split(', ')
      .filter((method) => method !== '' && method !== 'HEAD' && !assets.test(whole))
      .map((method) => `${method} ${whole}`);
  });
  expect(routes.length).toBeGreaterThan(20);
  expect(routes.filter((route) => !attackedRoutes.includes(route))).toEqual([SPARED]);
});
