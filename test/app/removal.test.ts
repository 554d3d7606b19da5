import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { features } from '../../src/features/index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-removal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const config = () => readConfig({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' });
const named = new Set(features.flatMap(({ uses }) => uses));

describe('the house without one of its features', () => {
  for (const gone of features) {
    const rest = features.filter((feature) => feature !== gone);
    if (named.has(gone.name)) {
      it(`says who needs ${gone.name}`, async () => {
        await expect(createApp(config(), { features: rest })).rejects.toThrow(`needs ${gone.name}`);
      });
    } else {
      it(`starts without ${gone.name}, and its routes are gone`, async () => {
        const app = await createApp(config(), { features: rest });
        try {
          const { port } = await app.start();
          expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
          for (const { path } of gone.routes) {
            expect(Object.keys(app.http.openapi() as { paths: object })).not.toContain(path);
          }
        } finally {
          await app.stop(500);
        }
      });
    }
  }

  it('has features that stand alone and features that are stood on', () => {
    expect(features.some(({ name }) => named.has(name))).toBe(true);
    expect(features.some(({ name }) => !named.has(name))).toBe(true);
  });
});
