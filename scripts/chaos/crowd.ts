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
