import { all, need } from './dom.ts';
import { personOf, setup } from './setup.ts';

export type Side = 'left' | 'right';

/** Whom the two panes show, one of which is in front where only one has room; kept in the page's address. */
export type Panes = {
  /** Whom a pane shows. */
  person(side: Side): string;
  /** The chats before the reader's eyes. */
  visible(): readonly string[];
  /** Brings somebody up: where they are shown already, else in the second pane, or the only one. */
  open(person: string): Side;
};

/** `onChange` is told whenever somebody else is shown. */
export function createPanes(onChange: (panes: Panes) => void): Panes {
  const address = new URLSearchParams(location.search);
  const left = personOf(address.get('left') ?? newcomer());
  let shown = { left: left.id, right: personOf(address.get('right') ?? bossOf(left.id)).id };
  let rightChosen = address.has('right');
  let front: Side = 'left';
  let single = address.get('view') === 'one';
  const narrow = matchMedia('(max-width: 760px)');

  const panes: Panes = {
    person: (side) => shown[side],
    visible: () => (single || narrow.matches ? [shown[front]] : [shown.left, shown.right]),
    open(person) {
      const side = sideOf(person);
      if (shown[side] !== person) put(side, person);
      front = side;
      tell();
      return side;
    },
  };
  const sideOf = (person: string): Side => {
    if (person === shown.left) return 'left';
    if (person === shown.right) return 'right';
    return single || narrow.matches ? front : 'right';
  };
  const put = (side: Side, person: string): void => {
    const other = side === 'left' ? 'right' : 'left';
    if (shown[other] === person) shown = { left: shown.right, right: shown.left };
    else shown = { ...shown, [side]: person };
    if (side === 'right') rightChosen = true;
    else if (!rightChosen) shown.right = bossOf(person);
  };
  const tell = (): void => {
    document.body.classList.toggle('single', single);
    document.body.dataset['front'] = front;
    need(document, '.side-by-side', HTMLElement).ariaPressed = String(!single);
    rememberIn(address, shown, rightChosen, single);
    onChange(panes);
  };

  for (const side of ['left', 'right'] as const) {
    const select = need(document, `#person-${side}`, HTMLSelectElement);
    select.addEventListener('change', () => {
      put(side, select.value);
      tell();
    });
  }
  for (const button of all(document, '[data-show]', HTMLButtonElement))
    button.addEventListener('click', () => {
      front = button.dataset['show'] === 'right' ? 'right' : 'left';
      tell();
    });
  need(document, '.side-by-side', HTMLElement).addEventListener('click', () => {
    single = !single;
    tell();
  });
  narrow.addEventListener('change', tell);
  queueMicrotask(tell);
  return panes;
}

/** Somebody who asks rather than decides: leads nobody and has a leader. */
const newcomer = (): string | null =>
  setup.people.find(
    (person) => person.leader && !setup.people.some((other) => other.leader === person.id),
  )?.id ?? null;

/** A person's leader; for who has none, anybody else. */
const bossOf = (id: string): string =>
  personOf(id).leader ?? setup.people.find((person) => person.id !== id)?.id ?? id;

function rememberIn(
  address: URLSearchParams,
  shown: { readonly left: string; readonly right: string },
  rightChosen: boolean,
  single: boolean,
): void {
  address.set('left', shown.left);
  if (rightChosen) address.set('right', shown.right);
  if (single) address.set('view', 'one');
  else address.delete('view');
  history.replaceState(null, '', `?${address}`);
  const language = need(document, '#language', HTMLAnchorElement);
  const other = new URLSearchParams(address);
  other.set('language', setup.language === 'zh' ? 'en' : 'zh');
  language.href = `/?${other}`;
}
