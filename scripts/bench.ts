/**
 * `npm run bench [-- NAME]`: without a name `table`, all that is promised about speed, measured and kept in docs/performance.md. Of its lines: `webhook`, `message`, `tap`,
 * `sustained`, `call`, `booking`, `rooms`, `tick`, `broadcast`, `language`, `start`, `growth`. Besides: `office`, how long requests take; `hostile`, whether any text takes
 * long; `record`, what sealing costs; `series`, what booking 52 dates at once costs; `year`, whether every reminder of a year comes once; `day`, eight hours of 300
 * people on a platform in trouble; `month`, what an ordinary month of 300 people costs in calls.
 */
const benches = {
  table: () => import('./bench/table.ts'),
  webhook: () => import('./bench/webhook.ts'),
  message: () => import('./bench/message.ts'),
  tap: () => import('./bench/tap.ts'),
  sustained: () => import('./bench/sustained.ts'),
  call: () => import('./bench/call.ts'),
  booking: () => import('./bench/booking.ts'),
  broadcast: () => import('./bench/broadcast.ts'),
  start: () => import('./bench/start.ts'),
  growth: () => import('./bench/growth.ts'),
  office: () => import('./bench/office.ts'),
  language: () => import('./bench/language.ts'),
  hostile: () => import('./bench/hostile.ts'),
  record: () => import('./bench/record.ts'),
  series: () => import('./bench/series.ts'),
  tick: () => import('./bench/tick.ts'),
  year: () => import('./bench/year.ts'),
  day: () => import('./bench/day.ts'),
  month: () => import('./bench/month.ts'),
  rooms: () => import('./bench/rooms.ts'),
} as const;

const isBench = (name: string): name is keyof typeof benches => Object.hasOwn(benches, name);

const [name = 'table'] = process.argv.slice(2).filter((word) => !word.startsWith('-'));
if (isBench(name)) await benches[name]();
else {
  process.stderr.write(`no bench ${name}; there are ${Object.keys(benches).join(', ')}\n`);
  process.exitCode = 2;
}
