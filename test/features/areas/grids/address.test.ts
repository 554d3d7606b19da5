import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../../src/core/text.ts';
import { addressIn, gazetteerOf, type PlaceInGrid } from '../../../../src/features/areas/index.ts';

const PLACES: readonly PlaceInGrid[] = [
  { grid: 'G01', gridName: '第一网格', estate: '上海城', buildings: ['1-6', 'A'] },
  { grid: 'G02', gridName: '第二网格', estate: '上海城', buildings: ['7-12', 'B-C'] },
  { grid: 'G03', gridName: '第三网格', estate: '上海城三期', buildings: ['1-9'] },
  { grid: 'G04', gridName: '第四网格', estate: '幸福里小区', buildings: ['1-3', '21-30'] },
  { grid: 'G05', gridName: '第五网格', estate: '铁路家属院' },
  { grid: 'G04', gridName: '第四网格', estate: '建设路', buildings: ['1-48'] },
  { grid: 'G05', gridName: '第五网格', estate: '建设路', buildings: ['49-120'] },
];
const gazetteer = gazetteerOf(PLACES);

/** `grid exact`, those that may be meant joined by |, or nothing. */
const found = (text: string): string =>
  addressIn(normalise(text), gazetteer)
    ?.candidates.map(({ grid, exact }) => `${grid} ${exact}`)
    .join(' | ') ?? '';

