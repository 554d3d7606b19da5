/**
 * Every message we know goes through the bot's own decision, with intents that only note what would be done: what changes
 * something without a read-back was commanded in so many words, or somebody is in danger; and it is what was meant.
 */
import { existsSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { withoutCourtesy } from '../../src/chat/dialogue/courtesy.ts';
import { type DialogueState, IDLE } from '../../src/chat/dialogue/state.ts';
import { compose, type Exchange } from '../../src/chat/exchange.ts';
import { mattersOf } from '../../src/chat/matters.ts';
import type { Parts } from '../../src/chat/parts.ts';
import { alarm } from '../../src/chat/steps/alarm.ts';
import { converse } from '../../src/chat/steps/converse.ts';
import { alarmIn } from '../../src/chat/understanding/emergency.ts';
import { understand } from '../../src/chat/understanding/index.ts';
import { type Example, readExamples, readPhrases } from '../../src/chat/understanding/phrases.ts';
import type { Actor, Role } from '../../src/core/ability.ts';
import type { Intent } from '../../src/core/feature.ts';
import { isPlainJudgement } from '../../src/core/judgement.ts';
import { normalise } from '../../src/core/text.ts';
import { stateCouncilCalendar } from '../../src/core/time.ts';
import { features } from '../../src/features/index.ts';

/** Of those that are read back otherwise: what somebody wants a human for is passed on at once, or taken back. */
const AT_ONCE = new Set(['handoff', 'handoff.close']);
/** The one label no command is needed for: sending the code is the command, wanting a human is wanting one. */
const PLAIN = new Set(['handoff', 'bind']);

/** CI tries every eighth of the phrases, a person's machine all of them. */
const EACH = process.env.CI ? 8 : 1;

interface Effect {
  intent: string;
  text: string;
}
let effects: Effect[] = [];
const known = features.flatMap(({ intents }) => intents);
// Which kind of matter can be meant the store says, and there is none here.
const noting = ({ fits: _fits, hears: _hears, ...intent }: Intent): Intent => ({
  ...intent,
  ...(intent.readBack && {
    readBack: async ({ kept, text }) =>
      AT_ONCE.has(intent.name) || (intent.name === 'rate' && isPlainJudgement(text))
        ? { kept: kept ?? {} }
        : { readBack: '要办吗', kept: {} },
  }),
  // Nobody's danger is open.
  ...(intent.openDanger && { openDanger: async () => undefined }),
  async handle({ text }) {
    if (intent.effect !== 'read') effects.push({ intent: intent.name, text });
    return { text: '好' };
  },
});
const report: Intent = {
  name: 'incident.report',
  effect: 'create',
  readBack: async () => ({}),
  handle: async () => ({ text: '' }),
};
const intents = [...known, ...(known.some(({ name }) => name === report.name) ? [] : [report])].map(noting);

const parts = {
  puppet: 'web',
  house: {
    calendar: stateCouncilCalendar(),
    coordination: { take: async () => ({ retryAfterMs: 0, remaining: 1 }), once: async () => true },
    directory: { byContact: async (_puppet: string, contact: string) => speaker(contact as Role) },
    abilityOf: () => ({ can: () => true }),
  },
  log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  intents: new Map(intents.map((intent) => [intent.name, intent])),
  understand,
  book: { plan: async () => undefined },
  dialogues: { open: async (id: string) => ({ id, state: IDLE }) },
  limit: { points: 20, seconds: 60 },
} as unknown as Parts;
const matters = mattersOf(parts);
const decide = compose([alarm(parts, matters), converse(parts, matters)]);

const speaker = (role: Role): Actor => ({
  kind: 'person',
  id: role,
  name: '王桂芳',
  roles: role === 'resident' ? [] : [{ role, area: '990001001001' }],
  areas: ['9900', '990001', '990001001', '990001001001'],
  channel: 'chat',
});

let count = 0;
async function hear(
  { text, role, place, now }: Pick<Example, 'text' | 'role' | 'place' | 'now'>,
  state: DialogueState = IDLE,
) {
  effects = [];
  count += 1;
  const plain = text.replace(/^@好邻\s*/u, '');
  // A dialogue is known by being the same one.
  const own = { id: 'own', state };
  const exchange: Exchange = {
    incoming: {
      id: `${count}`,
      contact: role,
      kind: 'text',
      text: plain,
      mentioned: place === 'group',
      self: false,
      at: now,
    },
    key: `web:${count}`,
    now,
    place: 'private',
    resumed: false,
    text: normalise(plain),
    written: plain,
    actor: speaker(role),
    photos: [],
    dialogues: [],
    own,
    home: own,
  };
  await decide(exchange);
  return { effects: [...effects], exchange };
}

let examples: Example[] = [];
beforeAll(() => {
  const shared = new URL('../../../shared/chat/examples.jsonl', import.meta.url);
  const phrases = readPhrases(new URL('../../src/chat/understanding/phrases/', import.meta.url));
  // One of each phrase: its variations differ in what is wanted, not in how.
  const each = [...new Map(phrases.map((one) => [one.origin, one])).values()].filter((_, n) => n % EACH === 0);
  examples = [
    ...(existsSync(shared) ? readExamples(shared) : []),
    ...readExamples(new URL('understanding/held-out.jsonl', import.meta.url)),
    ...each,
  ];
});

/** The label of another kind of matter said in the same words. */
const like = (intent: string) => known.find(({ name }) => name === intent)?.like;

/** What belongs to a label though another of its feature's intents takes it. */
const SAME: Record<string, string> = {
  'wish.contact': 'wish.done',
  'handoff.help': 'handoff',
  'topic.withdraw': 'wish.withdraw',
  'topic.unsecond': 'wish.withdraw',
  'topic.review': 'rate',
  unmute: 'mute',
};

it('nothing is changed without a read-back but by a command or for somebody in danger, and then what was meant', async () => {
  const wrong: string[] = [];
  const done = { commanded: 0, plain: 0, danger: 0, asked: 0 };
  for (const one of examples) {
    const { effects: made, exchange } = await hear(one);
    if (made.length === 0) done.asked += 1;
    for (const { intent } of made) {
      const plain = exchange.incoming.text;
      const said = [normalise(plain), withoutCourtesy(normalise(plain))];
      const meant = understand({ ...one, text: withoutCourtesy(normalise(plain)) });
      const rings = alarmIn(plain).kinds.length > 0 || meant.slots.urgent === true;
      const commanded =
        meant.explicit ||
        (intent === 'rate' && isPlainJudgement(exchange.text)) ||
        (known.find(({ name }) => name === intent)?.command?.some((way) => said.some((words) => way.test(words))) ??
          false);
      const right =
        [one.intent, SAME[one.intent]].includes(intent) || SAME[intent] === one.intent || like(intent) === one.intent;
      if (rings && (intent === 'handoff' || intent === 'incident.report')) done.danger += 1;
      else if (right && commanded) done.commanded += 1;
      else if (right && PLAIN.has(intent)) done.plain += 1;
      else wrong.push(`${intent} by ${one.intent}: ${one.text}`);
    }
  }
  console.log(`${examples.length} messages: ${JSON.stringify(done)}`);
  expect(wrong).toEqual([]);
});

it('what says nothing answers nothing: a read-back waits on, unchanged', async () => {
  const matter = { intent: 'wish.submit', slots: {}, text: '想要一个锅', photos: [], explicit: false };
  const state: DialogueState = { ...IDLE, waiting: { for: 'confirm', matter, shown: '要登记吗' } };
  const now = new Date('2026-03-11T10:00:00+08:00');
  for (const text of ['', ' ', '\u200b', '\n\n', '。', '？', '[微笑]', '😀', '...', '嗯？', '啊', '等一下']) {
    const { effects: made, exchange } = await hear({ text, role: 'resident', place: 'private', now }, state);
    expect(made, text).toEqual([]);
    expect(exchange.reply?.text, text).not.toBe('好');
  }
  const { effects: made } = await hear({ text: '确认', role: 'resident', place: 'private', now }, state);
  expect(made).toMatchObject([{ intent: 'wish.submit' }]);
});
