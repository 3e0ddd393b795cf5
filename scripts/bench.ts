/** `npm run bench [-- NAME]`: `office` (without a name), how long requests take; `language`, how sentences are read beside other readers; `hostile`, whether any text takes long; `record`, what sealing costs; `series`, what booking 52 dates at once costs beside a bare insert; `tick`, what a tick costs while a million things lie ahead; `year`, whether every reminder of a year comes once; `day`, eight hours of 300 people on a platform in trouble; `month`, what an ordinary month of 300 people costs in calls; `rooms`, how long a free room is looked for among a million bookings. */
const benches = {
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

const [name = 'office'] = process.argv.slice(2).filter((word) => !word.startsWith('-'));
if (isBench(name)) await benches[name]();
else {
  process.stderr.write(`no bench ${name}; there are ${Object.keys(benches).join(', ')}\n`);
  process.exitCode = 2;
}
