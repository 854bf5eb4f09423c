import type { VirusScan } from './virus-scan.ts';

/** The harmless file that all scanners report, in two parts so that none reports this one. */
const TEST_FILE = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** For development: finds the EICAR test file anywhere in a file, and nothing else. */
export const eicarScan: VirusScan = async (content) =>
  Buffer.from(content.buffer, content.byteOffset, content.byteLength).includes(TEST_FILE, 0, 'latin1')
    ? { verdict: 'infected', signature: 'Eicar-Test-Signature' }
    : { verdict: 'clean' };
