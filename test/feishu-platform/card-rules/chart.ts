/** The specification of a chart, as far as it can be told without drawing it: a sort of VChart's, and data that its fields name. */
import { isObject, listAt } from '../json.ts';
import type { Check } from './checks.ts';
import { codes, fault } from './fault.ts';

/** Sorts of charts the platform's documents show. */
const SORTS = new Set([
  'area',
  'bar',
  'common',
  'funnel',
  'linearProgress',
  'circularProgress',
  'line',
  'pie',
  'radar',
  'scatter',
  'wordCloud',
]);

export const chartSpec: Check = (spec, at) => {
  const wrong = (what: string, value?: unknown) => [fault(codes.chart, at, what, value)];
  if (!isObject(spec)) return wrong('a chart needs a specification', spec);
  if (!SORTS.has(String(spec['type']))) return wrong('no such sort of chart', spec['type']);
  const values = dataOf(spec['data']);
  if (values === undefined) return wrong('a chart needs data: { values: […] }', spec['data']);
  const named = ['xField', 'yField', 'seriesField', 'valueField', 'categoryField'].flatMap(
    (member) => {
      const fields = spec[member] ?? [];
      return (Array.isArray(fields) ? fields : [fields]) as readonly unknown[];
    },
  );
  return named
    .filter((field) => values.some((value) => !isObject(value) || !(String(field) in value)))
    .flatMap((field) => wrong('not every value has this field', field));
};

/** Data come as one set or as a list of sets. */
function dataOf(data: unknown): readonly unknown[] | undefined {
  if (Array.isArray(data))
    return (data as readonly unknown[]).flatMap((one) => listAt(one, 'values'));
  return isObject(data) && Array.isArray(data['values']) ? listAt(data, 'values') : undefined;
}