describe('an address in what people write', () => {
  it.each([
    // Written out, in figures.
    ['我住上海城3栋2单元501，想要一台收音机', 'G01 上海城3栋2单元501'],
    ['上海城3号楼2单元501室灯坏了', 'G01 上海城3栋2单元501'],
    ['上海城 3栋 2单元 501', 'G01 上海城3栋2单元501'],
    ['上海城小区3栋2单元501', 'G01 上海城3栋2单元501'],
    ['上海城的8栋1单元302房漏水', 'G02 上海城8栋1单元302'],
    ['上海城3-2-501', 'G01 上海城3栋2单元501'],
    ['上海城3栋2-501', 'G01 上海城3栋2单元501'],
    ['上海城3-501', 'G01 上海城3栋501'],
    ['上海城3#2单元501', 'G01 上海城3栋2单元501'],
    ['上海城3#楼的路灯不亮', 'G01 上海城3栋'],
    ['上海城里面7栋电梯坏了', 'G02 上海城7栋'],
    ['上海城，9栋，2单元，301', 'G02 上海城9栋2单元301'],
    ['上海城3栋501', 'G01 上海城3栋501'],
    ['上海城3栋5楼的王奶奶', 'G01 上海城3栋5楼'],
    ['上海城3幢二单元十二楼', 'G01 上海城3栋2单元12楼'],
    ['上海城3座1203', 'G01 上海城3栋1203'],
    ['上海城A栋1203室', 'G01 上海城A栋1203'],
    ['上海城ｂ座２单元３０１', 'G02 上海城B栋2单元301'],
    ['家在上海城５栋１单元４０２', 'G01 上海城5栋1单元402'],
    // In words.
    ['上海城三栋二单元五零一', 'G01 上海城3栋2单元501'],
    ['上海城三号楼二单元五〇一室', 'G01 上海城3栋2单元501'],
    ['上海城十二栋一单元一二零三', 'G02 上海城12栋1单元1203'],
    ['上海城第三栋', 'G01 上海城3栋'],
    ['幸福里二十一栋三楼', 'G04 幸福里小区21栋3楼'],
    ['上海城三期二栋一单元', 'G03 上海城三期2栋1单元'],
    ['上海城3期2栋', 'G03 上海城三期2栋'],
    ['上海城第三期5栋2单元201', 'G03 上海城三期5栋2单元201'],
    ['上海城三期门口的垃圾没人清', 'G03 上海城三期'],
    ['幸福里小区门口有个坑', 'G04 幸福里小区'],
    ['幸福里门口有个坑', 'G04 幸福里小区'],
    ['铁路家属院9栋', 'G05 铁路家属院9栋'],
    ['铁路家属院里9栋2单元', 'G05 铁路家属院9栋2单元'],
    // Streets.
    ['建设路26号门口井盖没了', 'G04 建设路26号'],
    ['建设路二十六号', 'G04 建设路26号'],
    ['建设路 60号附2号', 'G05 建设路60号'],
    ['建设路26号院2单元501', 'G04 建设路26号2单元501'],
    ['住在建设路的88号', 'G05 建设路88号'],
    // No estate named.
    ['21栋1单元302', 'G04 幸福里小区21栋1单元302 | G05 铁路家属院21栋1单元302'],
    ['10栋2单元电梯坏了', 'G02 上海城10栋2单元 | G05 铁路家属院10栋2单元'],
    [
      '三栋二单元五零一',
      'G01 上海城3栋2单元501 | G03 上海城三期3栋2单元501 | G04 幸福里小区3栋2单元501 | G05 铁路家属院3栋2单元501',
    ],
    [
      '3-2-501',
      'G01 上海城3栋2单元501 | G03 上海城三期3栋2单元501 | G04 幸福里小区3栋2单元501 | G05 铁路家属院3栋2单元501',
    ],
    [
      '我家3号楼2单元501室',
      'G01 上海城3栋2单元501 | G03 上海城三期3栋2单元501 | G04 幸福里小区3栋2单元501 | G05 铁路家属院3栋2单元501',
    ],
    ['3栋楼下的垃圾桶满了', 'G01 上海城3栋 | G03 上海城三期3栋 | G04 幸福里小区3栋 | G05 铁路家属院3栋'],
    ['我是幸福里的，就三栋二单元', 'G04 幸福里小区3栋2单元'],
    ['住上海城，家里灯坏了，8栋1单元502', 'G02 上海城8栋1单元502'],
    // Several grids, or one the register does not know.
    ['上海城门口', 'G01 上海城 | G02 上海城'],
    ['建设路上有个坑', 'G04 建设路 | G05 建设路'],
    ['上海城88栋', 'G01 上海城88栋 | G02 上海城88栋'],
    ['幸福里小区99栋', 'G04 幸福里小区99栋'],
    // Not here.
    ['去建设路26号帮我买药，我住上海城3栋', 'G01 上海城3栋'],
    ['帮我去建设路药店买盒药', ''],
    ['想要一台收音机', ''],
    ['幸福里社区什么时候开门', ''],
    ['万达广场3号门', ''],
    ['3号心愿到哪一步了', ''],
    ['认领3号', ''],
    ['我们这三栋楼都停水了', ''],
    ['这栋楼两栋楼都没电', ''],
    ['想要3个杯子，100元左右', ''],
    ['每天13:30-15:30在家', ''],
    ['2026-03-12之前要', ''],
    ['电话0858-822-3344', ''],
    ['给我打138-1234-5678', ''],
    ['一单一双', ''],
    ['第3条第2款', ''],
    ['一百零三岁的老人', ''],
    ['医院三楼内科', ''],
    ['3号线地铁', ''],
    ['', ''],
  ])('%s → %s', (text, expected) => expect(found(text)).toBe(expected));

  const spoken = (digits: string) => [...digits].map((digit) => '零一二三四五六七八九'[Number(digit)]).join('');
  const counted = (number: number): string => {
    const [tens, ones] = [Math.floor(number / 10), number % 10];
    return `${tens > 1 ? spoken(String(tens)) : ''}${tens > 0 ? '十' : ''}${ones > 0 || tens === 0 ? spoken(String(ones)) : ''}`;
  };

  it('is found again in whatever script and shape it is written', () => {
    const where = fc.constantFrom(
      { estate: '上海城', grid: 'G01', buildings: [1, 2, 3, 4, 5, 6], names: ['上海城', '上海城小区'] },
      { estate: '上海城', grid: 'G02', buildings: [7, 8, 9, 10, 11, 12], names: ['上海城', '上海城小区的'] },
      { estate: '上海城三期', grid: 'G03', buildings: [1, 5, 9], names: ['上海城三期', '上海城3期', '上海城第三期'] },
      { estate: '幸福里小区', grid: 'G04', buildings: [1, 21, 30], names: ['幸福里', '幸福里小区', '幸福里小区 '] },
    );
    const house = where.chain((one) =>
      fc.record({
        one: fc.constant(one),
        building: fc.constantFrom(...one.buildings),
        name: fc.constantFrom(...one.names),
      }),
    );
    const rooms = fc.record({
      unit: fc.integer({ min: 1, max: 9 }),
      floor: fc.integer({ min: 1, max: 33 }),
      door: fc.integer({ min: 1, max: 9 }),
    });
    const around = fc.constantFrom('', '我住', '家在', '您好，我是');
    const after = fc.constantFrom('', '，想要一台收音机', ' 灯坏了', '的王奶奶', '。谢谢');
    fc.assert(
      fc.property(
        house,
        rooms,
        around,
        after,
        fc.nat(3),
        fc.nat(5),
        fc.boolean(),
        ({ one, building, name }, { unit, floor, door }, before, rest, script, shape, wide) => {
          const room = `${floor}0${door}`;
          const words = script === 3;
          const [b, u, r] = words
            ? [counted(building), counted(unit), spoken(room)]
            : [String(building), String(unit), room];
          const shapes = [
            `${name}${b}栋${u}单元${r}`,
            `${name}${b}号楼${u}单元${r}室`,
            `${name} ${b}幢 ${u}单元 ${r}`,
            `${name}第${b}栋${u}单元${r}号`,
            `${name}${building}-${unit}-${room}`,
            `${name}，${b}座${u}单元${r}房`,
          ];
          const written = `${before}${shapes[shape]}${rest}`;
          const text = wide
            ? written.replace(/\d/gu, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
            : written;
          const expected = `${one.grid} ${one.estate}${building}栋${unit}单元${room}`;
          expect(found(text), text).toBe(expected);
          const { start = 0, end = 0 } = addressIn(normalise(text), gazetteer) ?? {};
          expect(normalise(text).slice(start, end)).toContain(name.trim().replace(/的$/u, ''));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is not found where there is none, whatever else is written', () => {
    const words = fc.stringMatching(/^[的我想要一二三个 天号第元年月日0-9，。！:a-z]{0,60}$/u);
    fc.assert(
      fc.property(words, (text) => {
        expect(found(text)).toBe('');
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(addressIn(text, gazetteerOf([]))).toBeUndefined();
      }),
    );
  });

  it('takes no longer for what was written to take long', () => {
    for (const unit of ['3', '3栋', '上海城', '建设路3', '一', '3-', '上海城3栋2单元', '第三']) {
      const began = performance.now();
      addressIn(unit.repeat(2_000).slice(0, 2_000), gazetteer);
      expect(performance.now() - began, unit).toBeLessThan(1_000);
    }
  });
});
