import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIND_FIRST, MENU_HEAD } from '../../src/chat/messages.ts';
import { type Dialogue, isAnswered, readDialogues, type Turn, written } from './dialogues/read.ts';
import { openStage, type Said, type Stage } from './dialogues/stage.ts';

/**
 * Whole talks with the bot, as residents and those at work have them, word for word. `RECORD=1` writes down what the bot
 * says now: read it as the person in the dialogue would before it is kept.
 */

const FOLDER = join(import.meta.dirname, 'dialogues');
const RECORD = process.env.RECORD !== undefined;
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => ({ name, dialogues: readDialogues(name, readFileSync(join(FOLDER, name), 'utf8')) }))
  .filter(({ dialogues }) => dialogues.length > 0);

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 60_000);
afterAll(() => stage.close());

const who = ({ group }: { group: boolean }) => (group ? '好邻（群）' : '好邻');
const QUIET = '（好邻没有说话）';
const OUTCOME = '结果：';

/** As it stands in the file after a turn. */
function asWritten(said: readonly Said[], turn: Turn): string[] {
  const speaks = turn.does.is === 'said';
  if (said.length === 0) return speaks || turn.does.text === '同一条消息又来一次' ? [QUIET] : [];
  return said.map((one, n) => {
    const { text = '' } = turn.answers[n] ?? {};
    return written(who(one), isAnswered(text, one.text) ? text : shortened(one.text));
  });
}

/** What is long, and word for word in other tests, is written down by its first line. */
const LONG = [MENU_HEAD, BIND_FIRST.split('\n')[0] ?? ''];
const shortened = (text: string): string => {
  const head = LONG.find((one) => text.startsWith(`${one}\n`));
  return head === undefined ? text : `${head}＊`;
};

for (const { name, dialogues } of files) {
  const records: string[] = [];
  describe(name, () => {
    it.each(dialogues.map((one) => [one.title, one] as const))('%s', async (_title, dialogue) => {
      if (RECORD) return void records.push(await recorded(dialogue));
      const last = dialogue.turns.at(-1)?.does;
      expect(last?.is === 'order' && last.text.startsWith(OUTCOME), '每段对话都以结果收尾').toBe(true);
      await stage.play(dialogue, (turn, said, outcome) => {
        const at = `${name}:${turn.at}`;
        const expected = turn.answers.map((one) => written(who(one), one.text));
        const heard = said.map((one, n) => {
          const { text = '' } = turn.answers[n] ?? {};
          return written(who(one), isAnswered(text, one.text) ? text : one.text);
        });
        expect(heard.join('\n'), at).toBe(expected.join('\n'));
        if (outcome !== undefined && turn.does.is === 'order')
          expect(isAnswered(turn.does.text, outcome), `${at} ${outcome}`).toBe(true);
      });
    });
    if (RECORD) {
      afterAll(() => {
        if (records.length < dialogues.length) return;
        const head = readFileSync(join(FOLDER, name), 'utf8').split('\n# ')[0]?.trim() ?? '';
        writeFileSync(join(FOLDER, name), `${[head.startsWith('#') ? '' : head, ...records].join('\n\n').trim()}\n`);
      });
    }
  });
}

async function recorded(dialogue: Dialogue): Promise<string> {
  const lines = [`# ${dialogue.title}`];
  const before = dialogue.turns.at(-1)?.does.text ?? '';
  const ending = { at: 0, does: { is: 'order', text: OUTCOME }, answers: [] } as const satisfies Turn;
  const turns = dialogue.turns.filter(
    ({ does }) => !(does.is === 'order' && /^结果：|^好邻没有说话$/u.test(does.text)),
  );
  dialogue.turns.splice(0, Infinity, ...turns, { ...ending, answers: [] });
  await stage.play(dialogue, (turn, said, outcome) => {
    const { does } = turn;
    if (does.is === 'order')
      lines.push(`（${outcome === undefined ? does.text : isAnswered(before, outcome) ? before : outcome}）`);
    else {
      const place = does.group ? '（群）' : does.device === undefined ? '' : `（${does.device}）`;
      lines.push(written(`${does.who}${place}`, does.text));
    }
    lines.push(...asWritten(said, turn));
  });
  return lines.join('\n');
}
