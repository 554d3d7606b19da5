import { z } from 'zod';
import { callerOf } from '../../core/caller.ts';
import { type Route, route } from '../../core/feature.ts';
import { called } from '../../core/input.ts';
import { moveRoutes } from '../../core/move-routes.ts';
import { pageQuery } from '../../core/page.ts';
import { countDifficulties, difficultyCounts } from './counts.ts';
import { difficultyView, difficultyViewOf, getDifficulty, listDifficulties, moveDifficulty } from './difficulties.ts';
import { DIFFICULTY_STATES, type DifficultyState, difficultyLifecycle } from './difficulty.ts';
import { areaCode, id, mine, tag } from './inputs.ts';
import { DIFFICULTY_MOVES } from './messages.ts';

const params = z.object({ id: called('实际问题编号', id) });
const state = called('状态', z.enum(Object.keys(DIFFICULTY_STATES) as [DifficultyState, ...DifficultyState[]]));

/** Difficulties over HTTP. */
export const difficultyRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/difficulties',
    summary: '实际问题：自己负责的，或自己社区的',
    tag,
    query: pageQuery.extend({ state: state.optional(), mine }),
    response: z.object({ items: z.array(difficultyView), next: z.string().optional() }),
    handle: (request, house) => listDifficulties(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/difficulties/counts',
    summary: '实际问题有多少件，少于五件的不显示',
    tag,
    query: z.object({ area: areaCode.optional() }),
    response: difficultyCounts,
    handle: (request, house) => countDifficulties(house, callerOf(request, house), request.query),
  }),
  route({
    method: 'get',
    path: '/difficulties/{id}',
    summary: '一件实际问题',
    tag,
    params,
    response: difficultyView,
    handle: (request, house) => getDifficulty(house, callerOf(request, house), request.params.id),
  }),
  ...moveRoutes({
    path: '/difficulties',
    tag,
    params,
    summaries: DIFFICULTY_MOVES,
    moves: difficultyLifecycle.moves,
    response: difficultyView,
    move: async (house, caller, one, name, input) =>
      difficultyViewOf(house, caller, await moveDifficulty(house, caller, one, name, input)),
  }),
];
