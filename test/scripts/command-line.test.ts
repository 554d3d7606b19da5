/** Every command as somebody types it who does not know it yet, or types it wrongly: processes of their own. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand, WRONG_USAGE } from '../../scripts/command-line.ts';
import { CannotStart } from '../../src/complaints.ts';
import { notFound } from '../../src/core/errors.ts';
import { type Ran, runToEnd } from './commands.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-commands-'));
  await writeFile(join(folder, 'file'), '编码,名称\n');
  const labelled = { id: 'a', role: 'resident', place: 'private', now: '2026-03-11T10:00:00+08:00', text: '你好' };
  const line = JSON.stringify({ ...labelled, expect: { intent: 'none', slots: {} } });
  await writeFile(join(folder, 'labels.jsonl'), `${line}\n\n${JSON.stringify(labelled)}\n`);
  await writeFile(join(folder, 'lines.jsonl'), `${line}\n{"id": \n`);
  await mkdir(join(folder, 'broken'));
  await writeFile(join(folder, 'broken', 'secrets.json'), '{"field":');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a script of `scripts/`, or the process itself. One that does not end by itself is a failure. */
const run = (script: string, args: readonly string[] = [], env: Record<string, string> = {}): Promise<Ran> =>
  runToEnd(script, args, { env: { DATA_DIR: join(folder, 'data'), ...env } });

const IN_CHINESE = /\p{Script=Han}{4}/u;
const IN_ENGLISH = /[a-z]+ [a-z]+ [a-z]+/u;
/** Lines of a stack, and what Node says of an error nobody caught. */
const STACK = /\n\s+at .*[:(]|node:internal|Node\.js v\d|throw new|UnhandledPromise/u;

const scripts = async (): Promise<string[]> => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> };
  return Object.values(scripts).flatMap((line) => /^tsx (scripts\/[\w-]+\.ts)$/u.exec(line)?.[1] ?? []);
};

/** Two at a time: so many processors there are. */
async function each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const lane = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
  };
  await Promise.all([lane(), lane()]);
}

it('every command that does not understand its options says how it is used, in Chinese and English, and ends with 2', async () => {
  const all = await scripts();
  expect(all.length).toBeGreaterThan(12);
  await each(all, async (script) => {
    const { code, said } = await run(script, ['--bogus']);
    expect([script, code]).toEqual([script, 2]);
    expect(said, script).toContain('没有 --bogus 这个选项。There is no option --bogus.');
    expect(said, script).toContain('用法 Usage');
    expect(said, script).toMatch(IN_CHINESE);
    expect(said, script).toMatch(IN_ENGLISH);
    expect(said, script).not.toMatch(STACK);
  });
}, 300_000);

it('what cannot be done is said in a sentence that names what is wrong, and ends with 1', async () => {
  const at = (name: string) => join(folder, name);
  const cases: [script: string, args: string[], env: Record<string, string>, named: string][] = [
    ['scripts/import.ts', ['areas', at('none.csv')], {}, '没有找到'],
    ['scripts/import.ts', ['areas', folder], {}, '是一个文件夹'],
    ['scripts/chat-score.ts', [folder], {}, '是一个文件夹'],
    ['scripts/chat-score.ts', [at('labels.jsonl')], {}, '第3行读不懂'],
    ['scripts/chat-score.ts', [at('lines.jsonl')], {}, '第2行读不懂'],
    ['scripts/jobs.ts', ['run', 'no.such'], {}, 'no.such'],
    ['scripts/jobs.ts', ['preview', '--week', '2026-W99'], {}, '没有 2026-W99 这一周'],
    ['scripts/jobs.ts', ['run', 'duties.monday', '--folder', at('broken')], {}, 'secrets.json'],
    ['scripts/jobs.ts', ['run', 'duties.monday', '--dry-run', '--at', '2026-02-30'], {}, '没有“2026-02-30”这个时间'],
    ['scripts/jobs.ts', ['run', 'duties.monday', '--at', '2026-02-30T09:00+08:00'], {}, '没有“2026-02-30T09:00'],
    ['scripts/calendar.ts', ['load', folder], {}, `${folder} 是一个文件夹`],
    ['scripts/calendar.ts', ['load', at('none.csv')], {}, '没有找到'],
    ['scripts/calendar.ts', ['show', '1999'], {}, '看不了“1999”年'],
    ['scripts/calendar.ts', ['show', '20xx'], {}, '看不了“20xx”年'],
    ['scripts/data.ts', ['check'], { MONGODB_URI: 'http://x' }, 'MONGODB_URI'],
    ['scripts/demo.ts', ['--folder', '/proc/x', '--port', '0'], {}, '/proc/x'],
    ['src/main.ts', [], { DATA_DIR: '/proc/x' }, '/proc/x'],
    ['src/main.ts', [], { PORT: 'x', DEMO: 'perhaps' }, 'DEMO'],
    ['src/main.ts', [], { HOST: 'no.such.host.invalid' }, 'no.such.host.invalid'],
  ];
  await each(cases, async ([script, args, env, named]) => {
    const { code, said } = await run(script, args, env);
    expect([code, said]).toEqual([1, expect.stringContaining(named)]);
    expect(said).toMatch(IN_CHINESE);
    expect(said).not.toMatch(STACK);
  });
}, 120_000);

