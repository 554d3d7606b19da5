/** Serves a house's features on a real socket, for tests of their routes. */
import type { Feature } from '../../src/core/feature.ts';
import type { Person } from '../../src/features/people/index.ts';
import { createHttp } from '../../src/http/index.ts';
import { asked } from './asking.ts';
import { type TestHouse, testHouse } from './house.ts';

export interface Answer {
  status: number;
  // The tests say what they expect to be in it.
  body: unknown;
}

export interface TestApi extends TestHouse {
  /** Asks as a person, or as nobody. A `Uint8Array` is sent as the file of a form, anything else as JSON. */
  call(as: Person | undefined, method: string, path: string, body?: unknown): Promise<Answer>;
}

/** Opens a house of these features and its API. */
export async function testApi(features: readonly Feature[], options: { demo?: boolean } = {}): Promise<TestApi> {
  const test = await testHouse(features, options);
  const http = createHttp({
    house: test.house,
    routes: features.flatMap((feature) => [...feature.routes]),
    tokenSecret: Buffer.alloc(32, 9),
    requestsPerMinute: 100_000,
  });
  const { port } = await http.listen(0, '127.0.0.1');
  const tokens = new Map<string, string>();

  async function signed({ _id }: Person): Promise<{ authorization: string }> {
    // Of each moment its own, so that none is older than what is asked with it.
    const key = `${_id} ${test.clock.now().getTime()}`;
    const token = tokens.get(key) ?? (await http.issueToken(_id));
    tokens.set(key, token);
    return { authorization: `Bearer ${token}` };
  }

  return {
    ...test,
    async call(as, method, path, body) {
      const address = `http://127.0.0.1:${port}/api/v1${path}`;
      const headers = as ? await signed(as) : {};
      if (body instanceof Uint8Array) {
        const answer = await fetch(address, { method, headers, body: formOf(body) });
        return { status: answer.status, body: await answer.json() };
      }
      if (body === undefined) return asked(method, address, headers);
      return asked(method, address, { ...headers, 'content-type': 'application/json' }, JSON.stringify(body));
    },
    async close() {
      await http.close(1_000);
      await test.close();
    },
  };
}

function formOf(file: Uint8Array): FormData {
  const form = new FormData();
  form.set('file', new Blob([Uint8Array.from(file)]), 'file');
  return form;
}
