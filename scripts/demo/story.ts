import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atCivil } from '../../src/core/time.ts';
import { playCare } from './care-act.ts';
import { playIncident } from './incident-act.ts';
import { openStage } from './stage.ts';
import { tellerOn } from './teller.ts';
import { playTopic } from './topic-act.ts';
import { playWish } from './wish-act.ts';

const GRANNY = '王秀英';

/**
 * Plays the stories of a wish, of problems, of a topic and of those who are looked after through the real bot and the real API on a fresh temporary data folder.
 * @param print takes the transcript line by line
 * @throws Surprise at the first thing that is not as it must be
 */
export async function playStory(print: (line: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'haolin-story-'));
  // A Monday morning: an ordinary workday, outside the quiet hours.
  const startsAt = atCivil('2026-03-09', 9);
  const stage = await openStage({ folder, port: 0, startsAt, logLevel: 'error' });
  try {
    // A menu asked for is answered as soon as the bot is there.
    await stage.talk.say(stage.people[GRANNY] ?? '', '你好');
    const teller = tellerOn(stage, print);
    await playWish(teller);
    await playIncident(teller);
    await playTopic(teller);
    await playCare(teller);
    teller.print('\n故事演完，一切如预期。');
  } finally {
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  }
}
