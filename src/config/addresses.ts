import type { Config } from './config.ts';

/** The API's address as others see it, without a final slash. */
export function apiAddress({ API_HOST_NAME, HOST, PORT }: Config): string {
  return API_HOST_NAME ?? `http://${reachable(HOST)}:${PORT}`;
}

/** The address of the pages where recipients download files, as they see it, without a final slash. */
export function documentsAddress({ DOCUMENTS_HOST_NAME, HOST, DOCUMENTS_PORT }: Config): string {
  return DOCUMENTS_HOST_NAME ?? `http://${reachable(HOST)}:${DOCUMENTS_PORT}`;
}

/** Where the sandbox plays the providers, in this process or another; null in live, where there is none. */
export function sandboxAddress({ isLive, SANDBOX_PORT }: Config): string | null {
  return isLive ? null : `http://127.0.0.1:${SANDBOX_PORT}`;
}

/** A listener on every address is reached at this one. */
function reachable(host: string): string {
  return host === '0.0.0.0' || host === '::' ? 'localhost' : host;
}