it('what only reads makes no house where there is none, and says so', async () => {
  const nowhere = join(folder, 'nowhere');
  const empty = join(folder, 'empty');
  await mkdir(empty);
  const days = Object.fromEntries(
    Array.from({ length: 11 }, (_, n) => [`2027-10-${String(n + 1).padStart(2, '0')}`, '国庆节']),
  );
  const year = join(folder, 'year.json');
  await writeFile(year, JSON.stringify({ year: 2027, source: '某文', holidays: days, workdays: {} }));
  const cases: [script: string, args: string[]][] = [
    ['scripts/jobs.ts', []],
    ['scripts/jobs.ts', ['preview', '--week', '2026-W40']],
    ['scripts/jobs.ts', ['run', 'duties.monday', '--dry-run']],
    ['scripts/calendar.ts', ['show', '2027']],
    ['scripts/calendar.ts', ['load', year]],
  ];
  for (const at of [nowhere, empty]) {
    await each(cases, async ([script, args]) => {
      const { code, said } = await run(script, [...args, '--folder', at]);
      expect([code, said]).toEqual([1, expect.stringContaining(`这个文件夹里没有数据：${at}`)]);
      expect(said).toContain('There is no data in this folder');
      expect(said).not.toMatch(STACK);
    });
  }
  expect(existsSync(nowhere)).toBe(false);
  expect(await readdir(empty)).toEqual([]);
}, 120_000);

it('a number of the simulation that cannot be is named, negative ones too', async () => {
  for (const days of ['0', '-1']) {
    const { code, said } = await run('scripts/simulate.ts', ['--days', days]);
    expect([code, said]).toEqual([2, expect.stringContaining(`--days 要写正整数，不是“${days}”`)]);
  }
}, 60_000);

describe('what all commands have in common', () => {
  /** What a command says and ends with, given these words. */
  async function type(words: string[], command: Partial<Parameters<typeof runCommand>[0]> = {}): Promise<Ran> {
    let said = '';
    const hear = (line: unknown) => {
      said += `${String(line)}\n`;
    };
    vi.spyOn(console, 'log').mockImplementation(hear);
    vi.spyOn(console, 'error').mockImplementation(hear);
    const { argv, exitCode } = process;
    process.argv = [...argv.slice(0, 2), ...words];
    await runCommand({ usage: '用法 Usage：…', options: { at: { type: 'string' } }, run: () => 0, ...command });
    const code = Number(process.exitCode);
    process.argv = argv;
    process.exitCode = exitCode;
    return { code, said };
  }
  afterEach(() => vi.restoreAllMocks());

  it('is help when asked for', async () => {
    for (const word of ['--help', '-h']) expect(await type([word])).toEqual({ code: 0, said: '用法 Usage：…\n' });
  });

  it('is usage for options without their value or with one too many, and for too few and too many words', async () => {
    const options = { at: { type: 'string' }, dry: { type: 'boolean' } } as const;
    for (const words of [['--at'], ['--dry=1'], ['-x'], ['one'], ['--at', 'x', 'one', 'two']]) {
      const { code, said } = await type(words, { options });
      expect([words, code]).toEqual([words, 2]);
      expect(said).toContain('用法 Usage');
      expect(said).not.toMatch(STACK);
    }
    expect(await type(['one'], { words: [2, 2] })).toMatchObject({ code: 2 });
    expect(await type([], { run: () => WRONG_USAGE })).toMatchObject({ code: 2, said: '用法 Usage：…\n' });
    expect(await type(['one', '--at', 'x'], { words: [1, 2] })).toEqual({ code: 0, said: '' });
  });

  it('is a sentence for whatever goes wrong, and 1', async () => {
    const failing = (error: unknown) =>
      type([], {
        run() {
          throw error;
        },
      });
    const system = (code: string) =>
      Object.assign(new Error(`${code}: nothing to read`), { code, path: '/some/where' });
    for (const code of ['ENOENT', 'EISDIR', 'ENOTDIR', 'EACCES', 'EROFS', 'ENOSPC']) {
      const { said } = await failing(system(code));
      expect(said).toContain('/some/where');
      expect(said).not.toContain(code);
      expect(said).toMatch(IN_CHINESE);
    }
    expect(
      (await failing(Object.assign(new Error('listen'), { code: 'EADDRINUSE', address: '::', port: 3_000 }))).said,
    ).toContain('3000');
    expect(await failing(new CannotStart('不行', 'no'))).toEqual({ code: 1, said: '不行\nno\n' });
    expect(await failing(notFound('心愿'))).toMatchObject({
      code: 1,
      said: expect.stringContaining('没有找到这个心愿'),
    });
    expect(await failing(new Error('odd'))).toEqual({ code: 1, said: '没有做完：odd\n' });
  });
});
