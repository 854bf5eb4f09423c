import type { EmailProvider, EmailRequest, ProviderAnswer, SmsProvider, SmsRequest } from './provider.ts';

type Log = { info(facts: object, message: string): void; warn(facts: object, message: string): void };
type Provider<Request> = { name: string; send(request: Request): Promise<ProviderAnswer> };
type Facts = { notification_id: string; provider_name: string; duration: number };

const MS_A_SECOND = 1000;

/** A text provider that tells of each call how long it took and how it ended, in the words of workflows 3. */
export function loggedSmsProvider(provider: SmsProvider, log: Log): SmsProvider {
  const { name } = provider;
  const idOf = ({ reference }: SmsRequest) => reference;
  return told(provider, idOf, (facts, answer) => {
    log.info(facts, `${name} request for ${facts.notification_id} finished in ${facts.duration}`);
    if (answer.outcome === 'accepted') log.info(facts, `Provider request for ${name} succeeded`);
    else {
      const { outcome, ...why } = answer;
      log.warn({ ...facts, ...why }, `Provider request for ${name} failed`);
    }
  });
}

/** SES, which tells how long it took to accept a message (workflows 3.4); of failures the message's own steps tell. */
export function loggedEmailProvider(provider: EmailProvider, log: Log): EmailProvider {
  const idOf = ({ notificationId }: EmailRequest) => notificationId;
  return told(provider, idOf, (facts, answer) => {
    if (answer.outcome === 'accepted') log.info(facts, `AWS SES request finished in ${facts.duration}`);
  });
}

/** The provider, of whose calls `tell` hears when they end. `duration` is in seconds. */
function told<Request, Client extends Provider<Request>>(
  provider: Client & Provider<Request>,
  idOf: (request: Request) => string,
  tell: (facts: Facts, answer: ProviderAnswer) => void,
): Client {
  return {
    ...provider,
    send: async (request: Request) => {
      const begun = performance.now();
      const answer = await provider.send(request);
      const duration = Math.round(performance.now() - begun) / MS_A_SECOND;
      tell({ notification_id: idOf(request), provider_name: provider.name, duration }, answer);
      return answer;
    },
  };
}
