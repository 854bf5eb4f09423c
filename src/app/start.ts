import { ConfigError, readConfig } from '../config/config.ts';
import { createLog } from '../log.ts';
import { openApp } from './app.ts';
import { banner } from './banner.ts';
import { DataDirInUse } from './database.ts';
import { prepareDemo } from './demo.ts';

/** Ctrl-C and SIGTERM end the process within ten seconds; this is when it stops waiting. */
const LAST_MOMENT_MS = 9000;

/** Runs the program until a signal ends it. */
export async function start(): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof ConfigError || error instanceof DataDirInUse) console.error(error.message);
    else console.error(error);
    process.exit(1);
  }
}

async function run(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.LOG_LEVEL);
  const tell = (line: string) => console.log(line);
  const app = await openApp(config, log, tell);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      tell(`${signal}: finishing what runs, then stopping`);
      setTimeout(() => process.exit(1), LAST_MOMENT_MS).unref();
      app.close().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'It did not stop cleanly');
          process.exit(1);
        },
      );
    });
  }
  if (app.apiUrl) {
    const demo = config.NOTIFY_ENVIRONMENT === 'development' ? await prepareDemo(app, config) : null;
    tell(
      banner({
        apiUrl: app.apiUrl,
        consoleUrl: app.consoleUrl,
        sandboxUrl: app.sandboxUrl,
        documentsUrl: app.documentsUrl,
        demo,
        dataDir: config.DATA_DIR,
      }),
    );
  } else tell(`Running ${config.SERVICES.join(', ')}`);
}
