import type { AdminResult } from '../admin-refusal.ts';

/** A letter that came back, in a service's report (internal-api 6.16). */
export type ReturnedLetterView = {
  notification_id: string;
  /** Of letters that were sent with an API key. */
  client_reference: string | null;
  /** London's date, `2026-05-04`. */
  reported_at: string;
  /** Milliseconds since the epoch. */
  created_at: number;
  /** Null for precompiled and uploaded letters. */
  template_name: string | null;
  template_id: string | null;
  template_version: number | null;
  user_name: string;
  email_address: string;
  original_file_name: string | null;
  /** Counts from 1. */
  job_row_number: number | null;
  uploaded_letter_file_name: string | null;
};

export type ReturnedLetterCount = { returned_letter_count: number; reported_at: string };

type InService = { serviceId: string };

/** Actions on letters that came back. */
export type ReturnedLetterActions = {
  /** References are those printed on the letters; unknown ones count for nothing. Answers them as they came. */
  'returnedLetters.record': {
    params: { references: string[]; requestId: string };
    result: AdminResult<string[]>;
  };
  'returnedLetters.statistics': {
    params: InService;
    result: AdminResult<{ count: number; mostRecent: string | null }>;
  };
  'returnedLetters.summary': { params: InService; result: AdminResult<ReturnedLetterCount[]> };
  'returnedLetters.list': { params: InService & { reportedAt: string }; result: AdminResult<ReturnedLetterView[]> };
};
