/** Forms: inputs that are sent together by one of the form's buttons (platform notes §5.3, §5.5). */
import type { FormBlock, Input, Option } from '../../../../cards/card.ts';
import { type Language, type Words, words } from '../../../../cards/words.ts';
import { NAME_SEPARATOR } from '../answers.ts';
import { SHOWN } from '../tap.ts';
import { buttonElement, rowElements } from './buttons.ts';
import type { Element } from './element.ts';
import { cut, markdown, plain, rich } from './text.ts';

/** The longest text an input takes, and the longest placeholder, characters. */
const LONGEST_INPUT = 1_000;
const LONGEST_PLACEHOLDER = 100;
const LONGEST_OPTION = 100;

/** Says which name an input or button has in this card: its own, unless another one has that already. */
export type Naming = (form: string, own: string) => string;

/** Names of one card: each is given once. */
export function createNaming(): Naming {
  const taken = new Set<string>();
  return (form, own) => {
    const candidates = [own, `${form}${NAME_SEPARATOR}${own}`];
    const free =
      candidates.find((name) => !taken.has(name)) ?? `f${taken.size}${NAME_SEPARATOR}${own}`;
    taken.add(free);
    return free;
  };
}

/** A form without buttons could not be sent and is left out. */
export function formElements(form: FormBlock, first: Language, naming: Naming): readonly Element[] {
  if (form.buttons.length === 0) return [];
  const name = naming(form.name, form.name);
  const named = form.inputs.map((input) => ({ input, name: naming(form.name, input.name) }));
  const shown = Object.fromEntries(
    named.flatMap(({ input, name: own }) =>
      input.input === 'moment' && MOMENT.test(input.value ?? '') ? [[own, input.value]] : [],
    ),
  );
  const hidden = Object.keys(shown).length > 0 ? { [SHOWN]: shown } : {};
  const buttons = form.buttons.map((button, index) =>
    buttonElement(
      button,
      first,
      { name: naming(form.name, `send${index}`), form_action_type: 'submit' },
      hidden,
    ),
  );
  const elements = named.flatMap(({ input, name: own }) => inputElements(input, own, first));
  return [{ tag: 'form', name, elements: [...elements, ...rowElements(buttons)] }];
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d\d:\d\d$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

const CHOOSE = words('请选择', 'Choose');
const PICK_DAY = words('选择日期', 'Pick a day');
const PICK_TIME = words('选择时间', 'Pick a time');
const FILL_IN = words('请填写', 'Fill in');
const NO_OPTIONS = words('（没有可选项）', '(nothing to choose)');

function inputElements(input: Input, name: string, first: Language): readonly Element[] {
  const common = { name, ...(input.required && { required: true }) };
  const wide = { ...common, width: 'fill' };
  switch (input.input) {
    case 'text':
    case 'number':
      return [{ ...wide, ...textInput(input, first) }];
    case 'select':
      return [labelElement(input, first), { ...wide, ...selectInput(input, first) }];
    case 'choices':
      return [labelElement(input, first), { ...wide, ...choicesInput(input, first) }];
    case 'date':
      return [
        labelElement(input, first),
        { ...wide, ...picker('date_picker', PICK_DAY, first, initial('date', input.value, DAY)) },
      ];
    case 'time':
      return [
        labelElement(input, first),
        { ...wide, ...picker('picker_time', PICK_TIME, first, initial('time', input.value, TIME)) },
      ];
    case 'moment': {
      const value = initial('datetime', input.value, MOMENT);
      return [
        labelElement(input, first),
        { ...wide, ...picker('picker_datetime', PICK_TIME, first, value) },
      ];
    }
    case 'check':
      // A checker knows no `required`; the office asks for it when the form comes.
      return [
        {
          tag: 'checker',
          name,
          checked: input.value === true,
          text: plain(input.label, first, 200),
        },
      ];
  }
}

/** The label of an input that has no place for one, its hint in grey below. */
function labelElement(input: Input, first: Language): Element {
  const { label, hint, required } = input;
  return rich((say) => {
    const star = required ? " <font color='red'>*</font>" : '';
    const line = `${markdown(say(label, 100))}${star}`;
    return hint === undefined
      ? line
      : `${line}\n<font color='grey'>${markdown(say(hint, 200))}</font>`;
  }, first);
}

type TextInput = Extract<Input, { readonly input: 'text' | 'number' }>;

function textInput(input: TextInput, first: Language): Element {
  const many = input.input === 'text' && input.lines === 'many';
  const longest = input.input === 'text' ? (input.longest ?? LONGEST_INPUT) : 20;
  const most = Math.min(Math.max(longest, 1), LONGEST_INPUT);
  return {
    tag: 'input',
    label: plain(input.label, first, 100),
    label_position: 'top',
    placeholder: plain(input.hint ?? FILL_IN, first, LONGEST_PLACEHOLDER),
    max_length: most,
    input_type: many ? 'multiline_text' : 'text',
    ...(many && { rows: 3, auto_resize: true }),
    ...(input.value && { default_value: cut(input.value, most) }),
  };
}

/** Options in the platform's form: each value once, none empty. */
function optionsOf(options: readonly Option[], first: Language): readonly object[] {
  const seen = new Set(['']);
  return options.flatMap(({ value, label }) => {
    if (seen.has(value)) return [];
    seen.add(value);
    return [{ text: plain(label, first, LONGEST_OPTION), value }];
  });
}

function selectInput(
  input: Extract<Input, { readonly input: 'select' }>,
  first: Language,
): Element {
  const options = optionsOf(input.options, first);
  if (options.length === 0) return nothingToChoose(first);
  const known = input.value && input.options.some(({ value }) => value === input.value);
  return {
    tag: 'select_static',
    placeholder: plain(CHOOSE, first),
    options,
    ...(known && { initial_option: input.value }),
  };
}

function choicesInput(
  input: Extract<Input, { readonly input: 'choices' }>,
  first: Language,
): Element {
  const options = optionsOf(input.options, first);
  if (options.length === 0) return nothingToChoose(first);
  const chosen = new Set(input.values);
  const known = input.options.map(({ value }) => value).filter((value) => chosen.has(value));
  return {
    tag: 'multi_select_static',
    placeholder: plain(CHOOSE, first),
    options,
    ...(known.length > 0 && { selected_values: [...new Set(known)] }),
  };
}

/** A choice without options becomes a line to write on: lists of the platform have at least one. */
const nothingToChoose = (first: Language): Element => ({
  tag: 'input',
  placeholder: plain(NO_OPTIONS, first),
});

const picker = (
  tag: string,
  placeholder: Words,
  first: Language,
  value: { readonly [member: string]: string },
): Element => ({ tag, placeholder: plain(placeholder, first), ...value });

/** A picker's start value, in the form its own kind has; one that is malformed is left out. */
function initial(
  sort: 'date' | 'time' | 'datetime',
  value: string | undefined,
  form: RegExp,
): { readonly [member: string]: string } {
  if (value === undefined || !form.test(value)) return {};
  return { [`initial_${sort}`]: value.replace('T', ' ') };
}
