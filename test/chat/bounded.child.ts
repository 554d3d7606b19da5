import { inspect } from 'node:util';
import { asksToWait, correctionIn, numberIn } from '../../src/chat/dialogue/correction.ts';
import { withoutCourtesy } from '../../src/chat/dialogue/courtesy.ts';
import {
  addsToMatter,
  bareSlots,
  choiceInSentence,
  choosesInVain,
  isAll,
  isBack,
  isCancel,
  isCancelAll,
  isConfirm,
  isGoAhead,
  isPlainCancel,
  isWrong,
  readChoice,
  saysAll,
} from '../../src/chat/dialogue/replies.ts';
import { withoutSpeechMarks } from '../../src/chat/dialogue/speech.ts';
import { certificateIn } from '../../src/chat/understanding/certificates.ts';
import { commandIn, markIn } from '../../src/chat/understanding/commands.ts';
import { dateSlipIn } from '../../src/chat/understanding/date-slips.ts';
import { findDates } from '../../src/chat/understanding/dates.ts';
import { plainMandarin } from '../../src/chat/understanding/dialect.ts';
import { alarmIn } from '../../src/chat/understanding/emergency.ts';
import { isForeign } from '../../src/chat/understanding/foreign.ts';
import { understand } from '../../src/chat/understanding/index.ts';
import { choiceIn } from '../../src/chat/understanding/ratings.ts';
import { findReferences } from '../../src/chat/understanding/references.ts';
import { addedIn, eachNumberIn, itemsIn } from '../../src/chat/understanding/several.ts';
import { mendSlips } from '../../src/chat/understanding/slips.ts';
import { surfaceOf } from '../../src/chat/understanding/surface.ts';
import { beneficiaryIn } from '../../src/core/beneficiary.ts';
import { inEcho } from '../../src/core/echo.ts';
import { scoreIn } from '../../src/core/judgement.ts';
import { readNumeral } from '../../src/core/numerals.ts';
import { maskPersonal } from '../../src/core/personal.ts';
import { meant, reasonBesidesDate, saidBesides, saidInCommand } from '../../src/core/said-besides.ts';
import { normalise, similarity, withoutMarkup } from '../../src/core/text.ts';
import { asWritten, onOneLine, partAsWritten } from '../../src/core/written.ts';
import { tableOf } from '../../src/features/areas/import/columns.ts';
import { addressIn, gazetteerOf } from '../../src/features/areas/index.ts';
import { features } from '../../src/features/index.ts';
import { likenessOf } from '../../src/features/wishes/likeness.ts';
import { titleOf } from '../../src/features/wishes/title.ts';
import { wallText } from '../../src/features/wishes/wall.ts';

/** Runs what hears and understands people on each text it is sent, and says what it is at before it begins. */

const gazetteer = gazetteerOf([
  { grid: 'G01', gridName: '第一网格', estate: '上海城', buildings: ['1-6'] },
  { grid: 'G02', gridName: '第二网格', estate: '建设路' },
]);
const now = new Date('2026-03-09T10:00:00+08:00');
const choices = [12, 2].map((number) => ({
  label: `${number}号 电饭煲`,
  matter: { intent: 'wish.claim', slots: { number }, text: '', photos: [], explicit: false },
}));
const commands = features.flatMap(({ intents = [] }) => intents.flatMap(({ command = [] }) => command));

const WORK: Record<string, (text: string) => unknown> = {
  normalise,
  withoutMarkup,
  asWritten,
  onOneLine,
  partAsWritten: (text) => partAsWritten(text, normalise(text).slice(3, 40)),
  maskPersonal,
  similarity: (text) => similarity(text, text.slice(7)),
  likenessOf: (text) => likenessOf(text, text.slice(7)),
  wallText: (text) =>
    wallText(
      { title: text.slice(0, 40), text, category: 'goods', under14: false },
      { names: ['王小 明'], addresses: ['人民路 12号'] },
    ),
  titleOf,
  tableOf: (text) => tableOf([{ line: 1, cells: [text] }] as never, { name: ['姓名'] }, ['name']),
  readNumeral,
  correctionIn,
  asksToWait,
  numberIn,
  withoutCourtesy,
  withoutSpeechMarks: (text) => withoutSpeechMarks(`[语音]${text}`),
  isGoAhead: (text) => isGoAhead(text, ['登记']),
  readChoice: (text) => readChoice(text, choices),
  choiceInSentence: (text) => choiceInSentence(text, choices),
  bareSlots: (text) => bareSlots(text, now),
  isConfirm,
  isCancel,
  isCancelAll,
  isAll,
  saysAll,
  isPlainCancel,
  isBack,
  isWrong,
  choosesInVain,
  addsToMatter,
  certificateIn,
  commandIn,
  markIn,
  findDates: (text) => findDates(text, now),
  dateSlipIn: (text) => dateSlipIn(text, now, true),
  findReferences: (text) => findReferences(text, []),
  itemsIn,
  addedIn,
  eachNumberIn: (text) => eachNumberIn(text, []),
  scoreIn,
  choiceIn,
  plainMandarin,
  mendSlips,
  isForeign,
  alarmIn,
  surfaceOf: (text) => surfaceOf(text, now),
  understand: (text) => understand({ text, role: 'worker', place: 'private', now }),
  'commands of features': (text) => commands.map((command) => command.test(text)),
  beneficiaryIn,
  inEcho,
  addressIn: (text) => addressIn(text, gazetteer),
  meant,
  saidBesides,
  saidInCommand: (text) => saidInCommand(text, 3),
  reasonBesidesDate,
};

process.on('message', (text: string) => {
  for (const [name, work] of Object.entries(WORK)) {
    process.send?.({ at: name });
    work(text);
  }
  process.send?.({ done: inspect(text.length) });
});
process.send?.({ done: 'ready' });
