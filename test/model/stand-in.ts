/** A model endpoint on 127.0.0.1 that answers as a test wants: well, wrongly, never. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Environment } from '../../src/config.ts';

/** What was asked, as it came over the wire. */
export type Asked = {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: string;
  /** The sentence in it. */
  readonly sentence: string;
  /** `json_schema` or `json_object`. */
  readonly format: string;
};

type Reply = (response: ServerResponse, asked: Asked) => void;

export type StandIn = {
  /** Everything asked since it was last emptied. */
  readonly asked: Asked[];
  /** Answers from now on so. */
  replies(reply: Reply): void;
  /** Answers from now on with this content of a completion. */
  says(content: unknown): void;
  readonly env: Environment;
  close(): Promise<void>;
};

/** A whole completion around a content. */
export const completion = (content: unknown): string =>
  JSON.stringify({
    id: 'c-1',
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        message: {
          role: 'assistant',
          content: typeof content === 'string' ? content : JSON.stringify(content),
        },
      },
    ],
  });

const json: { readonly [name: string]: string } = { 'content-type': 'application/json' };

export const says =
  (content: unknown): Reply =>
  (response) => {
    response.writeHead(200, json).end(completion(content));
  };

/** Says nothing at all, and holds the line. */
export const stalls: Reply = () => undefined;

/** Begins to answer, and never ends. */
export const drips: Reply = (response) => {
  response.writeHead(200, json).write('{"choices": [');
};

export const fails =
  (status: number): Reply =>
  (response) => {
    response.writeHead(status, json).end(completion({ intent: 'other', slots: {} }));
  };

/** Opens a stand-in; its first answer is `other`. */
export async function openStandIn(): Promise<StandIn> {
  const asked: Asked[] = [];
  let reply: Reply = says({ intent: 'other', slots: {} });
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const one = askedIn(request, body);
      asked.push(one);
      reply(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    asked,
    replies: (next) => {
      reply = next;
    },
    says: (content) => {
      reply = says(content);
    },
    env: {
      LLM_BASE_URL: `http://127.0.0.1:${address.port}/v1`,
      LLM_API_KEY: 'canary-model-key',
      LLM_MODEL: 'stand-in',
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

type Body = {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format: { readonly type: string };
};

function askedIn(request: IncomingMessage, body: string): Asked {
  const { messages, response_format: format } = JSON.parse(body) as Body;
  const said = messages.find(({ role }) => role === 'user')?.content ?? '{}';
  const { sentence } = JSON.parse(said) as { readonly sentence: string };
  const key = request.headers.authorization;
  return { path: request.url ?? '', key, body, sentence, format: format.type };
}
