import { need } from './dom.ts';

const SHOWN_MS = 5_000;
/** More would cover the cards they speak of. */
const AT_ONCE = 2;

/** Shows a sentence for five seconds; a screen reader says it. */
export function showToast(look: 'info' | 'success' | 'warning' | 'error', text: string): void {
  const toast = document.createElement('p');
  toast.className = `toast toast-${look}`;
  toast.textContent = text;
  const shown = need(document, '.toasts', HTMLElement);
  shown.append(toast);
  while (shown.children.length > AT_ONCE) shown.firstElementChild?.remove();
  setTimeout(() => toast.remove(), SHOWN_MS);
}
