/** What every command has in common for whoever types it: usage in Chinese and English, and a sentence instead of a stack. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CannotStart, systemComplaint } from '../src/complaints.ts';
import { HaolinError } from '../src/core/errors.ts';
import { StoreError } from '../src/storage/embedded/store-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>>['values'];

export interface Command<O extends Options> {
  /** Begins with 用法, and says the same in English below. */
  usage: string;
  options?: O;
  /** At least and at most so many words besides the options; none when absent. */
  words?: readonly [least: number, most: number];
  /** Does it. @returns a promise of the exit code, or of nothing when it was done; `WRONG_USAGE` shows the usage */
  run(values: Values<O>, words: string[]): unknown;
  /** What to say of an error, where that is the command's own. */
  sentence?(error: unknown): string | undefined;
}

/** Exit code of a command that was not understood. */
export const WRONG_USAGE = 2;

export const isPort = (text: string): boolean => /^\d{1,5}$/u.test(text) && Number(text) <= 65_535;
export const isCount = (text: string): boolean => /^[1-9]\d{0,8}$/u.test(text);

/** Options of every command that works on a house's data. */
export const WHERE = { folder: { type: 'string' }, uri: { type: 'string' } } as const satisfies Options;
/** The same in the usage of a command. */
export const WHERE_USAGE = '[--folder 数据文件夹/DIR | --uri mongodb://…]';

/** Understands the command line and carries it out. Sets the exit code: 1 when it could not be done, 2 when it was not understood. */
export function runCommand<const O extends Options>(command: Command<O>): Promise<void> {
  return obey(command).then(
    (code) => {
      if (code === WRONG_USAGE) console.error(command.usage);
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(command.sentence?.(error) ?? sentenceOf(error));
      process.exitCode = 1;
    },
  );
}

async function obey<O extends Options>({ usage, options, words = [0, 0], run }: Command<O>): Promise<number> {
  let line: { values: Record<string, unknown>; positionals: string[] };
  try {
    line = parseArgs({
      args: joined(process.argv.slice(2), options),
      options: { ...options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
  } catch (error) {
    console.error(misunderstood(error));
    return WRONG_USAGE;
  }
  if (line.values.help === true) {
    console.log(usage);
    return 0;
  }
  const [least, most] = words;
  if (line.positionals.length < least || line.positionals.length > most) return WRONG_USAGE;
  const code = await run(line.values as Values<O>, line.positionals);
  return typeof code === 'number' ? code : 0;
}

/** An option and the negative number after it as one word: Node asks for that, and what takes a number says itself why not that one. */
function joined(args: readonly string[], options: Options = {}): string[] {
  const all: string[] = [];
  for (const arg of args) {
    const before = all.at(-1) ?? '';
    const takesIt = before.startsWith('--') && options[before.slice(2)]?.type === 'string';
    if (takesIt && /^-\d+$/u.test(arg)) all.splice(-1, 1, `${before}=${arg}`);
    else all.push(arg);
  }
  return all;
}

/** Which option was not understood. Node's own sentence goes on about what else it could have been. */
function misunderstood(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  const option = /'(-{1,2}[^\s'<]*)/u.exec(message)?.[1] ?? '';
  return code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
    ? `没有 ${option} 这个选项。There is no option ${option}.`
    : `选项 ${option} 的写法不对。The option ${option} is not used like that.`;
}

/** Of whatever was thrown: the sentence for whoever typed the command. */
export function sentenceOf(error: unknown): string {
  if (error instanceof HaolinError) return error.detail;
  if (error instanceof CannotStart || error instanceof StoreError) return error.message;
  const system = systemComplaint(error);
  if (system !== undefined) return system;
  return `没有做完：${error instanceof Error ? error.message : String(error)}`;
}
