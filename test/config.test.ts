import { describe, expect, it } from 'vitest';
import { doubtsAbout, readConfig } from '../src/config.ts';

const mongo = { MONGODB_URI: 'mongodb://127.0.0.1:27017/haolin' };

describe('config', () => {
  it('refuses the demo on a MongoDB, where real people are, unless told that there are none', () => {
    for (const demo of ['true', '1', 'yes']) {
      expect(() => readConfig({ ...mongo, DEMO: demo })).toThrow(/DEMO_ON_MONGODB/);
      expect(readConfig({ ...mongo, DEMO: demo, DEMO_ON_MONGODB: 'true' }).demo).toBe(true);
    }
    expect(readConfig({ DEMO: 'true' }).demo).toBe(true);
    expect(readConfig({ ...mongo, DEMO: 'false' }).demo).toBe(false);
    expect(readConfig({ ...mongo, DEMO: '' }).demo).toBe(false);
  });

  it('reads earlier secrets as a list', () => {
    expect(readConfig({}).oldFieldSecrets).toEqual([]);
    expect(readConfig({ FIELD_SECRETS_OLD: 'AAAA, BBBB' }).oldFieldSecrets).toEqual(['AAAA', 'BBBB']);
    expect(() => readConfig({ FIELD_SECRETS_OLD: 'AAAA,no secret' })).toThrow(/FIELD_SECRETS_OLD/);
  });

  it('takes no metrics token that can be guessed', () => {
    expect(() => readConfig({ METRICS_TOKEN: 'short' })).toThrow(/METRICS_TOKEN/);
    expect(readConfig({ METRICS_TOKEN: 'a'.repeat(16) }).metricsToken).toBe('a'.repeat(16));
    expect(readConfig({ METRICS_TOKEN: '' }).metricsToken).toBeUndefined();
  });

  it('doubts several processes without a Redis, and a demo', () => {
    expect(doubtsAbout(readConfig({}))).toEqual([]);
    expect(doubtsAbout(readConfig({ ...mongo, REDIS_URL: 'redis://127.0.0.1' }))).toEqual([]);
    expect(doubtsAbout(readConfig(mongo))).toEqual([expect.stringContaining('REDIS_URL')]);
    expect(doubtsAbout(readConfig({ DEMO: 'true' }))).toEqual([expect.stringContaining('DEMO')]);
  });
});
