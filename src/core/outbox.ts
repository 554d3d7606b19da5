import type { Role } from './ability.ts';

/**
 * Whom a message is for: one person; these people; whoever holds a role for an area when the message is relayed (where nobody
 * does, whoever holds the first of the roles in `orElse` that somebody holds); whoever lives there then.
 */
export type Recipient =
  | { person: string }
  | { people: readonly string[] }
  | { role: Role; area: string; except?: string; orElse?: readonly Role[] }
  | { living: string; except?: string };

/** What a message is to whom it is told; see `Message.kind`. */
export type MessageKind = 'reminder' | 'matter' | 'answer';

/** A message that leaves with the state it was written with. `key` is unique for ever. */
export interface OutboxEntry {
  key: string;
  /** What it tells of: `wish:id:version`, shared by all messages of one move. A person hears of it once. The key when absent. */
  event?: string;
  to: Recipient;
  message: string;
  data: Record<string, unknown>;
  at: Date;
}

/** One message a move asks to be told. */
export interface Telling {
  to: Recipient;
  message: string;
  data: Record<string, unknown>;
}

/** To one person. */
export const to = (person: string, message: string, data: Record<string, unknown> = {}): Telling => ({
  to: { person },
  message,
  data,
});

/** To each of these people: the words are kept once, however many they are for. */
export const toPeople = (people: readonly string[], message: string, data: Record<string, unknown> = {}): Telling => ({
  to: { people },
  message,
  data,
});

/** To whoever holds `role` for `area`, save `except` when given. */
export const toRole = (
  role: Role,
  area: string,
  message: string,
  data: Record<string, unknown> = {},
  except?: string,
): Telling => ({ to: except === undefined ? { role, area } : { role, area, except }, message, data });

/** To everybody who lives in an area, save `except` when given. */
export const toLiving = (
  area: string,
  message: string,
  data: Record<string, unknown> = {},
  except?: string,
): Telling => ({ to: except === undefined ? { living: area } : { living: area, except }, message, data });

/** A recipient in one word: the person's id, those of several, `secretary@520201001`, `living@520201001`. */
export function nameOf(to: Recipient): string {
  if ('person' in to) return to.person;
  if ('people' in to) return to.people.join('+');
  return 'living' in to ? `living@${to.living}` : `${to.role}@${to.area}`;
}

/** The messages of one move, as they are written with the state it leads to. */
export function outboxOf(event: string, tellings: readonly Telling[], at: Date): OutboxEntry[] {
  return tellings.map((telling, index) => ({ key: `${event}:${index}`, event, ...telling, at }));
}
