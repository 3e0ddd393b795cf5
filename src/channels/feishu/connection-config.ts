/**
 * Asking the platform where to connect. The SDK makes this call with the app's secret and takes whatever comes back; here it
 * goes our way out (`http.ts`: this platform only, no redirects, an end to waiting), and the answer is held against what it
 * must be: a missing ping interval would make the SDK ping without a pause.
 */
import type { HttpInstance, HttpRequestOptions } from './sdk.ts';
import { z } from 'zod';
import { CallFault } from './faults.ts';

/** The longest interval that is believed, seconds; a timer of Node's ends at 24 days. */
const LONGEST_SECONDS = 24 * 60 * 60;
const seconds = z.number().min(0).max(LONGEST_SECONDS);

/** `secure`: whether the connection has to be encrypted, as it has wherever the call itself is. */
const answerShape = (secure: boolean) =>
  z.looseObject({
    data: z.looseObject({
      URL: z.string().regex(secure ? /^wss:\/\// : /^wss?:\/\//),
      ClientConfig: z.looseObject({
        PingInterval: seconds.min(1),
        ReconnectInterval: seconds,
        ReconnectNonce: seconds,
        ReconnectCount: z.number(),
      }),
    }),
  });

/** `http` as the SDK gets it for its one call; `failed` is told the code when the call comes to nothing. */
export function connectionConfig(
  http: HttpInstance,
  baseUrl: string,
  failed: (code: string) => void,
): HttpInstance {
  const shape = answerShape(baseUrl.startsWith('https:'));
  const checked = async <T, R = T>(options: HttpRequestOptions<unknown>): Promise<R> => {
    try {
      const answer = await http.request<unknown, R>(options);
      if (shape.safeParse(answer).success) return answer;
      throw new CallFault({ reached: 'unclear', code: 'unreadable', route: ROUTE });
    } catch (error) {
      failed(error instanceof CallFault ? error.code : 'broken');
      throw error;
    }
  };
  return { ...http, request: checked };
}

const ROUTE = '/callback/ws/endpoint';
