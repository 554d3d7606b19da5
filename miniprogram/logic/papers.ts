import type { Answer } from '../api/ask';
import type { Elector } from './electors';

export type Paper = Answer<'getBallotsByIdPapers'>['items'][number];

/** One paper as the list shows it: how far it is, never what it says. */
export interface PaperLine {
  paper: string;
  name: string;
  tag: string;
  tone: string;
  /** What whoever looks can still do with it, on a button. */
  act: string;
  /** Whose entry whoever looks can take back, on a button. */
  takesBack: string;
}

/**
 * @param handedIn those who handed one in; in an open ballot a paper goes by its elector
 * @param strikesOut whether whoever looks may take back what others entered
 */
export function paperLines(
  papers: readonly Paper[],
  handedIn: readonly Elector[],
  open: boolean,
  strikesOut: boolean,
): PaperLine[] {
  const names = new Map(handedIn.map(({ elector, name }) => [elector, name]));
  const lines = papers.map((one) => ({
    ...standing(one),
    takesBack: one.mine ? '撤回我录的' : strikesOut && one.entered > 0 ? '撤回别人录的' : '',
    paper: one.paper,
    name: open ? (names.get(one.paper) ?? one.paper) : `${one.paper}号`,
  }));
  const begun = new Set(papers.map(({ paper }) => paper));
  const untouched = open ? handedIn.filter(({ elector }) => !begun.has(elector)) : [];
  return [
    // What disagrees holds up the count.
    ...lines.filter(({ tone }) => tone === 'tag-late'),
    ...lines.filter(({ tone }) => tone === ''),
    ...untouched.map(({ elector, name }) => ({
      paper: elector,
      name,
      tag: '还没录',
      tone: '',
      act: '录这张',
      takesBack: '',
    })),
    ...lines.filter(({ tone }) => tone === 'tag-good'),
  ];
}

function standing({ settled, differs, mine }: Paper): Pick<PaperLine, 'tag' | 'tone' | 'act'> {
  if (settled) return { tag: '对上了', tone: 'tag-good', act: '' };
  if (differs) return { tag: '两个人录得不一样', tone: 'tag-late', act: mine ? '看着票再录一遍' : '' };
  return mine ? { tag: '等另一个人再录一遍', tone: '', act: '' } : { tag: '别人录了一遍', tone: '', act: '我也录一遍' };
}

/** How far it all is, in one sentence. @param more whether there are more than were read */
export function progressWord(papers: readonly Paper[], handedIn: number, more: boolean): string {
  const settled = papers.filter((one) => one.settled).length;
  const word = `登记交了${handedIn}${more ? '多' : ''}张，录了${papers.length}张，两个人对上了${settled}张。`;
  return settled === handedIn && !more ? `${word}都录好了，可以计票。` : word;
}

/** Once it is counted nobody needs to know whose paper it was, and the house does not say. */
export const countedWord = (papers: readonly Paper[]): string =>
  papers.length === 0 ? '票已经数好了，没有录纸质票。' : `票已经数好了，一共录了${papers.length}张纸质票。`;

/** Whatever is written on a paper to tell it from the others. */
export const isPaperNumber = (written: string): boolean => /^[0-9A-Za-z-]{1,24}$/.test(written);
