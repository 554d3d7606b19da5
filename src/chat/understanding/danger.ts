/**
 * Words that mean life or property is in danger while they are written. A message with one of them must reach people
 * as an incident even where its other words look like a wish; the cost of one alarm too many is a question.
 */
const DANGER =
  /着火|起火|失火|烧起来|冒(?:黑|浓|大)烟|煤气味|漏气|煤气泄漏|天然气泄漏|救命|救人|快救|(?:晕|昏|瘫|倒|躺|摔)[倒在到]+(?:地|雪|路|血|楼)|昏迷|不省人事|[喊叫]不[醒应答]|没有?反应|一动不动|口吐白沫|抽搐|喘不[上过]|(?:掉|跌|落|栽)[进到下](?:了|去)?.{0,4}(?:河|水|井|坑|塘|沟)|落水|溺水|触电|跳楼|要跳|轻生|自杀|自焚|喝.{0,2}农药|割腕|煤烟中毒|中毒了|困[住在].{0,6}(?:里|车|水|火|楼|电梯)|压[到住着].{0,2}人|砸[到中]人|要出人命|拿刀|提刀|持刀|砍人|捅[人了伤]/u;

/** Told, remembered or dreamt, not seen. */
const TOLD =
  /听说|听我|听人|新闻|电视|网上|抖音|视频|电影|梦见|梦到|以前|从前|小时候|年轻|当年|那年|去年|前年|昨天|上次|上回|上个月|老家|隔壁县|别的|幸好|还好|后来|已经|谢谢|演练|培训|宣传|预防|注意/u;

/** Whether a text says that somebody or something is in danger now. */
export function dangerIn(text: string): boolean {
  return DANGER.test(text) && !TOLD.test(text);
}
