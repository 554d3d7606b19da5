/**
 * A bot in a process of its own, to be killed in the middle of a message. It works on the store at STORE_URI and stops
 * for good at the point named by HANGS: `reading` before anything is known of what the message does, `effect` after the feature
 * did its part (`second effect`: after it did so once more), `decided` before the reply is said.
 */
import mongoose, { type Model } from 'mongoose';
import { createChat, webChannel } from '../../src/chat/index.ts';
import { abilityFor } from '../../src/core/ability.ts';
import type { House } from '../../src/core/house.ts';
import { stateCouncilCalendar } from '../../src/core/time.ts';
import { openVault } from '../../src/core/vault.ts';
import { areas } from '../../src/features/areas/index.ts';
import { handoffs } from '../../src/features/handoffs/index.ts';
import { people } from '../../src/features/people/index.ts';
import { wishIntents } from '../../src/features/wishes/chat.ts';
import { wishes } from '../../src/features/wishes/index.ts';
import { openCoordination } from '../../src/storage/coordination.ts';

const { STORE_URI = '', STORE_NAME = '', FOLDER = '', HANGS = '', NOW = '' } = process.env;
const never = () => new Promise<never>(() => undefined);
const report = (word: string) => process.send?.(word);

let effects = 0;

const features = [areas, people, wishes, handoffs];
const rules = features.flatMap((feature) => [...feature.rules]);
const db = await mongoose.createConnection(STORE_URI, { dbName: STORE_NAME, autoIndex: false }).asPromise();
for (const feature of features) {
  for (const [name, schema] of Object.entries(feature.models)) db.model(name, schema, name);
}
const quiet = () => undefined;
const house: House = {
  db,
  clock: { now: () => new Date(NOW) },
  calendar: stateCouncilCalendar(),
  vault: openVault(Buffer.alloc(32, 7)),
  coordination: await openCoordination(),
  get directory() {
    return directory;
  },
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  settings: { demo: false, folder: FOLDER, baseUrl: 'http://localhost' },
  model: <D>(name: string) => db.model(name) as unknown as Model<D>,
  abilityOf: (actor) => abilityFor(actor, rules),
  tellsOfDanger: () => false,
  announce: quiet,
};
const directory = people.directory?.(house) as House['directory'];

const channel = webChannel();
const chat = createChat({
  house,
  intents: wishIntents.map((intent) => ({
    ...intent,
    async readBack(turn, home) {
      if (HANGS !== 'reading') return (await intent.readBack?.(turn, home)) ?? {};
      report('hung');
      return never();
    },
    async handle(turn, home) {
      const answer = await intent.handle(turn, home);
      if (intent.effect === 'read' || !HANGS.endsWith('effect')) return answer;
      effects += 1;
      if (effects < (HANGS === 'second effect' ? 2 : 1)) return answer;
      report('hung');
      return never();
    },
  })),
  puppet: { kind: 'web', channel },
  log: house.log,
});
channel.on(() => {
  if (HANGS !== 'decided') return;
  report('hung');
  // The event loop is blocked: the process can do no more than be killed.
  for (;;);
});
await chat.start();
process.on('message', (message: { contact: string; text: string; id: string }) => {
  void channel.receive(message.contact, message.text, { id: message.id }).then(() => report('done'));
});
report('ready');
