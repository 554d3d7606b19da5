import { rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { NODE_BUNDLE } from './bundle.ts';
import { runCommand } from './command-line.ts';

const USAGE = `用法 Usage：npm run build
  把应用打包到 dist/ / bundles the application into dist/`;

await runCommand({ usage: USAGE, run: bundle });

/** Bundles the process and the embedded store's worker into `dist/`; packages stay outside, in node_modules. */
async function bundle(): Promise<void> {
  await rm('dist', { recursive: true, force: true });
  await build({
    entryPoints: { main: 'src/main.ts', 'store-worker': 'src/storage/embedded/worker.ts' },
    outdir: 'dist',
    ...NODE_BUNDLE,
    sourcemap: true,
  });
}
