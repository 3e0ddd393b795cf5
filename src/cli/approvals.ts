import { parseArgs } from 'node:util';
import { type ChainLink, seatReason, unlessText } from '../../cards/chain.ts';
import { chainLinks } from '../conversation/chain-links.ts';
import { readOrganisation, type Organisation } from '../directory/organisation.ts';
import { activePeople, type Person } from '../directory/people.ts';
import { approvalsOf } from '../filing/freeze.ts';
import { matchName } from '../language/names.ts';
import { kinds } from '../requests/index.ts';
import { approvalsFor, isOverStandard } from '../settings/index.ts';
import { chainOf } from '../workflow/chain.ts';
import { departmentsOf } from '../workflow/routing.ts';
import type { Seat } from '../workflow/workflow.ts';
import { exit, line, UsageError } from './command.ts';
import { Stop } from '../stop.ts';
import { withOffice } from './opened.ts';

const USAGE =
  'approvals explain KIND --for NAME [--measure NUMBER] [--city NAME]… [--category NAME]… [--transport NAME]… [--over-budget] [--over-standard]';

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
      'over-standard': { type: 'boolean', default: false },
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
  const beyond = values['over-standard'];
  return withOffice(async ({ office, rules }) =>
    office.db.transaction().execute(async (tx) => {
      const now = office.clock.now();
      const person = personNamed(asked, await activePeople(tx));
      const org = await readOrganisation(tx, rules.roles, now);
      const approvals = approvalsFor(rules, kind.name, measure, {
        departments: departmentsOf(person.id, org),
        cities: values.city,
        categories: values.category,
        transports: values.transport,
        overBudget: values['over-budget'],
        overStandard: beyond || isOverStandard(rules, values.transport),
      });
      line(`${kind.title.zh} ${kind.title.en} · ${person.name} · ${measure}`);
      const { budget } = rules.supplies;
      const askedToo = [
        ...(beyond && kind.name === 'trip' ? [rules.trips.overStandard] : []),
        ...(values['over-budget'] && kind.name === 'supply' && budget.hold === 'hard'
          ? [budget.beyond]
          : []),
      ];
      const besides = { alsoAsk: [], askedToo };
      const steps = approvalsOf(kind, approvals, besides, person.id, org, rules);
      if (steps.length === 0) line('无需审批，提交即生效 | no approval needed');
      const distinct = kind.signatures(rules) ? { distinct: true as const } : {};
      const { endsAs } = kind;
      const chain = chainOf({ requester: person.id, steps, endsAs, ...distinct }, org, now);
      const links = await chainLinks(tx, chain);
      for (const [index, link] of links.entries())
        line(`${index + 1}.${explained(link, chain[index]?.step.seats ?? [], person.id, org)}`);
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

/** 「（会签 all） 孙丽（行政主管 | Office manager）；钱芳（财务 | Finance）」 */
function explained(
  link: ChainLink,
  seats: readonly Seat[],
  requester: number,
  org: Organisation,
): string {
  const how = link.seats.length < 2 ? '' : link.needs === 'all' ? '（会签 all）' : '（或签 any）';
  const told = link.seats.map((seat, place) => {
    const why = seatReason(seat);
    const moved = isMovedUp(seats[place], requester, org) ? MOVED_UP : '';
    return `${seat.people.join('/')}（${why.zh} | ${why.en}${moved}）`;
  });
  const unless = unlessText(link);
  return `${how} ${told.join('；')}${unless.zh}${unless.en}`;
}

const MOVED_UP = '；直属上级不能审批，上移一级 | the leader cannot approve, the next one does';

/** Whether the leader's seat is somebody else's, and not because the leader is away. */
function isMovedUp(seat: Seat | undefined, requester: number, org: Organisation): boolean {
  const leader = org.people.get(requester)?.leader;
  if (seat?.via !== 'manager' || seat.standIns || leader == null) return false;
  return !seat.people.includes(leader);
}
