import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';

it('the demo plays its whole story and ends as expected', async () => {
  const { BASE_URL: _vitest, ...env } = process.env;
  const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', 'scripts/demo.ts', '--once'], { env }, (error, out, trouble) =>
      resolve({ code: error?.code ?? 0, stdout: out, stderr: trouble }),
    );
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trim().split('\n').at(-1)).toBe('故事演完，一切如预期。');
}, 240_000);
