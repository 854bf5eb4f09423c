import type { AdminParts } from '../handler.ts';
import type { Paths } from '../paths.ts';
import { createTemplate } from './create-template.ts';

/** Templates (internal-api 6.10). */
export function templateRoutes(parts: AdminParts): Paths {
  return { '/service/{service_id}/template': { POST: createTemplate(parts) } };
}
