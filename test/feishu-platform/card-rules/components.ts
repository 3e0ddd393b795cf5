/** The components of card JSON 2.0: which members each may have. What spans several components is in structure.ts. */
import { isObject } from '../json.ts';
import {
  anyObject,
  anyText,
  either,
  filledText,
  flag,
  listOf,
  matching,
  oneOf,
  shape,
  when,
  whole,
} from './checks.ts';
import type { Check, Fields } from './checks.ts';
import { codes, fault } from './fault.ts';
import {
  addresses,
  align,
  byLanguage,
  color,
  edges,
  everywhere,
  icon,
  layout,
  px,
  spacing,
  verticalAlign,
} from './looks.ts';
import { tableRule } from './table.ts';
import { markdownFields, panelTitle, plainText, richText } from './texts.ts';
import type { Surroundings } from './texts.ts';

/** A component's own members, and which of them it must have. */
export type Rule = { readonly fields: Fields; readonly required?: readonly string[] };

/** Tags of JSON 1.0 that a 2.0 card refuses. */
const removed = new Set(['action', 'note', 'actions']);

/** A component of the body, whatever its tag. */
export function component(around: Surroundings): Check {
  const rules = componentRules(around, (value, at) => check(value, at));
  const check: Check = (value, at) => {
    const tag = isObject(value) ? value['tag'] : undefined;
    if (typeof tag !== 'string') return [fault(codes.shape, at, 'a component needs a tag', value)];
    if (removed.has(tag)) {
      return [fault(codes.removedTag, at, `cards of schema V2 no longer support tag ${tag}`, tag)];
    }
    const rule = Object.hasOwn(rules, tag) ? rules[tag] : undefined;
    if (!rule) return [fault(codes.shape, at, `not support tag: ${tag}`, tag)];
    return shape({ ...everywhere, ...rule.fields }, rule.required)(value, at);
  };
  return check;
}

function componentRules(around: Surroundings, inner: Check): Readonly<Record<string, Rule>> {
  return {
    ...contentRules(around),
    ...containerRules(around, inner),
    ...inputRules(around),
    table: tableRule(around),
  };
}

function contentRules(around: Surroundings): Readonly<Record<string, Rule>> {
  const plain = plainText(around);
  return {
    markdown: { fields: markdownFields(around), required: ['content'] },
    div: {
      fields: {
        text: richText(around),
        width: either(oneOf('auto', 'fill'), px(0, 600)),
        icon: icon(around.colors),
        fields: listOf(shape({ is_short: flag, text: richText(around) }, ['text'])),
      },
    },
    hr: { fields: {} },
    img: { fields: imageFields(around, plain), required: ['img_key', 'alt'] },
    img_combination: {
      fields: {
        combination_mode: oneOf('double', 'triple', 'bisect', 'trisect'),
        img_list: listOf(shape({ img_key: imageKey(around) }, ['img_key']), 9, 1),
        corner_radius: anyText,
        combination_transparent: flag,
      },
      required: ['combination_mode', 'img_list'],
    },
    person: {
      fields: {
        user_id: personId(around),
        size: personSize,
        show_avatar: flag,
        show_name: flag,
        style: oneOf('normal', 'capsule'),
      },
      required: ['user_id'],
    },
    person_list: {
      fields: {
        persons: listOf(shape({ id: personId(around) }, ['id']), 200, 1),
        lines: whole(1, 100),
        show_name: flag,
        show_avatar: flag,
        size: personSize,
        drop_invalid_user_id: flag,
      },
      required: ['persons'],
    },
    chart: {
      fields: {
        chart_spec: anyObject,
        aspect_ratio: oneOf('1:1', '2:1', '4:3', '16:9'),
        height: either(oneOf('auto'), px(1, 999)),
        color_theme: oneOf('brand', 'rainbow', 'complementary', 'converse', 'primary'),
        preview: flag,
      },
      required: ['chart_spec'],
    },
    audio: {
      fields: {
        file_key: filledText,
        i18n_file_key: byLanguage,
        audio_id: anyText,
        disabled: flag,
        style: oneOf('normal', 'speak'),
        fallback: shape({ tag: oneOf('fallback_text'), text: plain }, ['tag', 'text']),
      },
      required: ['file_key'],
    },
  };
}

