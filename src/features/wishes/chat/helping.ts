import { z } from 'zod';
import type { Answer, Intent, Turn } from '../../../core/feature.ts';
import { fitting } from '../../../core/letters.ts';
import { MATTER_NUMBER } from '../../../core/numerals.ts';
import {
  commandWithWords,
  daysMore,
  meant,
  reasonBesidesDate,
  saidBesides,
  saidInCommand,
} from '../../../core/said-besides.ts';
import { addDays, type Day, dayOf, WEEKDAYS, weekdayOf } from '../../../core/time.ts';
import { storedPhotos } from '../../../core/turn-photos.ts';
import { foundIn } from '../../../core/which.ts';
import { asSaid } from '../../../core/written.ts';
import { CLAIM, CONTACT, DONE, EXTEND, HELP, RELEASE } from '../chat-messages.ts';
import { moveWish, viewOf } from '../service.ts';
import { rehearse, whichWish, wishFits } from './find.ts';
import { isUnderWay } from './progress.ts';

/** What those who help say: taking a wish on, first contact, more time, giving it back, done. */

export const HELPERS = ['worker', 'grid_worker', 'volunteer', 'social_worker'] as const;
const CLAIMANTS = [...HELPERS, 'secretary'] as const;

const planned = z.object({ id: z.string(), input: z.record(z.string(), z.unknown()) });
const planOf = (turn: Turn) => planned.parse(turn.kept);

const PUTS_OFF = /延|宽限|推|缓|拖|晚[点几些]|再给|来不及|赶不/u;
/** As much of it as a contact's note takes. */
const LONGEST_PROGRESS = 200;

/** 联系 alone asks for something to be done: 联系一下我儿子. Only what has happened is reported. */
const CONTACTED = '(?:已经?联系(?:[过好上]|到)?了?|联系(?:[过好上]|到)了?|联系了)';
/** 3号进展：已经买好: how far it has come, and no question about that. */
const HOW_FAR = '的?(?:最新)?进展(?:情况)?(?:是|[\\s，,:：])+(?!.*(?:[?？吗么]|怎|咋|哪|如何|多久))';
const NOT_REACHED = /没人?接|无人接|不接|[打接]不通|没打通|关机|停机|空号|联系不上|没联系[上到]|^不[上到]|[没不]在家/u;

export const claim: Intent = {
  name: 'wish.claim',
  about: '心愿',
  fits: wishFits('claim'),
  effect: 'change',
  verbs: ['认领'],
  ofEach: true,
  help: { ...HELP.claim, roles: HELPERS },
  async readBack(turn, house) {
    const which = await whichWish(house, turn, claim.name, 'claim');
    if ('answer' in which) return which.answer;
    const { id, number, title, place } = which.wish;
    await rehearse(house, turn, id, 'claim', {});
    return { readBack: CLAIM.readBack(number, title, place), kept: { id, input: {} } };
  },
  async handle(turn, house) {
    const { id } = planOf(turn);
    const { wish } = await moveWish(house, turn, id, 'claim');
    const view = await viewOf(house, turn, wish);
    const who = view.view === 'full' ? (view.beneficiary?.name ?? view.requester.name) : undefined;
    const until = wish.due.contact?.toISOString();
    return { text: CLAIM.done(wish.number, view.title, who, view.place, until) };
  },
};

export const contact: Intent = {
  name: 'wish.contact',
  about: '心愿',
  effect: 'change',
  verbs: ['记下'],
  help: { ...HELP.contact, roles: CLAIMANTS },
  command: [
    new RegExp(`^我?${CONTACTED}\\s?(?:心愿)?\\s?${MATTER_NUMBER}(?:心愿)?了?[\\s，,。:：]*(?<words>.*)$`, 'u'),
    new RegExp(
      `^(?:心愿)?${MATTER_NUMBER}\\s?(?:心愿)?我?(?:已经?联系[过好上到]?了?|${CONTACTED})[\\s，,。:：]*(?<words>.*)$`,
      'u',
    ),
    new RegExp(
      `^(?:心愿)?${MATTER_NUMBER}\\s?(?:心愿)?(?<words>(?!.*(?:的话|我[来接去领]))[^，,。？?]{0,12}(?:没人?接|无人接|[打接]不通|没打通|联系不上|没联系上)[^？?吗]{0,12})$`,
      'u',
    ),
    new RegExp(`^(?:心愿)?${MATTER_NUMBER}\\s?(?:心愿)?${HOW_FAR}(?<words>.{2,})$`, 'u'),
  ],
  async readBack(turn, house) {
    const which = await whichWish(house, turn, contact.name, 'contact');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.wish;
    if (NOT_REACHED.test(turn.text)) return { text: CONTACT.notReached(number) };
    const { progress } = askedIn(turn);
    const note = progress ?? said(turn, meant(turn.text));
    const input = note === undefined ? {} : { note };
    await rehearse(house, turn, id, 'contact', input);
    // Chosen from the two things it could be, it is clear enough.
    if (progress !== undefined) return { kept: { id, input } };
    return { readBack: CONTACT.readBack(number, title), kept: { id, input } };
  },
  async handle(turn, house) {
    const { id, input } = planOf(turn);
    const { wish } = await moveWish(house, turn, id, 'contact', input);
    return { text: CONTACT.done(wish.number, wish.due.done?.toISOString()) };
  },
};

