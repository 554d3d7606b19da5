/**
 * A whole house as its own process, to be killed: the demo's people on an embedded store, a chat channel that writes every
 * delivery's key to a file before it says that it was sent. It prints `loaded` and waits for the line `open`, since loading
 * the programs takes longest and needs no store; then `ready` and its port. On the line `report` it prints all the test must know.
 */
import { appendFileSync, closeSync, fsyncSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { seedDemo } from '../../scripts/seed/demo.ts';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { MINUTE, shiftedClock, systemClock } from '../../src/core/time.ts';

const { FAULT_SENT = '', FAULT_SHIFT = '0' } = process.env;
const clock = shiftedClock(systemClock);
clock.shift(Number(FAULT_SHIFT));

let app: App | undefined;

async function open(): Promise<void> {
  app = await createApp(readConfig(process.env), {
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
  const { port } = await app.start();
  process.stdout.write(`ready ${port}\n`);
}

async function report(): Promise<void> {
  if (!app) throw new Error('the house is not open');
  // What those who were killed held is free again after a minute.
  clock.shift(2 * MINUTE);
  await app.push.drain();
  const { db } = app.house;
  const wishes = await db.collection('wish').find().toArray();
  const deliveries = await db.collection('deliveries').find().toArray();
  process.stdout.write(`${JSON.stringify({ wishes, deliveries })}\n`);
}

process.stdout.write('loaded\n');
createInterface({ input: process.stdin }).on('line', (line) => {
  if (line === 'open') void open();
  if (line === 'report') void report();
});
