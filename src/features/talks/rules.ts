import { allow, inArea, own, type Rule } from '../../core/ability.ts';

/**
 * A talk is between two. The community's secretaries know that it is due, arranged and held; what was said is its author's
 * and the worker's alone: no role reads it, a secretary who follows neither. Those above count.
 */
export const talkRules: readonly Rule[] = [
  allow('anyone', ['read', 'claim', 'answer', 'drop', 'readRecord'], 'talk', own('worker.id')),
  allow(['worker', 'grid_worker'], ['ask'], 'talk', own('worker.id')),
  allow(['secretary'], ['read', 'ask', 'schedule', 'done', 'drop'], 'talk', inArea),
  allow('anyone', ['read', 'readRecord'], 'talk', own('author')),
  allow('anyone', ['addRecord', 'addDifficulty'], 'talk', own('host.id')),
  allow(['secretary'], ['read'], 'talk_list', inArea),
  allow(['secretary', 'supervisor'], ['read'], 'talk_counts', inArea),

  // An anonymised difficulty is its owner's and the secretaries'; nobody knows from it whose it is.
  allow(['secretary'], ['record', 'read', 'take', 'handOver', 'solve', 'drop', 'extend'], 'difficulty', inArea),
  allow('anyone', ['read', 'take', 'handOver', 'solve', 'extend'], 'difficulty', own('owner.id')),

  allow(['secretary'], ['record', 'read', 'void'], 'care_visit', inArea),
  allow('anyone', ['read'], 'care_visit', own('worker.id')),
];
