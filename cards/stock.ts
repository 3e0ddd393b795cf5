/** 「签字笔还有多少」: what is in the store room, for whoever asks. Pure. */
import { beginning, LONGEST_SAID } from './clean.ts';
import type { Card } from './card.ts';
import { enumerated, words } from './words.ts';

export type StockLine = {
  readonly name: string;
  readonly unit: string;
  /** Units that may still be asked for. */
  readonly free: number;
  /** Units promised to others. */
  readonly promised: number;
  readonly low: boolean;
  readonly place: string | undefined;
};

export function stockCard(lines: readonly StockLine[]): Card {
  const told = enumerated(
    lines.map(({ name, unit, free }) =>
      words(
        free > 0 ? `${name} 还有 ${free} ${unit}` : `${name} 没有了`,
        free > 0 ? `${free} of ${name} left` : `no ${name} left`,
      ),
    ),
  );
  const [first] = lines;
  return {
    title: lines.length === 1 ? told : words('库存', 'Stock'),
    color: lines.some(({ free, low }) => low || free <= 0) ? 'orange' : 'blue',
    preview: told,
    blocks: [
      ...lines.map((line) => ({
        block: 'text' as const,
        text: words(
          `${line.name}：可领 ${line.free} ${line.unit}${line.promised > 0 ? `，另有 ${line.promised} ${line.unit}已答应别人` : ''}${line.place === undefined ? '' : `，放在${line.place}`}${line.low ? '，低于预警线' : ''}`,
          `${line.name}: ${line.free} to be had${line.promised > 0 ? `, ${line.promised} promised to others` : ''}${line.place === undefined ? '' : `, in ${line.place}`}${line.low ? ', below its mark' : ''}`,
        ),
      })),
      ...(first && first.free > 0
        ? [
            {
              block: 'buttons' as const,
              buttons: [
                {
                  label: words(`领 1 ${first.unit}`, 'Take 1'),
                  look: 'plain' as const,
                  value: {
                    v: 1 as const,
                    a: 'say',
                    t: beginning(`领1${first.unit}${first.name}`, LONGEST_SAID),
                  },
                },
              ],
            },
          ]
        : []),
    ],
  };
}
