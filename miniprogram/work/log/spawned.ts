import type { Answer } from '../../api/ask';

type Spawned = Answer<'getVisitsById'>['spawned'][number];

/** What came of a visit, as a line that leads to it. */
export interface SpawnedRow {
  id: string;
  url: string;
  /** 登记了微心愿3号 */
  made: string;
  /** The same, and how it stands. */
  words: string;
  /** On a button. */
  look: string;
  /** Its words told of danger: those who come were told at once. */
  danger: boolean;
}

const KINDS: Record<Spawned['kind'], { page: string; made: string; look: string }> = {
  wish: { page: '/pages/wish/wish', made: '登记了微心愿', look: '看看这个微心愿' },
  incident: { page: '/pages/incident/incident', made: '上报了事件', look: '看看这个事件' },
};

export const spawnedRows = ({ spawned }: { spawned: readonly Spawned[] }): SpawnedRow[] =>
  spawned.map(({ kind, id, number, danger = false, stateWord }) => {
    const { page, made, look } = KINDS[kind];
    const called = `${made}${number}号`;
    return {
      id,
      url: `${page}?id=${id}`,
      made: called,
      words: stateWord ? `${called}，${stateWord}` : called,
      look,
      danger,
    };
  });
