import { MINUTE } from '../core/time.ts';

/** A group the bot may act in. */
export interface Group {
  /** Code of the area it is bound to. */
  area: string;
  /** Messages that begin with this are for the bot, without a mention. */
  prefix?: string;
}

/** Which area a group of this channel is bound to. The feature that keeps areas knows. */
export type GroupOf = (room: string) => Promise<Group | undefined>;

/** Ordinary talk in a group costs no query: what is known of it is trusted this long. */
const FRESH_MS = MINUTE / 2;
const MOST_KNOWN = 2_000;

/** Asks at most once in a while for each group. */
export function remembered(groupOf: GroupOf, now: () => Date): GroupOf {
  const known = new Map<string, { group: Promise<Group | undefined>; until: number }>();
  return (room) => {
    const fresh = known.get(room);
    if (fresh && fresh.until > now().getTime()) return fresh.group;
    if (known.size >= MOST_KNOWN) known.clear();
    const group = groupOf(room);
    known.set(room, { group, until: now().getTime() + FRESH_MS });
    group.catch(() => known.delete(room));
    return group;
  };
}
