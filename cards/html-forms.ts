/** Buttons and forms of a card as HTML. The browser checks what is required before anything is sent. */
import type { Button, ButtonsBlock, FormBlock, Input, Option } from './card.ts';
import { type Html, html } from './markup.ts';
import { inLanguage, type Language, type Text, type Words, words } from './words.ts';

/** Where a card is drawn: the reader's language, an id that no other card on the page has, and where pictures are. */
export type CardPlace = {
  readonly language: Language;
  readonly id: string;
  readonly fileUrl: (file: string) => string;
};

/** An id for one part of a card, unique on the page. */
export const idOf = (place: CardPlace, part: string): string => `${place.id}-${part}`;

export const buttonsHtml = (block: ButtonsBlock, place: CardPlace): Html =>
  html`<form class="buttons">${block.buttons.map((button) => buttonHtml(button, place))}</form>`;

export const formHtml = (block: FormBlock, place: CardPlace): Html =>
  html`<form class="form" data-name="${block.name}">
    ${block.inputs.map((input) => fieldHtml(input, place, `${block.name}-${input.name}`))}
    <div class="buttons">${block.buttons.map((button) => buttonHtml(button, place))}</div>
  </form>`;

function buttonHtml(button: Button, place: CardPlace): Html {
  const say = (text: Text): string => inLanguage(text, place.language);
  const { confirm } = button;
  return html`<button
    class="button button-${button.look}"
    name="tap"
    value="${JSON.stringify(button.value)}"
    ${confirm && html`data-confirm-title="${say(confirm.title)}" data-confirm-text="${say(confirm.text)}"`}
  >
    ${say(button.label)}
  </button>`;
}

const REQUIRED: Words = words('必填', 'required');

/** A label, the input, and its hint; several choices are a group with a legend, one yes or no stands before its label. */
function fieldHtml(input: Input, place: CardPlace, name: string): Html {
  const id = idOf(place, name);
  const label = labelHtml(input, place);
  const hint =
    input.hint && html`<small id="${id}-hint">${inLanguage(input.hint, place.language)}</small>`;
  if (input.input === 'choices')
    return html`<fieldset
      class="field"
      ${input.required && html`data-required`}
      ${described(input, id)}
    >
      <legend>${label}</legend>
      ${hint}
      <div class="choices">${input.options.map((option) => choiceHtml(option, input, place))}</div>
    </fieldset>`;
  if (input.input === 'check')
    return html`<div class="field">
      <label class="check"
        ><input
          type="checkbox"
          data-check
          name="${input.name}"
          ${input.value && html`checked`}
          ${rules(input, id)}
        />
        ${label}</label
      >${hint}
    </div>`;
  return html`<div class="field">
    <label for="${id}">${label}</label>${inputHtml(input, place, id)}${hint}
  </div>`;
}

const labelHtml = (input: Input, place: CardPlace): Html =>
  html`${inLanguage(input.label, place.language)}${input.required && html` <span class="required">${inLanguage(REQUIRED, place.language)}</span>`}`;

const described = (input: Input, id: string) => input.hint && html`aria-describedby="${id}-hint"`;

const rules = (input: Input, id: string): Html =>
  html`${input.required && html`required `}${described(input, id)}`;

const TYPES = { number: 'number', date: 'date', time: 'time', moment: 'datetime-local' } as const;

function inputHtml(
  input: Exclude<Input, { readonly input: 'choices' | 'check' }>,
  place: CardPlace,
  id: string,
): Html {
  const common = html`id="${id}" name="${input.name}" ${rules(input, id)}`;
  if (input.input === 'select') return selectHtml(input, place, common);
  if (input.input !== 'text')
    return html`<input
      type="${TYPES[input.input]}"
      ${input.input === 'number' && html`step="any"`}
      value="${input.value}"
      ${common}
    />`;
  const most = input.longest && html`maxlength="${input.longest}"`;
  return input.lines === 'many'
    ? html`<textarea rows="3" ${most} ${common}>${lineFeedKept(input.value)}</textarea>`
    : html`<input type="text" value="${input.value}" ${most} ${common} />`;
}

/** A line feed right after the opening tag would be swallowed by the browser. */
const lineFeedKept = (value: string | undefined): string =>
  value?.startsWith('\n') ? `\n${value}` : (value ?? '');

const CHOOSE: Words = words('请选择', 'Choose');

function selectHtml(
  input: Extract<Input, { readonly input: 'select' }>,
  place: CardPlace,
  common: Html,
): Html {
  const option = ({ value, label }: Option) =>
    html`<option value="${value}" ${value === input.value && html`selected`}>
      ${inLanguage(label, place.language)}
    </option>`;
  return html`<select ${common}>
    <option value="">${inLanguage(CHOOSE, place.language)}</option>
    ${input.options.map(option)}
  </select>`;
}

const choiceHtml = (
  option: Option,
  input: Extract<Input, { readonly input: 'choices' }>,
  place: CardPlace,
): Html =>
  html`<label class="check"
    ><input
      type="checkbox"
      name="${input.name}"
      value="${option.value}"
      ${input.values?.includes(option.value) && html`checked`}
    />
    ${inLanguage(option.label, place.language)}</label
  >`;
