/** The card of a draft: what was understood, what was guessed, what is missing, and three buttons. */
import type { Block, Button, ButtonValue, Card, Fact, Input } from './card.ts';
import { BUTTON, STATE } from './vocabulary.ts';
import { type Words, words } from './words.ts';

export type DraftModel = {
  readonly id: number;
  readonly version: number;
  readonly kind: Words;
  /** The number of the request it changes, if it is not a new one. */
  readonly changes?: string;
  readonly facts: readonly Fact[];
  readonly table?: Block;
  readonly pictures: readonly { readonly file: string; readonly alt: Words }[];
  /** What is missing or wrong, with the field's name. */
  readonly gaps: readonly { readonly label: Words; readonly why: Words }[];
  readonly notes: readonly Words[];
  /** Other things it could be set to; `key` tells which, also when the list has changed since. */
  readonly offers: readonly { readonly label: Words; readonly key: string }[];
  /** Nothing is free, but who waits is told when something is. */
  readonly mayQueue?: boolean;
  /** Inputs to show: those of the missing fields, or of all while it is being edited. */
  readonly inputs: readonly Input[];
  readonly editing: boolean;
  /** It was made of a sentence, which may have meant something else. */
  readonly heard: boolean;
  readonly remark?: Words;
  /** Who will be asked to approve, so that nobody is surprised. */
  readonly approvers?: Words;
};

export function draftCard(model: DraftModel): Card {
  const title = model.changes
    ? words(`修改 ${model.changes}`, `Change ${model.changes}`)
    : model.kind;
  const ready = model.gaps.length === 0;
  return {
    title,
    color: ready ? 'blue' : 'orange',
    tags: [
      { text: STATE.draft.name, color: 'grey' },
      ...(ready ? [] : [{ text: words('待补充', 'Incomplete'), color: 'orange' as const }]),
    ],
    preview: ready
      ? words(`请确认：${title.zh}`, `Please confirm: ${title.en}`)
      : words(`还差一点：${title.zh}`, `Something is missing: ${title.en}`),
    blocks: [
      ...(model.remark
        ? [{ block: 'text' as const, look: 'warning' as const, text: model.remark }]
        : []),
      ...(model.facts.length > 0 ? [{ block: 'facts' as const, facts: model.facts }] : []),
      ...(model.table ? [model.table] : []),
      ...model.pictures.map((each): Block => ({ block: 'image', ...each })),
      ...model.gaps.map(gapBlock),
      ...model.notes.map((text): Block => ({ block: 'text', look: 'quiet', text })),
      ...(model.approvers && ready
        ? [{ block: 'text' as const, look: 'quiet' as const, text: model.approvers }]
        : []),
      ...offerBlocks(model),
      ...closing(model),
    ],
  };
}

/** A draft that is over: submitted elsewhere, cancelled, expired. */
export const closedDraftCard = (kind: Words, why: Words): Card => ({
  title: kind,
  color: 'grey',
  tags: [{ text: STATE.cancelled.name, color: 'grey' }],
  preview: why,
  blocks: [{ block: 'text', look: 'quiet', text: why }],
});

const gapBlock = ({ label, why }: DraftModel['gaps'][number]): Block => ({
  block: 'text',
  look: 'warning',
  text: words(`${label.zh}：${why.zh}`, `${label.en}: ${why.en}`),
});

const value = (
  model: DraftModel,
  a: string,
  more: { readonly [key: string]: string } = {},
): ButtonValue => ({
  v: 1,
  a,
  d: model.id,
  n: model.version,
  ...more,
});

function offerBlocks(model: DraftModel): readonly Block[] {
  const queue: readonly Button[] = model.mayQueue
    ? [{ label: words('排队', 'Wait in line'), look: 'plain', value: value(model, 'queue') }]
    : [];
  if (model.offers.length + queue.length === 0) return [];
  return [
    {
      block: 'buttons',
      buttons: [
        ...model.offers.map(({ label, key }): Button => ({
          label,
          look: 'plain',
          value: value(model, 'offer', { o: key }),
        })),
        ...queue,
      ],
    },
  ];
}

function closing(model: DraftModel): readonly Block[] {
  const submit: Button = { label: BUTTON.submit, look: 'primary', value: value(model, 'submit') };
  const edit: Button = { label: BUTTON.edit, look: 'plain', value: value(model, 'edit') };
  const cancel: Button = {
    label: BUTTON.cancel,
    look: 'plain',
    value: value(model, 'cancel-draft'),
  };
  const otherwise = model.heard && !model.editing ? [notMeant(model)] : [];
  if (model.inputs.length === 0)
    return [{ block: 'buttons', buttons: [submit, edit, cancel, ...otherwise] }];
  const outside = model.editing ? [cancel] : [edit, cancel, ...otherwise];
  return [
    { block: 'form', name: 'draft', inputs: model.inputs, buttons: [submit] },
    { block: 'buttons', buttons: outside },
  ];
}

/** The sentence is read in its next best way; as good as saying so. */
const notMeant = (model: DraftModel): Button => ({
  label: words('不是这个意思', 'Not what I meant'),
  look: 'plain',
  value: value(model, 'not-meant'),
});
