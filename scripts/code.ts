/** Lets somebody in who has no other way yet, the first admin above all: `npm run code -- PHONE [NAME]`. */
import { parseArgs } from 'node:util';
import { system } from '../src/core/ability.ts';
import { HaolinError } from '../src/core/errors.ts';
import type { House } from '../src/core/house.ts';
import { findByPhone, issueBindingCode } from '../src/features/people/index.ts';
import { inHouse } from './open-house.ts';

const USAGE = `用法：npm run code -- 手机号 [姓名] [--folder 数据文件夹 | --uri mongodb://…]
  给一个已登记的人发一个绑定码，30分钟内有效；第一次打开小程序时填它，或者发给机器人。会留下记录。
  几个人用同一个手机号时要写姓名。`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { folder: { type: 'string' }, uri: { type: 'string' } },
  });
  const [phone, name, more] = positionals;
  if (phone === undefined || more !== undefined) {
    console.error(USAGE);
    return 2;
  }
  return inHouse(values, (house) => giveCode(house, phone, name));
}

async function giveCode(house: House, phone: string, name: string | undefined): Promise<number> {
  const people = (await findByPhone(house, phone)).filter((person) => name === undefined || person.name === name);
  const [person, second] = people;
  if (!person) {
    console.error('没有找到用这个手机号登记的人，请先导入人员。');
    return 1;
  }
  if (second) {
    console.error(`用这个手机号登记的有${people.length}个人，请在手机号后面写上姓名。`);
    return 1;
  }
  const { code } = await issueBindingCode(house, person._id, system('command'));
  console.log(`${person.name}的绑定码：${code}（30分钟内有效，只能用一次）`);
  return 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof HaolinError ? error.detail : error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
