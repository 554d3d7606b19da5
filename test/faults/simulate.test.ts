/** The days around the National Day of 2026, with its days of rest, a Saturday worked instead, and a quarter's end. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bundle, bundle } from '../../scripts/simulate/bundle.ts';

let simulation: Bundle;
beforeAll(async () => {
  simulation = await bundle();
}, 60_000);
afterAll(() => simulation.remove());

it('two processes, killed halfway through a job and through a sending, tell each their own on its day and once', async () => {
  const { wrong, seconds, ...figures } = await simulation.simulate({
    from: '2026-09-30',
    days: 12,
    size: 'demo',
    seed: 1,
    crashes: 2,
  });
  expect(wrong).toEqual([]);
  expect(figures).toMatchObject({ lost: 0, doubled: 0, unexpected: 0, crashes: 2, sent: figures.expected });
  expect(figures.expected).toBeGreaterThan(40);
  console.log(`${figures.expected} messages in ${seconds} s`);
}, 120_000);
