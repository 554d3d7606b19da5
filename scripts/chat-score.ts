/**
 * `npm run chat:score -- FILE [--cross-validate] [--reasons]`: how well the labelled messages of FILE are understood, and
 * which not. `--cross-validate` trains ten times on the invented phrases and nine tenths of FILE and scores the tenth
 * left out each time: what to expect of messages never seen. `--reasons` says what spoke for a wrong intent.
 */
import { reasonsFor, understand, understandWith } from '../src/chat/understanding/index.ts';
import { MODEL, unpack } from '../src/chat/understanding/model.ts';
import { type Example, readExamples, readPhrases } from '../src/chat/understanding/phrases.ts';
import { type Outcome, outcomeOf, type Score, score, tally } from '../src/chat/understanding/score.ts';
import { segment } from '../src/chat/understanding/segment.ts';
import { lessonsOf, pack, train } from '../src/chat/understanding/train.ts';
import { runCommand } from './command-line.ts';

const FOLDS = 10;

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

function crossValidate(examples: readonly Example[]): Score {
  const phrases = lessonsOf(readPhrases(new URL('../src/chat/understanding/phrases/', import.meta.url)), segment);
  const lessons = lessonsOf(examples, segment);
  const outcomes: Outcome[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const trained = train([...phrases, ...lessons.filter((_, at) => at % FOLDS !== fold)]);
    const model = unpack(pack(trained, {}, MODEL.temperature));
    for (const [at, example] of examples.entries()) {
      if (at % FOLDS === fold) outcomes.push(outcomeOf(example, understandWith(model, example, segment)));
    }
    console.error(`fold ${fold + 1} of ${FOLDS}`);
  }
  return tally(outcomes);
}

function print(title: string, result: Score, reasons: boolean): void {
  console.log(`${title}: ${result.messages} messages`);
  console.log(`  intents        ${percent(result.accuracy)}`);
  console.log(`  macro-F1       ${percent(result.macroF1)}`);
  console.log(`  slots          ${percent(result.slotAccuracy)} of ${result.slots}`);
  console.log(`  calibration    ${percent(result.calibrationError)} off`);
  console.log(`  wrong commands ${result.wrongCommands.length}`);
  for (const { example, understood, wrongSlots } of result.wrong) {
    const sure = understood.confidence.toFixed(2);
    const intents =
      example.intent === understood.intent ? example.intent : `${example.intent} → ${understood.intent} (${sure})`;
    const slots =
      wrongSlots.length === 0 ? '' : ` ${JSON.stringify(example.slots)} → ${JSON.stringify(understood.slots)}`;
    console.log(`  ${example.origin} ${intents}${slots} ${JSON.stringify(example.text)}`);
    if (!reasons || example.intent === understood.intent) continue;
    const why = reasonsFor(example, understood.intent).map(({ feature, weight }) => `${feature} ${weight.toFixed(2)}`);
    console.log(`      ${why.join(' · ')}`);
  }
}

const USAGE = `用法 Usage：npm run chat:score -- 文件/FILE.jsonl [--cross-validate] [--reasons]
  --cross-validate  十折交叉验证：没见过的话能听懂多少 / trains on nine tenths and scores the rest, ten times
  --reasons         没听懂的话是哪些字句误导的 / what spoke for a wrong intent`;

await runCommand({
  usage: USAGE,
  options: {
    'cross-validate': { type: 'boolean', default: false },
    reasons: { type: 'boolean', default: false },
  },
  words: [1, 1],
  run(values, [file = '']) {
    const examples = readExamples(file);
    print('understood', score(examples, understand), values.reasons);
    if (values['cross-validate']) print('held out, ten folds', crossValidate(examples), false);
  },
});
