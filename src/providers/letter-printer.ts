export type PrintPostage = 'first' | 'second' | 'economy' | 'europe' | 'rest-of-world';

/** A finished letter on its way to the printer. */
export type PrintJob = {
  notificationId: string;
  /** Ours, 16 characters. */
  reference: string;
  /** The address as it is printed, three lines at least. */
  addressLines: readonly string[];
  postage: PrintPostage;
  serviceId: string;
  /** Null where the service has no organisation. */
  organisationId: string | null;
  pdf: Uint8Array;
  /** Where the printer tells what became of it. */
  callbackUrl: string;
};

/**
 * How one hand-over ended. `accepted` is also what the printer had already. `refused` never will be accepted.
 * `reason` is fit for a log.
 */
export type PrintAnswer =
  | { outcome: 'accepted'; wasKnown: boolean }
  | { outcome: 'try-later'; reason: string }
  | { outcome: 'refused'; reason: string };

/** `print` never throws and always ends, within its client's time-out. */
export interface LetterPrinter {
  readonly name: string;
  print(job: PrintJob): Promise<PrintAnswer>;
}
