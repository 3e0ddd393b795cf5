/** What breaks again and again: its replacement is suggested to the office, with what it has cost. */
import { yuanText } from '../../cards/money.ts';
import { words } from '../../cards/words.ts';
import type { Work } from '../../db/work.ts';
import { record } from '../audit/record.ts';
import { readOrganisation } from '../directory/organisation.ts';
import type { Setup } from '../filing/move.ts';
import { oweNoticeToRole } from '../filing/notices.ts';
import type { Request } from '../filing/store.ts';
import { assetNumbered } from '../requests/repair/assets.ts';
import { brokenIn, earlierOf } from '../requests/repair/open-tickets.ts';
import { keyOf } from '../requests/repair/same.ts';
import { costOf } from './parts.ts';

/** Who is told. */
const TOLD = ['office', 'office-manager'] as const;

/** Suggests to replace what was just reported, when it has broken as often as the rules say; once in their days. */
export async function suggestReplacing(work: Work, setup: Setup, request: Request): Promise<void> {
  const broken = brokenIn(request.form);
  if (!broken) return;
  const { times, days } = setup.rules.repairs.repeated;
  const since = work.now.subtract({ hours: 24 * days });
  const about = keyOf(broken);
  // Reports take turns by the counter of their numbers: of two that come at one moment the later one sees the other here.
  const earlier = await earlierOf(work.tx, broken, since, request.id);
  if (earlier.length + 1 < times) return;
  const told = await work.tx
    .selectFrom('replacement')
    .select('about')
    .where('about', '=', about)
    .where('told_at', '>=', since)
    .executeTakeFirst();
  if (told) return;
  await work.tx
    .insertInto('replacement')
    .values({ about, request_id: request.id, told_at: work.now })
    .execute();
  await record(work, 'repair.replacement', `request:${request.id}`, {
    after: { times: earlier.length + 1 },
  });
  const fen = await costOf(work.tx, ...earlier);
  const asset = broken.asset === undefined ? undefined : await assetNumbered(work.tx, broken.asset);
  const name = asset
    ? `${asset.number} ${asset.model ?? asset.name}（${asset.place}）`
    : `${broken.place}${broken.object}`;
  const history = earlier
    .slice(0, 5)
    .map(({ number, problem }) => `${number} ${problem}`)
    .join('；');
  const text = words(
    `${name} ${days} 天内第 ${earlier.length + 1} 次报修（${request.number}），已花 ${yuanText(fen)}。以前：${history}。建议考虑更换`,
    `${name}: reported ${earlier.length + 1} times in ${days} days (${request.number}), ${yuanText(fen)} spent. Before: ${history}. Consider replacing it`,
  );
  const org = await readOrganisation(work.tx, setup.rules.roles, work.now);
  for (const role of TOLD)
    await oweNoticeToRole(
      work,
      setup.jobs,
      org,
      role,
      { key: `replace:${request.id}`, text },
      request.channel,
    );
}
