import type { Answer, Query } from '../api/ask';

export type Elector = Answer<'getBallotsByIdElectors'>['items'][number];
export type Way = NonNullable<Query<'getBallotsByIdElectors'>['way']>;

const WAYS = { phone: '手机投了', paper: '交了纸质票' } as const;

/** One line of the list of voters: who has voted and by which way where that may be said, never what. */
export function electorLine({ elector, name, voted, way, attended }: Elector) {
  return {
    elector,
    name,
    voted: way !== undefined ? WAYS[way] : voted ? '投过了' : '还没投',
    tone: voted ? 'tag-good' : '',
    attended,
    /** Whether a paper can still be handed in. */
    waits: !voted,
    /** Whether one was handed in, and may be taken back until it is counted. */
    handedIn: way === 'paper',
  };
}
export type ElectorLine = ReturnType<typeof electorLine>;

export const WHO: readonly { way: Way | 'all'; label: string }[] = [
  { way: 'all', label: '全部' },
  { way: 'none', label: '还没投' },
  { way: 'paper', label: '纸质票' },
  { way: 'phone', label: '手机投的' },
];
