import { isAllowedRecipient } from '../content/recipients.ts';
import type { ServiceRecord } from '../db/service-directory.ts';
import type { KeyType } from '../messages.ts';
import { badRequest, type Refused } from '../refusal.ts';

const TEAM_KEY = 'Can’t send to this recipient using a team-only API key';
const TRIAL_MODE =
  'Can’t send to this recipient when service is in trial mode – see https://www.notifications.service.gov.uk/trial-mode';

/** Team keys, and services in trial mode, write to team members and the guest list only (public-api 4.6). */
export function recipientRefusal(service: ServiceRecord, keyType: KeyType, recipient: string): Refused | null {
  if (keyType === 'test' || (keyType === 'normal' && !service.restricted)) return null;
  if (isAllowedRecipient(recipient, service.allowedRecipients)) return null;
  return badRequest(keyType === 'team' ? TEAM_KEY : TRIAL_MODE);
}
