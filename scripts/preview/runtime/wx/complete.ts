import { calls } from './calls.ts';

/** A call of `wx` that WeChat documents and the preview does not have. */
export class MissingWxCall extends Error {
  constructor(name: string) {
    super(`The preview has no wx.${name} yet: add it in scripts/preview/runtime/wx/`);
    this.name = 'MissingWxCall';
  }
}

/** All of `wx`: what the preview has, and for everything else documented something that says what is missing. */
export function complete(names: readonly string[]): Record<string, unknown> {
  const known: Record<string, unknown> = calls;
  const missing = (name: string) => () => {
    throw new MissingWxCall(name);
  };
  return Object.fromEntries(names.map((name) => [name, known[name] ?? missing(name)]));
}
