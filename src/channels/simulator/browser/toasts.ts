import { need } from './dom.ts';

const SHOWN_MS = 5_000;

/** Shows a sentence for five seconds; a screen reader says it. */
export function showToast(look: 'info' | 'success' | 'warning' | 'error', text: string): void {
  const toast = document.createElement('p');
  toast.className = `toast toast-${look}`;
  toast.textContent = text;
  need(document, '.toasts', HTMLElement).append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}
