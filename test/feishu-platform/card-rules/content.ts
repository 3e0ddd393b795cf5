/** Components that show something: texts, pictures, people, charts. */
import {
  anyText,
  either,
  filledText,
  flag,
  listOf,
  matching,
  oneOf,
  shape,
  whole,
} from './checks.ts';
import type { Check, Fields } from './checks.ts';
import { chartSpec } from './chart.ts';
import { imageKey, personId } from './interactive.ts';
import type { Rule } from './interactive.ts';
import { byLanguage, icon, px } from './looks.ts';
import { markdownFields, plainText, richText } from './texts.ts';
import type { Surroundings } from './texts.ts';

/** Rules by tag. */
export function contentRules(around: Surroundings): Readonly<Record<string, Rule>> {
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
      // How many pictures go with which arrangement is in structure.ts.
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
        chart_spec: chartSpec,
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
