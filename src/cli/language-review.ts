import type { ExportColumn } from '../exports/table.ts';
import type { Opened } from './opened.ts';

/** Columns of the review, with the titles people read. */
export const REVIEW: readonly ExportColumn[] = ['时间', '原话', '理解为', '应为'].map((title) => ({
  key: title,
  title,
}));

/** A misreading as it is listed: names and phone numbers masked since it was kept. 应为 is '' while nobody has said. */
export type Reviewed = {
  readonly 时间: string;
  readonly 原话: string;
  readonly 理解为: string;
  readonly 应为: string;
};

/** More than this nobody reads; the newest are what counts. */
const MOST = 1_000;

/** What was misread and corrected, newest first; times on the office's clock, to the minute. */
export async function misreadings({ office, rules }: Opened): Promise<readonly Reviewed[]> {
  const rows = await office.db
    .selectFrom('misreading')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    时间: row.at
      .toZonedDateTimeISO(rules.timeZone)
      .toPlainDateTime()
      .toString({ smallestUnit: 'minute' })
      .replace('T', ' '),
    原话: row.text,
    理解为: row.reading,
    应为: row.correction,
  }));
}
