import type { Config } from './config.ts';

/** The API's address as others see it, without a final slash. */
export function apiAddress({ API_HOST_NAME, HOST, PORT }: Config): string {
  const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST;
  return API_HOST_NAME ?? `http://${host}:${PORT}`;
}

/** Where the sandbox plays the providers, in this process or another; null in live, where there is none. */
export function sandboxAddress({ isLive, SANDBOX_PORT }: Config): string | null {
  return isLive ? null : `http://127.0.0.1:${SANDBOX_PORT}`;
}
