/** Several requests at once: which of them is listed, asked once, and told what became of each. Pure. */
import type { Block, Button, Card } from './card.ts';
import { buttonRow } from './pages.ts';
import { undoButton } from './undo.ts';
import { counted, type Words, words } from './words.ts';

/** What may be done with several at once. */
export const BULK_ACTS = ['approve', 'claim', 'complete', 'withdraw'] as const;
export type BulkAct = (typeof BULK_ACTS)[number];

/** One that a button names, as its reader saw it. `label`: how its task is called when it is done (发放, 签收). */
export type BulkLine = { readonly id: number; readonly version: number };
export type BulkOffer = BulkLine & { readonly act: BulkAct; readonly label?: Words };

const VERB: { readonly [act in BulkAct]: Words } = {
  approve: words('同意', 'Approve'),
  claim: words('接单', 'Take'),
  complete: words('完成', 'Finish'),
  withdraw: words('撤回', 'Take back'),
};
const DONE: { readonly [act in BulkAct]: Words } = {
  approve: words('已同意', 'Approved'),
  claim: words('已接单', 'Taken'),
  complete: words('已完成', 'Done'),
  withdraw: words('已撤回', 'Taken back'),
};

/** A button's text is bounded: as many as fit are named, and only they are acted on. */
const LONGEST = 300;

/** `12:3,15:1` of as many as fit. */
function named(lines: readonly BulkLine[]): {
  readonly text: string;
  readonly lines: readonly BulkLine[];
} {
  const fits: BulkLine[] = [];
  let text = '';
  for (const line of lines) {
    const next = `${text}${text === '' ? '' : ','}${line.id}:${line.version}`;
    if (next.length > LONGEST) break;
    text = next;
    fits.push(line);
  }
  return { text, lines: fits };
}

/** 「全部接单（3）」: names exactly these. */
export function bulkButton(act: BulkAct, lines: readonly BulkLine[], label?: Words): Button {
  const { text, lines: listed } = named(lines);
  const verb = label ?? VERB[act];
  const count = listed.length;
  return {
    label: words(`全部${verb.zh}（${count}）`, `${verb.en}: all ${count}`),
    look: 'plain',
    value: { v: 1, a: 'bulk', o: act, t: text },
    confirm: {
      title: words(`${verb.zh}这 ${count} 张？`, `${verb.en}: these ${count}?`),
      text: words(
        '就是这张卡片上列出的这些；已有变化的不会办。',
        'Those listed on this card; what has changed meanwhile is left as it is.',
      ),
    },
  };
}

/** Under a list: a button for each thing that its reader may do with two or more of the listed. */
export function bulkButtons(offers: readonly BulkOffer[]): readonly Block[] {
  const kinds = [...new Set(offers.map(({ act, label }) => `${act} ${label?.zh ?? ''}`))];
  return buttonRow(
    kinds.flatMap((kind) => {
      const these = offers.filter(({ act, label }) => `${act} ${label?.zh ?? ''}` === kind);
      const [first] = these;
      return first && these.length > 1 ? [bulkButton(first.act, these, first.label)] : [];
    }),
  );
}

/** What stands on the card that asks: number and kind, what, since when. */
export type BulkAsked = BulkLine & {
  readonly number: string;
  readonly kind: Words;
  readonly summary: Words;
  readonly when: Words;
};

/** What will be done is listed, and asked once. `said`: so many were spoken of. */
export function bulkCard(
  lines: readonly BulkAsked[],
  act: BulkAct = 'approve',
  said?: number,
): Card {
  const title = words(
    `${VERB[act].zh}这 ${lines.length} 项？`,
    `${VERB[act].en} these ${lines.length}?`,
  );
  const differs = said !== undefined && said !== lines.length;
  return {
    title,
    color: 'orange',
    preview: title,
    blocks: [
      ...(differs
        ? [
            {
              block: 'text' as const,
              look: 'warning' as const,
              text: words(
                `您说 ${said} 张，能${VERB[act].zh}的是下面 ${lines.length} 张`,
                `You said ${said}; it is ${counted(lines.length, 'request')} that can be`,
              ),
            },
          ]
        : []),
      ...lines.map(({ number, kind, summary, when }): Block => ({
        block: 'text',
        text: words(
          `${number} ${kind.zh}\n${summary.zh}\n${when.zh}`,
          `${number} ${kind.en}\n${summary.en}\n${when.en}`,
        ),
      })),
      {
        block: 'buttons',
        buttons: [
          {
            label: words(
              `${VERB[act].zh}这 ${lines.length} 项`,
              `${VERB[act].en} these ${lines.length}`,
            ),
            look: 'primary',
            value: { v: 1, a: 'bulk', o: act, t: named(lines).text },
          },
          {
            label: words('逐项看', 'One by one'),
            look: 'plain',
            value: { v: 1, a: 'list', l: act === 'withdraw' ? 'requests' : 'tasks' },
          },
        ],
      },
    ],
  };
}

/** 「已接单 2 项；没有办：FIX-26-0003 王芳已经接单了」. `left`: each by its number, with why. */
export function bulkText(
  act: BulkAct,
  done: number,
  left: readonly { readonly number: string; readonly why: Words }[],
): Words {
  const kept = (language: 'zh' | 'en', by: string): string =>
    left.map(({ number, why }) => `${number} ${why[language]}`.trim()).join(by);
  return words(
    `${DONE[act].zh} ${done} 项${left.length === 0 ? '' : `；没有办：${kept('zh', '；')}`}`,
    `${DONE[act].en}: ${done}${left.length === 0 ? '' : `; not ${kept('en', '; ')}`}`,
  );
}

/** What became of them; `undo` names what was done, while it may be taken back. */
export const bulkDoneCard = (text: Words, undo?: number): Card => ({
  title: words('批量办理', 'Several at once'),
  color: 'grey',
  preview: text,
  blocks: [
    { block: 'text', text },
    ...(undo === undefined ? [] : buttonRow([undoButton({ v: 1, a: 'undo', o: String(undo) })])),
  ],
});
