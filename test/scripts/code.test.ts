/** The command that lets the first admin in, as people run it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inHouse } from '../../scripts/open-house.ts';
import { importAreas } from '../../src/features/areas/index.ts';
import { importPeople } from '../../src/features/people/index.ts';
import { fileOf } from '../support/sheets.ts';
import { runToEnd } from './commands.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haolin-code-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const data = () => join(folder, 'data');

const run = (...args: string[]) => runToEnd('scripts/code.ts', [...args, '--folder', data()]);

test('from an empty folder to the first admin signed in: areas, people, a code', async () => {
  const areas = await fileOf(folder, '编码,名称\n9900,和风市\n990001,清溪区\n');
  const people = await fileOf(
    folder,
    '姓名,手机号,区域编码,身份,任职区域编码\n陈静,15400000001,990001,管理员,9900\n陈小明,15400000001,990001,居民,990001\n',
  );
  await inHouse({ folder: data() }, async (house) => {
    const options = { dryRun: false, by: 'command', covers: () => true };
    await importAreas(house, areas, options);
    expect(await importPeople(house, people, options)).toMatchObject({ imported: true, added: 2 });
  });

  expect(await run('15400000009')).toMatchObject({ code: 1, said: expect.stringContaining('没有找到') });
  expect(await run('15400000001')).toMatchObject({ code: 1, said: expect.stringContaining('2个人') });
  const given = await run('154 0000 0001', '陈静');
  expect(given).toMatchObject({ code: 0, said: expect.stringContaining('陈静的绑定码：') });
  const code = /绑定码：(\w{6})/.exec(given.said)?.[1] ?? '';

  await inHouse({ folder: data() }, async (house) => {
    expect(await house.directory.bindOpenid?.('openid', code)).toMatchObject({
      name: '陈静',
      roles: [{ role: 'admin', area: '9900' }],
    });
    expect(await house.model('audits').find().lean()).toMatchObject([
      { what: 'binding_code', channel: 'command', by: { id: 'system' } },
    ]);
  });
}, 180_000);
