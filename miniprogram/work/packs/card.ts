import type { Pack } from '../../logic/ballot';
import { momentWord } from '../../logic/when';

/** One rule as whoever checks it reads it: what it says, where it comes from, and whether somebody has compared the two. */
export interface PackCard {
  /** A version of its own is checked on its own. */
  id: string;
  title: string;
  version: string;
  source: string;
  url: string;
  tag: string;
  tone: string;
  /** What is to be checked; of one that was checked, who did and what they wrote. */
  note: string;
  sentences: string[];
  variants: { title: string; matters: string; sentences: string[] }[];
}

export const idOf = ({ code, version }: Pack): string => `${code}:${version}`;

export function packCard(pack: Pack, now: Date): PackCard {
  const { title, version, effectiveFrom, source, verified, confirmed, note = '', sentences, variants } = pack;
  return {
    id: idOf(pack),
    title,
    version: `第${version}版，${effectiveFrom}起`,
    source: source.text,
    url: source.url ?? '',
    tag: verified ? '核对过' : '没核对过',
    tone: verified ? 'tag-good' : 'tag-soon',
    note: confirmed ? `${confirmed.by}${momentWord(confirmed.at, now)}核对过：${confirmed.note}` : note,
    sentences,
    variants: variants.map((one) => ({
      title: one.title,
      matters: one.matters.join('；'),
      // What holds for all of them stands above already.
      sentences: one.sentences.filter((said) => !sentences.includes(said)),
    })),
  };
}
