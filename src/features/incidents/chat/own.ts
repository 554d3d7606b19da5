import type { Intent, Turn } from '../../../core/feature.ts';
import { isPlainJudgement } from '../../../core/judgement.ts';
import { MATTER_NUMBER } from '../../../core/numerals.ts';
import { commandWithWords, meant, saidBesides, saidInCommand } from '../../../core/said-besides.ts';
import { foundIn } from '../../../core/which.ts';
import { asSaid } from '../../../core/written.ts';
import { ADD, CONFIRM, HELP, WITHDRAW } from '../chat-messages.ts';
import { moveIncident } from '../service.ts';
import { instead, passOn } from './coming-anyway.ts';
import { incidentComplaints, incidentFits, rehearse, whichIncident } from './find.ts';
import { planOf, worded } from './worded.ts';

/** What those who reported a problem say of it: more, taken back, or how it was solved. */

export const add = worded({
  move: 'add',
  field: 'text',
  said: ADD,
  photos: true,
  verbs: ['补充'],
  help: HELP.add,
  command: [
    new RegExp(`^(?:补充)?事件\\s?${MATTER_NUMBER}[\\s，,]*补充[\\s，,:：]*(?<words>.*)$`, 'u'),
    new RegExp(`^补充事件\\s?${MATTER_NUMBER}[\\s，,:：]*(?<words>.*)$`, 'u'),
  ],
});

export const withdraw: Intent = {
  name: 'incident.withdraw',
  like: 'wish.withdraw',
  about: '事件',
  effect: 'change',
  fits: incidentFits('withdraw'),
  verbs: ['撤回'],
  ofEach: true,
  help: HELP.withdraw,
  command: [commandWithWords('撤回|撤销|撤掉', '事件')],
  async readBack(turn, house) {
    const which = await whichIncident(house, turn, withdraw.name, 'withdraw');
    if ('answer' in which) return which.answer;
    const passing = await instead(house, turn, which.incident);
    if (passing) return passing;
    const { id, number, title, urgency } = which.incident;
    const asking = turn.kept?.asking === true;
    const reason = asking ? meant(turn.text) : besides(turn);
    if (reason === undefined && urgency === 'danger') {
      const slots = { ...turn.slots, number };
      return { text: WITHDRAW.askWhy(number), ask: { intent: withdraw.name, slots, kept: { id, asking: true } } };
    }
    const input = reason === undefined ? {} : { reason: asSaid(turn, reason) };
    await rehearse(house, turn, id, 'withdraw', input);
    return { readBack: WITHDRAW.readBack(number, title), kept: { id, input } };
  },
  async handle(turn, house) {
    const passed = await passOn(house, turn);
    if (passed) return passed;
    const { id, input } = planOf(turn);
    const { incident } = await moveIncident(house, turn, id, 'withdraw', input);
    return { text: WITHDRAW.done(incident.number) };
  },
};

/** 一般 is not unhappy. */
const CONTENT_FROM = 3;

/**
 * A judgement answers what the bot asked when it was solved: said plainly it counts at once. One that is only in the words
 * (还是很臭) is read back.
 */
export const confirm: Intent = {
  name: 'incident.confirm',
  like: 'rate',
  about: '事件',
  effect: 'change',
  fits: incidentFits('confirm'),
  hears: incidentComplaints,
  help: HELP.confirm,
  async readBack(turn, house) {
    const which = await whichIncident(house, turn, confirm.name, 'confirm');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.incident;
    const { score } = turn.slots;
    if (score === undefined) {
      const slots = { ...turn.slots, number };
      return { text: CONFIRM.ask(number, title), ask: { intent: confirm.name, slots, kept: { id } } };
    }
    const words = judgementWords(turn);
    const satisfied = score >= CONTENT_FROM;
    const kept = { id, input: { satisfied, ...(words !== undefined && { words }) } };
    if (turn.confirmed || turn.kept !== undefined || isPlainJudgement(turn.text)) return { kept };
    return { readBack: CONFIRM.readBack(number, title, satisfied, words), kept };
  },
  async handle(turn, house) {
    const { id, input } = planOf(turn);
    const { incident, into = incident } = await moveIncident(house, turn, id, 'confirm', input);
    const { number } = incident;
    if (into.state === 'reopened') return { text: CONFIRM.reopened(number, into.rating?.words) };
    return { text: into.state === 'confirmed' ? CONFIRM.confirmed(number) : CONFIRM.others(number) };
  },
};

const NAMED_FIRST = new RegExp(
  `^事件\\s?${MATTER_NUMBER}[\\s，,:：]*|^${MATTER_NUMBER.replace('?<number>', '?:')}(?:的?事件)?[\\s，,:：]*`,
  'u',
);
const BARE =
  /^(?:事件\s?)?(?:#?\d+\s?号?)?[\s，,]*(?:很|非常|挺|不|不太|不大|基本|比较)?(?:满意|一般|可以|好)(?:了|的|吧|得很)?$|^(?:打|给)?[\d一二两三四五]\s?(?:分|星|颗星)$/u;

/** The person's own words, when they say more than the judgement itself. */
function judgementWords(turn: Turn): string | undefined {
  const words = (foundIn(turn).words ?? turn.text).replace(NAMED_FIRST, '').replace(/[。.!！~\s]+$/u, '');
  return words === '' || BARE.test(words) ? undefined : asSaid(turn, words).slice(0, 200);
}

function besides(turn: Turn): string | undefined {
  const said = foundIn(turn).words ?? turn.text;
  return turn.confirmed ? saidInCommand(said, turn.slots.number) : saidBesides(said);
}
