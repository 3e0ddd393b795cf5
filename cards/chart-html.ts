/** A chart as an inline SVG of our own: no script, colours by class, and the words for who does not see it. */
import type { ChartBlock } from './card.ts';
import { valueText } from './chart.ts';
import { type Html, html } from './markup.ts';
import { inLanguage, type Language, type Text } from './words.ts';

/** The drawing in its own units; it is scaled to the width of the card. */
const WIDTH = 340;
const HEIGHT = 150;
const LEFT = 12;
const TOP = 20;
const BASE = HEIGHT - 22;
const WIDEST_BAR = 26;

type Scale = {
  readonly x: (point: number) => number;
  readonly y: (value: number) => number;
  readonly step: number;
};

export function chartHtml(chart: ChartBlock, language: Language): Html {
  const say = (text: Text): string => inLanguage(text, language);
  const scale = scaleOf(chart);
  const draw = chart.kind === 'bar' ? bars : line;
  return html`<figure class="chart">
    <figcaption>${say(chart.title)}</figcaption>
    ${chart.series.length > 1 && html`<p class="chart-key" aria-hidden="true">${chart.series.map(({ name }, i) => html`<span class="chart-${i}">${say(name)}</span>`)}</p>`}
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${say(chart.alt)}">
      <line class="chart-base" x1="${LEFT}" x2="${WIDTH - LEFT}" y1="${BASE}" y2="${BASE}" />
      ${chart.series.map((_, i) => draw(chart, i, scale))}
      ${chart.series[0]?.points.map(({ label }, i) => html`<text class="chart-label" x="${round(scale.x(i))}" y="${HEIGHT - 6}">${say(label)}</text>`)}
    </svg>
  </figure>`;
}

/** Bars stand on nothing; lines use the height for where they are, since rates all lie near the top. */
function scaleOf({ kind, series }: ChartBlock): Scale {
  const values = series.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const most = Math.max(...values, kind === 'bar' ? 1 : 0);
  const least = kind === 'bar' ? 0 : Math.min(...values, most);
  const span = most - least || 1;
  const step = (WIDTH - 2 * LEFT) / Math.max(1, series[0]?.points.length ?? 1);
  return {
    step,
    x: (point) => LEFT + step * (point + 0.5),
    y: (value) => {
      const share =
        values.length === 0 || most === least
          ? kind === 'bar'
            ? value / span
            : 0.5
          : (value - least) / span;
      const room = kind === 'bar' ? BASE - TOP : BASE - TOP - 16;
      return (kind === 'bar' ? BASE : BASE - 16) - share * room;
    },
  };
}

function bars({ series, unit }: ChartBlock, which: number, { x, y, step }: Scale): Html {
  const width = Math.min(WIDEST_BAR, (step * 0.7) / series.length);
  const points = series[which]?.points ?? [];
  return html`${points.map(({ value }, i) => {
    if (value === null) return null;
    const left = x(i) + (which - series.length / 2) * width;
    return html`<rect
        class="chart-${which}"
        x="${round(left)}"
        y="${round(y(value))}"
        width="${round(width - 1)}"
        height="${round(BASE - y(value))}"
        rx="2"
      /><text class="chart-value" x="${round(left + width / 2)}" y="${round(y(value) - 5)}"
        >${valueText(value, unit)}</text
      >`;
  })}`;
}

/** A gap where nothing is known; the values of the first line stand above, those of the others below. */
function line({ series, unit }: ChartBlock, which: number, { x, y }: Scale): Html {
  const points = series[which]?.points ?? [];
  const known = points.flatMap(({ value }, i) => (value === null ? [] : [{ i, value }]));
  const path = known.map(({ i, value }) => {
    const follows = known.some((other) => other.i === i - 1);
    return `${follows ? 'L' : 'M'}${round(x(i))} ${round(y(value))}`;
  });
  const below = which === 0 ? -7 : 14;
  return html`<path class="chart-line chart-${which}" d="${path.join('')}" />${known.map(
      ({ i, value }) =>
        html`<circle
            class="chart-${which}"
            cx="${round(x(i))}"
            cy="${round(y(value))}"
            r="3"
          /><text class="chart-value" x="${round(x(i))}" y="${round(y(value) + below)}"
            >${valueText(value, unit)}</text
          >`,
    )}`;
}

const round = (length: number): number => Math.round(length * 10) / 10;
