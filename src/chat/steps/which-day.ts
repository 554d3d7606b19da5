import { addDays, atCivil, type Day, dayWords, weekdayOf } from '../../core/time.ts';
import { conclude } from '../conclude.ts';
import type { Choice, DialogueState, Matter } from '../dialogue/state.ts';
import type { Exchange } from '../exchange.ts';
import { listed } from '../matters.ts';
import { AS_I_SAID, DATE_SLIP, LOOK_AGAIN } from '../messages.ts';
import type { Parts } from '../parts.ts';
import { findDates } from '../understanding/dates.ts';

const WEEK = 7;
const WEEKDAY = /(?:星期|周|礼拜)([一二三四五六日天])/u;

/**
 * Asks which day is meant where the words of something to be made or changed name one in two ways that do not agree:
 * 星期三（5月15日） when that is a Friday. Once: whoever means it as it was said is taken at their word.
 * Of what may be a secret no word is kept for an answer: it is only pointed out.
 * @returns whether it was asked, and the exchange is over with that
 */
export function askedWhichDay(parts: Parts, exchange: Exchange, matter: Matter, state: DialogueState): boolean {
  const intent = parts.intents.get(matter.intent);
  // What is about a day asks for it itself, and nobody in danger is asked.
  if (!intent || intent.effect === 'read' || intent.wantsDay || matter.slots.urgent || matter.dayAsked) return false;
  const { text } = matter;
  const twice = findDates(text, exchange.now, parts.house.calendar).find(({ contradiction }) => contradiction);
  if (!twice) return false;
  const said = text.slice(twice.start, twice.end);
  if (intent.discreet) {
    exchange.preface = [exchange.preface ?? '', LOOK_AGAIN(said, twice.day)].join('\n').trim();
    return false;
  }
  const days = [twice.day, ...sameWeek(said, twice.day)];
  const { written: _former, ...rest } = matter;
  const settled = { ...rest, dayAsked: true } as const;
  const choices = days.map((day): Choice => {
    const label = dayWords(atCivil(day));
    const words = `${label}${timeAfter(said)}`;
    return { label, matter: { ...settled, text: `${text.slice(0, twice.start)}${words}${text.slice(twice.end)}` } };
  });
  const asSaid: Choice = { label: AS_I_SAID, matter: { ...matter, dayAsked: true } };
  conclude(exchange, state, listed(DATE_SLIP.weekday(said, twice.day), [...choices, asSaid]));
  return true;
}

/** The day of that name next to the date: of a slip either the one or the other is right. */
function sameWeek(said: string, day: Day): Day[] {
  const named = '一二三四五六日'.indexOf((WEEKDAY.exec(said)?.[1] ?? '').replace('天', '日')) + 1;
  if (named === 0) return [];
  const ahead = (named - weekdayOf(day) + WEEK) % WEEK;
  return [addDays(day, ahead > WEEK / 2 ? ahead - WEEK : ahead)];
}

const CLOCK =
  /(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|夜里)?\s?(?:[\d一二三四五六七八九十]{1,3}(?:点半?钟?|[:：]\d{2})[^，,。]*)?$/u;
/** The hour that was said with it stays. */
const timeAfter = (said: string): string => CLOCK.exec(said)?.[0] ?? '';
