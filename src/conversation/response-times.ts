import type { ReadResponses } from '../reports/month-figures.ts';
import { responseFigures } from '../responses/figures.ts';

/** The first answers of a period as reports show them; reports and responses lie on one floor and do not know each other. */
export const readResponses: ReadResponses = async (tx, { from, to }) => {
  const { inTime, late, overdue, medianMinutes } = await responseFigures(tx, from, to);
  return {
    of: inTime,
    counted: inTime + late + overdue,
    median: medianMinutes ?? undefined,
  };
};
