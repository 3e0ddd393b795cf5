/** Every acknowledged cause has its effect once, every effect has a cause, and what belongs together is there together. Plain SQL of our own. */
import type { World } from '../world.ts';

/** What is wrong, one line each; nothing when all is well. */
export type Verdict = readonly string[];

const named =
  (what: string) =>
  (row: object): string =>
    `${what}: ${JSON.stringify(row)}`;

export async function conservation({ sql, said, feishu, history }: World): Promise<Verdict> {
  const broken: string[] = [];
  for (const { type, envelope } of [...feishu.lost, ...feishu.pending])
    broken.push(`never acknowledged: ${type} ${JSON.stringify(envelope).slice(0, 200)}`);
  const heard = await sql<{ key: string }>(`select key from inbound where key like 'feishu:msg:%'`);
  const keys = new Set(heard.map(({ key }) => key));
  const written = new Set(said.map(({ id }) => `feishu:msg:${id}`));
  for (const { id, text } of said)
    if (!keys.has(`feishu:msg:${id}`)) broken.push(`lost: the message ${id} 「${text}」`);
  for (const key of keys) if (!written.has(key)) broken.push(`heard, but nobody wrote it: ${key}`);
  const asides = await sql(`select key, reason from set_aside`);
  broken.push(...asides.map(named('set aside, a fault of ours')));

  const numbers = await sql<{ number: string; person: string }>(
    `select r.number, a.external_id as person from request r
      join address a on a.person_id = r.requester_id and a.channel = 'feishu'`,
  );
  const known = new Map(numbers.map(({ number, person }) => [number, person]));
  for (const { process, op, type, value } of history.steps) {
    const number = /已提交 (\w+-\d+-\d+)/.exec(String(value))?.[1];
    if (op !== 'submit' || type !== 'ok' || number === undefined) continue;
    if (known.get(number) !== process)
      broken.push(`lost: ${process} was told 「${String(value)}」`);
  }
  const rules: readonly (readonly [what: string, query: string])[] = [
    [
      'doubled: filed twice by one cause',
      `select cause, count(*)::int from audit where act = 'request.submitted' group by cause having count(*) > 1`,
    ],
    [
      'doubled: filed twice from one draft',
      `select form, requester_id, count(*)::int from request r
        where exists (select 1 from draft d where d.person_id = r.requester_id and d.kind = r.kind)
        group by form, requester_id, kind having count(*) > (select count(*) from draft d where d.person_id = r.requester_id and d.kind = r.kind and d.state = 'submitted')`,
    ],
    [
      'half: a request without its record, or the other way round',
      `select r.id, a.subject from request r full join (select subject from audit where act = 'request.submitted') a
        on a.subject = 'request:' || r.id where r.id is null or a.subject is null`,
    ],
    [
      'half: submitted drafts beside requests',
      `select d.drafts, r.requests from (select count(*)::int drafts from draft where state = 'submitted' and changes_request_id is null) d,
        (select count(*)::int requests from request) r where d.drafts <> r.requests`,
    ],
    [
      'an effect without a cause',
      `select seq, act, cause from audit where cause is not null and cause not in (select key from inbound)`,
    ],
    [
      'an orphan task',
      `select t.id, r.number, r.state from task t join request r on r.id = t.request_id
        where t.state = 'open' and r.state not in ('pending', 'working', 'returned')`,
    ],
    [
      'a request that waits for nobody',
      `select number, state from request r where state in ('pending', 'working')
        and not exists (select 1 from task t where t.request_id = r.id and t.state = 'open')`,
    ],
    [
      'doubled: a person is asked twice in one step',
      `select request_id, step_id, person_id from task where state = 'open'
        group by request_id, step_id, person_id having count(*) > 1`,
    ],
    [
      'numbers: not one after the other',
      `select c.kind, c.last, r.given from counter c
        join (select split_part(number, '-', 1) as prefix, count(distinct number)::int as given, max(split_part(number, '-', 3)::int) as last, kind
          from request group by 1, kind) r on r.kind = c.kind where r.given <> c.last or r.last <> c.last`,
    ],
    [
      'versions: not one more for each change',
      `select r.number, r.version, a.changes from request r join (
          select subject, count(*)::int changes from audit where act like 'request.%' and act not in ('request.rated', 'request.urged', 'request.opened-to')
          group by subject) a on a.subject = 'request:' || r.id where a.changes > r.version + 1`,
    ],
    ['two bookings overlap', OVERLAPS],
    ['stock: not the sum of its movements', STOCK],
    [
      'stock: below zero at some moment',
      `select * from (select item_id, id, sum(on_hand_change) over w as on_hand, sum(reserved_change) over w as reserved
        from movement window w as (partition by item_id order by id)) m where on_hand < 0 or reserved < 0 or reserved > on_hand`,
    ],
  ];
  for (const [what, query] of rules)
    broken.push(...(await sql(query)).slice(0, 5).map(named(what)));
  return broken;
}

const OVERLAPS = `select a.id, b.id as other, a.room_id, a.starts_at from booking a
  join booking b on a.room_id = b.room_id and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
  where a.state in ('held', 'booked') and b.state in ('held', 'booked')`;

const STOCK = `select i.name, i.on_hand, i.reserved, m.on_hand as moved, m.reserved as moved_reserved from item i
  join (select item_id, sum(on_hand_change)::int as on_hand, sum(reserved_change)::int as reserved from movement group by item_id) m on m.item_id = i.id
  where i.on_hand <> m.on_hand or i.reserved <> m.reserved`;
