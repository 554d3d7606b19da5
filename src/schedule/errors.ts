import { namedError } from '../core/errors.ts';

export const unknownJob = namedError('unknown_job', 404, (name: string) => `没有名叫“${name}”的任务。`);
export const alreadyRun = namedError('already_run', 409, () => '这个时间点的任务已经执行过了，请换一个时间。');
