/** Rules that span several components: nesting, forms, tables, names, counts. */
import { isObject, listAt, textAt } from '../json.ts';
import { codes, fault } from './fault.ts';
import type { CardFault, Path } from './fault.ts';
import { rowFaults } from './table.ts';
import { countTags, formAround, places } from './walk.ts';
import type { Place } from './walk.ts';

const MOST_TAGS = 200;
const MOST_TABLES = 5;
/** "Recommended", which we take at its word. */
const MOST_CHARTS = 5;
const DEEPEST = 5;

const containers = new Set(['column_set', 'form', 'interactive_container', 'collapsible_panel']);

const inputs = new Set([
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'checker',
  'select_img',
  'overflow',
]);

/** True for a component whose value goes along when its form is sent. */
export const isInput = (tag: string): boolean => inputs.has(tag);

/** What is wrong with the card as a whole. */
export function structureFaults(card: unknown): readonly CardFault[] {
  const all = places(card);
  return [
    ...tagFaults(card),
    ...all.flatMap(placeFaults),
    ...tableFaults(all),
    ...chartFaults(all),
    ...audioFaults(card, all),
    ...brokenTexts(card, []),
    ...all.filter(({ tag }) => tag === 'form').flatMap((form) => formFaults(form, all)),
    ...repeatedNames(all),
    ...repeatedIds(card),
  ];
}

function tagFaults(card: unknown): readonly CardFault[] {
  const count = countTags(card);
  return count > MOST_TAGS ? [fault(codes.tooMany, [], 'element exceeds the limit', count)] : [];
}

/** Rules on where a component stands and on its own members taken together. */
function placeFaults(place: Place): readonly CardFault[] {
  return [
    ...nestingFaults(place),
    ...rootOnlyFaults(place),
    ...formOnlyFaults(place),
    ...choiceFaults(place),
    ...valueFaults(place),
    ...pictureFaults(place),
    ...emptyFaults(place),
  ];
}

function nestingFaults({ tag, around, at }: Place): readonly CardFault[] {
  const depth = around.filter((one) => containers.has(textAt(one, 'tag') ?? '')).length + 1;
  return containers.has(tag) && depth > DEEPEST
    ? [fault(codes.shape, at, 'containers are nested deeper than 5', depth)]
    : [];
}

function rootOnlyFaults({ tag, around, at }: Place): readonly CardFault[] {
  if (around.length === 0 || (tag !== 'form' && tag !== 'table')) return [];
  return [fault(codes.shape, at, `${tag} stands at the root of the card only`)];
}

/** Members and components that mean something in a form only. */
function formOnlyFaults(place: Place): readonly CardFault[] {
  if (formAround(place)) return [];
  const { tag, component, at } = place;
  const several = tag === 'multi_select_static' || tag === 'multi_select_person';
  const severalPictures = tag === 'select_img' && component['multi_select'] === true;
  const members = ['required', 'form_action_type'].filter((one) => component[one] !== undefined);
  return [
    ...(several || severalPictures ? [fault(codes.shape, at, `${tag} must be in a form`)] : []),
    ...members.map((one) => fault(codes.shape, at, `${one} has a meaning in forms only`)),
    ...(tag === 'button' && !hasBehavior(place)
      ? [fault(codes.shape, at, 'a button needs behaviors')]
      : []),
  ];
}

const hasBehavior = ({ component }: Place): boolean => listAt(component, 'behaviors').length > 0;

/** Options have values of their own, and what is chosen from the start is among them. */
function choiceFaults({ component, tag, at }: Place): readonly CardFault[] {
  if (!/select/.test(tag)) return [];
  const values = listAt(component, 'options').map((option) => textAt(option, 'value'));
  const repeated = new Set(values).size !== values.length;
  const initial = textAt(component, 'initial_option');
  const chosen = [
    ...(initial === undefined ? [] : [initial]),
    ...listAt(component, 'selected_values'),
  ];
  const index = component['initial_index'];
  return [
    ...(repeated ? [fault(codes.shape, at, 'two options have one value')] : []),
    ...(values.length > 0 ? chosen : [])
      .filter((one) => !values.includes(String(one)))
      .map((one) => fault(codes.shape, at, 'the initial option is not among the options', one)),
    ...(typeof index === 'number' && index > values.length
      ? [fault(codes.shape, at, 'initial_index is beyond the options', index)]
      : []),
  ];
}

const initialOf: Readonly<Record<string, string>> = {
  date_picker: 'initial_date',
  picker_time: 'initial_time',
  picker_datetime: 'initial_datetime',
};

/** A picker shows its value or its placeholder; an input starts within its longest; columns have a weight if weighted. */
function valueFaults({ component, tag, at }: Place): readonly CardFault[] {
  const initial = initialOf[tag];
  const bare =
    initial !== undefined && !component[initial] && component['placeholder'] === undefined;
  const longest = component['max_length'];
  const translated = component['i18n_default_value'];
  const starts = [
    component['default_value'],
    ...Object.values(isObject(translated) ? translated : {}),
  ];
  const most = typeof longest === 'number' ? longest : 1_000;
  const overlong =
    tag === 'input' &&
    starts.some((text) => typeof text === 'string' && Array.from(text).length > most);
  const weightless =
    tag === 'column' && component['weight'] !== undefined && component['width'] !== 'weighted';
  return [
    ...(bare ? [fault(codes.shape, at, 'a picker without a value needs a placeholder')] : []),
    ...(overlong ? [fault(codes.shape, at, 'default_value is longer than max_length')] : []),
    ...(weightless ? [fault(codes.shape, at, 'weight goes with width weighted')] : []),
  ];
}

