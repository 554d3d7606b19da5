import type { Furnished } from './furnish.ts';

/** A screen worth a picture: who looks at which page. */
export interface Screen {
  name: string;
  who: string;
  /** Of the mini-program. */
  page: (made: Furnished) => string;
  /** Pressed one after the other before the picture is taken. */
  press?: readonly string[];
  /** Typed into the field of this name first. */
  write?: readonly (readonly [field: string, text: string])[];
}

export const SCREENS: readonly Screen[] = [
  { name: 'home-resident', who: '王秀英', page: () => '/pages/home/home' },
  { name: 'home-worker', who: '周强', page: () => '/pages/home/home' },
  { name: 'home-secretary', who: '陈建国', page: () => '/pages/home/home' },
  { name: 'make', who: '王秀英', page: () => '/pages/make/make', write: [['想要什么', '想要一台收音机，听听戏']] },
  {
    name: 'make-read-back',
    who: '王秀英',
    page: () => '/pages/make/make',
    write: [['想要什么', '想要一台收音机，听听戏']],
    press: ['写好了'],
  },
  { name: 'make-for-other', who: '孙桂芳', page: () => '/pages/make/make?for=other' },
  { name: 'wish-author', who: '王秀英', page: ({ done }) => `/pages/wish/wish?id=${done}` },
  { name: 'wish-stranger', who: '赵小燕', page: ({ open }) => `/pages/wish/wish?id=${open}` },
  { name: 'wish-helper', who: '周强', page: ({ claimed }) => `/pages/wish/wish?id=${claimed}` },
  { name: 'wish-secretary', who: '陈建国', page: ({ waiting }) => `/pages/wish/wish?id=${waiting}` },
  { name: 'move-rate', who: '王秀英', page: ({ done }) => `/pages/move/move?id=${done}&move=rate` },
  { name: 'move-done', who: '周强', page: ({ claimed }) => `/pages/move/move?id=${claimed}&move=done` },
  { name: 'move-extend', who: '周强', page: ({ claimed }) => `/pages/move/move?id=${claimed}&move=extend` },
  { name: 'move-publish', who: '陈建国', page: ({ waiting }) => `/pages/move/move?id=${waiting}&move=publish` },
  { name: 'move-assign', who: '陈建国', page: ({ open }) => `/pages/move/move?id=${open}&move=assign` },
  { name: 'mine', who: '王秀英', page: () => '/pages/mine/mine' },
  { name: 'inbox', who: '陈建国', page: () => '/pages/inbox/inbox' },
  { name: 'inbox-empty', who: '吴永贵', page: () => '/pages/inbox/inbox' },
  { name: 'me', who: '王秀英', page: () => '/pages/me/me', press: ['拿一个绑定码'] },
  { name: 'work-today', who: '周强', page: () => '/work/today/today' },
  { name: 'work-nearby', who: '周强', page: () => '/work/nearby/nearby' },
  { name: 'work-people', who: '何春梅', page: () => '/work/people/people' },
  { name: 'work-moderate', who: '陈建国', page: () => '/work/moderate/moderate' },
  { name: 'work-late', who: '陈建国', page: () => '/work/late/late' },
  { name: 'work-board', who: '陈建国', page: () => '/work/board/board' },
];
