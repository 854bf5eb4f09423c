/** What a scanner says of a file. */
export type ScanResult = { verdict: 'clean' } | { verdict: 'infected'; signature: string };

/** Scans a whole file. @throws {ScannerUnavailable}: a file that was not scanned must not be used. */
export type VirusScan = (content: Uint8Array) => Promise<ScanResult>;

/** There is no verdict: the scanner was not reached, took too long, or failed. */
export class ScannerUnavailable extends Error {
  override readonly name = 'ScannerUnavailable';
  readonly code = 'scanner_unavailable';
  readonly retryable = true;
}
