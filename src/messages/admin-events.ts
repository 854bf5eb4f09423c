import type { AdminResult } from '../admin-refusal.ts';

/** Something that was done in the admin application, kept for audit; times are milliseconds since the epoch. */
type EventView = { id: string; event_type: string; created_at: number; data: Record<string, unknown> };

/** Actions on the audit trail (internal-api 6.22). */
export type EventActions = {
  'auditEvents.create': {
    params: { event_type: string; data: Record<string, unknown> };
    result: AdminResult<EventView>;
  };
};
