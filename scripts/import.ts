/** Imports a register: `npm run import -- areas|places|people|care FILE [--dry-run] [--folder DIR | --uri mongodb://…]`. */
import { access, constants, stat } from 'node:fs/promises';
import { type ImportReport, importAreas, importPlaces } from '../src/features/areas/index.ts';
import { importCare } from '../src/features/care/index.ts';
import { importPeople } from '../src/features/people/index.ts';
import { runCommand, WHERE, WHERE_USAGE, WRONG_USAGE } from './command-line.ts';
import { inHouse } from './open-house.ts';
import { showProgress } from './progress.ts';

const USAGE = `用法 Usage：npm run import -- areas|places|people|care 文件/FILE.csv|.xlsx [--dry-run] ${WHERE_USAGE}
  areas     区域：编码、名称（可另有上级编码，或县、街道各列）
            areas: code, name (and the code above, or a column each for county and street)
  places    网格里的小区和楼栋：网格编码、小区（可有楼栋、生效日期、来源）
            places: grid code, estate or street (and its buildings, the day it holds from, the source)
  people    人员：姓名、区域编码，手机号和身份证号至少一个；可有性别、出生年份、住址、身份、任职区域编码、守望哨手机号、技能、户号
            people: name, area code, telephone or identity number, and more if known
  care      关爱对象：姓名、手机号或身份证号（先要在人员里）、关爱类别、颜色、原因、同意方式、同意日期、复核日期；可有守望哨手机号、联户长手机号
            people in care: who (known already), flags, colour, reason, consent and its day, review day, and more if known
  --dry-run 只检查，不写入 / checks only, writes nothing`;

const KINDS = { areas: importAreas, places: importPlaces, people: importPeople, care: importCare };

await runCommand({
  usage: USAGE,
  options: { ...WHERE, 'dry-run': { type: 'boolean', default: false } },
  words: [2, 2],
  async run(values, [kind, file = '']) {
    if (kind !== 'areas' && kind !== 'places' && kind !== 'people' && kind !== 'care') return WRONG_USAGE;
    // Before the house is opened: a register that is not there need not wait for that.
    await access(file, constants.R_OK);
    if ((await stat(file)).isDirectory()) throw Object.assign(new Error(file), { code: 'EISDIR', path: file });
    const progress = { check: showProgress('检查'), write: showProgress('写入') };
    const report = await inHouse(values, (house) =>
      KINDS[kind](house, file, {
        dryRun: values['dry-run'],
        by: 'command',
        covers: () => true,
        progress: (phase, done, total) => {
          progress[phase](done, total);
          if (done === total) progress[phase].end();
        },
      }),
    );
    say(report);
    return report.problems.length > 0 ? 1 : 0;
  },
});

function say({ rows, added, updated, problems, ignoredColumns, dryRun }: ImportReport): void {
  if (ignoredColumns.length > 0) console.log(`没有读取的列：${ignoredColumns.join('、')}`);
  for (const { line, column, reason } of problems) console.log(`第${line}行\t${column}\t${reason}`);
  const counts = `新增${added}，更新${updated}，其余不变`;
  if (problems.length > 0) console.log(`共${rows}行，${problems.length}处有问题，一行也没有写入。改好后再导入一次。`);
  else console.log(dryRun ? `检查通过：共${rows}行，将${counts}。` : `导入完成：共${rows}行，${counts}。`);
}