export const extend: Intent = {
  name: 'wish.extend',
  about: '心愿',
  fits: wishFits('extend'),
  effect: 'change',
  verbs: ['延期'],
  wantsDay: true,
  help: { ...HELP.extend, roles: CLAIMANTS },
  async readBack(asked, house) {
    const which = await whichWish(house, asked, extend.name, 'extend');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.wish;
    const told = wordsOf(asked);
    // 修了一半，明天去买零件 tells how far it has come, and asks for nothing.
    if (askedIn(asked).asking === undefined && isUnderWay(told) && !PUTS_OFF.test(told)) {
      return askWhetherDone(asked, id, number, fitting(asSaid(asked, told), LONGEST_PROGRESS));
    }
    const until = untilIn(asked, which.wish.view === 'full' ? which.wish.due.done : undefined);
    const turn = { ...asked, slots: { ...asked.slots, ...(until !== undefined && { until }) } };
    const reason = answerTo('reason', turn) ?? said(turn, reasonBesidesDate(wordsOf(turn)));
    const kept = { id, ...begunWith(turn), ...(reason === undefined ? {} : { reason }) };
    if (until === undefined) return ask(extend, turn, EXTEND.askUntil(number), number, { ...kept, asking: 'until' });
    if (reason === undefined) return ask(extend, turn, EXTEND.askReason(number), number, { ...kept, asking: 'reason' });
    const input = { until, reason };
    await rehearse(house, turn, id, 'extend', input);
    const weekday = WEEKDAYS[weekdayOf(until) - 1] ?? '';
    return { readBack: EXTEND.readBack(number, title, until, weekday, reason), kept: { ...kept, input } };
  },
  async handle(turn, house) {
    const { id, input } = planOf(turn);
    const { wish } = await moveWish(house, turn, id, 'extend', input);
    return { text: EXTEND.done(wish.number, String(input.until)) };
  },
};

export const release: Intent = {
  name: 'wish.release',
  about: '心愿',
  fits: wishFits('release'),
  effect: 'change',
  verbs: ['退回'],
  ofEach: true,
  help: { ...HELP.release, roles: CLAIMANTS },
  command: [commandWithWords('退回|退掉|放弃认领')],
  async readBack(turn, house) {
    const which = await whichWish(house, turn, release.name, 'release');
    if ('answer' in which) return which.answer;
    const { id, number, title } = which.wish;
    const reason = answerTo('reason', turn) ?? saidIn(turn);
    if (reason === undefined) return ask(release, turn, RELEASE.askReason(number), number, { id, asking: 'reason' });
    const input = { reason };
    await rehearse(house, turn, id, 'release', input);
    return { readBack: RELEASE.readBack(number, title, reason), kept: { id, reason, input } };
  },
  async handle(turn, house) {
    const { id, input } = planOf(turn);
    const { wish } = await moveWish(house, turn, id, 'release', input);
    return { text: RELEASE.done(wish.number) };
  },
};

