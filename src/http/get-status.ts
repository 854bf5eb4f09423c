import type { Call } from '../messages.ts';
import { type OpenHandler, ok } from './route.ts';

export type BuildFacts = { gitCommit: string; buildTime: string };

/** `GET /`, `GET /_status`, `POST /_status` (public-api 2.13). A `simple` parameter keeps the database out of it. */
export function getStatus({ call, build }: { call: Call; build: BuildFacts }): OpenHandler {
  return async (request) => {
    if (request.query.get('simple')) return ok({ status: 'ok' });
    const { databaseVersion } = await call('status.read', {});
    return ok({
      status: 'ok',
      git_commit: build.gitCommit,
      build_time: build.buildTime,
      db_version: databaseVersion,
      db_bulk_version: null,
    });
  };
}

/** `GET /_status/live-service-and-organisation-counts` (public-api 2.13). */
export function getLiveCounts({ call }: { call: Call }): OpenHandler {
  return async () => ok(await call('status.countLive', {}));
}
