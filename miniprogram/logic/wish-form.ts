import type { Body } from '../api/ask';

/** What somebody fills in to make a wish. */
export interface WishForm {
  text: string;
  category: Category;
  /** Whether it was chosen by hand: then no guess changes it any more. */
  chosen: boolean;
  urgent: boolean;
  other: boolean;
  name: string;
  relation: string;
  under14: boolean;
  address: string;
  photos: string[];
}

export type Category = Body<'postWishes'>['category'];

export const CATEGORIES: readonly { category: Category; label: string; hints: RegExp }[] = [
  { category: 'repair', label: '家中维修', hints: /修|坏|漏|堵|灯|水管|电路|门锁|窗|跳闸|装/ },
  { category: 'care', label: '陪伴照护', hints: /陪|聊天|照看|照顾|理发|护理|散步|独居/ },
  { category: 'errand', label: '代办跑腿', hints: /买菜|取药|代办|跑腿|送到|接送|搬|办证|交费/ },
  { category: 'study', label: '学习辅导', hints: /辅导|作业|学习|功课|教我|补课|手机怎么|识字/ },
  { category: 'service', label: '便民服务', hints: /磨刀|量血压|体检|讲座|义诊|缝补|咨询/ },
  { category: 'goods', label: '物品', hints: /想要|需要|缺|一个|一台|一副|一床|轮椅|拐杖|被子|衣服|米|油/ },
  { category: 'other', label: '其他', hints: /(?!)/ },
];

export const EMPTY: WishForm = {
  text: '',
  category: 'goods',
  chosen: false,
  urgent: false,
  other: false,
  name: '',
  relation: '',
  under14: false,
  address: '',
  photos: [],
};

/** The fields that are typed into. */
export const TYPED: readonly string[] = ['text', 'name', 'relation', 'address'] satisfies (keyof WishForm)[];

/** 想要一个电饭煲，家里的坏了: a thing asked for outright, whatever became of the old one. */
const WANTS_A_THING = /(?:想要|想买|需要|缺)[^，。；！\s]{0,2}[个台副床把件双部辆条套](?!人)/;
/** What only a person can bring. */
const WANTS_SOMEBODY = /修|陪|教|照看|照顾|辅导|帮忙(?:装|换)/;

/** The kind of help the words sound like; a chip is set by it until somebody sets one themselves. */
export function guessCategory(text: string): Category {
  if (WANTS_A_THING.test(text) && !WANTS_SOMEBODY.test(text)) return 'goods';
  return CATEGORIES.find(({ hints }) => hints.test(text))?.category ?? 'other';
}

export const labelOf = (category: Category): string =>
  CATEGORIES.find((one) => one.category === category)?.label ?? '其他';

/** What is still missing, as a sentence for the person; nothing when it can be read back. */
export function missing(form: WishForm): string | undefined {
  if (form.text.trim().length < 2) return '请写一句您想要什么。';
  if (form.other && form.name.trim() === '') return '请写明是替谁许的愿。';
  return undefined;
}

/** The one sentence that is read back before anything is sent. */
export function readBack(form: WishForm): string {
  const who = form.other ? `替${form.relation.trim() || '邻居'}${form.name.trim()}` : '为自己';
  const more = [
    form.urgent ? '比较急' : '',
    form.address.trim() ? '附了详细地址' : '',
    form.photos.length > 0 ? `附了${form.photos.length}张照片` : '',
  ].filter(Boolean);
  return `${who}许个心愿：${form.text.trim()}（${[labelOf(form.category), ...more].join('，')}）。`;
}

/** The form as the house takes it. */
export function bodyOf(form: WishForm): Body<'postWishes'> {
  return {
    text: form.text.trim(),
    category: form.category,
    urgent: form.urgent,
    photos: form.photos,
    ...(form.address.trim() && { address: form.address.trim() }),
    ...(form.other && {
      for: {
        name: form.name.trim(),
        under14: form.under14,
        ...(form.relation.trim() && { relation: form.relation.trim() }),
      },
    }),
  };
}
