import type { Chat } from './chat.ts';
import { confirmed } from './confirm.ts';
import { answersOf, isComplete } from './forms.ts';
import { sendTap } from './office.ts';
import { setup } from './setup.ts';
import { showToast } from './toasts.ts';

/** Sends the taps on a chat's cards. A form is checked and its question asked first; meanwhile it takes no second tap. */
export function attachTaps(chat: Chat, log: HTMLElement): void {
  log.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target;
    const button = event.submitter;
    if (form instanceof HTMLFormElement && button instanceof HTMLButtonElement)
      void tap(chat, form, button);
  });
  // The browser's own check comes before `submit`, so the rule for groups of choices has to be there earlier.
  log.addEventListener('click', (event) => {
    const button = event.target instanceof Element && event.target.closest('button[name="tap"]');
    if (button instanceof HTMLButtonElement && button.form && !isComplete(button.form))
      event.preventDefault();
  });
}

async function tap(chat: Chat, form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const message = form.closest('.message')?.id;
  if (message === undefined || form.ariaBusy === 'true') return;
  if (!(await confirmed(button))) return;
  form.ariaBusy = 'true';
  button.classList.add('busy');
  const value: unknown = JSON.parse(button.value);
  try {
    const reply = await sendTap({ person: chat.person, message, value, answers: answersOf(form) });
    if (reply.message) chat.show(reply.message);
    if (reply.toast) showToast(reply.toast.look, reply.toast.text);
  } catch {
    showToast('error', setup.texts.notDone); // whatever it was: nothing came back, and the button is there again
  } finally {
    form.ariaBusy = null;
    button.classList.remove('busy');
  }
}
