/** The element of this kind at `selector`; the page is ours, so a missing one is a mistake of ours. */
export function need<T extends Element>(
  root: ParentNode,
  selector: string,
  kind: abstract new () => T,
): T {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${selector}`);
}

/** All elements of this kind at `selector`. */
export const all = <T extends Element>(
  root: ParentNode,
  selector: string,
  kind: abstract new () => T,
): readonly T[] =>
  [...root.querySelectorAll(selector)].filter((each): each is T => each instanceof kind);

/** The element that HTML of our server stands for. The server escapes all that people wrote. */
export function elementOf(html: string): HTMLElement {
  const template = document.createElement('template');
  template.innerHTML = html.trim();
  const element = template.content.firstElementChild;
  if (element instanceof HTMLElement) return element;
  throw new Error('the server sent no element');
}
