/** Neighbours who vote over HTTP, in one process or another. */
import { Agent, request } from 'node:http';
import { openVault } from '../../src/core/vault.ts';
import { newReceipt } from '../../src/features/ballots/index.ts';
import type { Child } from './child.ts';

export const CHOICES = ['for', 'against', 'abstain'] as const;
export const choiceOf = (n: number): (typeof CHOICES)[number] => CHOICES[n % 7 < 4 ? 0 : n % 7 < 6 ? 1 : 2];
/** How often each was chosen by so many. */
export const tallyOf = (voters: readonly number[]): number[] =>
  CHOICES.map((choice) => voters.filter((n) => choiceOf(n) === choice).length);
/** Draws receipts as the processes do that go by this field secret. */
export function drawing(fieldSecret: string, ballot: string, voters: Prepared['voters']): (n: number) => string {
  const vault = openVault(Buffer.from(fieldSecret, 'base64'));
  return (n) => newReceipt({ vault }, ballot, voters[n]?.person ?? '');
}

export interface Prepared {
  /** The secret one and the open one. */
  ballots: [string, string];
  voters: { person: string; token: string; elector: string }[];
  secretary: string;
}

export const prepare = async (child: Child, households: number): Promise<Prepared> =>
  JSON.parse(await child.ask(`prepare ${households}`)) as Prepared;

/** Lets it open, once it has loaded. @returns its port */
export async function opened(child: Child): Promise<number> {
  if ((await child.line()) !== 'loaded') throw new Error('the child did not load');
  return Number((await child.ask('open')).split(' ')[1]);
}

const agent = new Agent({ keepAlive: true, maxSockets: 100 });

/** Posts under a ballot. @returns status and code; `cut off` when the process died before it answered, `closed` when there is none */
export function post(port: number, token: string, path: string, body: unknown): Promise<string> {
  return new Promise((resolve) => {
    const asked = request(
      { port, host: '127.0.0.1', method: 'POST', path: `/api/v1/ballots/${path}`, agent },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        answer.on('error', () => resolve('cut off'));
        answer.on('end', () => {
          if (!answer.complete) return resolve('cut off');
          const { code, choice } = JSON.parse(text) as { code?: string; choice?: string };
          resolve(`${answer.statusCode} ${code ?? choice ?? 'done'}`);
        });
      },
    );
    asked.setHeader('authorization', `Bearer ${token}`);
    asked.setHeader('content-type', 'application/json');
    asked.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? 'closed' : 'cut off'));
    asked.end(JSON.stringify(body));
  });
}
