import { expect, it } from 'vitest';
import { isUnderWay } from '../../../../src/features/wishes/chat/progress.ts';

it.each([
  '1号进展：已经买好，明天送',
  '毯子买好了，还没送',
  '3号买到了，后天给老人送去',
  '3号已下单，还在路上',
  '办好了一半，还差油漆',
  '3号办得差不多了',
  '3号送到了，明天再去装',
  '1号已经约好，周六上门',
  '3号正在等零件',
])('hears that more is to come: %s', (text) => expect(isUnderWay(text)).toBe(true));

it.each([
  '12号办好了，明天去看老人',
  '3号已送到，老人很满意',
  '锅送到了，他说明天请我去做客',
  '3号办结了，没收他钱',
  '周六送过去了',
  '第2个心愿弄巴适了 米已经扛上楼了',
  '十一号我今天上午去把头发给他剪了',
  '3号办好了，照片还没拍',
])('hears that it is done: %s', (text) => expect(isUnderWay(text)).toBe(false));
