import { rm } from 'node:fs/promises';
import { build } from 'esbuild';

/** Bundles the process and the embedded store's worker into `dist/`; packages stay outside, in node_modules. */
await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { main: 'src/main.ts', 'store-worker': 'src/storage/embedded/worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});