const personSize = oneOf('extra_small', 'small', 'medium', 'large');

const personId =
  (around: Surroundings): Check =>
  (value, at) => {
    if (typeof value !== 'string' || value === '') return filledText(value, at);
    return around.known.person?.(value) === false
      ? [fault(codes.invalidPerson, at, 'invalid user resource', value)]
      : [];
  };

const imageKey =
  (around: Surroundings): Check =>
  (value, at) => {
    if (typeof value !== 'string' || value === '') return filledText(value, at);
    return around.known.image?.(value) === false
      ? [fault(codes.image, at, 'invalid image key', value)]
      : [];
  };

const imageFields = (around: Surroundings, plain: Check): Fields => ({
  img_key: imageKey(around),
  i18n_img_key: byLanguage,
  alt: plain,
  title: plain,
  corner_radius: matching(/^\d+(px|%)$/, 'expected px or %'),
  scale_type: oneOf('crop_center', 'crop_top', 'fit_horizontal'),
  size: either(
    oneOf('stretch', 'large', 'medium', 'small', 'tiny'),
    matching(/^\d+px \d+px$/, 'expected a size name or two lengths'),
  ),
  transparent: flag,
  preview: flag,
});

function containerRules(around: Surroundings, inner: Check): Readonly<Record<string, Rule>> {
  const ground = either(oneOf('default'), color(around.colors));
  const column = shape(columnFields(ground, inner), ['tag']);
  return {
    column_set: {
      fields: {
        flex_mode: oneOf('none', 'stretch', 'flow', 'bisect', 'trisect'),
        background_style: ground,
        horizontal_spacing: spacing,
        horizontal_align: align,
        columns: listOf(column, 100, 1),
        action: shape({ multi_url: shape(addresses('url')) }),
      },
      required: ['columns'],
    },
    form: {
      fields: { ...layout, name: filledText, elements: listOf(inner, 200, 1) },
      required: ['name', 'elements'],
    },
    interactive_container: {
      fields: {
        ...layout,
        ...interactive(around),
        width: widths,
        height: either(oneOf('auto'), px(10, 999)),
        has_border: flag,
        border_color: color(around.colors),
        corner_radius: matching(/^\d+(px|%)$/, 'expected px or %'),
        background_style: ground,
        elements: listOf(inner, 200, 1),
      },
      required: ['behaviors', 'elements'],
    },
    collapsible_panel: {
      fields: {
        ...layout,
        expanded: flag,
        header: panelHeader(around, ground),
        border: shape({
          color: color(around.colors),
          corner_radius: matching(/^\d+px$/, 'expected px'),
        }),
        background_color: ground,
        elements: listOf(inner, 200, 1),
      },
      required: ['header', 'elements'],
    },
  };
}

const columnFields = (ground: Check, inner: Check): Fields => ({
  ...everywhere,
  ...layout,
  tag: oneOf('column'),
  width: either(oneOf('auto', 'weighted'), px(16, 600)),
  weight: whole(1, 5),
  background_style: ground,
  elements: listOf(inner, 200),
  action: shape({ multi_url: shape(addresses('url')) }),
});

const panelHeader = (around: Surroundings, ground: Check): Check =>
  shape(
    {
      title: panelTitle(around),
      background_color: ground,
      vertical_align: verticalAlign,
      padding: edges(0, 99),
      width: either(oneOf('fill', 'auto', 'auto_when_fold'), px(0, 999)),
      icon: shape({
        tag: oneOf('standard_icon', 'custom_icon'),
        token: anyText,
        color: color(around.colors),
        img_key: anyText,
        size: matching(/^\d+px \d+px$/, 'expected two lengths'),
      }),
      icon_position: oneOf('left', 'right', 'follow_text'),
      icon_expanded_angle: when((v) => [-180, -90, 90, 180].includes(Number(v)), 'expected a turn'),
    },
    ['title'],
  );

const widths = either(oneOf('default', 'fill', 'auto'), px(100, 600));

