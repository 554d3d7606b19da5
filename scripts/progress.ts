/** Shows how far something long has come: a bar on a terminal, a line every five percent elsewhere. */
import cliProgress from 'cli-progress';

export interface Progress {
  (done: number, total: number): void;
  end(): void;
}

/** A progress display on standard error named `title`. */
export function showProgress(title: string): Progress {
  return process.stderr.isTTY ? bar(title) : lines(title);
}

function bar(title: string): Progress {
  const one = new cliProgress.SingleBar(
    {
      format: `${title} {bar} {percentage}% {value}/{total} 剩余{eta_formatted}`,
      hideCursor: true,
      stream: process.stderr,
    },
    cliProgress.Presets.shades_classic,
  );
  let started = false;
  const update = (done: number, total: number) => {
    if (!started) one.start(total, done);
    started = true;
    one.update(done);
  };
  return Object.assign(update, { end: () => one.stop() });
}

const STEP = 5;

function lines(title: string): Progress {
  let shown = -1;
  let began: number | undefined;
  const update = (done: number, total: number) => {
    began ??= performance.now();
    const percent = total === 0 ? 100 : Math.floor((done * 100) / total);
    const step = percent - (percent % STEP);
    if (step <= shown) return;
    shown = step;
    process.stderr.write(`${title} ${percent}% ${done}/${total}${remaining(performance.now() - began, done, total)}\n`);
  };
  return Object.assign(update, { end: () => undefined });
}

const LONG_MS = 60_000;

/** What is left, of what takes minutes. */
function remaining(passedMs: number, done: number, total: number): string {
  const left = done === 0 ? 0 : (passedMs * (total - done)) / done;
  return left < LONG_MS ? '' : ` 还要约 ${Math.round(left / LONG_MS)} 分钟`;
}
