import { all, need } from './dom.ts';

/** Kept by this browser: how far somebody has read in each chat. */
const KEY = 'office-simulator-read';

/** Who has something new: the dot beside a name in the list. */
export type Unread = {
  /** The office wrote to this person. */
  wrote(person: string, place: number): void;
  /** This chat is before the reader's eyes, to its end. */
  read(person: string): void;
};

export function createUnread(isSeen: (person: string) => boolean): Unread {
  const newest = new Map<string, number>();
  const read = new Map<string, number>(stored());
  const show = (person: string): void => {
    const unread = (newest.get(person) ?? 0) > (read.get(person) ?? 0);
    for (const entry of all(
      document,
      `[data-news="${person}"], [data-person="${person}"]`,
      HTMLElement,
    ))
      need(entry, '.dot', HTMLElement).hidden = !unread;
  };
  const markRead = (person: string): void => {
    read.set(person, newest.get(person) ?? 0);
    localStorage.setItem(KEY, JSON.stringify([...read]));
    show(person);
  };
  return {
    wrote(person, place) {
      newest.set(person, Math.max(place, newest.get(person) ?? 0));
      if (isSeen(person)) markRead(person);
      else show(person);
    },
    read: markRead,
  };
}

function stored(): [string, number][] {
  const entries: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
  if (!Array.isArray(entries)) return [];
  return entries.map((entry) => [String(entry?.[0]), Number(entry?.[1])]);
}
