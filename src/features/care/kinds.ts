/** Why somebody is in care, with the word people see (design, section 4). */
export const FLAGS = {
  living_alone: '独居老人',
  empty_nest: '空巢老人',
  disabled: '残疾',
  left_behind: '留守儿童',
  child_in_need: '困境儿童',
  seriously_ill: '重病',
  hardship: '困难家庭',
  veteran: '退役军人',
  other: '其他',
} as const;
export type FlagKind = keyof typeof FLAGS;
export const FLAG_KINDS = Object.keys(FLAGS) as [FlagKind, ...FlagKind[]];

/** How much somebody is at risk, the greatest first. */
export const COLOUR_WORDS = { red: '红色', yellow: '黄色', green: '绿色' } as const;
export type Colour = keyof typeof COLOUR_WORDS;
export const COLOURS = Object.keys(COLOUR_WORDS) as [Colour, ...Colour[]];
