import { inWork, type Office } from '../../db/work.ts';
import type { Setup } from '../filing/move.ts';
import { oweDigest, oweMonthlyReport } from '../reports/owing.ts';

/** Owes the daily digest and the monthly report once their time has come. */
export async function oweReports(office: Office, setup: Setup): Promise<void> {
  await inWork(office, { actor: 'system' }, (work) => oweDigest(work, setup));
  await inWork(office, { actor: 'system' }, (work) => oweMonthlyReport(work, setup));
}
