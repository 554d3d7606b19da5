import type { Answer } from '../../api/ask';
import { COLOUR_CODES, COLOURS, TONES } from '../../logic/colours';

type Load = Answer<'getCareLoad'>['items'][number];

export interface LoadCard {
  name: string;
  /** 照看3人 */
  words: string;
  /** By colour, those there are. */
  tags: { word: string; tone: string }[];
  nobody: boolean;
}

/** Who looks after how many; those nobody looks after first. */
export function loadCards(loads: readonly Load[]): LoadCard[] {
  const cards = loads
    .filter(({ sentinel, total }) => sentinel !== undefined || total > 0)
    .map(({ sentinel, colours, total }) => ({
      name: sentinel?.name ?? '还没有守望哨',
      words: sentinel ? (total === 0 ? '现在没有照看谁' : `照看${total}人`) : `${total}人没人按期去看`,
      tags: COLOUR_CODES.flatMap((colour) =>
        (colours[colour] ?? 0) > 0 ? [{ word: `${COLOURS[colour]}${colours[colour]}`, tone: TONES[colour] }] : [],
      ),
      nobody: sentinel === undefined,
    }));
  return [...cards.filter(({ nobody }) => nobody), ...cards.filter(({ nobody }) => !nobody)];
}

/** 平均每人照看2.5人, of those who could. */
export function evenly(loads: readonly Load[]): string {
  const served = loads.filter(({ sentinel }) => sentinel !== undefined);
  if (served.length === 0) return '';
  const people = served.reduce((sum, { total }) => sum + total, 0);
  return `${served.length}位可以当守望哨，平均每位照看${Math.round((people / served.length) * 10) / 10}人。`;
}
