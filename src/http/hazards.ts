import { malformed } from './errors.ts';
import { sentences } from './messages.ts';

/** Deeper than any form of the product; beyond it somebody is looking for a stack to overflow. */
const DEEPEST = 32;
const POISONED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Refuses what no honest client sends and what parts further down might trip over: NUL characters, names that reach into
 * an object's prototype, endless nesting.
 * @throws HaolinError malformed_request
 */
export function refuseHazards(value: unknown): void {
  if (typeof value === 'string') refuseNul(value);
  if (typeof value !== 'object' || value === null) return;
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw malformed(sentences.tooDeep);
    const below: object[] = [];
    for (const one of level) {
      if (!Array.isArray(one)) for (const key of Object.keys(one)) refuseName(key);
      for (const inner of Object.values(one)) {
        if (typeof inner === 'string') refuseNul(inner);
        else if (typeof inner === 'object' && inner !== null) below.push(inner);
      }
    }
    level = below;
  }
}

function refuseNul(text: string): void {
  if (text.includes('\0')) throw malformed(sentences.badCharacter);
}

function refuseName(name: string): void {
  if (POISONED.has(name)) throw malformed(sentences.badName);
  refuseNul(name);
}
