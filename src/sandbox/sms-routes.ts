import { json, type Request, type Response, Router, urlencoded } from 'express';
import { type Fields, fieldsOf, textField } from '../providers/fields.ts';
import type { SandboxMessage } from './message-log.ts';
import { outcomeForPhoneNumber } from './outcomes.ts';
import { playOutcome, type Report } from './play-outcome.ts';
import { type SmsProviderName, smsReceiptPosts } from './sms-receipts.ts';
import { answerJson, type Stage } from './stage.ts';

type Text = { to: string; from: string; reference: string; content: string };

/** The fields of a text by the names that a provider gives them; null when one is missing. */
function readText(fields: Fields, names: Readonly<Record<keyof Text, string>>): Text | null {
  const to = textField(fields, names.to);
  const from = textField(fields, names.from);
  const reference = textField(fields, names.reference);
  const content = textField(fields, names.content);
  if (to === null || from === null || reference === null || content === null) return null;
  return { to, from, reference, content };
}

/** MMG, Firetext and Reach: `POST /mmg`, `/firetext` and `/reach`. */
export function smsRoutes(stage: Stage): Router {
  const send = async (provider: SmsProviderName, text: Text, response: Response, accepted: object): Promise<void> => {
    const outcome = outcomeForPhoneNumber(text.to);
    const message: SandboxMessage = {
      kind: 'sms',
      provider,
      ...text,
      subject: null,
      html: null,
      headers: {},
      outcome: outcome.name,
      receivedAt: new Date().toISOString(),
    };
    const timesSeen = stage.messages.add(message);
    const answer = (answer: string) =>
      answer === 'accepted' ? answerJson(response, 200, accepted) : answerJson(response, 500, { error: 'sandbox' });
    const owe = () => stage.journal.owe({ message, messageId: null });
    await playOutcome({ outcome, timesSeen, answer, report: smsReport(stage, message), owe }, stage.timing);
  };

  const mmg = async (request: Request, response: Response): Promise<void> => {
    if (!request.headers.authorization?.startsWith('Basic '))
      return answerJson(response, 401, { error: 'unauthorised' });
    const text = readText(fieldsOf(request.body), { to: 'MSISDN', from: 'sender', reference: 'cid', content: 'msg' });
    if (text === null) return answerJson(response, 400, { error: 'field missing' });
    await send('mmg', text, response, { Reference: 12345678 });
  };

  const firetext = async (request: Request, response: Response): Promise<void> => {
    const form = fieldsOf(request.body);
    if (textField(form, 'apiKey') === null)
      return answerJson(response, 200, { code: 1, description: 'Authentication error' });
    const text = readText(form, { to: 'to', from: 'from', reference: 'reference', content: 'message' });
    if (text === null) return answerJson(response, 200, { code: 2, description: 'Field missing' });
    await send('firetext', text, response, { code: 0, description: 'SMS successfully queued' });
  };

  const reach = async (request: Request, response: Response): Promise<void> => {
    const names = { to: 'to', from: 'sender', reference: 'reference', content: 'content' };
    const text = readText(fieldsOf(request.body), names);
    if (text === null) return answerJson(response, 400, { error: 'field missing' });
    await send('reach', text, response, {});
  };

  return Router()
    .post('/mmg', json(), mmg)
    .post('/firetext', urlencoded({ extended: false }), firetext)
    .post('/reach', json(), reach);
}

/** Posts a text's receipts in its provider's words. */
export function smsReport({ api }: Stage, message: SandboxMessage): Report {
  return async (status) => {
    for (const post of smsReceiptPosts(message, status)) await api.post(post);
  };
}
