import { z } from 'zod';
import type { Answer, Intent, Turn } from '../core/feature.ts';
import type { House } from '../core/house.ts';
import type { Progress, Standing } from '../core/progress.ts';
import { PROGRESS } from './messages.ts';

/** What was chosen when one number was more than one matter's. */
const chosen = z.object({ kind: z.string() });

interface Found {
  called: string;
  standings: Standing[];
}

/** 到哪一步了: asked of every feature that keeps people's matters, and told as one answer, which is nobody else's to read. */
export function progressIntent(parts: readonly Progress[]): Intent {
  const name = 'progress.query';

  /** Those of the kind that is named in the message or was chosen; all when none is. */
  function meantBy({ text, kept }: Turn): { kinds: readonly Progress[]; named: boolean } {
    const kind = chosen.safeParse(kept).data?.kind;
    const kinds = parts.filter(({ called }) => (kind === undefined ? text.includes(called) : kind === called));
    return kinds.length > 0 ? { kinds, named: true } : { kinds: parts, named: false };
  }

  async function numbered(turn: Turn, house: House, number: number): Promise<Answer> {
    const { kinds } = meantBy(turn);
    const asked = kinds.map(async (kind): Promise<Found> => {
      return { called: kind.called, standings: await kind.byNumber(turn, house, number) };
    });
    const found = (await Promise.all(asked)).filter(({ standings }) => standings.length > 0);
    const theirs = found.filter(({ standings }) => standings.some(({ own }) => own));
    const [meant, ...others] = theirs.length === 1 ? theirs : found;
    if (!meant) {
      const called = kinds.map((kind) => kind.called);
      return { text: PROGRESS.notFound(called, number) };
    }
    if (others.length === 0) return { text: meant.standings.map(({ text }) => text).join('\n') };
    const options = found.map(({ called, standings }) => ({
      label: standings.map(({ label }) => label).join('、'),
      intent: name,
      slots: { number },
      kept: { kind: called },
    }));
    return { text: PROGRESS.whichKind(number), options };
  }

  async function all(turn: Turn, house: House): Promise<Answer> {
    const { kinds, named } = meantBy(turn);
    if (named) {
      const described = (await Promise.all(kinds.map((kind) => kind.byWords?.(turn, house) ?? []))).flat();
      if (described.length > 0) return { text: described.map(({ text }) => text).join('\n') };
    }
    const glances = (await Promise.all(kinds.map((kind) => kind.mine(turn, house)))).flat();
    const [only, ...others] = glances.flatMap(({ matters }) => matters);
    if (!only) return { text: kinds.map(({ nothing }) => nothing).join('\n') };
    if (others.length === 0 && only.whole) return { text: await only.whole() };
    const lines = glances.flatMap(({ heading, matters }) =>
      matters.length === 0 ? [] : [heading, ...matters.map(({ line }) => line)],
    );
    return { text: [...lines, PROGRESS.more].join('\n') };
  }

  return {
    name,
    about: parts.map(({ called }) => called),
    effect: 'read',
    ofEach: true,
    help: PROGRESS.help,
    handle(turn, house) {
      const { number } = turn.slots;
      return number === undefined ? all(turn, house) : numbered(turn, house, number);
    },
  };
}
