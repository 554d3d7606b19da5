import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextMoment, type Sent, UNPACED, WECHAT_PACE, withSent } from '../../src/chat/pacing.ts';

const people = fc.constantFrom('granny', 'li', 'zhao');
const messages = fc.array(
  fc.record({ to: people, wait: fc.nat(9_000), chance: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
  {
    minLength: 2,
    maxLength: 150,
  },
);

/** Sends one after another as early as allowed. */
function send(list: { to: string; wait: number; chance: number }[], pace = WECHAT_PACE): Sent[] {
  let past: Sent[] = [];
  let now = 0;
  const all: Sent[] = [];
  for (const { to, wait, chance } of list) {
    now = Math.floor(now + wait);
    const at = nextMoment(past, to, now, pace, chance);
    expect(at).toBeGreaterThanOrEqual(now);
    now = at;
    past = withSent(past, { at, to }, pace);
    all.push({ at, to });
  }
  return all;
}

describe('pacing', () => {
  it('keeps a second between messages, three to five between people, and never more than forty in a minute', () => {
    fc.assert(
      fc.property(messages, (list) => {
        const sent = send(list);
        sent.forEach((one, index) => {
          const before = sent[index - 1];
          if (!before) return;
          expect(one.at - before.at).toBeGreaterThanOrEqual(before.to === one.to ? 1_000 : 3_000);
          const within = sent.filter((other) => other.at > one.at - 60_000 && other.at <= one.at);
          expect(within.length).toBeLessThanOrEqual(40);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('waits no longer than it must', () => {
    const waits = (list: { to: string; wait: number; chance: number }[]) => {
      const [first, second] = send(list);
      return (second?.at ?? 0) - (first?.at ?? 0);
    };
    expect(
      waits([
        { to: 'a', wait: 0, chance: 0 },
        { to: 'a', wait: 0, chance: 0 },
      ]),
    ).toBe(1_000);
    expect(
      waits([
        { to: 'a', wait: 0, chance: 0 },
        { to: 'b', wait: 0, chance: 0.5 },
      ]),
    ).toBe(4_200);
    expect(
      waits([
        { to: 'a', wait: 0, chance: 0 },
        { to: 'b', wait: 60_000, chance: 0.5 },
      ]),
    ).toBe(60_000);
  });

  it('lets the forty-first of one person wait for the minute to be over', () => {
    const sent = send(Array.from({ length: 41 }, () => ({ to: 'a', wait: 0, chance: 0 })));
    expect(sent[39]?.at).toBe(39_000);
    expect(sent[40]?.at).toBe(60_000);
  });

  it('does not wait at all where nobody could mind', () => {
    const sent = send(
      Array.from({ length: 100 }, (_, i) => ({ to: `p${i}`, wait: 0, chance: 0.9 })),
      UNPACED,
    );
    expect(sent.every((one) => one.at === 0)).toBe(true);
  });
});
