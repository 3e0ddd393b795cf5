import { need } from './dom.ts';

/** Asks the question that a button carries; true at once when it carries none. Escape means no. */
export function confirmed(button: HTMLElement): Promise<boolean> {
  const { confirmTitle, confirmText } = button.dataset;
  if (confirmTitle === undefined) return Promise.resolve(true);
  const dialog = need(document, 'dialog.confirm', HTMLDialogElement);
  need(dialog, 'h2', HTMLElement).textContent = confirmTitle;
  need(dialog, 'p', HTMLElement).textContent = confirmText ?? '';
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
