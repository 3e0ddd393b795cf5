/** Buttons, alone and in forms. */
import type { Button } from '../../../../cards/card.ts';
import type { Language } from '../../../../cards/words.ts';
import type { Element } from './element.ts';
import { plain } from './text.ts';

/** The platform's longest text on a button, characters. */
const LONGEST_LABEL = 100;

const TYPES = { primary: 'primary_filled', plain: 'default', danger: 'danger' } as const;

/** `more`: members the place adds, such as the name in a form. `hidden` goes along in the value, unseen by the office. */
export function buttonElement(
  button: Button,
  first: Language,
  more: { readonly [member: string]: unknown } = {},
  hidden: { readonly [member: string]: unknown } = {},
): Element {
  const { label, look, value, confirm } = button;
  return {
    tag: 'button',
    type: TYPES[look],
    text: plain(label, first, LONGEST_LABEL),
    behaviors: [{ type: 'callback', value: { ...value, ...hidden } }],
    ...(confirm && {
      confirm: { title: plain(confirm.title, first, 100), text: plain(confirm.text, first, 500) },
    }),
    ...more,
  };
}

/** Buttons side by side, on the next line where the screen ends. */
export function rowElements(buttons: readonly Element[]): readonly Element[] {
  if (buttons.length <= 1) return buttons;
  const columns = buttons.map((button) => ({ tag: 'column', width: 'auto', elements: [button] }));
  return [{ tag: 'column_set', flex_mode: 'flow', horizontal_spacing: '8px', columns }];
}
