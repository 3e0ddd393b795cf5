import { parseArgs } from 'node:util';
import { voiceName } from '../../cards/vocabulary.ts';
import { readOrganisation, type Organisation } from '../directory/organisation.ts';
import { activePeople, peopleById, type Person } from '../directory/people.ts';
import { matchName } from '../language/names.ts';
import { kinds } from '../requests/index.ts';
import { approvalsFor, isOverStandard } from '../settings/index.ts';
import { departmentsOf, seatsFor } from '../workflow/routing.ts';
import { withStandIns } from '../workflow/standing-in.ts';
import type { Seat, Step } from '../workflow/workflow.ts';
import { exit, line, Stop, UsageError } from './command.ts';
import { withOffice } from './opened.ts';

const USAGE =
  'approvals explain KIND --for NAME [--measure NUMBER] [--city NAME]… [--category NAME]… [--transport NAME]… [--over-budget]';

/** `approvals explain`: who would be asked, in which order, and why; nothing is filed. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      for: { type: 'string' },
      measure: { type: 'string', default: '0' },
      city: { type: 'string', multiple: true, default: [] },
      category: { type: 'string', multiple: true, default: [] },
      transport: { type: 'string', multiple: true, default: [] },
      'over-budget': { type: 'boolean', default: false },
    },
  });
  const [verb, name] = positionals;
  const measure = Number(values.measure);
  if (verb !== 'explain' || positionals.length !== 2 || values.for === undefined)
    throw new UsageError(USAGE);
  if (!Number.isFinite(measure) || measure < 0)
    throw new UsageError(`--measure: 应为不小于 0 的数 | a number from 0 on: ${values.measure}`);
  const kind = kinds.find((each) => each.name === name);
  if (!kind) {
    const known = kinds.map((each) => each.name).join('、');
    throw new UsageError(`没有 “${name}” 这种申请；有 ${known} | there is no such kind`);
  }
  const asked = values.for;
  return withOffice(async ({ office, rules }) =>
    office.db.transaction().execute(async (tx) => {
      const person = personNamed(asked, await activePeople(tx));
      const org = await readOrganisation(tx, rules.roles, office.clock.now());
      const departments = departmentsOf(person.id, org);
      const steps = approvalsFor(rules, kind.name, measure, {
        departments,
        cities: values.city,
        categories: values.category,
        transports: values.transport,
        overBudget: values['over-budget'],
        overStandard: isOverStandard(rules, values.transport),
      });
      line(`${kind.title.zh} ${kind.title.en} · ${person.name} · ${measure}`);
      if (steps.length === 0) line('无需审批，提交即生效 | no approval needed');
      for (const [index, { needs, voices }] of steps.entries()) {
        const seats = seatsFor(voices, person.id, org, needs);
        const step = withStandIns(openStep(index, needs, seats), person.id, org);
        const people = await peopleById(
          tx,
          step.seats.flatMap((seat) => [
            ...seat.people,
            ...(seat.standIns ?? []).map(({ of }) => of),
          ]),
        );
        const how = step.seats.length < 2 ? '' : needs === 'all' ? '（会签 all）' : '（或签 any）';
        line(
          `${index + 1}.${how} ${step.seats.map((seat) => reason(seat, people, person, org)).join('；')}`,
        );
      }
      return exit.ok;
    }),
  );
}

/** The one person meant. Throws Stop when nobody or several are. */
function personNamed(said: string, people: readonly Person[]): Person {
  const known = people.map(({ id, name, department }) => ({
    id: String(id),
    name,
    ...(department ? { hint: department } : {}),
  }));
  const [best, second] = matchName(said, known).filter(({ score }) => score >= 0.8);
  const found = people.find(({ id }) => String(id) === best?.id);
  if (!found) throw new Stop(`没有找到 “${said}” | nobody is called so`);
  if (second && best && second.score === best.score)
    throw new Stop(
      `“${said}” 有几位，请在前面加上部门 | several; put the department before the name`,
    );
  return found;
}

const openStep = (index: number, needs: 'any' | 'all', seats: readonly Seat[]): Step => ({
  id: `approval-${index + 1}`,
  sort: 'approval',
  title: voiceName('manager'),
  needs,
  seats,
  state: 'open',
  stateWhile: 'pending',
});

/** 「李伟（直属上级）」, and why it is not somebody else. */
function reason(
  { via, people, standIns }: Seat,
  names: ReadonlyMap<number, Person>,
  requester: Person,
  org: Organisation,
): string {
  const name = (id: number): string => names.get(id)?.name ?? '';
  const voice = voiceName(via);
  const absent = (standIns ?? []).map(({ person, of }) => `${name(person)} 代 ${name(of)}`);
  const direct = via === 'manager' ? org.people.get(requester.id)?.leader : undefined;
  const moved =
    absent.length === 0 && direct != null && !people.includes(direct)
      ? '，直属上级不能审批，上移一级'
      : '';
  const away = absent.length > 0 ? `，不在：${absent.join('、')}` : '';
  return `${people.map(name).join('/')}（${voice.zh} ${voice.en}${moved}${away}）`;
}
