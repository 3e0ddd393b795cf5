/** Charts as the platform draws them: a VChart specification, data only (platform notes §5, component `chart`). */
import type { ChartBlock } from '../../../../cards/card.ts';
import { inLanguage, type Language, type Text } from '../../../../cards/words.ts';
import type { Element } from './element.ts';
import { cut } from './text.ts';

/** Charts know one language only, that of the reader the card is drawn for. A chart without a point is left out. */
export function chartElements(chart: ChartBlock, first: Language): readonly Element[] {
  const say = (text: Text): string => cut(inLanguage(text, first), 60);
  const values = chart.series.flatMap(({ name, points }) =>
    points.flatMap(({ label, value }) =>
      value === null ? [] : [{ x: say(label), y: value, series: say(name) }],
    ),
  );
  if (values.length === 0) return [];
  return [
    {
      tag: 'chart',
      aspect_ratio: '16:9',
      color_theme: 'brand',
      chart_spec: {
        type: chart.kind,
        title: { text: say(chart.title) },
        data: { values },
        xField: chart.kind === 'bar' && chart.series.length > 1 ? ['x', 'series'] : 'x',
        yField: 'y',
        seriesField: 'series',
        label: { visible: true },
        legends: { visible: chart.series.length > 1 },
        // Rates all lie near the top: the axis of lines need not begin with nothing.
        axes: [
          { orient: 'left', zero: chart.kind === 'bar', visible: false },
          { orient: 'bottom' },
        ],
      },
    },
  ];
}
