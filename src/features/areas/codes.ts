/**
 * Area codes carry their own place: the public division codes nest by prefix (5202 › 520201 › 520201011 › 520201011001)
 * and a grid adds G and its number to its community's code. Everything here is pure.
 */

export const LEVELS = ['city', 'county', 'street', 'community', 'grid'] as const;
export type AreaLevel = (typeof LEVELS)[number];

const SHAPE = /^(?<city>\d{4})(?:(?<county>\d{2})(?:(?<street>\d{3})(?:(?<community>\d{3})(?<grid>G\d{2,3})?)?)?)?$/u;

/** The level a code stands for, or `undefined` when it is not a code at all. */
export function levelOf(code: string): AreaLevel | undefined {
  const parts = SHAPE.exec(code)?.groups;
  return parts && LEVELS.findLast((level) => parts[level] !== undefined);
}

/** The code and all those above it, from the city down; empty when it is not a code. */
export function lineage(code: string): string[] {
  const parts = SHAPE.exec(code)?.groups;
  if (!parts) return [];
  const codes: string[] = [];
  for (const level of LEVELS) {
    const part = parts[level];
    if (part !== undefined) codes.push(`${codes.at(-1) ?? ''}${part}`);
  }
  return codes;
}

/** The code directly above, `null` for a city. */
export function parentOf(code: string): string | null {
  return lineage(code).at(-2) ?? null;
}

/** The community among an aggregate's areas, if it lies in one. */
export function communityOf(areas: readonly string[]): string | undefined {
  return areas.find((code) => levelOf(code) === 'community');
}

/** The grid among an aggregate's areas, if it is known. */
export function gridOf(areas: readonly string[]): string | undefined {
  return areas.find((code) => levelOf(code) === 'grid');
}

/** The street among an aggregate's areas, if it lies in one. */
export function streetOf(areas: readonly string[]): string | undefined {
  return areas.find((code) => levelOf(code) === 'street');
}
