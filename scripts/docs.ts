/**
 * `npm run docs`: writes what is read from the code, `docs/lifecycles.md` and the mini-program's `api/operations.d.ts` and `api/routes.ts`;
 * a test says when one is out of date.
 */
import { writeFileSync } from 'node:fs';
import { diagramOf } from '../src/core/diagram.ts';
import { features } from '../src/features/index.ts';
import { apiSources } from './api-types.ts';
import { runCommand } from './command-line.ts';

/** The page of all lifecycles, as Markdown with one Mermaid diagram each. */
export function lifecyclesPage(): string {
  const sections = features
    .flatMap(({ lifecycles }) => lifecycles)
    .map((lifecycle) => `## ${lifecycle.name}\n\n\`\`\`mermaid\n${diagramOf(lifecycle)}\`\`\`\n`);
  return [
    '# Lifecycles\n',
    'Made by `npm run docs` from the tables in `src/features/*/lifecycle.ts`; a move in brackets is made by the house itself.\n',
    ...sections,
  ].join('\n');
}

if (import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  await runCommand({
    usage: `用法 Usage：npm run docs
  重新生成 docs/lifecycles.md 和小程序的接口类型 / writes the pages and types that are read from the code`,
    async run() {
      writeFileSync(new URL('../docs/lifecycles.md', import.meta.url), lifecyclesPage());
      const { types, routes } = await apiSources();
      writeFileSync(new URL('../miniprogram/api/operations.d.ts', import.meta.url), types);
      writeFileSync(new URL('../miniprogram/api/routes.ts', import.meta.url), routes);
    },
  });
}
