import { z } from 'zod';
import { words } from '../../../cards/words.ts';
import { choice, count, text } from '../fields/plain.ts';
import type { Field } from '../fields.ts';
import { category } from './categories.ts';

const URGENCY = [
  { value: 'urgent', label: words('紧急', 'Urgent') },
  { value: 'normal', label: words('一般', 'Normal') },
  { value: 'low', label: words('不急', 'Can wait') },
];

/** Repairs that its reporter said to be about something else, by id. Kept with the draft and never shown. */
const apart: Field<readonly number[], false> = {
  label: words('不是同一件', 'Not the same as'),
  required: false,
  schema: z.array(z.number().int().positive()).max(20),
  hears: () => undefined,
  inputs: () => [],
  reads: () => undefined,
  shows: (ids) => ids.join(', '),
};

/** What a report says. */
export const form = {
  object: text({ label: words('物品', 'What'), required: true, slot: 'object', longest: 60 }),
  place: text({ label: words('地点', 'Where'), required: true, slot: 'location', longest: 60 }),
  problem: text({
    label: words('问题', 'Problem'),
    required: true,
    slot: 'problem',
    lines: 'many',
    longest: 500,
  }),
  urgency: choice({
    label: words('紧急程度', 'Urgency'),
    required: true,
    slot: 'priority',
    options: URGENCY,
  }),
  category,
  asset: text({
    label: words('资产编号', 'Asset number'),
    required: false,
    slot: 'asset',
    longest: 40,
  }),
  apart,
};
export type RepairFields = typeof form;

/** What the repairer tells when it is done. */
export const fixed = {
  done: text({
    label: words('处理说明', 'What was done'),
    required: false,
    lines: 'many',
    longest: 500,
    hint: words(
      '修好后把照片直接发给我，会放到这一单',
      'Send me a picture when it is done; it joins this ticket',
    ),
  }),
  cost: count({
    label: words('其他费用（元，不含配件）', 'Other costs (yuan, without parts)'),
    required: false,
    min: 0,
    max: 10_000_000,
  }),
};

/** What the office tells after it has asked somebody who was not content. */
export const followed = {
  result: text({
    label: words('回访结果', 'What came of it'),
    required: true,
    lines: 'many',
    longest: 500,
  }),
};
