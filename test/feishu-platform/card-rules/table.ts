/** The table component: at most 50 columns, cells that fit their column's type. */
import { isObject, listAt, textAt } from '../json.ts';
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
import type { Check } from './checks.ts';
import type { Rule } from './interactive.ts';
import { codes, fault } from './fault.ts';
import type { CardFault, Path } from './fault.ts';
import { align, color, px, textSize, verticalAlign } from './looks.ts';
import type { Surroundings } from './texts.ts';

/** The table's own members; the rows are held against the columns by `rowFaults`. */
export const tableRule = (around: Surroundings): Rule => ({
  fields: {
    page_size: whole(1, 10),
    row_height: either(oneOf('low', 'middle', 'high', 'auto'), px(32, 124)),
    row_max_height: px(32, 999),
    freeze_first_column: flag,
    header_style: shape({
      text_align: align,
      text_size: textSize(around.textSizes),
      background_style: oneOf('none', 'grey'),
      text_color: color(around.colors),
      bold: flag,
      lines: whole(1, 100),
    }),
    columns: listOf(column, 50, 1),
    rows: listOf((value, at) =>
      isObject(value) ? [] : [fault(codes.tableRows, at, 'a row is an object')],
    ),
  },
  required: ['columns', 'rows'],
});

const column: Check = shape(
  {
    name: filledText,
    display_name: anyText,
    width: either(oneOf('auto'), matching(/^\d+(px|%)$/, 'expected auto, px or %')),
    data_type: oneOf('text', 'lark_md', 'options', 'number', 'persons', 'date', 'markdown'),
    horizontal_align: align,
    vertical_align: verticalAlign,
    format: shape({ symbol: anyText, precision: whole(0, 10), separator: flag }),
    date_format: anyText,
  },
  ['name', 'data_type'],
);

/** Rows with unknown columns or cells of another type than their column's. */
export function rowFaults(table: unknown, at: Path): readonly CardFault[] {
  const types = new Map(
    listAt(table, 'columns').map((one) => [textAt(one, 'name'), textAt(one, 'data_type')]),
  );
  const repeated = types.size !== listAt(table, 'columns').length;
  const names = repeated ? [fault(codes.shape, at, 'two columns have one name')] : [];
  const rows = listAt(table, 'rows').flatMap((row, index) =>
    Object.entries(isObject(row) ? row : {}).flatMap(([name, cell]) =>
      cellFaults(types.get(name), cell, [...at, 'rows', `[${index}]`, name]),
    ),
  );
  return [...names, ...rows];
}

function cellFaults(type: string | undefined, cell: unknown, at: Path): readonly CardFault[] {
  if (type === undefined)
    return [fault(codes.tableRows, at, 'the row has a cell without a column')];
  return fits(type, cell) ? [] : [fault(codes.tableCells, at, `the cell is no ${type}`, cell)];
}

function fits(type: string, cell: unknown): boolean {
  switch (type) {
    case 'number':
    case 'date':
      return typeof cell === 'number';
    case 'options':
      return (
        listIn(cell)?.every((one) => isObject(one) && typeof one['text'] === 'string') ?? false
      );
    case 'persons':
      return typeof cell === 'string' || (listIn(cell)?.every(isText) ?? false);
    default:
      return typeof cell === 'string';
  }
}

const isText = (value: unknown): boolean => typeof value === 'string';
const listIn = (cell: unknown): readonly unknown[] | undefined =>
  Array.isArray(cell) ? cell : undefined;
