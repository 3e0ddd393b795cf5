import { all } from './dom.ts';
import type { Tap } from './office.ts';
import { setup } from './setup.ts';

/** The inputs of a card's form. */
const inputsOf = (form: ParentNode) => [
  ...all(form, 'input', HTMLInputElement),
  ...all(form, 'select', HTMLSelectElement),
  ...all(form, 'textarea', HTMLTextAreaElement),
];

/** What a form answers: text as text, several choices as a list, yes or no as such. What is empty is left out. */
export function answersOf(form: HTMLFormElement): Tap['answers'] {
  const answers: Record<string, string | string[] | boolean> = {};
  for (const input of inputsOf(form)) {
    if (!(input instanceof HTMLInputElement) || input.type !== 'checkbox') {
      if (input.value !== '') answers[input.name] = input.value;
    } else if ('check' in input.dataset) {
      answers[input.name] = input.checked;
    } else if (input.checked) {
      const chosen = answers[input.name];
      answers[input.name] = [...(Array.isArray(chosen) ? chosen : []), input.value];
    }
  }
  return answers;
}

/** Whether everything required is there; if not, the browser says what is missing. A group of choices has no `required` of its own. */
export function isComplete(form: HTMLFormElement): boolean {
  for (const group of all(form, 'fieldset[data-required]', HTMLFieldSetElement)) {
    const boxes = all(group, 'input', HTMLInputElement);
    const missing = !boxes.some((box) => box.checked);
    boxes[0]?.setCustomValidity(missing ? setup.texts.chooseOne : '');
  }
  return form.reportValidity();
}

/** Puts what was typed into the old drawing of a card into its new one, where the same input is still there. */
export function keepTyped(from: ParentNode, to: ParentNode): void {
  const fresh = new Map(inputsOf(to).map((input) => [keyOf(input), input]));
  for (const old of inputsOf(from)) {
    const input = fresh.get(keyOf(old));
    if (!input || !isTouched(old)) continue;
    if (input instanceof HTMLInputElement && old instanceof HTMLInputElement)
      input.checked = old.checked;
    if (!(input instanceof HTMLInputElement && input.type === 'checkbox')) input.value = old.value;
  }
}

type FormInput = ReturnType<typeof inputsOf>[number];

const keyOf = (input: FormInput): string =>
  [
    input.form?.dataset['name'],
    input.name,
    input instanceof HTMLInputElement && input.type === 'checkbox' && input.value,
  ].join('\n');

function isTouched(input: FormInput): boolean {
  if (input instanceof HTMLSelectElement)
    return [...input.options].some((option) => option.selected !== option.defaultSelected);
  if (input instanceof HTMLInputElement && input.type === 'checkbox')
    return input.checked !== input.defaultChecked;
  return input.value !== input.defaultValue;
}
