/** An agenda as people type it: one item a line, with who owes it and how long it takes. */

/** `minutes` and `owner` where the line tells them. */
export type AgendaItem = {
  readonly text: string;
  readonly minutes?: number;
  readonly owner?: number;
};

const MINUTES = /[\s,，、]*(\d{1,3})\s*(?:分钟|分|min(?:utes)?|mins?|')$/iu;

/** 「预算 张伟 20分钟」: the item, its owner when somebody taking part is named in it, its length. Lines without text are left out. */
export function agendaItems(
  agenda: string | null,
  people: readonly { readonly id: number; readonly name: string }[],
): readonly AgendaItem[] {
  return (agenda ?? '').split('\n').flatMap((line) => {
    const whole = line.trim();
    const minutes = MINUTES.exec(whole)?.[1];
    const rest = minutes === undefined ? whole : whole.replace(MINUTES, '').trim();
    if (rest === '') return [];
    const owner = people.find(({ name }) => endsWithName(rest, name));
    const text = owner ? withoutName(rest, owner.name) : rest;
    return [
      {
        text: text === '' ? rest : text,
        ...(minutes === undefined ? {} : { minutes: Number(minutes) }),
        ...(owner ? { owner: owner.id } : {}),
      },
    ];
  });
}

/** A name counts where it stands apart: 预算 张伟, 预算（张伟）, 预算：张伟. */
const endsWithName = (line: string, name: string): boolean =>
  line === name ||
  (line.replace(/[)）]$/u, '').endsWith(name) &&
    /[\s,，、:：(（]$/u.test(line.replace(/[)）]$/u, '').slice(0, -name.length)));

const withoutName = (line: string, name: string): string =>
  line
    .replace(/[)）]$/u, '')
    .slice(0, -name.length)
    .replace(/[\s,，、:：(（]+$/u, '');
