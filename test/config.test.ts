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

  it('names every variable that is wrong with what it should be, in Chinese and in English, once', () => {
    const refused = () =>
      readConfig({ PORT: 'x', FIELD_SECRETS_OLD: '!,?', LOG_LEVEL: 'loud', TRUST_PROXY: 'perhaps' });
    expect(refused).toThrow(
      [
        '环境变量不对：',
        '  PORT：应当是 0 到 65535 的整数',
        '  TRUST_PROXY：应当是 true 或 false',
        '  FIELD_SECRETS_OLD：应当是 几个 base64，用逗号隔开',
        '  LOG_LEVEL：应当是 fatal、error、warn、info、debug 或 silent',
        'These environment variables are not right:',
        '  PORT: a whole number from 0 to 65535',
      ].join('\n'),
    );
  });

  it('has services outside the house only where they are named', () => {
    expect(readConfig({})).toMatchObject({ speech: undefined, chatModel: undefined });
    const url = 'https://service.example.cn/v1';
    expect(readConfig({ SPEECH_URL: url }).speech).toEqual({ url, key: undefined, model: 'whisper-1' });
    expect(readConfig({ CHAT_MODEL_URL: url, CHAT_MODEL_NAME: 'm', CHAT_MODEL_KEY: 'k' }).chatModel).toEqual({
      url,
      key: 'k',
      model: 'm',
    });
    expect(() => readConfig({ CHAT_MODEL_URL: url })).toThrow(/CHAT_MODEL_NAME/u);
    expect(() => readConfig({ SPEECH_URL: 'somewhere' })).toThrow(/SPEECH_URL/u);
  });

  it('doubts several processes without a Redis, and a demo', () => {
    expect(doubtsAbout(readConfig({}))).toEqual([]);
    expect(doubtsAbout(readConfig({ ...mongo, REDIS_URL: 'redis://127.0.0.1' }))).toEqual([]);
    expect(doubtsAbout(readConfig(mongo))).toEqual([expect.stringContaining('REDIS_URL')]);
    expect(doubtsAbout(readConfig({ DEMO: 'true' }))).toEqual([expect.stringContaining('DEMO')]);
  });
});
