import { likeness, normalise } from '../../core/text.ts';

/**
 * What wishes say whatever they are about: greetings, that something is asked for, by whom and how many. Two wishes are
 * not alike for having these in common.
 */
const ASKING = new RegExp(
  [
    '您好|你好|同志们?|书记|老师|社区|幺妹|麻烦|谢谢|多谢|不好意思|请问|好心人|大家|哪位',
    '能不能|可不可以|能否|可以|有没得|有没有|有哪个|希望|盼望|需要|想[要请找求借换]|申请|登记|微?心愿|愿望',
    '帮[忙我]|帮下忙|帮个忙|给我|我们家?|我家|我的|屋头|家[里中]|屋里|有人|上门|一下',
    '[请找]个?人?|人(?=[修换理磨])|[一两几]?[个台口床把条张只件部盆双套根副点些块次对辆]',
    '[我帮给想要求来去的了吗嘛呢哦啊吧哈得差缺]',
  ].join('|'),
  'gu',
);

/** From this likeness on two wishes are worth comparing by eye. */
export const ALIKE = 0.6;

/** How alike two wishes are, from 0 to 1, by what they are about. Good enough for a hint. Pure. */
export const likenessOf = (a: string, b: string): number => likeness(matterOf(a), matterOf(b));

const matterOf = (text: string): string =>
  normalise(text)
    .replace(ASKING, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
