import { phone } from '../phone.ts';
import { call, WxFailure } from './call.ts';
import { fileOf, keepFile } from './files.ts';
import { network as state } from './network-state.ts';

type Headers = Record<string, string>;

interface RequestOptions {
  url: string;
  data?: string | object | ArrayBuffer;
  header?: Headers;
  method?: string;
  timeout?: number;
  dataType?: string;
  responseType?: 'text' | 'arraybuffer';
  success?: unknown;
  fail?: unknown;
  complete?: unknown;
}

const TIMEOUT_MS = 60_000;

/** The address a request really goes to: whatever host the mini-program names, the API is where the preview says. */
export function apiUrl(url: string): string {
  const base = phone.facts.apiBase;
  const path = url.replace(/^https?:\/\/[^/]+/u, '');
  return base + (path.startsWith('/') ? path : `/${path}`);
}

/** Starts an exchange that can be broken off: WeChat's tasks. */
function task<O extends { url: string; timeout?: number }, R extends object>(
  name: string,
  run: (options: O, signal: AbortSignal, progress: (done: number, all: number) => void) => Promise<R>,
) {
  return (options: O) => {
    const stop = new AbortController();
    const progressed = new Set<(progress: object) => void>();
    const tell = (done: number, all: number) => {
      const progress = {
        progress: all ? Math.round((100 * done) / all) : 0,
        totalBytesSent: done,
        totalBytesWritten: done,
      };
      for (const listener of progressed) listener({ ...progress, totalBytesExpectedToSend: all });
    };
    const asking = call(name, async (asked: O) => {
      if (!state.online) throw new WxFailure('网络未连接', { errno: 600_001 });
      const timer = setTimeout(() => stop.abort(new WxFailure('timeout', { errno: 5 })), asked.timeout ?? TIMEOUT_MS);
      try {
        return await run(asked, stop.signal, tell);
      } catch (error) {
        if (stop.signal.aborted) throw stop.signal.reason;
        if (error instanceof WxFailure) throw error;
        throw new WxFailure(String(error instanceof Error ? error.message : error), { errno: 600_001 });
      } finally {
        clearTimeout(timer);
      }
    });
    // Unlike other calls these return no promise, with or without callbacks.
    asking({ complete: () => undefined, ...options });
    return {
      abort: () => stop.abort(new WxFailure('abort', { errno: 600_003 })),
      onHeadersReceived: () => undefined,
      offHeadersReceived: () => undefined,
      onProgressUpdate: (listener: (progress: object) => void) => progressed.add(listener),
      offProgressUpdate: (listener: (progress: object) => void) => progressed.delete(listener),
    };
  };
}

async function request(options: RequestOptions, signal: AbortSignal) {
  const method = (options.method ?? 'GET').toUpperCase();
  const header = { 'content-type': 'application/json', ...lowerCased(options.header) };
  const { url, body } = payload(options, method, header['content-type']);
  const response = await fetch(url, { method, headers: header, signal, ...(body !== undefined && { body }) });
  return {
    statusCode: response.status,
    header: Object.fromEntries(response.headers),
    cookies: [],
    data:
      options.responseType === 'arraybuffer' ? await response.arrayBuffer() : parsed(await response.text(), options),
  };
}

/** As WeChat: data of a GET goes into the address, other data follows the content type. */
function payload(
  { url, data }: RequestOptions,
  method: string,
  contentType: string,
): { url: string; body?: string | ArrayBuffer } {
  const target = apiUrl(url);
  if (data === undefined || data === null) return { url: target };
  if (data instanceof ArrayBuffer || typeof data === 'string')
    return method === 'GET' ? { url: target } : { url: target, body: data };
  const pairs = Object.entries(data).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  const form = pairs
    .map(([name = '', value = '']) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  if (method === 'GET') return { url: form ? `${target}${target.includes('?') ? '&' : '?'}${form}` : target };
  if (contentType.includes('x-www-form-urlencoded')) return { url: target, body: form };
  return { url: target, body: JSON.stringify(data) };
}

/** WeChat tries to read every text as JSON unless told otherwise, and hands it over as it is when that fails. */
function parsed(text: string, { dataType = 'json' }: RequestOptions): unknown {
  if (dataType !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const lowerCased = (header: Headers = {}): Headers =>
  Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)]));

interface UploadOptions {
  url: string;
  filePath: string;
  name: string;
  header?: Headers;
  formData?: Record<string, string>;
  timeout?: number;
}

async function uploadFile(options: UploadOptions, signal: AbortSignal, progress: (done: number, all: number) => void) {
  const file = fileOf(options.filePath);
  if (!file) throw new WxFailure('file not found');
  const form = new FormData();
  for (const [name, value] of Object.entries(options.formData ?? {})) form.append(name, value);
  form.append(options.name, file, file instanceof File ? file.name : 'file');
  const header = lowerCased(options.header);
  // The browser writes it, with the boundary between the parts.
  delete header['content-type'];
  const response = await fetch(apiUrl(options.url), { method: 'POST', headers: header, body: form, signal });
  progress(file.size, file.size);
  return { statusCode: response.status, data: await response.text() };
}

interface DownloadOptions {
  url: string;
  header?: Headers;
  filePath?: string;
  timeout?: number;
}

async function downloadFile(
  { url, header, filePath }: DownloadOptions,
  signal: AbortSignal,
  progress: (done: number, all: number) => void,
) {
  const response = await fetch(apiUrl(url), { headers: lowerCased(header), signal });
  const blob = await response.blob();
  progress(blob.size, blob.size);
  const [, name] = /filename\*?=(?:UTF-8'')?"?([^";]+)/iu.exec(response.headers.get('content-disposition') ?? '') ?? [];
  const path = keepFile(new File([blob], decodeURIComponent(name ?? 'file'), { type: blob.type }), filePath);
  return { statusCode: response.status, tempFilePath: path, ...(filePath && { filePath }) };
}

export const network = {
  request: task('request', request),
  uploadFile: task('uploadFile', uploadFile),
  downloadFile: task('downloadFile', downloadFile),
  getNetworkType: call('getNetworkType', () => ({ networkType: state.type, hasSystemProxy: false })),
  onNetworkStatusChange: state.onChange,
  offNetworkStatusChange: state.offChange,
};
