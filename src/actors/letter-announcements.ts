import type { LetterContext } from '../../machines/letter.types.ts';
import type { Moment } from '../runtime/actor-type.ts';
import type { LetterAnnouncement } from './letter.ts';
import { stepFacts } from './step-facts.ts';

type Log = {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
};

type LetterMoment = Moment<LetterContext>;

/** Log lines of a letter's steps, written once the step is durable. Source: letters-broadcasts 1.3 to 1.7. */
export function letterAnnouncements(log: Log): Record<LetterAnnouncement, (moment: LetterMoment) => void> {
  const error = (moment: LetterMoment, message: string) => log.error(factsOf(moment), message);
  const givenUp = (moment: LetterMoment, task: string) =>
    error(
      moment,
      `RETRY FAILED: Max retries reached. The task ${task} failed for notification ${moment.id}. Notification has been updated to technical-failure`,
    );
  return {
    announceTooLong: (moment) => {
      const pages = moment.context.failure?.pages;
      log.info(factsOf(moment), `Validation failed: letter is too long ${pages} for letter with id: ${moment.id}`);
    },
    announceFailedRendering: (moment) => {
      error(moment, `RETRY: calling create-letter-pdf task for notification ${moment.id} failed`);
    },
    announceInfection: (moment) => error(moment, `notification id ${moment.id} Virus scan failed`),
    announceFailedScan: (moment) => error(moment, `notification id ${moment.id} Virus scan error`),
    announceFailedChecks: (moment) => {
      if (moment.to === 'technical-failure') givenUp(moment, 'sanitise_letter');
      else error(moment, `Error downloading the file of notification ${moment.id} from scan bucket`);
    },
    announceFailedFiling: (moment) => {
      error(moment, `Error when moving letter with id ${moment.id} to its bucket`);
    },
    announceFailedPrinting: (moment) => {
      if (outcomeOf(moment).outcome === 'refused') error(moment, `Error when sending letter notification ${moment.id}`);
      else givenUp(moment, 'deliver_letter');
    },
    announceRejection: (moment) => {
      error(moment, `Letter status received as REJECTED for notification id: ${moment.id}`);
    },
  };
}

function factsOf(moment: LetterMoment) {
  return { ...stepFacts(moment), reason: outcomeOf(moment).reason ?? null };
}

function outcomeOf({ event }: LetterMoment): { outcome?: string; reason?: string } {
  const output = 'output' in event ? event.output : undefined;
  return typeof output === 'object' && output !== null ? output : {};
}
