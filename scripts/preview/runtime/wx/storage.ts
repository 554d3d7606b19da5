import { phoneName } from '../settings.ts';
import { call, WxFailure } from './call.ts';

const PREFIX = `haolin-phone:${phoneName}:`;
/** WeChat's limits: 10 MB in all, 1 MB a key. */
const LIMIT_KB = 10_240;

const keys = (): string[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length));

/** As WeChat: what is not there reads as an empty text. */
function getStorageSync(key: string): unknown {
  const written = localStorage.getItem(PREFIX + key);
  return written === null ? '' : revive(JSON.parse(written));
}

function setStorageSync(key: string, data: unknown): void {
  const type = data instanceof Date ? 'date' : typeof data;
  localStorage.setItem(PREFIX + key, JSON.stringify({ type, data }));
}

function revive({ type, data }: { type: string; data?: unknown }): unknown {
  if (type === 'date') return new Date(String(data));
  return type === 'undefined' ? undefined : data;
}

const removeStorageSync = (key: string): void => localStorage.removeItem(PREFIX + key);

function clearStorageSync(): void {
  for (const key of keys()) removeStorageSync(key);
}

function getStorageInfoSync() {
  const size = keys().reduce((sum, key) => sum + (localStorage.getItem(PREFIX + key)?.length ?? 0), 0);
  return { keys: keys(), currentSize: Math.ceil(size / 1024), limitSize: LIMIT_KB };
}

export const storage = {
  getStorageSync,
  setStorageSync,
  removeStorageSync,
  clearStorageSync,
  getStorageInfoSync,
  getStorage: call('getStorage', ({ key }: { key: string }) => {
    if (!keys().includes(key)) throw new WxFailure('data not found');
    return { data: getStorageSync(key) };
  }),
  setStorage: call('setStorage', ({ key, data }: { key: string; data: unknown }) => {
    setStorageSync(key, data);
    return {};
  }),
  removeStorage: call('removeStorage', ({ key }: { key: string }) => {
    removeStorageSync(key);
    return {};
  }),
  clearStorage: call('clearStorage', () => {
    clearStorageSync();
    return {};
  }),
  getStorageInfo: call('getStorageInfo', getStorageInfoSync),
};
