import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A row of the data: a text, when and where it is said, and what it means. */
const row = z.object({
  id: z.string(),
  text: z.string(),
  reference: z.string().default('2026-03-04T10:00:00'),
  zone: z.string().default('Asia/Shanghai'),
  intent: z.string().optional(),
  accept: z.array(z.string()).default([]),
  slots: z.record(z.string(), z.unknown()).default({}),
  alt: z.record(z.string(), z.array(z.unknown())).default({}),
  ignore: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
  expected: z.unknown().optional(),
  anyOf: z.array(z.unknown()).default([]),
});
export type Row = z.output<typeof row>;

/** The rows of one file. */
export const rowsOf = (file: string): readonly Row[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => row.parse(JSON.parse(line)));

/** Rows that are part of this repository. */
export const ownRows = (name: string): readonly Row[] =>
  rowsOf(join(import.meta.dirname, `${name}.jsonl`));

/** The rows of a file of the team's data when its folder is given by NLU_DATA; null without. */
export function teamRows(name: string): readonly Row[] | null {
  const folder = process.env['NLU_DATA'];
  const file = folder === undefined ? undefined : join(folder, `${name}.jsonl`);
  return file === undefined || !existsSync(file) ? null : rowsOf(file);
}

/** The moment at which a row is said. */
export const momentOf = ({ reference, zone }: Row): Temporal.ZonedDateTime =>
  Temporal.PlainDateTime.from(reference).toZonedDateTime(zone);
