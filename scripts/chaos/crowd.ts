import type { World } from './world.ts';

/** So many at once, no more. */
export async function atOnce<T>(
  most: number,
  list: readonly T[],
  act: (each: T) => Promise<void>,
): Promise<void> {
  const left = list.values();
  await Promise.all(
    Array.from({ length: most }, async () => {
      for (const each of left) await act(each);
    }),
  );
}

/** Each of them writes, one after the other; ms until the reply is on the screen. */
export async function answered(
  { says, feishu }: World,
  people: readonly { readonly id: string }[],
): Promise<readonly number[]> {
  const ms: number[] = [];
  for (const { id } of people) {
    const before = feishu.inbox(id).filter(({ from }) => from === 'bot').length;
    const began = performance.now();
    await says(id, '签字笔还有多少');
    await feishu
      .waitFor(() => feishu.inbox(id).filter(({ from }) => from === 'bot').length > before, 20_000)
      .catch(() => undefined);
    ms.push(performance.now() - began);
  }
  return ms;
}
