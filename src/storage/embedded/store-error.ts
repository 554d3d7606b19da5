/** Why a store cannot be opened, or not be kept open. */
import { getSystemErrorMap } from 'node:util';
import { messages } from './messages.ts';

export type StoreErrorCode =
  | 'store_in_use'
  | 'store_lost'
  | 'store_not_folder'
  | 'store_read_only'
  | 'store_disk_full'
  | 'store_damaged'
  | 'store_missing'
  | 'store_no_socket';

/** Its message is a sentence for people that says what to do, and names the code for programs. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
  }
}

const told = (code: StoreErrorCode, sentence: string) => new StoreError(code, `${sentence}。（${code}）`);

export const storeInUse = (folder: string, who: string) => told('store_in_use', messages.in_use(folder, who));
export const storeLost = (folder: string, who = messages.nobody()) => told('store_lost', messages.lost(folder, who));
export const storeDamaged = (file: string, why: string) => told('store_damaged', messages.damaged(file, why));
export const storeWithoutSocket = (place: string, longest: number) =>
  told('store_no_socket', messages.no_socket(place, longest));
export const storeMissing = (folder: string) => told('store_missing', messages.missing(folder));

/** What LMDB answers when a file is none of its own, or when pages are missing or make no sense. */
const LMDB_DAMAGE = new Set([-30797, -30796, -30794, -30793]);

/** The error of a file system or of LMDB on opening a store, in words for people; any other error as it is. */
export function storeUnreachable(folder: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const { code, message } = error as { code?: unknown; message: string };
  switch (typeof code === 'number' ? getSystemErrorMap().get(-code)?.[0] : code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return told('store_not_folder', messages.not_folder(folder));
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return told('store_read_only', messages.read_only(folder, message));
    case 'ENOSPC':
    case 'EDQUOT':
      return told('store_disk_full', messages.disk_full(folder));
  }
  return LMDB_DAMAGE.has(code as number) ? storeDamaged(folder, messages.damage.lmdb(message)) : error;
}
