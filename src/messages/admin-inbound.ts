import type { AdminResult } from '../admin-refusal.ts';

/** An InboundNumber of internal-api 4; times are milliseconds since the epoch. */
export type InboundNumberView = {
  id: string;
  number: string;
  provider: string;
  service: { id: string; name: string } | null;
  active: boolean;
  created_at: number;
  updated_at: number | null;
};

/** An InboundSms of internal-api 4. */
export type InboundSmsView = {
  id: string;
  /** Milliseconds since the epoch. */
  created_at: number;
  service_id: string;
  notify_number: string;
  user_number: string;
  content: string;
};

/** Numbers in national form, `07…`, that one provider passes texts on for. */
export type NewNumbers = { numbers: string[]; provider: string };

type InService = { serviceId: string };

/** Actions on numbers that receive texts, and on the texts that they received (internal-api 6.19). */
export type InboundActions = {
  'inboundNumbers.list': { params: Record<string, never>; result: AdminResult<InboundNumberView[]> };
  'inboundNumbers.available': { params: Record<string, never>; result: AdminResult<InboundNumberView[]> };
  /** Null where it has none. */
  'inboundNumbers.ofService': { params: InService; result: AdminResult<InboundNumberView | null> };
  /** Answers those that were not there before. */
  'inboundNumbers.add': { params: NewNumbers; result: AdminResult<InboundNumberView[]> };
  'inboundNumbers.switchOff': { params: InService; result: AdminResult<null> };

  'inboundTexts.list': {
    /** Null means whoever wrote. */
    params: InService & { userNumber: string | null };
    result: AdminResult<InboundSmsView[]>;
  };
  'inboundTexts.mostRecent': {
    /** Pages count from 1. */
    params: InService & { page: number };
    result: AdminResult<{ texts: InboundSmsView[]; hasNext: boolean }>;
  };
  'inboundTexts.summary': {
    params: InService;
    /** The time is in milliseconds since the epoch. */
    result: AdminResult<{ count: number; mostRecent: number | null }>;
  };
  'inboundTexts.get': { params: InService & { id: string }; result: AdminResult<InboundSmsView> };
};
