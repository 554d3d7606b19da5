/**
 * When the bot may speak next, so that WeChat does not take it for a machine gun. Pure: the moment and the chance are
 * passed in; {@link createSpeaker} does the waiting.
 */
export interface Pace {
  /** Between any two messages. */
  gapMs: number;
  /** Between messages to two different conversations, anything from the first to the second. */
  otherGapMs: readonly [number, number];
  /** At most so many in any sixty seconds. */
  perMinute: number;
  /** Added by chance on top of a gap. */
  jitterMs: number;
}

/** What the design asks for in production. */
export const WECHAT_PACE: Pace = { gapMs: 1_000, otherGapMs: [3_000, 5_000], perMinute: 40, jitterMs: 400 };

/** No waiting at all: tests, the demo, this terminal. */
export const UNPACED: Pace = { gapMs: 0, otherGapMs: [0, 0], perMinute: Number.POSITIVE_INFINITY, jitterMs: 0 };

/** One message sent: when, and to which conversation. */
export interface Sent {
  at: number;
  to: string;
}

const WINDOW_MS = 60_000;

/**
 * The earliest moment a message to `to` may leave.
 * @param past what was sent, oldest first
 * @param chance a number from 0 up to 1, drawn once for the message
 */
export function nextMoment(past: readonly Sent[], to: string, now: number, pace: Pace, chance: number): number {
  const last = past.at(-1);
  if (!last) return now;
  const [least, most] = pace.otherGapMs;
  const gap = last.to === to ? pace.gapMs : Math.max(pace.gapMs, least + (most - least) * chance);
  const spaced = Math.max(now, Math.ceil(last.at + gap + pace.jitterMs * chance));
  const fullSince = Number.isFinite(pace.perMinute) ? past.at(-pace.perMinute) : undefined;
  return fullSince ? Math.max(spaced, fullSince.at + WINDOW_MS) : spaced;
}

/** What must be remembered of the past after one more message. */
export function withSent(past: readonly Sent[], sent: Sent, pace: Pace): Sent[] {
  const kept = Number.isFinite(pace.perMinute) ? Math.max(pace.perMinute, 1) : 1;
  return [...past, sent].slice(-kept);
}
