import type { AdminResult } from '../admin-refusal.ts';
import type { TemplateVersionView } from './admin-templates.ts';

/** A version of a service. Times are milliseconds since the epoch, here and below. */
export type ServiceVersionView = {
  id: string;
  name: string;
  created_at: number;
  updated_at: number | null;
  active: boolean;
  message_limit: number;
  restricted: boolean;
  email_from: string;
  created_by_id: string;
  version: number;
};

/** A version of an API key. */
export type ApiKeyVersionView = {
  id: string;
  name: string;
  service_id: string;
  expiry_date: number | null;
  created_at: number;
  updated_at: number | null;
  created_by_id: string;
};

/** Every version of a service, its keys and its templates, oldest first. */
export type ServiceHistory = {
  service: ServiceVersionView[];
  apiKeys: ApiKeyVersionView[];
  templates: TemplateVersionView[];
};

/** What became of a service so far (internal-api 6.4). */
export type HistoryActions = {
  /** Empty for an unknown service. */
  'services.history': { params: { serviceId: string }; result: AdminResult<ServiceHistory> };
};
