/** Invented people of western Guizhou: surnames about as frequent there as they are, among Han, Yi, Miao and Bouyei. */
import type { Gender } from '../../src/features/people/index.ts';
import type { Chance } from './random.ts';

const SURNAMES: readonly (readonly [string, number])[] = [
  ...weigh(60, '王李张刘陈杨'),
  ...weigh(30, '赵周吴徐孙朱胡郭何罗高林郑梁谢唐许邓冯曹'),
  // 彝
  ...weigh(14, '安禄陇龙海苏卯沙吉'),
  // 苗
  ...weigh(14, '熊陶古侯项祝马顾'),
  // 布依
  ...weigh(16, '韦岑卢陆班伍蒙莫王'),
  ...weigh(10, '彭曾萧田董潘袁蔡蒋余于杜叶程魏吕丁任姚钟姜崔谭廖范汪石付敖晏柳支耿詹'),
  ['欧阳', 2],
];

function weigh(weight: number, surnames: string): [string, number][] {
  return [...surnames].map((surname) => [surname, weight]);
}

type Given = readonly [string, ...string[]];
const OLD_WOMEN: Given = [
  '秀英',
  '桂兰',
  '玉珍',
  '凤英',
  '素芬',
  '兴珍',
  '朝碧',
  '光琴',
  '明芬',
  '德珍',
  '发英',
  '国芬',
  '阿妹',
  '正芬',
  '开秀',
  '仕珍',
];
const OLD_MEN: Given = [
  '建国',
  '国强',
  '德福',
  '明富',
  '光荣',
  '兴发',
  '正祥',
  '朝贵',
  '开华',
  '仕林',
  '永贵',
  '天明',
  '绍云',
  '世忠',
  '文才',
  '阿勇',
];
const YOUNG_WOMEN: Given = [
  '敏',
  '丽娟',
  '小燕',
  '婷婷',
  '雪梅',
  '海燕',
  '佳怡',
  '欣悦',
  '红艳',
  '晓琴',
  '春梅',
  '诗涵',
  '露',
  '倩',
  '阿朵',
  '雨萱',
];
const YOUNG_MEN: Given = [
  '强',
  '志勇',
  '洋',
  '浩然',
  '子豪',
  '俊杰',
  '文博',
  '明亮',
  '鹏',
  '磊',
  '家豪',
  '宇航',
  '小军',
  '松',
  '阿木',
  '思远',
];

/** A name that fits a person's sex and year of birth. */
export function nameFor(chance: Chance, gender: Gender, birthYear: number): string {
  const old = birthYear < 1975;
  const given = gender === 'female' ? (old ? OLD_WOMEN : YOUNG_WOMEN) : old ? OLD_MEN : YOUNG_MEN;
  return `${chance.weighted(SURNAMES)}${chance.pick(given)}`;
}
