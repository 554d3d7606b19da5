import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type WebChannel, webChannel } from '../../src/chat/index.ts';
import type { Feature } from '../../src/core/feature.ts';
import { features } from '../../src/features/index.ts';
import { filled, operationsOf, type WholeApp, wholeApp } from '../support/app.ts';

const named = new Set(features.flatMap(({ uses }) => uses));
const without = (gone: Feature) => features.filter((feature) => feature !== gone);
const namesOf = (one: Pick<Feature, 'routes'>) =>
  one.routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);

/** Writes to the bot, which comes up behind the API, until it hears; then what the bot said. */
async function say(channel: WebChannel, contact: string, text: string): Promise<string> {
  const said: string[] = [];
  const off = channel.on((message) => void said.push(message.text));
  for (const until = performance.now() + 20_000; ; await pause(100)) {
    try {
      await channel.receive(contact, text);
      break;
    } catch (error) {
      if (performance.now() > until) throw error;
    }
  }
  off();
  return said.join('\n');
}

async function goneFrom(whole: WholeApp, gone: Feature): Promise<void> {
  const document = await (await fetch(`${whole.address}/api/openapi.json`)).json();
  const documented = operationsOf(document).map(({ method, path }) => `${method} ${path}`);
  expect(namesOf(gone).filter((name) => documented.includes(name))).toEqual([]);
  for (const feature of whole.app.features) expect(documented).toEqual(expect.arrayContaining(namesOf(feature)));
  for (const { method, path } of gone.routes) {
    // 405 where another feature answers to the same address in another way.
    const { status } = await whole.ask(whole.ids.李敏, method.toUpperCase(), filled(path, 'a'.repeat(24)));
    expect([404, 405]).toContain(status);
  }
  const models = Object.keys(whole.app.house.db.models);
  expect(Object.keys(gone.models).filter((name) => models.includes(name))).toEqual([]);
}

describe('the house without one of its features', () => {
  for (const gone of features.filter(({ name }) => named.has(name))) {
    it(`says who needs ${gone.name}`, async () => {
      const needy = features.filter(({ uses }) => uses.includes(gone.name)).map(({ name }) => name);
      const message = new RegExp(
        `^The feature (${needy.join('|')}) needs ${gone.name}: add it to features/index\\.ts$`,
      );
      await expect(wholeApp({ features: without(gone) })).rejects.toThrow(message);
    });
  }

  for (const gone of features.filter(({ name }) => !named.has(name))) {
    it(`stands without ${gone.name}: API, clockwork and chat`, async () => {
      const channel = webChannel();
      const whole = await wholeApp({ features: without(gone), puppet: { kind: 'web', channel } });
      try {
        expect((await fetch(`${whole.address}/readyz`)).status).toBe(200);
        await goneFrom(whole, gone);
        const menu = await say(channel, whole.ids.王秀英, '菜单');
        expect(menu).toMatch(/[\u4e00-\u9fff]/u);
        for (const { help } of gone.intents) if (help) expect(menu).not.toContain(help.example);
        for (const text of ['想要一个小点的电饭煲', '转人工', '12号到哪一步了']) {
          expect(await say(channel, whole.ids.王秀英, text)).toMatch(/[\u4e00-\u9fff]/u);
        }
        await whole.app.schedule.catchUp(whole.app.house.clock.now());
        await whole.app.push.drain();
        expect(whole.errors).toEqual([]);
      } finally {
        await whole.close();
      }
    });
  }

  it('has features that stand alone and features that are stood on', () => {
    expect(features.some(({ name }) => named.has(name))).toBe(true);
    expect(features.some(({ name }) => !named.has(name))).toBe(true);
  });
});
