/** Measures one case on both sides in turns, so that whatever else the machine does meets both. */
import type { Collection } from 'mongodb';
import type { Case } from './cases.ts';
import type { Wish } from './data.ts';
import type { Server } from './processes.ts';

/** A server and the collection in it. */
export interface Contender {
  server: Server;
  wishes: Collection<Wish>;
}

export interface Figures {
  /** Calls a second, on the store and on the ceiling. */
  store: number;
  ceiling: number;
  ratio: number;
  /** Processor time of the server for one call, in µs. */
  storeUs: number;
  ceilingUs: number;
  /** Processor time of the driver for one call to the store, in µs. */
  driverUs: number;
}

interface Shot {
  rate: number;
  serverUs: number;
  driverUs: number;
}

const ROUNDS = 3;

/** `seconds` is how long each side is measured, in rounds; half of it more is for warming up. */
export async function measure(
  one: Case,
  store: Contender,
  ceiling: Contender,
  size: number,
  seconds: number,
): Promise<Figures> {
  const works = [store, ceiling].map(({ server, wishes }) => ({
    server,
    lanes: Array.from({ length: one.lanes }, (_, lane) => one.prepare(wishes, size, lane)),
  })) as [Work, Work];
  const shots: [Shot[], Shot[]] = [[], []];
  for (const work of works) await shoot(work, seconds / 2);
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of [0, 1] as const) shots[side].push(await shoot(works[side], seconds / ROUNDS));
  }
  const middle = (side: 0 | 1, of: (shot: Shot) => number) =>
    shots[side].map(of).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number;
  const rates = { store: middle(0, ({ rate }) => rate), ceiling: middle(1, ({ rate }) => rate) };
  return {
    store: Math.round(rates.store),
    ceiling: Math.round(rates.ceiling),
    ratio: Number((rates.store / rates.ceiling).toFixed(3)),
    storeUs: Math.round(middle(0, ({ serverUs }) => serverUs)),
    ceilingUs: Math.round(middle(1, ({ serverUs }) => serverUs)),
    driverUs: Math.round(middle(0, ({ driverUs }) => driverUs)),
  };
}

interface Work {
  server: Server;
  lanes: (() => Promise<void>)[];
}

async function shoot({ server, lanes }: Work, seconds: number): Promise<Shot> {
  const processor = server.processor();
  const driver = process.cpuUsage();
  const began = performance.now();
  const until = began + seconds * 1_000;
  let calls = 0;
  await Promise.all(
    lanes.map(async (call) => {
      while (performance.now() < until) {
        await call();
        calls += 1;
      }
    }),
  );
  const { user, system } = process.cpuUsage(driver);
  return {
    rate: (calls * 1_000) / (performance.now() - began),
    serverUs: ((server.processor() - processor) * 1_000) / calls,
    driverUs: (user + system) / calls,
  };
}
