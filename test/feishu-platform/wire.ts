/** One POST to the program under test, as the platform makes it: bytes as given, no redirect followed, an end to waiting. */
import { request } from 'node:http';

/**
 * What came back, or why nothing did. `ms` is the time it took. Over the long connection the status is the code that was
 * acknowledged.
 */
export type Outcome =
  | { readonly got: 'answer'; readonly status: number; readonly body: string; readonly ms: number }
  | {
      readonly got: 'nothing';
      readonly why: 'late' | 'refused' | 'no-such-host' | 'cut' | 'unacked' | 'unconnected';
      readonly ms: number;
    };

/** `pace` reads a monotonic clock in ms; the whole exchange must end within `deadlineMs`. */
export function post(
  url: string,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
  deadlineMs: number,
  pace: () => number,
): Promise<Outcome> {
  const began = pace();
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(deadlineMs);
    const nothing = (error: Error): void => {
      resolve({ got: 'nothing', why: reason(error, signal.aborted), ms: pace() - began });
    };
    const length = { 'content-length': String(body.length) };
    const options = { method: 'POST', agent: false, signal, headers: { ...length, ...headers } };
    const call = request(url, options, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', nothing);
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        resolve({ got: 'answer', status: answer.statusCode ?? 0, body: text, ms: pace() - began });
      });
    });
    call.on('error', nothing);
    call.end(body);
  });
}

function reason(error: Error, late: boolean): 'late' | 'refused' | 'no-such-host' | 'cut' {
  if (late) return 'late';
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') return 'refused';
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'no-such-host' : 'cut';
}
