/**
 * A whole house as its own process, to be killed: the demo's people on an embedded store, a chat channel that writes every
 * delivery's key to a file before it says that it was sent, and on the line `report` everything the test must know.
 */
import { appendFileSync, closeSync, fsyncSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { seedDemo } from '../../scripts/seed/demo.ts';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { shiftedClock, systemClock } from '../../src/core/time.ts';

const { FAULT_SENT = '', FAULT_SHIFT = '0' } = process.env;
const clock = shiftedClock(systemClock);
clock.shift(Number(FAULT_SHIFT));

const app = await createApp(readConfig(process.env), {
  clock,
  channels: [
    {
      name: 'wechaty',
      async send(_address, delivery) {
        const file = openSync(FAULT_SENT, 'a');
        appendFileSync(file, `${delivery._id}\n`);
        fsyncSync(file);
        closeSync(file);
      },
    },
  ],
});
await seedDemo(app.house);
await app.start();
process.stdout.write('ready\n');

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'report') void report();
});

async function report(): Promise<void> {
  await app.push.drain();
  const { db } = app.house;
  const wishes = await db.collection('wish').find().toArray();
  const deliveries = await db.collection('deliveries').find().project({ _id: 1, state: 1, to: 1 }).toArray();
  process.stdout.write(`${JSON.stringify({ wishes, deliveries })}\n`);
}
