/** Moves, checks and backs up a house's data: `npm run data -- export|import DIR`, `check`, `backup FILE`. */
import { realpathSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { makeFolder } from '../src/data-folder.ts';
import type { CheckedStore } from '../src/storage/embedded/disk/check.ts';
import { runCommand, WHERE, WRONG_USAGE } from './command-line.ts';
import { backUp } from './data-move/backup.ts';
import { checkPlace, checkStoreIn, refuseDamage } from './data-move/check.ts';
import { copyStore } from './data-move/copy.ts';
import { exportAll, type Phase, SNAPSHOT, takeFolder } from './data-move/export.ts';
import { readExport } from './data-move/exported.ts';
import { documentsOf, type Manifest } from './data-move/files.ts';
import { importAll } from './data-move/import.ts';
import { interrupted, notEmbedded, sentenceOf } from './data-move/messages.ts';
import { hasStore, isInUse, openFolder, openUri, type Place } from './data-move/place.ts';
import { showProgress } from './progress.ts';

const USAGE = `用法 Usage：npm run data -- export 文件夹/DIR   把全部数据导出到一个空文件夹，每个集合一个文件，一行一条
                                          writes all data into an empty folder, a file for each collection
      npm run data -- import 文件夹/DIR   把导出的数据导入 / takes exported data in
      npm run data -- check               检查存储是否完好 / checks whether the store is sound
      npm run data -- backup 文件/FILE    备份自带的存储，应用不用停 / backs the embedded store up while it is in use
  数据在哪里：设了 MONGODB_URI 就是那个 MongoDB，否则是 DATA_DIR 里自带的存储
  --folder 数据文件夹/DIR    用这个文件夹里自带的存储 / the embedded store of this folder
  --uri mongodb://…          用这个 MongoDB；地址里写了数据库名，就只管那一个 / this MongoDB, or the one database it names
  --database 名字/NAME       只导出、导入或检查这一个数据库 / this database only
  --into-existing            （import）目标里已有数据也导入；已有的不会被覆盖 / into a target that has data; nothing is overwritten
  --force                    （backup）换掉已有的同名文件 / replaces a file of that name
  --help                     显示这些 / shows this
导出和导入中断了，再运行同一条命令会接着做，最后逐条核对；对不上就以 1 退出。
An export or import that was interrupted goes on when the same command is run again.`;

const COMMANDS = { export: 1, import: 1, check: 0, backup: 1 } as const;
type Name = keyof typeof COMMANDS;

interface Asked {
  name: Name;
  /** The folder or file named. */
  path: string;
  /** The embedded store's folder, when it is not a MongoDB. */
  store: string;
  uri: string | undefined;
  database: string | undefined;
  intoExisting: boolean;
  force: boolean;
}

const OPTIONS = {
  ...WHERE,
  database: { type: 'string' },
  'into-existing': { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
} as const;

type Values = Parameters<Parameters<typeof runCommand<typeof OPTIONS>>[0]['run']>[0];

/** What the command line asks for; undefined when it cannot be understood. */
function asked(values: Values, [name = '', path = '', ...more]: readonly string[]): Asked | undefined {
  if (!isCommand(name) || more.length > 0 || (path !== '') !== (COMMANDS[name] === 1)) return undefined;
  if (values.folder !== undefined && values.uri !== undefined) return undefined;
  const config = readConfig({
    ...process.env,
    ...(values.folder === undefined ? {} : { DATA_DIR: values.folder, MONGODB_URI: undefined }),
    ...(values.uri === undefined ? {} : { MONGODB_URI: values.uri }),
  });
  return {
    name,
    path,
    store: join(config.folder, 'store'),
    uri: config.mongoUri,
    database: values.database,
    intoExisting: values['into-existing'],
    force: values.force,
  };
}

function isCommand(name: string): name is Name {
  return Object.hasOwn(COMMANDS, name);
}

async function runExport({ path, store, uri, database }: Asked, phase: Phase): Promise<void> {
  let place = uri === undefined ? await openUnlessInUse(store) : await openUri(uri);
  try {
    const checkpoint = await takeFolder(path, place?.name ?? realpathSync(store));
    const snapshot = join(path, SNAPSHOT);
    if (place === undefined || hasStore(snapshot)) {
      await place?.close();
      place = await openSnapshot(store, snapshot);
    }
    const manifest = await exportAll(place, path, checkpoint, phase, { madeAt: new Date(), only: database });
    sayExported(manifest);
    if (uri === undefined)
      console.log(`照片和密钥不在库里，搬家时请一起带上：${join(store, '..')} 里的 photos 和 secrets.json。`);
  } finally {
    await place?.close();
  }
}

function sayExported({ databases }: Manifest): void {
  const collections = databases.flatMap((one) => one.collections);
  const files = collections.flatMap((one) => one.files);
  const all = documentsOf(files);
  const bson = documentsOf(files.filter(({ file }) => file.endsWith('.bson')));
  console.log(`导出完成：${databases.length}个数据库、${collections.length}个集合，共${all}条，逐条核对一致。`);
  if (bson > 0) console.log(`其中${bson}条扩展JSON写不准，原样存成了 .bson 文件（mongorestore 可读）。`);
}

async function openUnlessInUse(store: string): Promise<Place | undefined> {
  try {
    return await openFolder(store, false);
  } catch (error) {
    if (isInUse(error)) return undefined;
    throw error;
  }
}

/** A copy of the store as it is now, made the first time and used again by a run that goes on. */
async function openSnapshot(store: string, snapshot: string): Promise<Place> {
  if (!hasStore(snapshot)) {
    console.log('存储正在使用，从它此刻的副本导出。');
    const partial = `${snapshot}.partial`;
    await rm(partial, { recursive: true, force: true });
    const copying = showProgress('复制');
    await copyStore(store, partial, copying).finally(copying.end);
    await rename(partial, snapshot);
  }
  return openFolder(snapshot, false);
}

async function runImport({ path, store, uri, database, intoExisting }: Asked, phase: Phase): Promise<void> {
  const manifest = await readExport(path, phase);
  if (uri === undefined) await makeFolder(store);
  const place = uri === undefined ? await openFolder(store, true) : await openUri(uri);
  try {
    const wishes = { only: database, intoExisting };
    const { databases, collections, documents } = await importAll(place, path, manifest, wishes, phase);
    const names = databases.map(({ from, to }) => (from === to ? from : `${from}→${to}`)).join('、');
    console.log(`导入完成：数据库 ${names}，${collections}个集合，共${documents}条，逐条核对一致。`);
    console.log('电话等密文要用原来的 FIELD_SECRET 才打得开，照片在原来的 photos 文件夹里，请一起搬过来。');
  } finally {
    await place.close();
  }
}

async function runCheck({ store, uri, database }: Asked, phase: Phase, signal: AbortSignal): Promise<void> {
  const found = uri === undefined ? await checkEmbedded(store, signal) : await checkMongo(uri, database, phase);
  const shown = found.collections.filter(
    ({ namespace }) => database === undefined || namespace.startsWith(`${database}.`),
  );
  for (const { namespace, records, indexes, faults } of shown) {
    console.log(`${faults.length === 0 ? '完好' : '有误'}\t${namespace}\t${records}条\t${indexes.length}个索引`);
    for (const fault of faults) console.log(`\t${fault}`);
  }
  for (const fault of found.faults) console.log(`有误\t${fault}`);
  refuseDamage(found);
  console.log(`检查完成：${shown.length}个集合，共${recordsOf(shown)}条，全部完好。`);
}

function recordsOf(collections: CheckedStore['collections']): number {
  return collections.reduce((sum, { records }) => sum + records, 0);
}

async function checkEmbedded(store: string, signal: AbortSignal): Promise<CheckedStore> {
  const told = showCopyAndCheck(signal);
  return checkStoreIn(store, told).finally(told.end);
}

async function checkMongo(uri: string, database: string | undefined, phase: Phase): Promise<CheckedStore> {
  const place = await openUri(uri);
  try {
    return await checkPlace(place, database, phase);
  } finally {
    await place.close();
  }
}

async function runBackup({ path, store, uri, force }: Asked, signal: AbortSignal): Promise<void> {
  if (uri !== undefined) throw notEmbedded();
  const told = showCopyAndCheck(signal);
  const { collections, bytes } = await backUp(store, path, force, told).finally(told.end);
  const size = (bytes / 1_048_576).toFixed(1);
  console.log(`备份完成：${path}，${size} MB，${collections.length}个集合，共${recordsOf(collections)}条，检查完好。`);
  console.log(`恢复时停下应用，把它放成 ${join(store, 'data.mdb')}。照片和 secrets.json 不在里面，请另外备份。`);
}

function showCopyAndCheck(signal: AbortSignal) {
  const copying = showProgress('复制');
  const checking = showProgress('检查');
  return {
    copying,
    checking: (done: number, total: number) => {
      signal.throwIfAborted();
      copying.end();
      checking(done, total);
    },
    end: () => {
      copying.end();
      checking.end();
    },
  };
}

function phasesOf(signal: AbortSignal): Phase {
  return (title, total) => {
    const progress = showProgress(title);
    let done = 0;
    return {
      step: (documents) => {
        done += documents;
        progress(done, Math.max(done, total));
      },
      signal,
      now: () => new Date(),
      end: progress.end,
    };
  };
}

await runCommand({
  usage: USAGE,
  options: OPTIONS,
  words: [1, 2],
  sentence: sentenceOf,
  async run(values, words) {
    const what = asked(values, words);
    if (what === undefined) return WRONG_USAGE;
    const stop = new AbortController();
    // A second signal ends the process at once, which is as harmless as any other kill.
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(interrupted()));
    const phase = phasesOf(stop.signal);
    if (what.name === 'export') await runExport(what, phase);
    else if (what.name === 'import') await runImport(what, phase);
    else if (what.name === 'check') await runCheck(what, phase, stop.signal);
    else await runBackup(what, stop.signal);
    return 0;
  },
});
