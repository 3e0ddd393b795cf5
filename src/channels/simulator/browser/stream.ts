import type { ClockEvent, MessageEvent as ChatMessage, NewsEvent } from '../protocol.ts';
import { need } from './dom.ts';
import { setup } from './setup.ts';

/** What arrives without being asked for. */
export type Listener = {
  readonly message: (message: ChatMessage) => void;
  readonly news: (news: NewsEvent) => void;
  readonly clock: (clock: ClockEvent) => void;
  readonly reset: () => void;
};

/** After an answer that was not a stream the browser gives up by itself; we ask again. */
const AGAIN_MS = 3_000;

/** Listens to the office for some people. `watch` changes for whom; a line on the page tells while the connection is gone. */
export function createStream(listener: Listener): {
  readonly watch: (people: readonly string[]) => void;
} {
  const away = need(document, '.away', HTMLElement);
  let source: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let watched: readonly string[] = [];

  const open = (): void => {
    clearTimeout(again);
    source?.close();
    const query = new URLSearchParams({ people: watched.join(','), language: setup.language });
    const opened = new EventSource(`/simulator/stream?${query}`);
    source = opened;
    listen(opened, listener);
    opened.addEventListener('open', () => (away.hidden = true));
    opened.addEventListener('error', () => {
      if (opened !== source) return;
      away.hidden = false;
      if (opened.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS);
    });
  };
  need(away, 'button', HTMLButtonElement).addEventListener('click', open);
  return {
    watch(people) {
      watched = people;
      open();
    },
  };
}

function listen(source: EventSource, listener: Listener): void {
  const on = <T>(name: string, act: (data: T) => void): void =>
    source.addEventListener(name, (event: MessageEvent<string>) => act(JSON.parse(event.data)));
  on<ChatMessage>('message', listener.message);
  on<NewsEvent>('news', listener.news);
  on<ClockEvent>('clock', listener.clock);
  on<object>('reset', listener.reset);
}
