import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CannotStart } from './complaints.ts';

/**
 * Makes the folder a house keeps its data in, and those above it. Not by Node's `recursive`: where a folder can be made
 * by nobody (below /proc) that one asks the system again and again for ever.
 * @throws CannotStart that names the folder and says why
 */
export async function makeFolder(folder: string): Promise<void> {
  const path = resolve(folder);
  try {
    for (const missing of await missingOf(path)) {
      await mkdir(missing).catch((error: NodeJS.ErrnoException) => {
        // Another process was faster.
        if (error.code !== 'EEXIST') throw error;
      });
    }
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw unusable(folder, (error as NodeJS.ErrnoException).code, error);
  }
}

/** The folders that are still to be made on the way to a path, from the top. */
async function missingOf(path: string): Promise<string[]> {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    const found = await stat(at).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (found?.isDirectory()) return missing;
    if (found) throw unusable(path, 'EEXIST', undefined, at);
    missing.unshift(at);
  }
}

const REASONS: Readonly<Record<string, readonly [chinese: string, english: string]>> = {
  EEXIST: ['不是文件夹，是一个文件', 'is a file and no folder'],
  EACCES: ['没有权限读写', 'may not be read and written'],
  EPERM: ['没有权限读写', 'may not be read and written'],
  EROFS: ['在只读的盘上', 'is on a read-only disk'],
  ENOSPC: ['所在的磁盘满了', 'is on a disk that is full'],
  ENAMETOOLONG: ['名字太长了', 'has too long a name'],
};
const OTHERWISE = ['那里建不了文件夹', 'cannot be made there'] as const;

function unusable(folder: string, code: string | undefined, cause: unknown, at = folder): CannotStart {
  const [chinese, english] = REASONS[code ?? ''] ?? OTHERWISE;
  return new CannotStart(
    `数据文件夹 ${folder} 用不了：${at === folder ? '' : `${at} `}${chinese}。请用 DATA_DIR（或 --folder）指明一个能读写的文件夹。`,
    `The data folder ${folder} cannot be used: ${at === folder ? 'it' : at} ${english}. Name one that can be written to with DATA_DIR (or --folder).`,
    cause,
  );
}
