import type { ServiceSchema } from 'moleculer';
import { administrationService } from '../../services/administration.service.ts';
import type { LetterSendParts } from '../commands/accept-letter.ts';
import { type CancelParts, cancelLetter } from '../commands/admin/cancel-letter.ts';
import type { AdminCommandParts } from '../commands/admin/parts.ts';
import { type ReturnedLetterParts, recordReturnedLetters } from '../commands/admin/record-returned-letters.ts';
import { sendOneOff } from '../commands/admin/send-one-off.ts';
import { updateProvider } from '../commands/admin/update-provider.ts';
import type { EmailFilesParts } from '../commands/email-files.ts';
import type { SendParts } from '../commands/send-parts.ts';
import { countComplaints, listComplaints } from '../queries/admin/complaints.ts';
import { getNotification, listNotifications } from '../queries/admin/notifications.ts';
import { getProvider, listProviders, listProviderVersions } from '../queries/admin/providers.ts';
import {
  countReturnedLetters,
  listReturnedLetters,
  summariseReturnedLetters,
} from '../queries/admin/returned-letters.ts';

/** What is done with letters besides reading them. */
export type LetterParts = LetterSendParts &
  Pick<ReturnedLetterParts, 'returnLetter' | 'startCallback'> &
  Pick<CancelParts, 'cancelLetter'>;

type ActivityParts = AdminCommandParts & SendParts & EmailFilesParts & LetterParts;

/** The actors behind what services send, what became of it, and who it goes through. */
export function serviceActivityActors(parts: ActivityParts): ServiceSchema[] {
  const { pool } = parts;
  return [
    administrationService('serviceNotifications', {
      list: listNotifications(parts),
      get: getNotification(parts),
      send: sendOneOff(parts),
      cancel: cancelLetter(parts),
    }),
    administrationService('returnedLetters', {
      record: recordReturnedLetters(parts),
      statistics: countReturnedLetters(pool),
      summary: summariseReturnedLetters(pool),
      list: listReturnedLetters(pool),
    }),
    administrationService('providers', {
      list: listProviders(pool),
      get: getProvider(pool),
      versions: listProviderVersions(pool),
      update: updateProvider(parts),
    }),
    administrationService('complaints', { list: listComplaints(pool), count: countComplaints(pool) }),
  ];
}
