/** Afterwards nothing waits, nobody holds anything, and no connection is left in the middle of something. */
import type { World } from '../world.ts';
import type { Verdict } from './conservation.ts';

/** Connections that two programs may hold at most: twelve each, four of the queue each. */
const CONNECTIONS = 2 * (12 + 4);

export async function idle({ sql, clock, feishu, database, replicas }: World): Promise<Verdict> {
  const now = new Date(clock.ms());
  const rules: readonly (readonly [what: string, query: string, values: readonly unknown[]])[] = [
    [
      'still waiting',
      `select what, state, due, attempts, last_error, quiet from delivery where state = 'sending' or
        (state = 'waiting' and due <= $1 and (quiet is null or quiet <> 'waits'))`,
      [now],
    ],
    [
      'a lease of something that is over',
      `select what, state from delivery where state in ('sent', 'dropped', 'dead') and lease_until is not null`,
      [],
    ],
    [
      'a transaction that nobody ends',
      `select application_name, state, query from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'
        and now() - state_change > interval '1 second'`,
      [],
    ],
    [
      'somebody waits for a lock',
      `select query from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and now() - query_start > interval '2 seconds'`,
      [],
    ],
  ];
  const broken: string[] = [];
  for (const [what, query, values] of rules)
    broken.push(
      ...(await sql(query, values)).slice(0, 5).map((row) => `${what}: ${JSON.stringify(row)}`),
    );
  if (feishu.pending.length > 0)
    broken.push(`the platform still repeats ${feishu.pending.length} events`);
  if (database.open() > CONNECTIONS) broken.push(`${database.open()} connections are open`);
  for (const [place, replica] of replicas.entries())
    if (replica && !replica.isAlive())
      broken.push(`program ${place} ended by itself: ${replica.said().slice(-500)}`);
  return broken;
}
