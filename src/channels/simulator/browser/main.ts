/** The simulator's page: two chats beside each other, the list of people, the office's clock. */
import { type Chat, createChat } from './chat.ts';
import { createClock } from './clock.ts';
import { confirmed } from './confirm.ts';
import { all, need } from './dom.ts';
import { resetOffice, sendOpening } from './office.ts';
import { createPanes, type Panes } from './panes.ts';
import { personOf, setup } from './setup.ts';
import { createStream } from './stream.ts';
import { showToast } from './toasts.ts';
import { createUnread } from './unread.ts';

const chats = new Map<string, Chat>();
const clock = createClock();
const panes = createPanes(showPanes);
const unread = createUnread((person) => panes.visible().includes(person));
const stream = createStream({
  message: (message) => chats.get(message.person)?.show(message),
  news: (news) => unread.wrote(news.person, news.place),
  clock: clock.set,
  reset() {
    chats.forEach((chat) => chat.clear());
    for (const person of panes.visible()) open(person);
  },
});

/** Puts the chats of two people into the panes; who is shown for the first time is listened to from now on. */
function showPanes(now: Panes): void {
  const strangers = (['left', 'right'] as const).filter((side) => !chats.has(now.person(side)));
  for (const side of ['left', 'right'] as const) {
    const person = now.person(side);
    const chat = chats.get(person) ?? createChat(person);
    chats.set(person, chat);
    showPane(side, person, chat);
  }
  const visible = now.visible();
  for (const button of all(document, '.people [data-person]', HTMLButtonElement))
    button.ariaCurrent = visible.includes(button.dataset['person'] ?? '') ? 'true' : null;
  visible.forEach((person) => unread.read(person));
  if (strangers.length > 0) stream.watch([...chats.keys()]);
  for (const side of strangers) open(now.person(side));
}

function showPane(side: 'left' | 'right', person: string, chat: Chat): void {
  const pane = need(document, `.pane[data-side="${side}"]`, HTMLElement);
  need(pane, 'select', HTMLSelectElement).value = person;
  need(pane, '.slot', HTMLElement).replaceChildren(chat.element);
  need(chat.element, '.log', HTMLElement).scrollTo({ top: Number.MAX_SAFE_INTEGER });
  const button = need(document, `[data-show="${side}"]`, HTMLButtonElement);
  need(button, 'span', HTMLElement).textContent = personOf(person).name;
  button.dataset['news'] = person;
  button.ariaPressed = String(document.body.dataset['front'] === side);
}

/** As on a real platform, opening a chat lets the office introduce itself. A failure shows at the next message anyway. */
const open = (person: string): void => void sendOpening(person).catch(() => undefined);

for (const button of all(document, '.people [data-person]', HTMLButtonElement))
  button.addEventListener('click', () => {
    const person = button.dataset['person'] ?? '';
    panes.open(person);
    chats.get(person)?.focus();
  });

const reset = need(document, '#reset', HTMLButtonElement);
reset.addEventListener('click', () => void resetAll());

async function resetAll(): Promise<void> {
  if (!(await confirmed(reset))) return;
  await resetOffice().then(
    () => showToast('success', setup.texts.resetDone),
    () => showToast('error', setup.texts.notDone),
  );
}
