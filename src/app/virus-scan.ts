import type { Config } from '../config/config.ts';
import { clamdScan } from '../virus-scan/clamd.ts';
import { eicarScan } from '../virus-scan/eicar.ts';
import type { VirusScan } from '../virus-scan/virus-scan.ts';

/** ClamAV where it is configured, as live demands. */
export function openVirusScan({ CLAMAV_HOST: host, CLAMAV_PORT: port }: Config): VirusScan {
  return host === null ? eicarScan : clamdScan({ host, port });
}
