import { existsSync } from 'node:fs';
import { CHROMIUM } from '../../scripts/screens/browser.ts';

/**
 * Whether suites that need a browser are left out: only where there is none and nobody relies on them. Where `CI` is set they
 * run, and fail for want of it (`apt-get install chromium-headless-shell fonts-noto-cjk`).
 */
export const leftOut = (present: boolean, ci: string | undefined): boolean => !present && !ci;

/** Say `describe.skipIf(withoutChromium)` of every suite that opens a browser. */
export const withoutChromium = leftOut(existsSync(CHROMIUM), process.env.CI);