const PICTURES: Readonly<Record<string, readonly [least: number, most: number]>> = {
  double: [2, 2],
  triple: [3, 3],
  bisect: [1, 6],
  trisect: [1, 9],
};

/** As many pictures as their arrangement shows. */
function pictureFaults({ component, tag, at }: Place): readonly CardFault[] {
  if (tag !== 'img_combination') return [];
  const count = listAt(component, 'img_list').length;
  const [least, most] = PICTURES[String(component['combination_mode'])] ?? [1, 9];
  return count < least || count > most
    ? [fault(codes.shape, at, `this arrangement shows ${least} to ${most} pictures`, count)]
    : [];
}

/** A `div` shows a text or fields. */
const emptyFaults = ({ component, tag, at }: Place): readonly CardFault[] =>
  tag === 'div' && component['text'] === undefined && component['fields'] === undefined
    ? [fault(codes.shape, at, 'a div needs text or fields')]
    : [];

/** Not more than the platform draws well, and none in a form, where the documents disagree. */
function chartFaults(all: readonly Place[]): readonly CardFault[] {
  const charts = all.filter(({ tag }) => tag === 'chart');
  return [
    ...charts
      .slice(MOST_CHARTS)
      .map(({ at }) => fault(codes.tooMany, at, 'card chart number over limit')),
    ...charts
      .filter((chart) => formAround(chart))
      .map(({ at }) => fault(codes.shape, at, 'a chart in a form may not be shown')),
  ];
}

/** A recording stays in its chat: the card must not be forwarded. */
function audioFaults(card: unknown, all: readonly Place[]): readonly CardFault[] {
  const config = isObject(card) && isObject(card['config']) ? card['config'] : {};
  if (config['enable_forward'] === false) return [];
  return all
    .filter(({ tag }) => tag === 'audio')
    .map(({ at }) => fault(codes.shape, at, 'audio needs enable_forward: false'));
}

/** Half a character is no text: it does not survive the way. */
function brokenTexts(value: unknown, at: Path): readonly CardFault[] {
  if (typeof value === 'string')
    return value.isWellFormed() ? [] : [fault(codes.shape, at, 'half a character', value)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => brokenTexts(member, [...at, name]));
}

function tableFaults(all: readonly Place[]): readonly CardFault[] {
  const tables = all.filter(({ tag }) => tag === 'table');
  return [
    ...tables
      .slice(MOST_TABLES)
      .map(({ at }) => fault(codes.tooMany, at, 'card table number over limit')),
    ...tables.flatMap(({ component, at }) => rowFaults(component, at)),
  ];
}

/** A form names every input, has a button that submits, and no button that does neither. */
function formFaults(form: Place, all: readonly Place[]): readonly CardFault[] {
  const within = all.filter(({ around }) => around.includes(form.component));
  const buttons = within.filter(({ tag }) => tag === 'button');
  const action = ({ component }: Place): unknown => component['form_action_type'];
  const unnamed = within.filter(
    ({ tag, component }) => (isInput(tag) || tag === 'button') && !component['name'],
  );
  return [
    ...unnamed.map(({ at }) => fault(codes.unnamed, at, 'a component in a form needs a name')),
    ...(buttons.some((one) => action(one) === 'submit')
      ? []
      : [fault(codes.shape, form.at, 'a form needs at least one button that submits')]),
    ...buttons
      .filter((one) => action(one) === undefined)
      .map(({ at }) => fault(codes.shape, at, 'a button in a form is submit or reset')),
    ...buttons
      .filter((one) => action(one) === 'submit' && !hasBehavior(one))
      .map(({ at }) => fault(codes.shape, at, 'a button needs behaviors')),
  ];
}

function repeatedNames(all: readonly Place[]): readonly CardFault[] {
  return repeated(all, 'name').map(({ at, component }) =>
    fault(codes.shape, at, 'the name is not unique in the card', component['name']),
  );
}

/** Ids of everything that may have one, tags in the head too. */
function repeatedIds(card: unknown): readonly CardFault[] {
  const ids = idsIn(card);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) < index))].map((id) =>
    fault(codes.shape, [], 'the element_id is not unique in the card', id),
  );
}

function idsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'element_id' in value ? [String(value.element_id)] : [];
  return [...own, ...Object.values(value).flatMap(idsIn)];
}

/** Places whose member was met before. */
function repeated(all: readonly Place[], member: string): readonly Place[] {
  const named = all.filter(({ component }) => isObject(component) && component[member]);
  return named.filter(
    ({ component }, index) =>
      named.findIndex((other) => other.component[member] === component[member]) < index,
  );
}
