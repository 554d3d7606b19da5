/**
 * What a text must have for a pattern to match it at all. Worked out from the pattern itself, so that a word added to a
 * pattern never has to be added to a list beside it.
 */

/** One of these characters must occur; `undefined`: nothing can be said. */
type Needed = ReadonlySet<string> | undefined;

/** In nearly every message: to need one of them is to need little. */
const COMMON = new Set(' 的了我人不在是有一到个家里出来去要就都也好他她说上下他们打起');
const COMMON_COST = 12;

/** Characters of which every match of the pattern holds one, in both cases; `undefined` when that cannot be said. Pure. */
export function necessaryIn(pattern: RegExp): ReadonlySet<string> | undefined {
  return new Reader(pattern.source).alternatives();
}

class Reader {
  private readonly source: string;
  private at = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** a|b: a character of a or one of b. */
  alternatives(): Needed {
    const all: Needed[] = [this.sequence()];
    while (this.source[this.at] === '|') {
      this.at += 1;
      all.push(this.sequence());
    }
    return all.every((one): one is ReadonlySet<string> => one !== undefined)
      ? new Set(all.flatMap((one) => [...one]))
      : undefined;
  }

  /** ab: both are needed, and the rarer says more. */
  private sequence(): Needed {
    let rarest: Needed;
    while (this.at < this.source.length && !'|)'.includes(this.source.charAt(this.at))) {
      const atom = this.atom();
      const needed = this.mayBeLeftOut() ? undefined : atom;
      if (needed && (!rarest || cost(needed) < cost(rarest))) rarest = needed;
    }
    return rarest;
  }

  private atom(): Needed {
    const character = this.source.charAt(this.at);
    this.at += 1;
    if (character === '(') return this.group();
    if (character === '[') return this.characterClass();
    if (character === '\\') return this.escape();
    return '^$.'.includes(character) ? undefined : bothCases(character);
  }

  /** What stands around a match is no part of it. */
  private group(): Needed {
    const opening = /^\?(?:[:=!]|<[=!]|<\w+>)/u.exec(this.source.slice(this.at))?.[0] ?? '';
    this.at += opening.length;
    const inside = this.alternatives();
    this.at += 1;
    return /[=!]$/u.test(opening) ? undefined : inside;
  }

  private characterClass(): Needed {
    const end = /(?<!\\)\]/u.exec(this.source.slice(this.at))?.index ?? 0;
    const inside = this.source.slice(this.at, this.at + end);
    this.at += end + 1;
    // A range or a kind of characters (\d, \p{L}) is too many to name.
    if (/^\^|\\|.-./u.test(inside)) return undefined;
    return new Set([...inside].flatMap((one) => [...bothCases(one)]));
  }

  private escape(): Needed {
    const [all = '', literal] =
      /^(?:[pPu]\{[^}]*\}|[dDsSwWbB]|k<\w+>|\d+|u[\da-f]{4}|(.))/iu.exec(this.source.slice(this.at)) ?? [];
    this.at += all.length;
    return literal === undefined ? undefined : bothCases(literal);
  }

  private mayBeLeftOut(): boolean {
    const quantifier = /^(?:[*?+]|\{(\d+)(?:,\d*)?\})\??/u.exec(this.source.slice(this.at));
    if (!quantifier) return false;
    this.at += quantifier[0].length;
    return '*?'.includes(quantifier[0].charAt(0)) || quantifier[1] === '0';
  }
}

const bothCases = (character: string): Set<string> => new Set([character.toLowerCase(), character.toUpperCase()]);

function cost(needed: ReadonlySet<string>): number {
  let sum = 0;
  for (const character of needed) sum += COMMON.has(character) ? COMMON_COST : 1;
  return sum;
}
