import type { BuildOptions } from 'esbuild';

/** How programs for Node.js are bundled here: packages stay outside, in node_modules. */
export const NODE_BUNDLE = {
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
} as const satisfies BuildOptions;
