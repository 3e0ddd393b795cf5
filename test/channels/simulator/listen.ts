/** An event of the stream with its data beside it, as far as tests look at it. */
export type Heard = {
  readonly event: string;
  readonly id?: string;
  readonly person?: string;
  readonly change?: number;
  readonly html?: string;
  readonly now?: number;
};

/** Listens to the simulator's stream for one person, without a browser. */
export async function listen(url: string, person: string, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const answer = await fetch(`${url}/simulator/stream?people=${person}`, {
    signal: stop.signal,
    headers,
  });
  const heard: Heard[] = [];
  let arrived = Promise.withResolvers<void>();
  const ended = (async () => {
    let rest = '';
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      heard.push(...blocks.flatMap(read));
      arrived.resolve();
      arrived = Promise.withResolvers<void>();
    }
  })().catch(() => undefined); // cut by us, or by a server that stops
  return {
    ended,
    /** Everything heard since the beginning, as soon as it is enough. */
    async until(enough: (heard: readonly Heard[]) => boolean): Promise<readonly Heard[]> {
      while (!enough(heard)) await arrived.promise;
      return heard;
    },
    close: () => stop.abort(),
  };
}

function read(block: string): readonly Heard[] {
  const event = /^event: (.*)$/m.exec(block)?.[1];
  const data = /^data: (.*)$/m.exec(block)?.[1];
  return event && data ? [{ event, ...JSON.parse(data) }] : [];
}
