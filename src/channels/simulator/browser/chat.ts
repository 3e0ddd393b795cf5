import type { MessageEvent } from '../protocol.ts';
import { attachComposer } from './composer.ts';
import { elementOf, need } from './dom.ts';
import { keepTyped } from './forms.ts';
import { attachTaps } from './taps.ts';

/** One person's chat with the office. It lives on, with what is typed in it, while others are looked at. */
export type Chat = {
  readonly person: string;
  readonly element: HTMLElement;
  /** Shows a new message, or the new state of a known one. */
  show(message: MessageEvent): void;
  /** Forgets all messages. */
  clear(): void;
  /** Puts the cursor into the line where one writes. */
  focus(): void;
};

type Shown = { readonly message: MessageEvent; readonly element: HTMLElement };

/** Near enough to the end that a reader wants to follow, in pixels. */
const NEAR_END = 120;
/** What stays visible above a long message, in pixels. */
const HEAD_ROOM = 12;

export function createChat(person: string): Chat {
  const template = need(document, 'template#chat', HTMLTemplateElement);
  const element = need(template.content, '.chat', HTMLElement).cloneNode(true);
  if (!(element instanceof HTMLElement)) throw new Error('the page has no chat');
  const log = need(element, '.log', HTMLElement);
  const shown = new Map<string, Shown>();

  const show = (message: MessageEvent): void => {
    const known = shown.get(message.id);
    if (known && known.message.change >= message.change) return;
    const follow = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
    const fresh = elementOf(message.html);
    fresh.dataset['place'] = String(message.place);
    fresh.dataset['day'] = message.day;
    quote(fresh, log);
    if (known) replace(known.element, fresh);
    else insert(log, fresh, message.place);
    shown.set(message.id, { message, element: fresh });
    element.classList.add('begun');
    markDays(log);
    if (follow || (!known && message.direction === 'in')) reveal(log, known ? null : fresh);
  };

  const chat: Chat = {
    person,
    element,
    show,
    clear() {
      shown.clear();
      log.replaceChildren();
      element.classList.remove('begun');
    },
    focus: () => need(element, 'textarea', HTMLTextAreaElement).focus(),
  };
  attachComposer(chat);
  attachTaps(chat, log);
  return chat;
}

/** Goes to the end, but never past the head of a new message that is longer than the pane, nor past what it answers. */
function reveal(log: HTMLElement, fresh: HTMLElement | null): void {
  log.scrollTo({ top: log.scrollHeight });
  if (!fresh || fresh.offsetHeight < log.clientHeight) return;
  const before = fresh.previousElementSibling;
  const asked = before instanceof HTMLElement && before.offsetHeight < log.clientHeight / 4;
  const top = asked ? before.offsetTop : fresh.offsetTop;
  log.scrollTo({ top: top - log.offsetTop - HEAD_ROOM });
}

/** A redrawn card keeps what was typed into it, what was unfolded, and the focus. */
function replace(old: HTMLElement, fresh: HTMLElement): void {
  const hadFocus = old.contains(document.activeElement);
  keepTyped(old, fresh);
  old.replaceWith(fresh);
  if (hadFocus) fresh.querySelector<HTMLElement>('.card')?.focus({ preventScroll: true });
}

function insert(log: HTMLElement, fresh: HTMLElement, place: number): void {
  const later = [...log.children].find((each) => Number(each.getAttribute('data-place')) > place);
  log.insertBefore(fresh, later ?? null);
}

/** Above an answer stands what it answers, as long as that is still in the chat. */
function quote(fresh: HTMLElement, log: HTMLElement): void {
  const line = fresh.querySelector<HTMLElement>('.quoted');
  const answered = line && log.querySelector(`#${line.dataset['repliesTo']}`);
  line?.replaceChildren(
    answered?.querySelector<HTMLElement>('[data-reply]')?.dataset['reply'] ?? '…',
  );
}

/** The day is written above the first message of each day (the style sheet shows `data-new-day`). */
function markDays(log: HTMLElement): void {
  let before = '';
  for (const each of log.children) {
    const day = each.getAttribute('data-day') ?? '';
    if (day !== before) each.setAttribute('data-new-day', day);
    else each.removeAttribute('data-new-day');
    before = day;
  }
}
