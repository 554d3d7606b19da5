/** Lets somebody in who has no other way yet, the first admin above all: `npm run code -- PHONE [NAME]`. */
import { system } from '../src/core/ability.ts';
import type { House } from '../src/core/house.ts';
import { findByPhone, issueBindingCode } from '../src/features/people/index.ts';
import { runCommand, WHERE, WHERE_USAGE } from './command-line.ts';
import { inHouse } from './open-house.ts';

const USAGE = `用法 Usage：npm run code -- 手机号/PHONE [姓名/NAME] ${WHERE_USAGE}
  给一个已登记的人发一个绑定码，30分钟内有效；第一次打开小程序时填它，或者发给机器人。会留下记录。
  几个人用同一个手机号时要写姓名。
  Gives somebody registered a binding code, good for 30 minutes; the name is needed where several share a telephone.`;

await runCommand({
  usage: USAGE,
  options: WHERE,
  words: [1, 2],
  run: (values, [phone = '', name]) => inHouse(values, (house) => giveCode(house, phone, name)),
});

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
