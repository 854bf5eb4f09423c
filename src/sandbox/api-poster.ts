import { Agent, request } from 'undici';
import type { Pauses } from './pauses.ts';

/** The part of pino that the sandbox uses. */
export type SandboxLogger = { warn(facts: Record<string, unknown>, message: string): void };

/** One request to the API, as a provider would make it. */
export type ApiPost = { path: string; headers: Record<string, string>; body: string };

export type ApiPoster = {
  /** Resolves when the API has taken or refused the post, or was given up. Never rejects. */
  post(post: ApiPost): Promise<void>;
  stop(): Promise<void>;
};

/** Milliseconds between tries of one post while the API is away: ten minutes in all. */
const RETRY_DELAYS_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, ...Array.from({ length: 39 }, () => 15_000)];
const TIMEOUT_MS = 10_000;
/** Posts under way or waiting for a retry. */
const MAX_PENDING = 50_000;

/**
 * Posts receipts to the API, again after a 5xx or a lost connection: the API may be restarting.
 *
 * @param apiUrl asked for at each try. User and password in it become basic authentication, for posts without their own.
 */
export function apiPoster(
  apiUrl: () => string,
  waiting: Pauses,
  delayFactor: number,
  logger?: SandboxLogger,
): ApiPoster {
  const dispatcher = new Agent({ connections: 64, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  let pending = 0;
  let stopped = false;

  const attempt = async ({ path, headers, body }: ApiPost): Promise<number | null> => {
    try {
      const { url, authorization } = target(apiUrl(), path);
      const options = { method: 'POST', headers: { ...authorization, ...headers }, body, dispatcher } as const;
      const response = await request(url, options);
      await response.body.dump();
      return response.statusCode;
    } catch {
      return null;
    }
  };

  const postWithRetries = async (post: ApiPost): Promise<void> => {
    for (const retryDelayMs of [...RETRY_DELAYS_MS, null]) {
      const status = await attempt(post);
      if (stopped) return;
      if (status !== null && status < 500) {
        if (status >= 400) logger?.warn({ path: post.path, status }, 'The API refused a sandbox receipt');
        return;
      }
      if (retryDelayMs !== null) await waiting.pause(retryDelayMs * delayFactor);
    }
    logger?.warn({ path: post.path }, 'A sandbox receipt was given up: the API does not answer');
  };

  return {
    post: async (post) => {
      if (pending >= MAX_PENDING) {
        logger?.warn({ path: post.path }, 'A sandbox receipt was dropped: too many wait for the API');
        return;
      }
      pending += 1;
      await postWithRetries(post);
      pending -= 1;
    },
    stop: () => {
      stopped = true;
      return dispatcher.destroy();
    },
  };
}

function target(apiUrl: string, path: string): { url: string; authorization: Record<string, string> } {
  const { origin, pathname, username, password } = new URL(apiUrl);
  const url = `${origin}${pathname.replace(/\/$/, '')}${path}`;
  if (username === '') return { url, authorization: {} };
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, authorization: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } };
}
