/** What goes wrong when data is moved, each with a code for programs and a sentence for people that says what to do next. */
import { CannotStart } from '../../src/complaints.ts';
import { StoreError } from '../../src/storage/embedded/store-error.ts';

/** A failure people are told about in one Chinese sentence. */
export class DataError extends Error {
  readonly code: string;

  constructor(code: string, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.name = 'DataError';
    this.code = code;
  }
}

function failure<A extends unknown[]>(code: string, sentence: (...args: A) => string) {
  return (...args: A): DataError => new DataError(code, sentence(...args));
}

export const storeMissing = failure(
  'store_missing',
  (folder: string) =>
    `${folder} 里没有数据。请用 DATA_DIR 或 --folder 指明数据文件夹，或用 MONGODB_URI、--uri 指明数据库。`,
);
export const unreachable = failure(
  'unreachable',
  (where: string, why: string) => `连不上 ${where}：${why}。请检查地址、账号和网络。`,
);
export const databaseUnclear = failure(
  'database_unclear',
  (names: readonly string[]) =>
    `这份导出里有${names.length}个数据库（${names.join('、')}），而目标只指明了一个。请用 --database 指明导入哪一个，或用不带数据库名的地址。`,
);
export const databaseMissing = failure(
  'database_missing',
  (name: string) => `这份导出里没有数据库 ${name}，请检查 --database。`,
);

export const folderNotEmpty = failure(
  'folder_not_empty',
  (folder: string) => `${folder} 里已经有别的文件，没有动它。请换一个空文件夹。`,
);
export const alreadyExported = failure(
  'already_exported',
  (folder: string) => `${folder} 里已经有一份完整的导出，没有动它。请换一个文件夹，或先把它移走。`,
);
export const otherSource = failure(
  'other_source',
  (folder: string, from: string) => `${folder} 里有一次没做完的导出，来自 ${from}，不是现在这里。请换一个文件夹。`,
);
export const kindUnsupported = failure(
  'kind_unsupported',
  (namespace: string, kind: string) => `集合 ${namespace} 的类型是 ${kind}，这里搬不了，没有开始。请单独处理它。`,
);
export const unsayable = failure(
  'unsayable',
  (what: string) => `${what} 的设置无法用扩展 JSON 准确写出，没有开始。请把它改成普通的设置再试。`,
);
export const oddId = failure(
  'odd_id',
  (namespace: string) => `集合 ${namespace} 里有一条的 _id 用了驱动写不出的类型，无法搬运。请先改掉它的 _id。`,
);
export const differsAfterExport = failure(
  'differs',
  (collections: readonly string[]) =>
    `导出的和库里的对不上，多半是导出时还有人在写。请停下写入，再运行同一条命令，只会重做这些集合：${collections.join('、')}。`,
);
export const changedDuringExport = failure(
  'changed',
  () => '导出期间有人增减了集合或索引，这次不算完成。请停下写入，再运行同一条命令。',
);

export const noExport = failure(
  'no_export',
  (folder: string) => `${folder} 里没有完整的导出（没有 manifest.json）。没做完的导出请再运行一次导出命令。`,
);
export const exportDamaged = failure(
  'export_damaged',
  (file: string) => `导出的文件 ${file} 与导出时不一样了，什么也没有写入。请换一份完好的导出。`,
);
export const targetNotEmpty = failure(
  'target_not_empty',
  (namespace: string) =>
    `目标里已经有数据（${namespace}），什么也没有写入。请换一个空的目标；确实要并进去，就加 --into-existing。`,
);
export const conflict = failure(
  'conflict',
  (namespace: string, id: string) =>
    `目标的集合 ${namespace} 里，_id 为 ${id} 的那条与要导入的不一样，没有覆盖它。请先决定留哪一条。`,
);
export const keyTaken = failure(
  'key_taken',
  (namespace: string, why: string) => `目标的集合 ${namespace} 里有值重复，要导入的写不进去：${why}。`,
);
export const refusedByTarget = failure(
  'refused_by_target',
  (what: string, why: string) => `目标不接受 ${what}：${why}。`,
);
export const optionsDiffer = failure(
  'options_differ',
  (namespace: string) => `目标里已有集合 ${namespace}，但设置不同，什么也没有写入。请先删掉它或改成一样。`,
);
export const settingsDiffer = failure(
  'settings_differ',
  (namespace: string) => `数据都导入了，但集合 ${namespace} 的设置或索引与导出的不一样。请检查目标，再运行同一条命令。`,
);
export const differsAfterImport = failure(
  'differs',
  (collections: readonly string[]) =>
    `导入后核对不上：${collections.join('、')}。请停下目标上的写入，再运行同一条命令，只会重做这些集合。`,
);

export const damaged = failure(
  'damaged',
  (collections: readonly string[]) => `检查发现问题：${collections.join('、')}。请保留现场，并用最近的备份恢复。`,
);
export const cannotCheck = failure('cannot_check', (where: string, why: string) => `${where} 不能检查：${why}。`);

export const fileExists = failure(
  'file_exists',
  (file: string) => `${file} 已经存在，没有动它。请换一个文件名；确实要换掉它，就加 --force。`,
);
export const notEmbedded = failure(
  'not_embedded',
  () => '备份只用于自带的存储。MongoDB 请用 mongodump，或用 npm run data -- export。',
);
export const interrupted = failure('interrupted', () => '已停下。再运行同一条命令会接着做。');

/** As a file system says it, and as a MongoDB does. */
const DISK_FULL = new Set<unknown>(['ENOSPC', 14_031]);

/** Of whatever was thrown: the sentence, and its code in brackets. */
export function sentenceOf(error: unknown): string {
  if (error instanceof DataError) return `${error.message}（${error.code}）`;
  if (error instanceof StoreError || error instanceof CannotStart) return error.message;
  const { code, path } = error as { code?: unknown; path?: string };
  if (DISK_FULL.has(code)) return '磁盘满了。请腾出空间，再运行同一条命令。（disk_full）';
  if ((code === 'EACCES' || code === 'EPERM' || code === 'EROFS') && path !== undefined)
    return `没有权限读写 ${path}。（no_permission）`;
  if (code === 'ENOENT' && path !== undefined) return `没有找到 ${path}。（not_found）`;
  if (code === 'EISDIR' && path !== undefined) return `${path} 是一个文件夹，这里要的是文件。（is_a_folder）`;
  if (code === 'ENOTDIR' && path !== undefined) return `${path} 不在文件夹里，请检查路径。（not_a_folder）`;
  return `没有做完：${error instanceof Error ? error.message : String(error)}（failed）`;
}
