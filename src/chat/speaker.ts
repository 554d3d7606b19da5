import { namedError } from '../core/errors.ts';
import { nextMoment, type Pace, type Sent, withSent } from './pacing.ts';

/** Somebody is waiting for an answer, so answers go before messages nobody asked for. */
export type Urgency = 'answer' | 'push';

/** Sends one after another at the pace given. */
export interface Speaker {
  /** Resolves when it was sent; rejects when the channel refused it or the bot was stopped first. */
  say(to: string, urgency: Urgency, send: () => Promise<void>): Promise<void>;
  /** Refuses what still waits, and everything after. */
  close(): void;
}

export interface SpeakerParts {
  pace: Pace;
  /** Milliseconds that only ever grow. */
  monotonic: () => number;
  random: () => number;
  sleep: (ms: number) => Promise<void>;
}

interface Waiting {
  to: string;
  chance: number;
  send: () => Promise<void>;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

export const stopped = namedError('chat_stopped', 503, () => '聊天机器人正在重启，请稍后再试。');

export function createSpeaker({ pace, monotonic, random, sleep }: SpeakerParts): Speaker {
  const queues: Record<Urgency, Waiting[]> = { answer: [], push: [] };
  let past: Sent[] = [];
  let speaking = false;
  let closed = false;
  const head = () => queues.answer[0] ?? queues.push[0];

  async function speak(): Promise<void> {
    if (speaking) return;
    speaking = true;
    try {
      for (let next = head(); next && !closed; next = head()) {
        const now = monotonic();
        const at = nextMoment(past, next.to, now, pace, next.chance);
        if (at > now) {
          // Somebody more urgent may come while waiting, so the choice is made again afterwards.
          await sleep(at - now);
          continue;
        }
        queues[queues.answer[0] === next ? 'answer' : 'push'].shift();
        past = withSent(past, { at: now, to: next.to }, pace);
        await next.send().then(next.resolve, next.reject);
      }
    } finally {
      speaking = false;
    }
  }

  return {
    say(to, urgency, send) {
      if (closed) return Promise.reject(stopped());
      const said = new Promise<void>((resolve, reject) => {
        queues[urgency].push({ to, chance: random(), send, resolve, reject });
      });
      void speak();
      return said;
    },
    close() {
      closed = true;
      for (const waiting of [...queues.answer.splice(0), ...queues.push.splice(0)]) waiting.reject(stopped());
    },
  };
}
