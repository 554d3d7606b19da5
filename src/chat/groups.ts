import { MINUTE } from '../core/time.ts';

/** A group the bot may act in. */
export interface Group {
  /** Code of the area it is bound to. */
  area: string;
  /** What people call that area. */
  name?: string;
  /** Messages that begin with this are for the bot, without a mention. */
  prefix?: string;
}

/** Which area a group of this channel is bound to. The feature that keeps areas knows. */
export type GroupOf = (room: string) => Promise<Group | undefined>;

/** Ordinary talk in a group costs no query: what is known of it is trusted this long. */
const FRESH_MS = MINUTE / 2;
/** A group that belongs nowhere may do so at any moment, and whoever has just bound it tries it out. */
const UNBOUND_MS = 3_000;
const MOST_KNOWN = 2_000;

/** Asks at most once in a while for each group. */
export function remembered(groupOf: GroupOf, now: () => Date): GroupOf {
  const known = new Map<string, { group: Promise<Group | undefined>; until: number }>();
  return (room) => {
    const fresh = known.get(room);
    if (fresh && fresh.until > now().getTime()) return fresh.group;
    if (known.size >= MOST_KNOWN) known.clear();
    const group = groupOf(room);
    const kept = { group, until: now().getTime() + FRESH_MS };
    known.set(room, kept);
    group.then(
      (found) => {
        if (!found) kept.until = now().getTime() + UNBOUND_MS;
      },
      () => known.delete(room),
    );
    return group;
  };
}
