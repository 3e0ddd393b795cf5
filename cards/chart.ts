/** Charts as data, with their words: every renderer draws the same figures, and who cannot see them reads the same. */
import type { ChartBlock } from './card.ts';
import { inLanguage, type Language, type Words, words } from './words.ts';

/** A chart of these series, told in words as well: 「按时率：9月 95%，10月 97%」. */
export const chartOf = (chart: Omit<ChartBlock, 'block' | 'alt'>): ChartBlock => ({
  block: 'chart',
  ...chart,
  alt: words(toldIn(chart, 'zh'), toldIn(chart, 'en')),
});

/** A value as it is written beside its point. */
export const valueText = (value: number, unit: ChartBlock['unit']): string =>
  `${value}${unit ?? ''}`;

const UNKNOWN: Words = words('无', 'none');

function toldIn(
  { title, unit, series }: Omit<ChartBlock, 'block' | 'alt'>,
  language: Language,
): string {
  const zh = language === 'zh';
  const lines = series.map(({ name, points }) => {
    const told = points.map(({ label, value }) => {
      const figure = value === null ? UNKNOWN[language] : valueText(value, unit);
      return `${inLanguage(label, language)} ${figure}`;
    });
    return `${inLanguage(name, language)}${zh ? '：' : ': '}${told.join(zh ? '，' : ', ')}`;
  });
  return [inLanguage(title, language), ...lines].join(zh ? '。' : '. ');
}
