import { describe, expect, it } from 'vitest';
import { UNPACED, WECHAT_PACE } from '../../src/chat/pacing.ts';
import { createSpeaker } from '../../src/chat/speaker.ts';

/** A speaker whose time passes only by its own sleeping. */
function timedSpeaker(pace = WECHAT_PACE) {
  let now = 0;
  const said: { what: string; at: number }[] = [];
  const speaker = createSpeaker({
    pace,
    monotonic: () => now,
    random: () => 0,
    sleep: async (ms) => {
      now += ms;
    },
  });
  const say = (to: string, what: string, urgency: 'answer' | 'push' = 'answer') =>
    speaker.say(to, urgency, async () => void said.push({ what, at: now }));
  return { speaker, say, said };
}

describe('the speaker', () => {
  it('says one after another at the pace', async () => {
    const { say, said } = timedSpeaker();
    await Promise.all([say('granny', 'a'), say('granny', 'b'), say('li', 'c')]);
    expect(said).toEqual([
      { what: 'a', at: 0 },
      { what: 'b', at: 1_000 },
      { what: 'c', at: 4_000 },
    ]);
  });

  it('lets an answer overtake what nobody asked for', async () => {
    const { say, said } = timedSpeaker();
    await Promise.all([say('p1', 'first', 'push'), say('p2', 'push', 'push'), say('granny', 'answer')]);
    expect(said.map((one) => one.what)).toEqual(['first', 'answer', 'push']);
  });

  it('goes on after a message the channel refused, and tells whoever sent it', async () => {
    const { speaker, say, said } = timedSpeaker();
    const refused = speaker.say('granny', 'answer', async () => {
      throw new Error('no friend');
    });
    const after = say('li', 'after');
    await expect(refused).rejects.toThrow('no friend');
    await after;
    expect(said.map((one) => one.what)).toEqual(['after']);
  });

  it('refuses what still waits when it is closed, and everything after', async () => {
    let wake: () => void = () => undefined;
    const speaker = createSpeaker({
      pace: WECHAT_PACE,
      monotonic: () => 0,
      random: () => 0,
      sleep: () =>
        new Promise((resolve) => {
          wake = resolve;
        }),
    });
    const said: string[] = [];
    await speaker.say('a', 'answer', async () => void said.push('first'));
    const waiting = speaker.say('a', 'push', async () => void said.push('second'));
    speaker.close();
    await expect(waiting).rejects.toMatchObject({ code: 'chat_stopped' });
    await expect(speaker.say('a', 'answer', async () => undefined)).rejects.toMatchObject({ code: 'chat_stopped' });
    wake();
    await new Promise((resolve) => setImmediate(resolve));
    expect(said).toEqual(['first']);
  });

  it('does not sleep where there is no pace', async () => {
    let slept = false;
    const speaker = createSpeaker({
      pace: UNPACED,
      monotonic: () => 0,
      random: () => 0.5,
      sleep: async () => {
        slept = true;
      },
    });
    await Promise.all(Array.from({ length: 200 }, (_, i) => speaker.say(`p${i}`, 'push', async () => undefined)));
    expect(slept).toBe(false);
  });
});
