import { moveIncident } from '../api/incident-moves';
import { performMove } from '../api/moves';
import { ask } from '../api/session';
import { type Assignable, assignableIn } from './assignable';
import type { IncidentMove } from './incident-buttons';
import { INCIDENT_FORMS } from './incident-forms';
import { type Field, MOVE_FORMS, type MoveForm, type Values } from './move-form';
import type { MoveName } from './moves';

/** What a move is made on, as far as its form needs to know. */
export interface Subject {
  number: number;
  title: string;
  community: string;
  moves: readonly string[];
  /** By when it is to be done, ISO. */
  dueAt?: string;
  /** Whom it is with, as far as whoever looks may know. */
  holder: { id: string; name: string } | null;
  /** What stands in the fields of a form at first. */
  beginning: Values;
  /** What is asked besides, since this one does not say it yet. */
  more: readonly Field[];
}

/** A kind of document whose moves are made on the page of moves. */
export interface MoveKind {
  word: string;
  forms: Partial<Record<string, MoveForm>>;
  /** The move that gives it to somebody, whoever had it before. */
  handsOver: string;
  /** Said when somebody took it on meanwhile, after their name. */
  taken: string;
  longestDays: number;
  read(id: string, move: string): Promise<Subject>;
  /** Those who can be chosen. */
  people(id: string, subject: Subject): Promise<Assignable[]>;
  perform(id: string, move: string, input: Values, key: string): Promise<unknown>;
  /** Numbers are for people; the house goes by ids. */
  numbered(community: string, number: number): Promise<{ id: string }>;
  page(id: string): string;
}

const wish: MoveKind = {
  word: '心愿',
  forms: MOVE_FORMS,
  handsOver: 'assign',
  taken: '刚认领了',
  longestDays: 30,
  async read(id, move) {
    const found = await ask('getWishesById', { path: { id } });
    const full = found.view === 'full' ? found : undefined;
    return {
      number: found.number,
      title: found.title,
      community: found.community,
      moves: found.moves,
      ...(full?.due.done !== undefined && { dueAt: full.due.done }),
      holder: full?.claimant ?? null,
      beginning:
        move === 'publish' && full ? { title: full.wall.title, text: full.wall.text, category: full.category } : {},
      more: [],
    };
  },
  people: (_id, { community }) => assignableIn(community),
  perform: (id, move, input, key) => performMove(id, move as MoveName, input, key),
  numbered: (code, number) => ask('getAreasByCodeWishesByNumber', { path: { code, number } }),
  page: (id) => `/pages/wish/wish?id=${id}`,
};

const incident: MoveKind = {
  word: '事件',
  forms: INCIDENT_FORMS,
  handsOver: 'dispatch',
  taken: '刚接手了',
  longestDays: 60,
  async read(id, move) {
    const found = await ask('getIncidentsById', { path: { id } });
    const { number, title, community, moves, due, handler, urgency, category } = found;
    return {
      number,
      title,
      community,
      moves,
      ...(due.done !== undefined && { dueAt: due.done }),
      holder: handler ?? null,
      beginning: move === 'triage' ? { urgency, category } : move === 'note' ? { toReporters: false } : {},
      more: move === 'triage' && found.grid === undefined ? await gridsOf(community) : [],
    };
  },
  async people(id) {
    const { items } = await ask('getIncidentsByIdCandidates', { path: { id } });
    return items.map((person) => ({ id: person.id, label: `${person.name}（${person.title}）` }));
  },
  perform: (id, move, input, key) => moveIncident(id, move as IncidentMove, input, key),
  numbered: (code, number) => ask('getAreasByCodeIncidentsByNumber', { path: { code, number } }),
  page: (id) => `/pages/incident/incident?id=${id}`,
};

/** In which grid it is, where whoever reported it could not say; without an answer of the house it is left open. */
async function gridsOf(code: string): Promise<Field[]> {
  const found = await ask('getAreasByCodeChildren', { path: { code } }).catch(() => undefined);
  const grids = (found?.items ?? []).filter(({ level }) => level === 'grid');
  const options = grids.map((grid) => ({ value: grid.code, label: grid.name }));
  return options.length > 0 ? [{ kind: 'choice', name: 'grid', label: '在哪个网格（不知道就不选）', options }] : [];
}

/** By the `of` of a link; a wish where there is none. */
export const moveKind = (of: string | undefined): MoveKind => (of === 'incident' ? incident : wish);
