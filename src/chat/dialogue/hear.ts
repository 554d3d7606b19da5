import type { Role } from '../../core/ability.ts';
import type { Slots } from '../../core/feature.ts';
import type { Calendar } from '../../core/time.ts';
import type { Message, Understanding } from '../understanding/labels.ts';
import { type Correction, correctionIn } from './correction.ts';
import { withoutCourtesy } from './courtesy.ts';
import { bareSlots } from './replies.ts';
import { revised, saidAnew } from './revision.ts';
import type { Matter } from './state.ts';

/** Words with what they mean. */
export interface Said {
  text: string;
  understanding: Understanding;
  /** What the bare words would be as an answer to a question: 下周五 a day, 4 a score. */
  bare: Slots;
}

/** A message as the dialogue hears it: without courtesies, which change nothing about an answer. */
export interface Heard extends Said {
  /** Pictures that belong to the message, those that came before it included. */
  photos: string[];
  /** The message is an explicit command of this intent, whatever was understood. */
  command?: Matter;
  /** What it says instead of what was understood before: 不对，是一床毯子. `instead`: the words tell that they are meant so. */
  correction?: Said & {
    instead: boolean;
    /** The whole of what was read back with the part exchanged that this corrects; undefined when it corrects no part. */
    revise: (whole: string) => string | undefined;
  };
  /** What says yes to the read-back of an intent, besides 确认: see `Intent.verbs`. */
  verbsOf: (intent: string) => readonly string[] | undefined;
  /** What else may be said of a matter of an intent and belongs to it: see `Intent.takesIn`. */
  takenInBy: (intent: string) => readonly string[] | undefined;
  /** What was read back with what the words say in the stead of a place or a part it has: 是5栋, 是5点. */
  anew: (whole: string) => string | undefined;
  /** The whole of it, when it is thanks to somebody who asked nothing: 好的谢谢. */
  thanks?: Understanding;
}

export interface Hearing {
  understand: (message: Message) => Understanding;
  role: Role;
  place: 'private' | 'group';
  now: Date;
  calendar?: Calendar | undefined;
  photos: string[];
  verbsOf: Heard['verbsOf'];
  takenInBy?: Heard['takenInBy'];
}

/** Hears a message. Pure, as far as `understand` is. */
export function hear(
  text: string,
  { understand, role, place, now, calendar, photos, verbsOf, takenInBy }: Hearing,
): Heard {
  const mean = (words: string) => understand({ text: words, role, place, now });
  const said = (words: string): Said => ({
    text: words,
    understanding: mean(words),
    bare: bareSlots(words, now, calendar),
  });
  const corrected = ({ words, instead, not }: Correction) => ({
    ...said(words),
    instead,
    revise: (all: string) => revised(all, words, not, now),
  });
  const whole = mean(text);
  const core = withoutCourtesy(text);
  const instead = correctionIn(core);
  return {
    text: core,
    understanding: core === text ? whole : mean(core),
    bare: bareSlots(core, now, calendar),
    photos,
    verbsOf,
    takenInBy: takenInBy ?? (() => undefined),
    anew: (all) => saidAnew(all, core, now),
    ...(instead === undefined ? {} : { correction: corrected(instead) }),
    ...(whole.intent === 'thanks' ? { thanks: whole } : {}),
  };
}
