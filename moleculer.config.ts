import type { BrokerOptions } from 'moleculer';
import type { Logger } from 'pino';
import type { Config } from './src/config/config.ts';

const CALL_TIMEOUT_MS = 30_000;

/** How this process's actors talk: in process when alone, over NATS in a cluster. Work itself lives in PostgreSQL. */
export function brokerOptions(
  config: Pick<Config, 'NATS_URL' | 'NOTIFY_ENVIRONMENT'>,
  nodeID: string,
  log: Logger,
): BrokerOptions {
  return {
    namespace: `notify-${config.NOTIFY_ENVIRONMENT}`,
    nodeID,
    transporter: config.NATS_URL
      ? {
          type: 'NATS',
          options: { url: config.NATS_URL, maxReconnectAttempts: -1, reconnectTimeWait: 250, waitOnFirstConnect: true },
        }
      : null,
    logger: { type: 'Pino', options: { level: log.level === 'info' ? 'warn' : log.level } },
    requestTimeout: CALL_TIMEOUT_MS,
    heartbeatInterval: 1,
    heartbeatTimeout: 3,
    tracking: { enabled: true, shutdownTimeout: 5000 },
    registry: { strategy: 'RoundRobin', preferLocal: true },
    contextParamsCloning: false,
    skipProcessEventRegistration: true,
    validator: true,
    hotReload: false,
  };
}