export const done: Intent = {
  name: 'wish.done',
  about: '心愿',
  fits: wishFits('done'),
  effect: 'change',
  verbs: ['办结'],
  showsPhotos: true,
  ofEach: true,
  help: { ...HELP.done, roles: CLAIMANTS },
  command: [commandWithWords('办结|完成')],
  async readBack(turn, house) {
    const which = await whichWish(house, turn, done.name, 'done');
    if ('answer' in which) return which.answer;
    const { id, number, title, moves } = which.wish;
    const progress = progressIn(turn);
    if (progress !== undefined && (moves.includes('contact') || !moves.includes('done'))) {
      await rehearse(house, turn, id, 'contact', { note: progress });
      return askWhetherDone(turn, id, number, progress);
    }
    const stored = await storedPhotos(house, turn);
    const { asking, note = answerTo('note', turn) ?? saidIn(turn) } = askedIn(turn);
    const kept = { id, stored, ...(note === undefined ? {} : { note }) };
    if (note === undefined) return ask(done, turn, DONE.askNote(number), number, { ...kept, asking: 'note' });
    const photos = Object.values(stored);
    const input = { note, photos };
    await rehearse(house, turn, id, 'done', input);
    // Asked for once, together with the note or after it; without one it is done all the same.
    if (photos.length === 0 && asking === undefined) {
      const asked = ask(done, turn, DONE.askPhoto(number), number, { ...kept, asking: 'photo' });
      return asked.ask ? { ...asked, ask: { ...asked.ask, yes: true } } : asked;
    }
    return { readBack: DONE.readBack(number, title, note, photos.length), kept: { ...kept, asking: 'photo', input } };
  },
  async handle(turn, house) {
    const { id, input } = planOf(turn);
    const { wish } = await moveWish(house, turn, id, 'done', input);
    return { text: DONE.done(wish.number) };
  },
};

const askedBefore = z.object({
  asking: z.enum(['until', 'reason', 'note', 'photo']).optional(),
  reason: z.string().optional(),
  note: z.string().optional(),
  /** How far it has come, chosen as such. */
  progress: z.string().optional(),
  /** Told as progress and then said to be done. */
  finished: z.boolean().optional(),
});
const askedIn = (turn: Turn) => askedBefore.safeParse(turn.kept ?? {}).data ?? {};

/** The turn's words when they answer what was asked, or the answer given before. */
function answerTo(question: 'reason' | 'note', turn: Turn): string | undefined {
  const kept = askedIn(turn);
  if (kept[question] !== undefined) return kept[question];
  return kept.asking === question ? said(turn, meant(turn.text)) : undefined;
}

/** The words the matter began with; what was asked meanwhile has answers of its own. */
function wordsOf(turn: Turn): string {
  return foundIn(turn).words ?? (askedIn(turn).asking === undefined ? turn.text : '');
}

/** The same with how they were written. */
function begunWith(turn: Turn): { words: string; written: string } {
  const words = wordsOf(turn);
  return { words, written: asSaid(turn, words) };
}

/** The reason or note the matter began with. */
function saidIn(turn: Turn): string | undefined {
  const words = wordsOf(turn);
  return said(turn, turn.confirmed ? saidInCommand(words, turn.slots.number) : saidBesides(words));
}

/** The day asked for. 延期三天 is three days more than there are, and three from today once they are over. */
function untilIn(turn: Turn, due: string | undefined): Day | undefined {
  const more = daysMore(askedIn(turn).asking === 'until' ? turn.text : wordsOf(turn));
  if (more === undefined || due === undefined) return turn.slots.until;
  const from = new Date(Math.max(Date.parse(due), turn.now.getTime()));
  return addDays(dayOf(from), more);
}

/** How far the wish has come, when the words that should tell that it is done say that more is to come. */
function progressIn(turn: Turn): string | undefined {
  const { asking, finished } = askedIn(turn);
  if (finished || asking === 'photo') return undefined;
  const words = asking === 'note' ? turn.text : wordsOf(turn);
  return isUnderWay(words) ? fitting(asSaid(turn, words), LONGEST_PROGRESS) : undefined;
}

/** A yes alone must not end somebody's wish: which of the two was meant is asked. */
function askWhetherDone(turn: Turn, id: string, number: number, progress: string): Answer {
  const slots = { ...turn.slots, number };
  return {
    text: DONE.askWhetherDone(number),
    options: [
      { label: DONE.underWay(progress), intent: contact.name, slots, kept: { id, progress } },
      { label: DONE.finished, intent: done.name, slots, kept: { id, finished: true, note: progress } },
    ],
  };
}

const said = (turn: Turn, words: string | undefined): string | undefined => words && asSaid(turn, words);

function ask(intent: Intent, turn: Turn, text: string, number: number, kept: Record<string, unknown>): Answer {
  return { text, ask: { intent: intent.name, slots: { ...turn.slots, number }, kept } };
}
