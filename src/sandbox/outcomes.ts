/** `complaint` is an email's only. */
export type SandboxReceipt = 'delivered' | 'permanent-failure' | 'temporary-failure' | 'pending' | 'complaint';

/** What the sandbox's providers do with a message, chosen by its recipient. */
export type Outcome = {
  name: string;
  /** The text's recipient, a UK drama number; null where only an email can have this outcome. */
  phoneNumber: string | null;
  /** The email's recipient, before `@` or `+`, at any host; null where only a text can have this outcome. */
  localPart: string | null;
  description: string;
  /** `none`: the request stays open until the client gives up. */
  answer: 'accepted' | 'error' | 'rejected' | 'throttled' | 'none';
  /** Milliseconds from request to answer. */
  answerAfterMs: number;
  /** How many tries of one reference get an error before `answer`. */
  errorsFirst: number;
  /** Whether the answer waits until the API has taken the receipts. */
  receiptsBeforeAnswer: boolean;
  /** Posted in this order, each this many milliseconds after what came before it. */
  receipts: readonly { status: SandboxReceipt; afterMs: number }[];
};

const RECEIPT_AFTER_MS = 50;

const delivered = { status: 'delivered', afterMs: RECEIPT_AFTER_MS } as const;

/** What any recipient gets that is not in {@link OUTCOMES}. */
export const DELIVERED: Outcome = {
  name: 'delivered',
  phoneNumber: '07700900001',
  localPart: 'delivered',
  description: 'Accepted at once, delivered soon after. Any recipient that is not listed gets this too.',
  answer: 'accepted',
  answerAfterMs: 0,
  errorsFirst: 0,
  receiptsBeforeAnswer: false,
  receipts: [delivered],
};

/** Every outcome that a recipient can choose. The first three agree with the API's own test keys. */
export const OUTCOMES: readonly Outcome[] = [
  DELIVERED,
  {
    ...DELIVERED,
    name: 'permanent failure',
    phoneNumber: '07700900002',
    localPart: 'perm-fail',
    description: 'Accepted, then a permanent-failure receipt.',
    receipts: [{ status: 'permanent-failure', afterMs: RECEIPT_AFTER_MS }],
  },
  {
    ...DELIVERED,
    name: 'temporary failure',
    phoneNumber: '07700900003',
    localPart: 'temp-fail',
    description: 'Accepted, then a temporary-failure receipt (Firetext: pending first).',
    receipts: [{ status: 'temporary-failure', afterMs: RECEIPT_AFTER_MS }],
  },
  {
    ...DELIVERED,
    name: 'slow',
    phoneNumber: '07700900004',
    localPart: 'slow',
    description: 'Accepted after 3 seconds, delivered 2 seconds later.',
    answerAfterMs: 3_000,
    receipts: [{ status: 'delivered', afterMs: 2_000 }],
  },
  {
    ...DELIVERED,
    name: 'error',
    phoneNumber: '07700900005',
    localPart: 'error',
    description: 'The provider answers 500 to every try.',
    answer: 'error',
    receipts: [],
  },
  {
    ...DELIVERED,
    name: 'timeout',
    phoneNumber: '07700900006',
    localPart: 'timeout',
    description: 'The provider never answers.',
    answer: 'none',
    receipts: [],
  },
  {
    ...DELIVERED,
    name: 'early receipt',
    phoneNumber: '07700900007',
    localPart: 'early',
    description: 'The delivered receipt arrives before the provider answers.',
    receiptsBeforeAnswer: true,
    receipts: [{ status: 'delivered', afterMs: 0 }],
  },
  {
    ...DELIVERED,
    name: 'duplicate receipts',
    phoneNumber: '07700900008',
    localPart: 'duplicate',
    description: 'The delivered receipt arrives three times.',
    receipts: [delivered, delivered, delivered],
  },
  {
    ...DELIVERED,
    name: 'no receipt',
    phoneNumber: '07700900009',
    localPart: 'silent',
    description: 'Accepted, and nothing more is ever heard.',
    receipts: [],
  },
  {
    ...DELIVERED,
    name: 'flaky',
    phoneNumber: '07700900010',
    localPart: 'flaky',
    description: 'The first try gets a 500; the next is accepted and delivered.',
    errorsFirst: 1,
  },
  {
    ...DELIVERED,
    name: 'pending first',
    phoneNumber: '07700900011',
    localPart: null,
    description: 'A pending receipt, then delivered. Only Firetext has pending; elsewhere as delivered.',
    receipts: [{ status: 'pending', afterMs: RECEIPT_AFTER_MS }, delivered],
  },
  {
    ...DELIVERED,
    name: 'rejected',
    phoneNumber: null,
    localPart: 'rejected',
    description: 'SES refuses the request for good (BadRequestException).',
    answer: 'rejected',
    receipts: [],
  },
  {
    ...DELIVERED,
    name: 'throttled',
    phoneNumber: null,
    localPart: 'throttled',
    description: 'SES answers every try with TooManyRequestsException.',
    answer: 'throttled',
    receipts: [],
  },
  {
    ...DELIVERED,
    name: 'complaint',
    phoneNumber: null,
    localPart: 'complaint',
    description: 'Delivered, then the recipient complains.',
    receipts: [delivered, { status: 'complaint', afterMs: RECEIPT_AFTER_MS }],
  },
];

/** The last ten digits, so that `07700900001`, `447700900001` and `+447700900001` are one. */
const significantDigits = (phoneNumber: string): string => phoneNumber.slice(-10);

const byPhoneNumber = new Map(
  OUTCOMES.flatMap((outcome) => (outcome.phoneNumber ? [[significantDigits(outcome.phoneNumber), outcome]] : [])),
);
const byLocalPart = new Map(OUTCOMES.flatMap((outcome) => (outcome.localPart ? [[outcome.localPart, outcome]] : [])));

export function outcomeForPhoneNumber(to: string): Outcome {
  return byPhoneNumber.get(significantDigits(to)) ?? DELIVERED;
}

/** `flaky+17@example.com` is `flaky` too, so that a test can have many recipients of one outcome. */
export function outcomeForEmailAddress(to: string): Outcome {
  const localPart = to.slice(0, to.lastIndexOf('@')).toLowerCase();
  return byLocalPart.get(localPart.replace(/\+.*$/, '')) ?? DELIVERED;
}
