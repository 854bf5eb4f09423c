import { isIP } from 'node:net';
import { Agent, buildConnector, type Dispatcher, interceptors } from 'undici';
import { isPublicAddress, lookupPublic, NotPublicAddress } from './public-addresses.ts';

export type CallbackAgentOptions = {
  /** Milliseconds to connect. */
  timeoutMs: number;
  /** Only addresses of the public internet are called, after names are resolved and at every redirect. */
  publicOnly: boolean;
};

/** A call that is sent on more often has failed: nobody took it. */
const MAX_REDIRECTS = 5;
const CONNECTIONS_A_SERVER = 50;
const KEEP_ALIVE_MS = 10_000;

/** Connections to services' servers, kept open between calls; close it at the end of the process. */
export function callbackAgent({ timeoutMs, publicOnly }: CallbackAgentOptions): Dispatcher {
  return new Agent({
    connections: CONNECTIONS_A_SERVER,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connect: publicOnly ? publicConnector(timeoutMs) : { timeout: timeoutMs },
  }).compose(interceptors.redirect({ maxRedirections: MAX_REDIRECTS, throwOnMaxRedirect: true }));
}

/** Names are checked as they are resolved; an address in the URL itself is never resolved. */
function publicConnector(timeout: number): buildConnector.connector {
  const connect = buildConnector({ timeout, lookup: lookupPublic });
  return (options, done) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !isPublicAddress(host)) return done(new NotPublicAddress(host), null);
    connect(options, done);
  };
}
