import { z } from 'zod';
import { called } from '../../core/input.ts';
import { asWritten, onOneLine } from '../../core/written.ts';
import { DROP_REASONS, type DropReason, OCCASIONS, type OccasionKind, TOPIC_CODES } from './model.ts';

const keys = <K extends string>(words: Record<K, string>) => Object.keys(words) as [K, ...K[]];

export const id = z.string().regex(/^[0-9a-f]{24}$/);
export const worker = called('谈话对象', id);
export const day = called('日期', z.iso.date());
export const quarter = called('季度', z.string().regex(/^\d{4}-Q[1-4]$/)).meta({ example: '2026-Q4' });
export const areaCode = called('区域', z.string().regex(/^\d{4,12}(?:G\d{2,3})?$/));
const time = called('时间', z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)).meta({ example: '10:00' });
const place = called('地点', z.string().overwrite(onOneLine).min(1).max(50));
/** By a pattern of the codes there are: the checklist is data, and clients ask for it. */
const topicCode = z.string().regex(new RegExp(`^(?:${TOPIC_CODES.join('|')})$`, 'u'));
const topics = called('谈到的方面', z.array(called('谈到的方面', topicCode)).max(TOPIC_CODES.length));

/** Something calls for a talk. Without a worker it is the one who asks. */
export const askInput = z.object({
  worker: worker.optional(),
  occasion: called('原因', z.enum(keys<OccasionKind>(OCCASIONS))),
  at: day.optional().describe('事情发生在哪一天；不填就是今天'),
});
export const scheduleInput = z.object({ day, time, place: place.optional() });
export const inviteInput = scheduleInput.extend({ worker });
/** When else it would suit; nothing but days and hours, so that no words go astray. */
export const anotherInput = z.object({ day: day.optional(), time: time.optional() });
export const claimInput = z.object({ day });
export const dropInput = z.object({ because: called('原因', z.enum(keys<DropReason>(DROP_REASONS))) });

/** Instead of a record's text the lifecycle is given a keyed fingerprint of it: what it keeps of an input says nothing. */
const recordMark = called('谈话记录', z.string().regex(/^[\w-]{1,64}$/)).optional();
export const doneMove = z.object({ day, topics, recordMark });
export const heldStart = doneMove.extend({ worker });
export const addRecordMove = z.object({ topics: topics.optional(), recordMark });

/** What the API takes. */
const record = called('谈话记录', z.string().overwrite(asWritten).min(1).max(5_000)).describe(
  '只有写的人和谈话对象本人能看，加密保存',
);
export const difficultyKinds = {
  pay: '待遇收入',
  post: '岗位编制',
  workload: '工作负担',
  health: '身体健康',
  housing: '住房',
  schooling: '子女上学',
  care: '照顾家人',
  other: '其他',
} as const;
export type DifficultyKind = keyof typeof difficultyKinds;
export const difficultyInput = z.object({
  kind: called('困难类别', z.enum(keys<DifficultyKind>(difficultyKinds))),
  text: called('实际问题', z.string().overwrite(asWritten).min(1).max(500)).describe('保存前隐去本人的姓名和电话'),
  owner: called('负责人', id).optional(),
  deadline: day.optional(),
});
export const handOverInput = z.object({ owner: called('负责人', id) });
export const doneBody = z.object({
  day,
  topics,
  record: record.optional(),
  difficulties: called('实际问题', z.array(difficultyInput).max(10)).optional(),
});
export const heldBody = doneBody.extend({ worker });
export const addRecordBody = z.object({ record, topics: topics.optional() });

/** Under which the routes of talks, and of what comes of them, stand in the API's pages. */
export const tag = '谈心谈话';
export const mine = called('只看自己的', z.stringbool()).optional();
