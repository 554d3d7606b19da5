import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type Problem, placeOf } from './problems.ts';

/**
 * The mini-program's folder as the compiler sees it: texts by their path inside it (`pages/today/today.wxml`), everything
 * read once, and the problems found on the way.
 */
export class Source {
  readonly root: string;
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];
  /** Absolute paths of what was read: what a watcher watches. */
  readonly read = new Set<string>();
  readonly #texts = new Map<string, string>();

  constructor(root: string) {
    this.root = root;
  }

  has(path: string): boolean {
    const file = join(this.root, path);
    return existsSync(file) && statSync(file).isFile();
  }

  /** The text of a file, or undefined where there is none. */
  text(path: string): string | undefined {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    if (!this.has(path)) return undefined;
    const file = join(this.root, path);
    const text = readFileSync(file, 'utf8');
    this.read.add(file);
    this.#texts.set(path, text);
    return text;
  }

  bytes(path: string): Buffer {
    const file = join(this.root, path);
    this.read.add(file);
    return readFileSync(file);
  }

  /** How a path is shown to people: with the mini-program's own folder in front. */
  shown(path: string): string {
    return path.startsWith('/') ? relative(join(this.root, '..'), path) : join(basename(this.root), path);
  }

  /** Notes what is wrong at an offset of a file's text; `offset` may also be a place that is already known. */
  problem(code: string, path: string, at: number | { line: number; column: number }, message: string): void {
    this.problems.push(this.#at(code, path, at, message));
  }

  /** As `problem`, for what is only unwise. */
  warning(code: string, path: string, at: number | { line: number; column: number }, message: string): void {
    this.warnings.push(this.#at(code, path, at, message));
  }

  #at(code: string, path: string, at: number | { line: number; column: number }, message: string): Problem {
    const place = typeof at === 'number' ? placeOf(this.#texts.get(path) ?? '', at) : at;
    return { code, message, file: this.shown(path), ...place };
  }
}
