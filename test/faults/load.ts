/** People at work on a house that may be killed at any moment, and what it told them was done. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

export interface Acknowledged {
  wish: string;
  move: string;
  key: string;
}

interface Answer {
  status: number;
  body: { id: string; code?: string };
}

const SECRETARY = '陈建国';
const CLAIMANT = '周强';

/** The load on one house. `address` is asked anew for every request, since each restart listens elsewhere. */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  /** Keys of all submits that were ever asked for. */
  readonly asked = new Set<string>();
  readonly surprises: string[] = [];
  /** Requests that had reached the house and were not answered. */
  cutOff = 0;
  running = true;
  readonly #address: () => string;
  readonly #tokens = new Map<string, string>();

  constructor(address: () => string) {
    this.#address = address;
  }

  /** Signs these people in, and those who publish and claim. */
  async signIn(names: readonly string[]): Promise<void> {
    const list = (await (await fetch(`${this.#address()}/demo/people`)).json()) as {
      items: { id: string; name: string }[];
    };
    for (const name of [...names, SECRETARY, CLAIMANT]) {
      const person = list.items.find((one) => one.name === name)?.id;
      const answer = await fetch(`${this.#address()}/session/demo`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ person }),
      });
      this.#tokens.set(name, ((await answer.json()) as { token: string }).token);
    }
  }

  /** Makes wish after wish until the load is over. */
  async person(author: string, patient: boolean): Promise<void> {
    while (this.running) await this.wish(author, patient);
  }

  /**
   * A wish goes through submit, publish and claim; what was not answered is asked again with the same key. Of a request cut
   * off by a kill the house says for half a minute that it is under way: the patient ask on until it is answered, the
   * others turn to a new wish.
   * @returns its id when it was claimed
   */
  async wish(author: string, patient: boolean): Promise<string | undefined> {
    const text = `想要一台收音机 ${randomUUID().slice(0, 8)}`;
    let wish = '';
    const steps: [string, string, () => string, unknown][] = [
      ['submit', author, () => '/wishes', { text, category: 'goods' }],
      ['publish', SECRETARY, () => `/wishes/${wish}/publish`, {}],
      ['claim', CLAIMANT, () => `/wishes/${wish}/claim`, {}],
    ];
    for (const [move, who, path, body] of steps) {
      const key = randomUUID();
      if (move === 'submit') this.asked.add(key);
      const answer = await this.#answered(() => this.#post(who, path(), key, body), patient);
      if (!answer) return undefined;
      if (answer.status >= 300) {
        this.surprises.push(`${move}: ${answer.status} ${JSON.stringify(answer.body)}`);
        return undefined;
      }
      wish = answer.body.id;
      this.acknowledged.push({ wish, move, key });
    }
    return wish;
  }

  async #answered(ask: () => Promise<Answer | undefined>, patient: boolean): Promise<Answer | undefined> {
    for (;;) {
      const answer = await ask();
      const underWay = answer?.body.code === 'request_in_progress';
      if (answer && answer.status !== 503 && !underWay) return answer;
      if (!this.running || (underWay && !patient)) return undefined;
      await wait(answer ? 50 : 100);
    }
  }

  /** One request; `undefined` when the process was killed before it answered. */
  async #post(name: string, path: string, key: string, body: unknown): Promise<Answer | undefined> {
    try {
      const answer = await fetch(this.#address() + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.#tokens.get(name)}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as Answer['body'] };
    } catch (error) {
      const { code } = ((error as Error).cause ?? {}) as { code?: string };
      if (code !== 'ECONNREFUSED') this.cutOff += 1;
      return undefined;
    }
  }
}
