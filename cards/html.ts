/** A card as HTML: buttons and forms are real ones, marks and states are words, nothing of a text is ever markup. */
import type {
  Block,
  Card,
  Fact,
  FactsBlock,
  FoldBlock,
  StepLine,
  StripBlock,
  TableBlock,
} from './card.ts';
import { chartHtml } from './chart-html.ts';
import { type CardPlace, buttonsHtml, formHtml, idOf } from './html-forms.ts';
import { type Html, html } from './markup.ts';
import { STRIP_SIGNS, stripParts } from './strip.ts';
import { inLanguage, type Text, type Words, words } from './words.ts';

export type { CardPlace } from './html-forms.ts';

/** Draws a card. Its buttons are `<button name="tap">` with the wish as JSON in `value`, inside a `<form>` each. */
export function cardHtml(card: Card, place: CardPlace): Html {
  const say = (text: Text): string => inLanguage(text, place.language);
  return html`<article
    class="card card-${card.color}"
    tabindex="-1"
    aria-labelledby="${idOf(place, 'title')}"
  >
    <header class="card-head">
      <div class="card-titles">
        <h3 id="${idOf(place, 'title')}">${say(card.title)}</h3>
        ${card.subtitle && html`<p>${say(card.subtitle)}</p>`}
      </div>
      ${card.tags?.slice(0, 3).map((tag) => html`<span class="tag tag-${tag.color}">${say(tag.text)}</span>`)}
    </header>
    <div class="card-body">
      ${card.blocks.map((block, i) => blockHtml(block, place, String(i)))}
    </div>
  </article>`;
}

function blockHtml(block: Block, place: CardPlace, at: string): Html {
  const say = (text: Text): string => inLanguage(text, place.language);
  switch (block.block) {
    case 'text':
      return html`<p class="text text-${block.look ?? 'normal'}">${say(block.text)}</p>`;
    case 'facts':
      return factsHtml(block, place);
    case 'table':
      return tableHtml(block, place);
    case 'steps':
      return html`<ol class="steps">
        ${block.steps.map((step) => stepHtml(step, place))}
      </ol>`;
    case 'image':
      return imageHtml(place.fileUrl(block.file), say(block.alt));
    case 'chart':
      return chartHtml(block, place.language);
    case 'strip':
      return stripHtml(block, place);
    case 'fold':
      return foldHtml(block, place, at);
    case 'buttons':
      return buttonsHtml(block, place);
    case 'form':
      return formHtml(block, place);
    case 'line':
      return html`<hr />`;
  }
}

const MARKS: { readonly [mark in NonNullable<Fact['mark']>]: Words } = {
  guessed: words('推测', 'guess'),
  missing: words('待补', 'needed'),
  changed: words('已改', 'changed'),
};

function factsHtml(block: FactsBlock, place: CardPlace): Html {
  const say = (text: Text): string => inLanguage(text, place.language);
  const mark = (fact: Fact) =>
    fact.mark && html` <span class="mark mark-${fact.mark}">${say(MARKS[fact.mark])}</span>`;
  return html`<dl class="facts">
    ${block.facts.map(
      (fact) =>
        html`<div>
          <dt>${say(fact.label)}</dt>
          <dd>${say(fact.value)}${mark(fact)}</dd>
        </div>`,
    )}
  </dl>`;
}

const TABLE: Words = words('表格，可左右滚动', 'table, scrolls sideways');

function tableHtml(block: TableBlock, place: CardPlace): Html {
  const say = (text: Text): string => inLanguage(text, place.language);
  const side = (align: 'left' | 'right' | undefined) => (align === 'right' ? 'right' : 'left');
  const row = (cells: TableBlock['rows'][number]) =>
    html`<tr>
      ${block.columns.map((column) => html`<td class="${side(column.align)}">${say(cells[column.key] ?? '')}</td>`)}
    </tr>`;
  return html`<div class="table" tabindex="0" role="region" aria-label="${say(TABLE)}">
    <table>
      <thead>
        <tr>
          ${block.columns.map((column) => html`<th scope="col" class="${side(column.align)}">${say(column.label)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${block.rows.map(row)}
      </tbody>
    </table>
  </div>`;
}

const STATES: { readonly [state in StepLine['state']]: Words } = {
  done: words('已完成', 'done'),
  open: words('进行中', 'in progress'),
  waiting: words('未开始', 'not started'),
  refused: words('未通过', 'refused'),
  skipped: words('已跳过', 'skipped'),
};

function stepHtml(step: StepLine, place: CardPlace): Html {
  const say = (text: Text): string => inLanguage(text, place.language);
  return html`<li class="step-${step.state}">
    <span class="step-title">${say(step.title)}</span>
    <span class="step-who">${say(step.who)}</span>
    <span class="step-state">${say(STATES[step.state])}</span>
    ${step.note && html`<p class="step-note">${say(step.note)}</p>`}
  </li>`;
}

const imageHtml = (url: string, alt: string): Html =>
  html`<a class="picture" href="${url}" target="_blank" rel="noopener"
    ><img src="${url}" alt="${alt}" loading="lazy"
  /></a>`;

/** The drawing is for the eye alone; the words beside it say the same. */
const stripHtml = ({ from, rows }: StripBlock, { language }: CardPlace): Html =>
  html`<dl class="strip">
    ${rows.map(
      ({ name, cells, told }) =>
        html`<div>
          <dt>${inLanguage(name, language)}</dt>
          <dd>
            <span class="strip-row" aria-hidden="true"
              >${stripParts(from, cells).map((part) =>
                'hour' in part
                  ? html`<span class="strip-hour">${part.hour}</span>`
                  : html`<span class="strip-${part.cell}"
                      >${STRIP_SIGNS[part.cell][language].repeat(part.count)}</span
                    >`,
              )}</span
            >
            <span class="strip-told">${inLanguage(told, language)}</span>
          </dd>
        </div>`,
    )}
  </dl>`;

const foldHtml = (block: FoldBlock, place: CardPlace, at: string): Html =>
  html`<details>
    <summary>${inLanguage(block.title, place.language)}</summary>
    ${block.blocks.map((inner, i) => blockHtml(inner, place, `${at}-${i}`))}
  </details>`;
