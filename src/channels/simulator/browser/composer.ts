import type { Chat } from './chat.ts';
import { need } from './dom.ts';
import { newOnce, sendMessage } from './office.ts';
import { setup } from './setup.ts';

const MOST_PICTURES = 9;
const LARGEST_PICTURE = 10 * 1024 * 1024;
const LONGEST_PREFILL = 200;

/** The line where one writes: Enter sends, Shift+Enter breaks the line, pictures go along, a failed message can be sent again. */
export function attachComposer(chat: Chat): void {
  const form = need(chat.element, '.composer', HTMLFormElement);
  const text = need(form, 'textarea', HTMLTextAreaElement);
  const files = need(form, 'input[type="file"]', HTMLInputElement);
  let once = newOnce();
  const reply = attachReply(chat, form, text, () => {
    once = newOnce();
  });

  const send = async (): Promise<void> => {
    const pictures = [...(files.files ?? [])];
    if ((!text.value.trim() && pictures.length === 0) || form.ariaBusy === 'true') return;
    form.ariaBusy = 'true';
    try {
      const message = await sendMessage(chat.person, text.value, pictures, once, reply.to());
      once = newOnce();
      text.value = '';
      files.value = '';
      reply.drop();
      fail(form, null);
      showAttached(form, files);
      fit(text);
      chat.show(message);
    } catch {
      fail(form, setup.texts.notSent); // the same `once` next time: should it have arrived, it stays one message
    } finally {
      form.ariaBusy = null;
    }
  };

  prefill(text);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  });
  text.addEventListener('input', () => {
    once = newOnce();
    fit(text);
  });
  files.addEventListener('change', () => {
    once = newOnce();
    refuseTooMuch(form, files);
    showAttached(form, files);
    text.focus();
  });
  need(form, '.attached button', HTMLButtonElement).addEventListener('click', () => {
    files.value = '';
    showAttached(form, files);
    text.focus();
  });
  need(chat.element, '.chips', HTMLElement).addEventListener('click', (event) => {
    const chip = event.target instanceof Element && event.target.closest('[data-example]');
    if (!chip) return;
    text.value = chip.textContent.trim();
    once = newOnce();
    void send();
  });
}

/** `?say=报修 AST-0007`, as a scanned label leads here: the sentence stands there, to be completed and sent. */
function prefill(text: HTMLTextAreaElement): void {
  const said = new URLSearchParams(location.search).get('say');
  if (!said) return;
  text.value = said.slice(0, LONGEST_PREFILL);
  fit(text);
}

/** Which message is being answered: chosen at the message, shown above the line, dropped there or by Escape. */
function attachReply(
  chat: Chat,
  form: HTMLFormElement,
  text: HTMLTextAreaElement,
  changed: () => void,
): { readonly to: () => string | undefined; readonly drop: () => void } {
  const line = need(form, '.answering', HTMLElement);
  let answered: string | undefined;
  const answer = (message: string | undefined, about: string): void => {
    answered = message;
    need(line, 'b', HTMLElement).textContent = about;
    line.hidden = message === undefined;
    changed();
  };
  const drop = (): void => answer(undefined, '');
  need(chat.element, '.log', HTMLElement).addEventListener('click', (event) => {
    const button = event.target instanceof Element && event.target.closest('[data-reply]');
    if (!(button instanceof HTMLElement)) return;
    answer(button.closest('.message')?.id, button.dataset['reply'] ?? '');
    text.focus();
  });
  need(line, 'button', HTMLButtonElement).addEventListener('click', () => {
    drop();
    text.focus();
  });
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') drop();
  });
  return { to: () => answered, drop };
}

function refuseTooMuch(form: HTMLFormElement, files: HTMLInputElement): void {
  const chosen = [...(files.files ?? [])];
  const tooMuch =
    chosen.length > MOST_PICTURES || chosen.some((file) => file.size > LARGEST_PICTURE);
  if (tooMuch) files.value = '';
  fail(form, tooMuch ? setup.texts.tooMany : null);
}

function showAttached(form: HTMLFormElement, files: HTMLInputElement): void {
  const names = [...(files.files ?? [])].map((file) => file.name);
  const line = need(form, '.attached', HTMLElement);
  need(line, 'span', HTMLElement).textContent = names.join('、');
  line.hidden = names.length === 0;
}

function fail(form: HTMLFormElement, why: string | null): void {
  const line = need(form, '.failed', HTMLElement);
  line.textContent = why ?? '';
  line.hidden = why === null;
}

/** The line grows with what is written; the style sheet says how far. */
function fit(text: HTMLTextAreaElement): void {
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight + 2}px`;
}
