import type { EmailProvider, SmsProvider } from './provider.ts';

type Log = { info(facts: object, message: string): void; warn(facts: object, message: string): void };

const MS_A_SECOND = 1000;

/** A text provider that tells of each call how long it took and how it ended, in the words of workflows 3. */
export function loggedSmsProvider(provider: SmsProvider, log: Log): SmsProvider {
  const { name } = provider;
  return {
    ...provider,
    send: async (request) => {
      const begun = performance.now();
      const answer = await provider.send(request);
      const duration = secondsSince(begun);
      const facts = { notification_id: request.reference, provider_name: name, duration };
      log.info(facts, `${name} request for ${request.reference} finished in ${duration}`);
      if (answer.outcome === 'accepted') log.info(facts, `Provider request for ${name} succeeded`);
      else {
        const { outcome, ...why } = answer;
        log.warn({ ...facts, ...why }, `Provider request for ${name} failed`);
      }
      return answer;
    },
  };
}

/** SES, which tells how long it took to accept a message (workflows 3.4); of failures the message's own steps tell. */
export function loggedEmailProvider(provider: EmailProvider, log: Log): EmailProvider {
  return {
    ...provider,
    send: async (request) => {
      const begun = performance.now();
      const answer = await provider.send(request);
      const duration = secondsSince(begun);
      const facts = { notification_id: request.notificationId, provider_name: provider.name, duration };
      if (answer.outcome === 'accepted') log.info(facts, `AWS SES request finished in ${duration}`);
      return answer;
    },
  };
}

function secondsSince(begun: number): number {
  return Math.round(performance.now() - begun) / MS_A_SECOND;
}
