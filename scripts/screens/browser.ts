import { existsSync } from 'node:fs';

/** The browser where a machine has it: the shell without windows is the same engine for less than half of the work. */
export const CHROMIUM = existsSync('/usr/bin/chromium-headless-shell')
  ? '/usr/bin/chromium-headless-shell'
  : '/usr/bin/chromium';
