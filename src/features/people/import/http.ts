import { z } from 'zod';
import { may, scope } from '../../../core/ability.ts';
import { forbidden, invalidInput } from '../../../core/errors.ts';
import { type Route, route } from '../../../core/feature.ts';
import { importAreas } from '../../areas/index.ts';
import { fileMissing } from '../errors.ts';
import { importPeople } from './plan.ts';

/** A register of a hundred thousand people as CSV. */
const MOST_BYTES = 20 * 1_024 * 1_024;

/** A file may be wrong in every row; nobody reads more of it than this. */
const MOST_PROBLEMS = 1_000;

const KINDS = {
  areas: { subject: 'area', run: importAreas },
  people: { subject: 'person', run: importPeople },
} as const;

/** Registers sent as files. */
export const routes: Route[] = [
  route({
    method: 'post',
    path: '/imports/{kind}',
    summary: '导入区域或人员表格（CSV、XLSX）；有一行不对就一行也不写入',
    tag: '导入',
    params: z.object({ kind: z.enum(['areas', 'people']) }),
    query: z.object({ dryRun: z.stringbool().default(false).meta({ description: '只检查，不写入' }) }),
    upload: { maxBytes: MOST_BYTES },
    response: z.object({
      kind: z.string(),
      rows: z.number().int().meta({ description: '表头以下的行数' }),
      added: z.number().int(),
      updated: z.number().int(),
      problems: z.array(z.object({ line: z.number().int(), column: z.string(), reason: z.string() })),
      moreProblems: z.number().int().meta({ description: '没有列出的问题数' }),
      ignoredColumns: z.array(z.string()),
      dryRun: z.boolean(),
      imported: z.boolean().meta({ description: '全部写入了；否则一行也没有写入' }),
    }),
    limit: { points: 20, seconds: 600 },
    async handle({ params, query, actor, ability, upload }, house) {
      const { subject, run } = KINDS[params.kind];
      if (scope(ability, 'import', subject) === undefined) throw forbidden();
      if (!upload) throw invalidInput([{ path: 'file', problem: fileMissing }]);
      const report = await run(house, upload.path, {
        dryRun: query.dryRun,
        by: actor.id,
        covers: (areas) => may(ability, 'import', subject, { areas }),
      });
      return {
        ...report,
        problems: report.problems.slice(0, MOST_PROBLEMS),
        moreProblems: Math.max(0, report.problems.length - MOST_PROBLEMS),
      };
    },
  }),
];
