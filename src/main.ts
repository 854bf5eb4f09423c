const NEEDED_NODE = 24;

if (Number(process.versions.node.split('.')[0]) < NEEDED_NODE) {
  console.error(
    `Node ${NEEDED_NODE} is needed and this is ${process.versions.node}. "npm ci" installs one for this project on Linux and macOS; start with "npm start" so that it is used.`,
  );
  process.exit(1);
}

const { start } = await import('./app/start.ts');
await start();

export {};
