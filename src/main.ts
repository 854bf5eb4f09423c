const NEEDED_NODE = 24;
/** Beside the packages: nobody else writes there. A tree that cannot be written does without. */
const COMPILE_CACHE = `${import.meta.dirname}/../node_modules/.cache/compiled`;

if (Number(process.versions.node.split('.')[0]) < NEEDED_NODE) {
  console.error(
    `Node ${NEEDED_NODE} is needed and this is ${process.versions.node}. "npm ci" installs one for this project on Linux and macOS; start with "npm start" so that it is used.`,
  );
  process.exit(1);
}

// Compiled modules are kept for the next start: a process that was killed is back half a second sooner.
const { enableCompileCache, flushCompileCache } = await import('node:module');
enableCompileCache(COMPILE_CACHE);
const { start } = await import('./app/start.ts');
await start();
flushCompileCache();

export {};
