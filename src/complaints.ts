import { describeError } from './core/describe.ts';

/** Why the house cannot start, said to whoever starts it: a Chinese sentence, and the same in English. */
export class CannotStart extends Error {
  constructor(chinese: string, english: string, cause?: unknown) {
    super(`${chinese}\n${english}`, cause === undefined ? undefined : { cause });
    this.name = 'CannotStart';
  }
}

/** What a system says of files, ports and addresses, in words that lead on. `what` is the file, port or address. */
const SYSTEM: Readonly<Record<string, (what: string) => readonly [chinese: string, english: string]>> = {
  EADDRINUSE: (what) => [
    `端口被别的程序占用了（${what}），请用 PORT 换一个端口，或者先停掉那个程序。`,
    `The port is in use (${what}): choose another PORT, or stop the program that has it.`,
  ],
  EADDRNOTAVAIL: (what) => [
    `这台机器没有这个地址（${what}），请检查 HOST。`,
    `This machine has no such address (${what}): check HOST.`,
  ],
  ENOTFOUND: (what) => [
    `找不到这个地址（${what}），请检查 HOST、MONGODB_URI 或 REDIS_URL。`,
    `No such host (${what}): check HOST, MONGODB_URI or REDIS_URL.`,
  ],
  ECONNREFUSED: (what) => [
    `连不上 ${what}，请检查 MONGODB_URI 或 REDIS_URL，并确认它已经启动。`,
    `${what} does not answer: check MONGODB_URI or REDIS_URL, and that it runs.`,
  ],
  EACCES: (what) => [`没有权限使用 ${what}。`, `No permission for ${what}.`],
  EPERM: (what) => [`没有权限使用 ${what}。`, `No permission for ${what}.`],
  EROFS: (what) => [`${what} 在只读的盘上，写不进去。`, `${what} is on a read-only disk.`],
  ENOSPC: (what) => [`磁盘满了，写不进 ${what}，请先腾出空间。`, `The disk is full at ${what}: make room first.`],
  EDQUOT: (what) => [`磁盘配额用完了，写不进 ${what}，请先腾出空间。`, `The disk quota is used up at ${what}.`],
  ENOENT: (what) => [`没有找到 ${what}。`, `${what} is not there.`],
  EISDIR: (what) => [`${what} 是一个文件夹，这里要的是文件。`, `${what} is a folder, and a file is wanted.`],
  ENOTDIR: (what) => [`${what} 不在文件夹里，请检查路径。`, `${what} is not inside a folder: check the path.`],
  EMFILE: () => [
    '打开的文件太多了，请放宽系统的限制（ulimit -n）。',
    'Too many open files: raise the limit (ulimit -n).',
  ],
};

interface SystemError {
  code?: unknown;
  path?: unknown;
  address?: unknown;
  hostname?: unknown;
  port?: unknown;
}

/** What went wrong with a file, a port or an address; undefined of any other error. */
export function systemComplaint(error: unknown): string | undefined {
  for (let one = error; typeof one === 'object' && one !== null; one = (one as { cause?: unknown }).cause) {
    const { code, path, address, hostname, port } = one as SystemError;
    const said = typeof code === 'string' ? SYSTEM[code] : undefined;
    if (!said) continue;
    const place = [address ?? hostname, port].filter((part) => part !== undefined).join(':');
    return said(String(path ?? place)).join('\n');
  }
  return undefined;
}

/** What to say of whatever kept a process from starting. What libraries say may quote what is in the store, and is not repeated. */
export function complaintOf(error: unknown): string {
  if (error instanceof CannotStart || (error instanceof Error && error.name === 'Error' && !('code' in error))) {
    return error.message;
  }
  return systemComplaint(error) ?? describeError(error).message;
}
