/** What a person reads on a card, as plain lines. */
import { isObject, listAt, textAt } from './json.ts';
import type { JsonObject } from './json.ts';

export type Locale = 'zh_cn' | 'en_us';

/**
 * The card's text from top to bottom: head, tags in 【】, texts, `label：value` of inputs, table rows with ` | ` between the
 * cells, buttons in []. Markup of ours is taken off, escaped characters are shown as people see them.
 */
export function textOf(card: unknown, locale: Locale = 'zh_cn'): string {
  if (!isObject(card)) return '';
  const header = card['header'];
  const lines = [
    said(isObject(header) ? header['title'] : undefined, locale),
    said(isObject(header) ? header['subtitle'] : undefined, locale),
    tagLine(header, locale),
    ...listAt(card['body'], 'elements').flatMap((one) => componentLines(one, locale)),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

/** A text object in one language, as it is seen; empty when there is none. */
export function said(text: unknown, locale: Locale): string {
  if (!isObject(text)) return '';
  const own = textAt(text['i18n_content'], locale) ?? textAt(text, 'content') ?? '';
  const marked = text['tag'] === 'markdown' || text['tag'] === 'lark_md';
  return marked ? withoutMarkup(own) : own;
}

/** A text in every language it has. */
export function allSaid(text: unknown): readonly string[] {
  if (!isObject(text)) return [];
  const translations = isObject(text['i18n_content']) ? Object.values(text['i18n_content']) : [];
  return [text['content'], ...translations].filter((one) => typeof one === 'string');
}

function tagLine(header: unknown, locale: Locale): string {
  const tags = listAt(header, 'text_tag_list').map((tag) =>
    said(isObject(tag) ? tag['text'] : undefined, locale),
  );
  return tags.map((tag) => `【${tag}】`).join('');
}

function componentLines(value: unknown, locale: Locale): readonly string[] {
  if (!isObject(value)) return [];
  const text = said(value['text'], locale);
  switch (value['tag']) {
    case 'markdown':
      return [said(value, locale)];
    case 'button':
      return [`[${text}]`];
    case 'img':
      return [said(value['alt'], locale)];
    case 'chart':
      return chartLines(value['chart_spec']);
    case 'hr':
      return ['——'];
    case 'table':
      return tableLines(value);
    case 'person':
      return [`@${textAt(value, 'user_id') ?? ''}`];
    case 'input':
    case 'date_picker':
    case 'picker_time':
    case 'picker_datetime':
    case 'select_static':
    case 'multi_select_static':
    case 'select_person':
    case 'multi_select_person':
      return [inputLine(value, locale)];
    default:
      return [text, ...panelTitle(value, locale), ...innerLines(value, locale)];
  }
}

function panelTitle(value: JsonObject, locale: Locale): readonly string[] {
  return value['tag'] === 'collapsible_panel' && isObject(value['header'])
    ? [said(value['header']['title'], locale)]
    : [];
}

/** Fields of a div, columns side by side on one line, and what containers hold. */
function innerLines(value: JsonObject, locale: Locale): readonly string[] {
  const fields = listAt(value, 'fields').map((field) =>
    said(isObject(field) ? field['text'] : undefined, locale),
  );
  const columns = listAt(value, 'columns').map((column) =>
    listAt(column, 'elements')
      .flatMap((one) => componentLines(one, locale))
      .join('\n'),
  );
  const inside = listAt(value, 'elements').flatMap((one) => componentLines(one, locale));
  return [...fields, columns.filter((one) => one !== '').join('  '), ...inside];
}

/** Its title, and each point as `series：label value`. */
function chartLines(spec: unknown): readonly string[] {
  const title = isObject(spec) ? (textAt(spec['title'], 'text') ?? '') : '';
  const points = listAt(isObject(spec) ? spec['data'] : undefined, 'values').map((one) =>
    isObject(one)
      ? `${textAt(one, 'series') ?? ''}：${textAt(one, 'x') ?? ''} ${String(one['y'])}`
      : '',
  );
  return [title, ...points];
}

function inputLine(value: JsonObject, locale: Locale): string {
  const label = said(value['label'], locale) || said(value['placeholder'], locale);
  const initial = ['default_value', 'initial_date', 'initial_time', 'initial_datetime']
    .map((member) => textAt(value, member))
    .find((one) => one !== undefined);
  const chosen = [textAt(value, 'initial_option'), ...listAt(value, 'selected_values')];
  const options = listAt(value, 'options').filter((one) => chosen.includes(textAt(one, 'value')));
  const picked = options.map((one) => said(isObject(one) ? one['text'] : undefined, locale));
  return `${label}：${initial ?? picked.join('、')}`;
}

function tableLines(table: JsonObject): readonly string[] {
  const columns = listAt(table, 'columns');
  const names = columns.map((column) => textAt(column, 'name') ?? '');
  const head = columns.map((column) => textAt(column, 'display_name') ?? '').join(' | ');
  const rows = listAt(table, 'rows').map((row) =>
    names.map((name) => cellText(isObject(row) ? row[name] : undefined)).join(' | '),
  );
  return [head, ...rows];
}

function cellText(cell: unknown): string {
  if (typeof cell === 'string') return withoutMarkup(cell);
  if (typeof cell === 'number') return String(cell);
  if (!Array.isArray(cell)) return '';
  return (cell as readonly unknown[]).map((one) => textAt(one, 'text') ?? String(one)).join('、');
}

const named: Readonly<Record<string, string>> = {
  sim: '~',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
};

function withoutMarkup(text: string): string {
  return text
    .replace(/<\/?(font|text_tag|number_tag|raw|link|a)\b[^>]*>/g, '')
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/(\*\*|~~)(.+?)\1/g, '$2')
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
      if (decimal) return String.fromCodePoint(Number(decimal));
      if (hex) return String.fromCodePoint(Number.parseInt(String(hex), 16));
      return named[String(name)] ?? String(whole);
    });
}
