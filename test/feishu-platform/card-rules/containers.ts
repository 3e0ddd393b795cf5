/** Components that hold others: columns, forms, folds, areas that can be tapped. */
import {
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
import { interactive, widths } from './interactive.ts';
import type { Rule } from './interactive.ts';
import {
  addresses,
  align,
  color,
  edges,
  everywhere,
  layout,
  px,
  spacing,
  verticalAlign,
} from './looks.ts';
import { panelTitle } from './texts.ts';
import type { Surroundings } from './texts.ts';

/** Rules by tag; `inner` checks a component inside. */
export function containerRules(around: Surroundings, inner: Check): Readonly<Record<string, Rule>> {
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
