/** Components that people fill in or tap. */
import {
  anyObject,
  anyText,
  filledText,
  flag,
  listOf,
  oneOf,
  shape,
  when,
  whole,
} from './checks.ts';
import type { Fields } from './checks.ts';
import { imageKey, interactive, personId, widths } from './interactive.ts';
import type { Rule } from './interactive.ts';
import { addresses, byLanguage, icon } from './looks.ts';
import { date, moment, time } from './moments.ts';
import { plainText, richText } from './texts.ts';
import type { Surroundings } from './texts.ts';

/** Rules by tag. */
export function inputRules(around: Surroundings): Readonly<Record<string, Rule>> {
  const named = { ...interactive(around), name: filledText };
  const asked = { ...named, required: flag, width: widths, placeholder: plainText(around, 100) };
  return {
    button: { fields: buttonFields(around, named) },
    overflow: overflowRule(around, named),
    input: { fields: inputFields(around, asked) },
    ...selectRules(around, asked),
    date_picker: { fields: { ...asked, initial_date: date } },
    picker_time: { fields: { ...asked, initial_time: time } },
    picker_datetime: { fields: { ...asked, initial_datetime: moment } },
    checker: { fields: checkerFields(around, named) },
    select_img: selectImageRule(around, named),
  };
}

const buttonFields = (around: Surroundings, named: Fields): Fields => ({
  ...named,
  text: plainText(around, 100),
  type: oneOf(...buttonTypes),
  size: oneOf('tiny', 'small', 'medium', 'large'),
  width: widths,
  icon: icon(around.colors),
  form_action_type: oneOf('submit', 'reset'),
});

function overflowRule(around: Surroundings, named: Fields): Rule {
  const option = shape(
    { text: plainText(around), multi_url: shape(addresses('url')), value: anyText },
    ['text'],
  );
  const fields = { ...named, width: widths, options: listOf(option, 200, 1) };
  return { fields, required: ['options'] };
}

/** One or several, of options of ours or of people. */
function selectRules(around: Surroundings, asked: Fields): Readonly<Record<string, Rule>> {
  const text = plainText(around);
  const option = shape({ text, icon: icon(around.colors), value: filledText }, ['text', 'value']);
  const person = shape({ value: personId(around) }, ['value']);
  const ofOurs = { ...asked, type: look, options: listOf(option, 200, 1) };
  const ofPeople = { ...asked, type: look, options: listOf(person, 200) };
  const one = { initial_option: anyText, initial_index: whole(1, 200) };
  const several = { selected_values: listOf(anyText) };
  const required = ['options'];
  return {
    select_static: { fields: { ...ofOurs, ...one }, required },
    multi_select_static: { fields: { ...ofOurs, ...several }, required },
    select_person: { fields: { ...ofPeople, initial_option: anyText } },
    multi_select_person: { fields: { ...ofPeople, ...several } },
  };
}

const look = oneOf('default', 'text');

const checkerFields = (around: Surroundings, named: Fields): Fields => ({
  ...named,
  required: flag,
  checked: flag,
  text: richText(around),
  overall_checkable: flag,
  button_area: shape({ pc_display_rule: anyText, buttons: listOf(anyObject, 3) }),
  checked_style: shape({ show_strikethrough: flag, opacity: when(isShare, 'expected 0 to 1') }),
});

function selectImageRule(around: Surroundings, named: Fields): Rule {
  const tips = plainText(around);
  const option = shape(
    {
      img_key: imageKey(around),
      value: filledText,
      disabled: flag,
      disabled_tips: tips,
      hover_tips: tips,
    },
    ['img_key', 'value'],
  );
  const fields = {
    ...named,
    required: flag,
    multi_select: flag,
    layout: oneOf('stretch', 'bisect', 'trisect'),
    can_preview: flag,
    aspect_ratio: oneOf('1:1', '4:3', '16:9'),
    options: listOf(option, 200, 1),
  };
  return { fields, required: ['options'] };
}

const buttonTypes = [
  'default',
  'primary',
  'danger',
  'text',
  'primary_text',
  'danger_text',
  'primary_filled',
  'danger_filled',
  'laser',
] as const;

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;

const inputFields = (around: Surroundings, asked: Fields): Fields => ({
  ...asked,
  default_value: anyText,
  i18n_default_value: byLanguage,
  max_length: whole(1, 1000),
  input_type: oneOf('text', 'multiline_text', 'password'),
  rows: whole(1, 50),
  auto_resize: flag,
  max_rows: whole(1, 50),
  label: plainText(around),
  label_position: oneOf('top', 'left'),
  show_icon: flag,
});
