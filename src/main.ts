import { createApp } from './app.ts';
import { complaintOf } from './complaints.ts';
import { readConfig } from './config.ts';

/** What is under way when a signal comes is given this long to finish. */
const GRACE_MS = 10_000;
/** And the store this long to close after that. */
const CLOSING_MS = 5_000;

async function main(): Promise<void> {
  const app = await createApp(readConfig(process.env));
  const { log } = app.house;
  let stopping = false;
  const stop = (reason: string, code: number) => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    setTimeout(() => process.exit(1), GRACE_MS + CLOSING_MS).unref();
    app.stop(GRACE_MS).then(
      () => process.exit(code),
      (error) => {
        log.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM', 0));
  process.on('SIGINT', () => stop('SIGINT', 0));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'uncaught exception');
    stop('uncaughtException', 1);
  });
  const { port } = await app.start();
  log.info({ port }, 'listening');
}

main().catch((error: unknown) => {
  process.stderr.write(`${complaintOf(error)}\n`);
  process.exit(1);
});
