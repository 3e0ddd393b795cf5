/** A card as plain lines: for messages that cannot carry a card, and the words for what other renderers show by a sign. */
import type { Block, Card, Fact, Input, StepLine } from './card.ts';
import { enumerated, inLanguage, type Language, type Text, type Words, words } from './words.ts';

/** What a fact's mark is called. */
export const MARKS: { readonly [mark in NonNullable<Fact['mark']>]: Words } = {
  guessed: words('推测', 'guess'),
  missing: words('待补', 'needed'),
  changed: words('已改', 'changed'),
};

/** What a step's state is called. */
export const STEP_STATES: { readonly [state in StepLine['state']]: Words } = {
  done: words('已完成', 'done'),
  open: words('进行中', 'in progress'),
  waiting: words('未开始', 'not started'),
  refused: words('未通过', 'refused'),
  skipped: words('已跳过', 'skipped'),
};

const BUTTONS = words('可以做的事', 'You can');
const PICTURE = words('图片', 'Picture');

/** The whole card in one language, from the title to what its buttons offer. Lines of what is folded are not left out. */
export function textOf(card: Card, language: Language): string {
  const say = (text: Text): string => inLanguage(text, language);
  const tags = (card.tags ?? []).map(({ text }) => `【${say(text)}】`).join('');
  const head = [`${tags}${say(card.title)}`, card.subtitle === undefined ? '' : say(card.subtitle)];
  const lines = [...head, ...card.blocks.flatMap((block) => blockLines(block, language))];
  return lines.filter((line) => line !== '').join('\n');
}

function blockLines(block: Block, language: Language): readonly string[] {
  const say = (text: Text): string => inLanguage(text, language);
  switch (block.block) {
    case 'text':
      return [say(block.text)];
    case 'facts':
      return block.facts.map((fact) => factLine(fact, language));
    case 'table':
      return [
        block.columns.map(({ label }) => say(label)).join(' | '),
        ...block.rows.map((row) => block.columns.map(({ key }) => say(row[key] ?? '')).join(' | ')),
      ];
    case 'steps':
      return block.steps.map((step) => stepLine(step, language));
    case 'image':
      return [labelled(PICTURE, block.alt, language)];
    case 'chart':
      return [say(block.alt)];
    case 'strip':
      return block.rows.map(({ name, told }) => labelled(name, told, language));
    case 'fold':
      return [say(block.title), ...block.blocks.flatMap((inner) => blockLines(inner, language))];
    case 'buttons':
      return buttonLines(block.buttons, language);
    case 'form':
      return [
        ...block.inputs.map((input) => inputLine(input, language)),
        ...buttonLines(block.buttons, language),
      ];
    case 'line':
      return ['——'];
  }
}

function labelled(label: Text, value: Text, language: Language): string {
  const colon = language === 'zh' ? '：' : ': ';
  return `${inLanguage(label, language)}${colon}${inLanguage(value, language)}`;
}

function factLine(fact: Fact, language: Language): string {
  const mark = fact.mark === undefined ? '' : ` (${inLanguage(MARKS[fact.mark], language)})`;
  return `${labelled(fact.label, fact.value, language)}${mark}`;
}

function stepLine(step: StepLine, language: Language): string {
  const parts = [step.title, step.who, STEP_STATES[step.state], step.note ?? ''];
  return parts
    .map((part) => inLanguage(part, language))
    .filter((part) => part !== '')
    .join(' · ');
}

function buttonLines(
  buttons: readonly { readonly label: Text }[],
  language: Language,
): readonly string[] {
  if (buttons.length === 0) return [];
  const labels = buttons.map(({ label }) => inLanguage(label, language));
  return [labelled(BUTTONS, labels.join(language === 'zh' ? '、' : ', '), language)];
}

const inputLine = (input: Input, language: Language): string =>
  labelled(input.label, valueOf(input, language), language);

function valueOf(input: Input, language: Language): string {
  switch (input.input) {
    case 'check':
      return inLanguage(input.value ? words('是', 'yes') : words('否', 'no'), language);
    case 'select':
    case 'choices': {
      const chosen = input.input === 'select' ? [input.value] : (input.values ?? []);
      const labels = input.options.filter(({ value }) => chosen.includes(value));
      return inLanguage(enumerated(labels.map(({ label }) => label)), language);
    }
    case 'moment':
      return input.value?.replace('T', ' ') ?? '';
    case 'text':
    case 'number':
    case 'date':
    case 'time':
      return input.value ?? '';
  }
}
