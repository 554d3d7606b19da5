import type { House } from './house.ts';
import type { Turn } from './intent.ts';

/** One matter as the bot tells where it stands. */
export interface Standing {
  /** A line to choose it by: 议题5号“加装电梯”. */
  label: string;
  /** The asker's own, or in the asker's hands: of two matters by one number it is the one meant. */
  own: boolean;
  /** Where it stands, whole. */
  text: string;
}

/** Some of the asker's matters under one heading. */
export interface Glance {
  heading: string;
  matters: {
    line: string;
    /** Told instead of the line when it is the only matter there is. */
    whole?: () => Promise<string>;
  }[];
}

/** How a feature answers 到哪一步了. The bot asks all that have such an answer and tells it as one. */
export interface Progress {
  /** What people call one of its matters: 心愿. Whoever says so asks for no other kind. */
  called: string;
  /** The matters of that number the asker may know of; several when more than one community may be meant. */
  byNumber(turn: Turn, house: House, number: number): Promise<Standing[]>;
  /** The matter a text describes that calls it by its kind: 装电梯那个议题. */
  byWords?(turn: Turn, house: House): Promise<Standing[]>;
  /** All the asker has to do with. */
  mine(turn: Turn, house: House): Promise<Glance[]>;
  /** Said when there is nothing, with what to do about it. */
  nothing: string;
}