const behavior: Check = (value, at) =>
  isObject(value) && value['type'] === 'open_url'
    ? shape({ type: oneOf('open_url'), ...addresses('default_url') }, ['default_url'])(value, at)
    : shape({ type: oneOf('callback'), value: either(anyObject, anyText) }, ['type', 'value'])(
        value,
        at,
      );

/** What interactive components share. */
const interactive = (around: Surroundings): Fields => ({
  disabled: flag,
  disabled_tips: plainText(around),
  hover_tips: plainText(around),
  confirm: shape({ title: plainText(around), text: plainText(around) }, ['title', 'text']),
  behaviors: listOf(behavior, 2, 1),
});

/** Components whose value people give, and buttons. */
function inputRules(around: Surroundings): Readonly<Record<string, Rule>> {
  const plain = plainText(around);
  const named = { ...interactive(around), name: filledText };
  const asked = {
    ...named,
    required: flag,
    width: widths,
    placeholder: plainText(around, 100),
  };
  const option = shape({ text: plain, icon: icon(around.colors), value: filledText }, [
    'text',
    'value',
  ]);
  const options = listOf(option, 200, 1);
  const people = listOf(shape({ value: personId(around) }, ['value']), 200);
  const look = oneOf('default', 'text');
  return {
    button: {
      fields: {
        ...named,
        text: plainText(around, 100),
        type: oneOf(...buttonTypes),
        size: oneOf('tiny', 'small', 'medium', 'large'),
        width: widths,
        icon: icon(around.colors),
        form_action_type: oneOf('submit', 'reset'),
      },
    },
    input: { fields: inputFields(around, asked) },
    select_static: {
      fields: {
        ...asked,
        type: look,
        options,
        initial_option: anyText,
        initial_index: whole(1, 200),
      },
      required: ['options'],
    },
    multi_select_static: {
      fields: { ...asked, type: look, options, selected_values: listOf(anyText) },
      required: ['options'],
    },
    select_person: { fields: { ...asked, type: look, options: people, initial_option: anyText } },
    multi_select_person: {
      fields: { ...asked, type: look, options: people, selected_values: listOf(anyText) },
    },
    date_picker: { fields: { ...asked, initial_date: date } },
    picker_time: { fields: { ...asked, initial_time: time } },
    picker_datetime: { fields: { ...asked, initial_datetime: moment } },
    checker: {
      fields: {
        ...named,
        required: flag,
        checked: flag,
        text: richText(around),
        overall_checkable: flag,
        button_area: shape({ pc_display_rule: anyText, buttons: listOf(anyObject, 3) }),
        checked_style: shape({
          show_strikethrough: flag,
          opacity: when(isShare, 'expected 0 to 1'),
        }),
      },
    },
    overflow: {
      fields: {
        ...named,
        width: widths,
        options: listOf(
          shape({ text: plain, multi_url: shape(addresses('url')), value: anyText }, ['text']),
          200,
          1,
        ),
      },
      required: ['options'],
    },
    select_img: {
      fields: {
        ...named,
        required: flag,
        multi_select: flag,
        layout: oneOf('stretch', 'bisect', 'trisect'),
        can_preview: flag,
        aspect_ratio: oneOf('1:1', '4:3', '16:9'),
        options: listOf(
          shape(
            {
              img_key: imageKey(around),
              value: filledText,
              disabled: flag,
              disabled_tips: plain,
              hover_tips: plain,
            },
            ['img_key', 'value'],
          ),
          200,
          1,
        ),
      },
      required: ['options'],
    },
  };
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

const days = (text: string): boolean => {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
};
const hours = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

/** `yyyy-MM-dd`, a day that exists. */
export const date = when(
  (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && days(value),
  'expected yyyy-MM-dd',
);
/** `HH:mm`. */
export const time = when((value) => typeof value === 'string' && hours(value), 'expected HH:mm');
/** `yyyy-MM-dd HH:mm`. */
export const moment = when(
  (value) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(value) &&
    days(value.slice(0, 10)) &&
    hours(value.slice(11)),
  'expected yyyy-MM-dd HH:mm',
);
