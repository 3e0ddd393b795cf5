import type { PagePerson, PageSetup } from '../protocol.ts';

/** What the server told the page to begin with. */
export const setup: PageSetup = JSON.parse(document.body.dataset['setup'] ?? '{}');

/** A person of the company; the first one when nobody has this id. */
export function personOf(id: string | null): PagePerson {
  const person = setup.people.find((each) => each.id === id) ?? setup.people[0];
  if (!person) throw new Error('the company has no people');
  return person;
}
