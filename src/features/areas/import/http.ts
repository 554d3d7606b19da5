import { z } from 'zod';
import { may, scope } from '../../../core/ability.ts';
import { forbidden, invalidInput } from '../../../core/errors.ts';
import { type Route, route } from '../../../core/feature.ts';
import type { House } from '../../../core/house.ts';
import { called } from '../../../core/input.ts';
import { importWords } from '../messages.ts';
import type { ImportOptions, ImportReport } from './report.ts';

/** A register of a hundred thousand people as CSV. */
const MOST_BYTES = 20 * 1_024 * 1_024;

/** A file may be wrong in every row; nobody reads more of it than this. */
const MOST_PROBLEMS = 1_000;

const report = z.object({
  kind: z.string(),
  rows: z.number().int().meta({ description: '表头以下的行数' }),
  added: z.number().int(),
  updated: z.number().int(),
  problems: z.array(z.object({ line: z.number().int(), column: z.string(), reason: z.string() })),
  moreProblems: z.number().int().meta({ description: '没有列出的问题数' }),
  ignoredColumns: z.array(z.string()),
  dryRun: z.boolean(),
  imported: z.boolean().meta({ description: '全部写入了；否则一行也没有写入' }),
});

/**
 * The route that takes a register as a file.
 * @param subject whose `import` the sender must be allowed, wherever a row reaches
 */
export function importRoute(kind: {
  name: string;
  summary: string;
  subject: string;
  run(house: House, path: string, options: ImportOptions): Promise<ImportReport>;
}): Route {
  return route({
    method: 'post',
    path: `/imports/${kind.name}`,
    summary: kind.summary,
    tag: '导入',
    query: z.object({
      dryRun: called('只检查', z.stringbool()).default(false).meta({ description: '只检查，不写入' }),
    }),
    upload: { maxBytes: MOST_BYTES },
    response: report,
    limit: { points: 20, seconds: 600 },
    async handle({ query, actor, ability, upload }, house) {
      if (scope(ability, 'import', kind.subject) === undefined) throw forbidden();
      if (!upload) throw invalidInput([{ path: 'file', code: 'required', problem: importWords.noFile }]);
      const { problems, ...rest } = await kind.run(house, upload.path, {
        dryRun: query.dryRun,
        by: actor.id,
        covers: (areas) => may(ability, 'import', kind.subject, { areas }),
      });
      return {
        ...rest,
        problems: problems.slice(0, MOST_PROBLEMS),
        moreProblems: Math.max(0, problems.length - MOST_PROBLEMS),
      };
    },
  });
}
