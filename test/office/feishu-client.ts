/** The Feishu client in people's hands, as far as tests need more than the stand-in's own taps: buttons found, callbacks bent. */
import { said } from '../feishu-platform/card-text.ts';
import { formAround, type Place, places } from '../feishu-platform/card-rules/walk.ts';
import type { Feishu, Tapped } from '../feishu-platform/index.ts';
import { isObject, type JsonObject, listAt, parseJson, textAt } from '../feishu-platform/json.ts';
import { envelope } from '../feishu-platform/push.ts';
import { newId } from '../feishu-platform/ids.ts';
import { idOf } from './office.ts';

/** What is filled into a form, by the office's names of the inputs. */
export type Filled = { readonly [input: string]: string | boolean | readonly string[] };

/** Where a person's button is, and what tapping it would send. */
export type Found = {
  readonly message: string;
  readonly value: JsonObject;
  readonly label: string;
};

/** A demo person by name, or anybody of the tenant by id. */
export const idIn = (person: string): string => (person.startsWith('ou_') ? person : idOf(person));

/** All that the bot has sent a person, as it looks now, oldest first. */
export const seen = (feishu: Feishu, person: string): readonly string[] =>
  feishu
    .inbox(idIn(person))
    .filter(({ from }) => from === 'bot')
    .map(({ text }) => text);

/** Every button of a person's cards whose label begins so, newest card first. */
export const allButtons = (feishu: Feishu, person: string, label: string): readonly Found[] =>
  feishu
    .cards(idIn(person))
    .toReversed()
    .flatMap(({ messageId, card }) =>
      buttonsOf(card)
        .filter((place) => labelOf(place).startsWith(label))
        .map((place) => ({ message: messageId, value: valueOf(place), label: labelOf(place) })),
    );

const buttonsOf = (card: unknown): readonly Place[] =>
  places(card).filter(({ tag }) => tag === 'button');

/** What the buttons of a card send. */
export const valuesOf = (card: unknown): readonly JsonObject[] => buttonsOf(card).map(valueOf);

const labelOf = ({ component }: Place): string => said(component['text'], 'zh_cn');

function valueOf({ component }: Place): JsonObject {
  const [behavior] = listAt(component, 'behaviors');
  const value = isObject(behavior) ? behavior['value'] : undefined;
  return isObject(value) ? value : {};
}

/** Inputs whose name is not unique in a card are drawn under a longer one. */
export function namedIn(card: unknown, label: string, form: Filled): Filled {
  const place = buttonsOf(card).find((each) => labelOf(each) === label);
  const around = place && formAround(place);
  const names = places(card)
    .filter((each) => formAround(each) === around)
    .map(({ component }) => textAt(component, 'name') ?? '');
  const drawn = (name: string): string =>
    names.find((each) => each === name || each.endsWith(`-${name}`)) ?? name;
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [drawn(name), value]));
}

/** What a bent client sends: `person` is who the platform says tapped. */
export type Callback = {
  readonly person: string;
  readonly message?: string;
  readonly value: unknown;
  readonly form?: JsonObject;
};

/** The event of a tap, as the platform would make it of what this client sends. */
export function eventOf(feishu: Feishu, { person, message, value, form }: Callback): JsonObject {
  const id = idIn(person);
  return {
    operator: { tenant_key: feishu.tenantKey, open_id: id },
    token: newId('c-'),
    action: { tag: 'button', value, ...(form && { form_value: form }) },
    host: 'im_message',
    context: {
      ...(message !== undefined && { open_message_id: message }),
      open_chat_id: feishu.privateChat(id).id,
    },
  };
}

/** The whole content of one callback, with an id of its own: pushed again, it is the same tap again. */
export const contentOf = (feishu: Feishu, callback: Callback): JsonObject =>
  envelope(
    feishu,
    { type: 'card.action.trigger', event: eventOf(feishu, callback) },
    '1772503200000000',
  );

/** Sends a callback, signed as the platform signs, and reads the answer. */
export async function callBack(feishu: Feishu, callback: Callback): Promise<Tapped> {
  const [outcome] = await feishu.pushes({ envelope: contentOf(feishu, callback) });
  if (outcome?.got !== 'answer') return { ms: outcome?.ms ?? 0, error: 1, why: 'no answer' };
  const { ms, status, body } = outcome;
  const answer = body === '' ? {} : parseJson(body);
  const toast = isObject(answer) ? answer['toast'] : undefined;
  const card = isObject(answer) && isObject(answer['card']) ? answer['card']['data'] : undefined;
  const told = { type: textAt(toast, 'type') ?? '', content: textAt(toast, 'content') ?? '' };
  return {
    ms,
    status,
    body,
    ...(isObject(toast) && { toast: told }),
    ...(isObject(card) && { card }),
  };
}
