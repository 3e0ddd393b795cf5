/** What a list that was sent would change, before it does. Pure. */
import type { Block, Button, Card } from './card.ts';
import { BUTTON } from './vocabulary.ts';
import { enumerated, type Words, words } from './words.ts';

export type ImportModel = {
  /** 会议室, 物资. */
  readonly what: Words;
  readonly attachment: number;
  readonly sort: string;
  readonly fileName: string;
  /** Names that are not known yet, and how many are. */
  readonly fresh: readonly string[];
  readonly known: number;
  /** What keeps it from being imported, line by line; none: it may be. */
  readonly mistakes: readonly string[];
};

/** So many are named, the others are counted. */
const MOST_NAMED = 12;

export function importCard(model: ImportModel): Card {
  const { what, fileName, fresh, known, mistakes } = model;
  const title = words(`导入${what.zh}`, `Import: ${what.en}`);
  const wrong = mistakes.length > 0;
  const button = (label: Words, a: string, look: Button['look']): Button => ({
    label,
    look,
    value: { v: 1, a, k: model.attachment, o: model.sort },
  });
  const named = enumerated(fresh.slice(0, MOST_NAMED));
  const more = fresh.length > MOST_NAMED;
  return {
    title,
    subtitle: words(fileName, fileName),
    color: wrong ? 'red' : 'blue',
    preview: wrong
      ? words(
          `${fileName} 有 ${mistakes.length} 处要改`,
          `${fileName}: ${mistakes.length} to be mended`,
        )
      : words(`导入 ${fileName}？`, `Import ${fileName}?`),
    blocks: wrong
      ? [
          {
            block: 'text',
            look: 'warning',
            text: words(
              '没有导入任何内容。请改好下面几处，重新发来',
              'Nothing was imported. Please mend the following and send it again',
            ),
          },
          ...mistakes
            .slice(0, MOST_NAMED)
            .map((each) => ({ block: 'text' as const, text: words(each, each) })),
          ...(mistakes.length > MOST_NAMED ? [uncounted(mistakes.length - MOST_NAMED)] : []),
        ]
      : [
          {
            block: 'facts',
            facts: [
              {
                label: words('新增', 'New'),
                value:
                  fresh.length === 0
                    ? words('没有', 'none')
                    : words(
                        `${fresh.length} 项：${named.zh}${more ? '等' : ''}`,
                        `${fresh.length}: ${named.en}${more ? ' …' : ''}`,
                      ),
              },
              {
                label: words('已有', 'Known'),
                value: words(
                  `${known} 项，与文件不同的地方按文件改`,
                  `${known}; what differs becomes as the file says`,
                ),
              },
            ],
          },
          {
            block: 'text',
            look: 'quiet',
            text: words('文件里没有的保持不变', 'What the file does not name stays as it is'),
          },
          {
            block: 'buttons',
            buttons: [
              button(words('导入', 'Import'), 'import', 'primary'),
              button(BUTTON.cancel, 'import-not', 'plain'),
            ],
          },
        ],
  };
}

const uncounted = (more: number): Block => ({
  block: 'text',
  look: 'quiet',
  text: words(`还有 ${more} 处`, `${more} more`),
});

/** What became of it. */
export const importedCard = (what: Words, fileName: string, told: Words): Card => ({
  title: words(`导入${what.zh}`, `Import: ${what.en}`),
  subtitle: words(fileName, fileName),
  color: 'grey',
  preview: told,
  blocks: [{ block: 'text', text: told }],
});
