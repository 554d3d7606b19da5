import type { Connection, Model } from 'mongoose';
import type { Ability, Actor, Channel, Role } from './ability.ts';
import type { Change } from './aggregate.ts';
import type { Coordination } from './coordination.ts';
import type { MessageKind } from './outbox.ts';
import type { Calendar, Clock } from './time.ts';
import type { Vault } from './vault.ts';

/** Structured log; the first argument carries fields and never personal data. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Where a person can be reached outside the inbox. */
export interface Address {
  channel: string;
  /** The channel's own id of the person: a puppet's contact id, an openid. */
  target: string;
}

/** Who people are, for the parts of the house that must not know the feature which keeps them. */
export interface Directory {
  actor(personId: string, channel: Channel): Promise<Actor | undefined>;
  /** The person bound to a chat contact (puppet name and its contact id), if any. */
  byContact(puppet: string, contactId: string): Promise<Actor | undefined>;
  byOpenid(openid: string): Promise<Actor | undefined>;
  /** Makes an openid the person's for whom this one-time code was given out. @throws HaolinError when the code is not good */
  bindOpenid?(openid: string, code: string): Promise<Actor>;
  /** How often this person's sign-ins were ended so far: one from before the latest end is no longer good. 0 when absent. */
  signInsEnded?(personId: string): Promise<number>;
  /** Ends every sign-in of a person, on whatever phone. */
  endSignIns?(personId: string): Promise<void>;
  /** Ids of the people who hold `role` for exactly this area or, when nobody does, for the nearest area above it. */
  holders(role: Role, area: string): Promise<string[]>;
  /** Those of these words that are the whole name of somebody in the community of these areas. */
  named?(words: readonly string[], areas: readonly string[]): Promise<string[]>;
  /** Ids of the people who live in an area, or anywhere below it. */
  living(area: string): Promise<string[]>;
  /**
   * Where to reach a person, best first; empty when only the inbox is left or the person wants no message of this kind in
   * their chat now. An urgent message reaches even those who do not.
   */
  addresses(personId: string, about?: About): Promise<Address[]>;
}

/** What a message is, as far as it decides whether somebody wants it in their chat; a matter when nothing is said. */
export interface About {
  urgent?: boolean;
  kind?: MessageKind;
  /** Its name. */
  message?: string;
}

/** A reminder that people may mute by itself. */
export interface Reminder {
  /** Name of the message. */
  name: string;
  title: string;
  /** What people call it, besides its title. */
  called: readonly string[];
}

export interface Settings {
  /** Demo sign-in, a clock that can be moved, invented people. Never in production. */
  demo: boolean;
  /** Folder for photos and other files of this house. */
  folder: string;
  /** The address people reach the house at, without a trailing slash. */
  baseUrl: string;
  /** The same, when it is known to be one that everybody reaches: for links that are passed on. */
  publicUrl?: string | undefined;
}

/** What every feature is handed: the parts of the running house, wired once by `app.ts`. */
export interface House {
  db: Connection;
  clock: Clock;
  /** The one in force. Another takes its place when a year is loaded: ask the house each time. */
  calendar: Calendar;
  vault: Vault;
  coordination: Coordination;
  directory: Directory;
  log: Log;
  settings: Settings;
  /** What may be muted by itself, of all features' messages. */
  reminders?: readonly Reminder[];
  /** The Mongoose model a feature declared under this name. */
  model<D>(name: string): Model<D>;
  abilityOf(actor: Actor): Ability;
  /** Whether words tell that somebody's life is in danger, as a message to the bot would be taken. Pure. */
  tellsOfDanger(text: string): boolean;
  /** Told after each change that was written: wakes the outbox relay and the live boards. Never throws. */
  announce(change: Change): void;
}
