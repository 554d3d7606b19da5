import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { HOUR } from '../../src/core/time.ts';
import { sweepUploads, uploadFolder } from '../../src/http/upload.ts';
import { until } from '../support/until.ts';
import { type Api, openApi, sendBytes, WORKER } from './support.ts';

const LIMIT = 100_000;
const PATH = '/api/v1/notes/1/photo';
let api: Api;
let token: string;
beforeAll(async () => {
  api = await openApi();
  token = await api.http.issueToken(WORKER);
});
afterAll(() => api.close());

const left = () => readdir(uploadFolder(api.house.settings.folder)).catch(() => []);
afterEach(async () => {
  await until(async () => (await left()).length === 0);
});

function form(files: [string, Uint8Array | string][], fields: Record<string, string> = {}): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.append(name, value);
  for (const [name, content] of files) made.append(name, new Blob([content as string]), '照片.jpg');
  return made;
}
const send = (body: FormData) => api.call('POST', PATH, { body });
const code = async (response: Response) => ((await response.json()) as { code?: string }).code;

test('a file arrives whole, with its fields, and is gone after the request', async () => {
  const response = await send(form([['file', Buffer.alloc(LIMIT, 7)]], { caption: '楼道灯' }));
  expect(await response.json()).toEqual({ bytes: LIMIT, caption: '楼道灯' });
  expect(api.seen.uploads.at(-1)?.path).toContain(uploadFolder(api.house.settings.folder));
  expect(await (await send(form([['file', '']]))).json()).toMatchObject({ bytes: 0 });
});

test('one byte too many is 413, announced or only noticed on the way', async () => {
  const noticed = await send(form([['file', Buffer.alloc(LIMIT + 1)]]));
  expect([noticed.status, await code(noticed)]).toEqual([413, 'too_large']);
  const announced = await send(form([['file', Buffer.alloc(3 * LIMIT)]]));
  expect([announced.status, await code(announced)]).toEqual([413, 'too_large']);
  const long = await send(form([['file', 'x']], { caption: 'x'.repeat(20_000) }));
  expect(long.status).toBe(413);
});

test('exactly one file, in its field, and fields the schema knows how to judge', async () => {
  for (const body of [form([]), form([['photo', 'x']]), form([], { file: 'text' })]) {
    const response = await send(body);
    expect([response.status, await code(response)]).toEqual([400, 'invalid_input']);
  }
  const two = await send(
    form([
      ['file', 'a'],
      ['file', 'b'],
    ]),
  );
  expect(await two.json()).toMatchObject({
    status: 400,
    fields: [{ path: 'file', problem: '一次只能上传一个文件。' }],
  });
  expect((await send(form([['file', 'x']], { caption: 'x'.repeat(21) }))).status).toBe(400);
  expect((await send(form([['file', 'x']], { ['__proto__']: '1' }))).status).toBe(400);
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n}`, 'x']));
  expect((await send(form([['file', 'x']], many))).status).toBe(400);
});

test('what is no multipart is 415 or 400', async () => {
  const json = await api.call('POST', PATH, { json: {} });
  expect([json.status, await code(json)]).toEqual([415, 'unsupported_type']);
  const raw = (type: string, body: string) =>
    api.call('POST', PATH, { body: Buffer.from(body), headers: { 'content-type': type } });
  expect((await raw('multipart/form-data', 'x')).status).toBe(400);
  expect((await raw('multipart/form-data; boundary=b', 'nothing like it')).status).toBe(400);
  expect((await raw('multipart/form-data; boundary=b', '')).status).toBe(400);
  const cut = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf a file';
  expect((await raw('multipart/form-data; boundary=b', cut)).status).toBe(400);
});

test('who may not send it does not get it read', async () => {
  const response = await api.call('POST', PATH, { body: form([['file', 'x']]), token: null });
  expect(response.status).toBe(401);
});

test('a client that leaves in the middle leaves nothing behind, and the house goes on', async () => {
  const head =
    `POST ${PATH} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=b\r\n` +
    'Content-Length: 90000\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
  const before = api.lines.length;
  const sockets = Array.from({ length: 5 }, () => {
    const socket = connect(api.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(head + 'x'.repeat(30_000));
    return socket;
  });
  await until(async () => (await left()).length === 5);
  for (const socket of sockets) socket.destroy();
  await until(async () => (await left()).length === 0);
  await until(() => api.lines.slice(before).filter(({ fields }) => fields.status === 499).length === 5);
  expect(api.lines.slice(before).filter(({ level }) => level === 'error')).toEqual([]);
  expect((await send(form([['file', 'ok']]))).status).toBe(200);
});

test('a slow client is waited for, byte by byte', async () => {
  const body =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + 'slow photo' + '\r\n--b--\r\n';
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(api.port, '127.0.0.1', async () => {
      socket.write(
        `POST ${PATH} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n` +
          `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${body.length}\r\n\r\n`,
      );
      for (const byte of body) {
        socket.write(byte);
        await pause(2);
      }
    });
    let text = '';
    socket
      .on('data', (chunk) => (text += chunk))
      .on('close', () => resolve(text))
      .on('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toContain('"bytes":10');
});

test('the connection is still good after a refusal in the middle of a body', async () => {
  const file = 'x'.repeat(LIMIT + 30_000);
  const part = `--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${file}\r\n--b--\r\n`;
  const head = `Host: a\r\nAuthorization: Bearer ${token}\r\n`;
  const answers = await sendBytes(
    api.port,
    `POST ${PATH} HTTP/1.1\r\n${head}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${part.length}\r\n\r\n${part}` +
      `GET /api/v1/wall HTTP/1.1\r\n${head}Connection: close\r\n\r\n`,
  );
  expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
});

test('what a killed process left is swept away at the next start, what is being written is not', async () => {
  const other = await openApi();
  await other.http.close(100);
  const folder = uploadFolder(other.house.settings.folder);
  await mkdir(folder, { recursive: true });
  const now = other.clock.now();
  for (const [name, age] of [
    ['upload-old', 2 * HOUR],
    ['upload-new', 60_000],
    ['something-else', 2 * HOUR],
  ] as const) {
    await writeFile(join(folder, name), 'x');
    await utimes(join(folder, name), now, new Date(now.getTime() - age));
  }
  await sweepUploads(other.house.settings.folder, now);
  expect((await readdir(folder)).sort()).toEqual(['something-else', 'upload-new']);
  await other.close();
});
