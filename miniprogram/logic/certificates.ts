import type { Answer } from '../api/ask';

type Certificate = Answer<'getCertificates'>['items'][number];

/** A certificate as its page shows it. */
export interface CertificateLine {
  name: string;
  /** What else it is called: a few of them. */
  aliases: string;
  /** In one sentence: whether the community issues it, and who does. */
  who: string;
  bring: string;
  source: string;
  /** Nobody compared it with where it is written yet. */
  unverified: boolean;
}

const ALIASES = 4;

export const certificateLines = (items: readonly Certificate[]): CertificateLine[] =>
  items.map(({ name, aliases, byCommunity, issuedBy, bring = '', source, title, basis, verified }) => ({
    name,
    aliases: aliases.slice(0, ALIASES).join('、'),
    who: byCommunity ? '社区可以开，请来社区办。' : `社区不开这个证明。请找：${issuedBy}。`,
    bring,
    source: `${source}《${title}》${basis === undefined ? '' : `；${basis}`}`,
    unverified: !verified,
  }));
