import { json, type Request, type Response, Router } from 'express';
import { type Fields, fieldsOf, textField } from '../providers/fields.ts';
import { answerJson, type Stage } from './stage.ts';

/** A recipient whose letters the printer rejects; those of all others are despatched. */
export const REJECTED_RECIPIENT = 'REJECTED';

/** Seconds that a token of the printer is good for. */
const TOKEN_AGE_S = 3600;
const MAX_JOB_BYTES = '30mb';
/** Milliseconds from the job to the news of it. */
const NEWS_AFTER_MS = 200;
const PAGES_A_SHEET = 2;
/** Objects of a page's type in a PDF that is not compressed as a whole, as ours are not. */
const PAGE = /\/Type\s*\/Page\b/g;

type Job = { id: string; reference: string; recipient: string; postage: string; pdf: Buffer; target: URL };

/**
 * DVLA's print API below `/dvla`: takes a job, and tells soon after that it is despatched, to the address that the job
 * names. Jobs and news are in memory only.
 */
export function printRoutes(stage: Stage): Router {
  const authenticate = (_request: Request, response: Response): void => {
    const exp = Math.floor(Date.now() / 1000) + TOKEN_AGE_S;
    answerJson(response, 200, { 'id-token': `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.` });
  };

  const print = async (request: Request, response: Response): Promise<void> => {
    if (!request.headers.authorization || !request.headers['x-api-key']) return answerJson(response, 401, {});
    const job = readJob(fieldsOf(request.body));
    if (job === null) return answerJson(response, 400, { errors: [{ title: 'field missing' }] });
    const timesSeen = stage.messages.add({
      kind: 'letter',
      provider: 'dvla',
      to: job.recipient,
      from: job.postage,
      reference: job.id,
      subject: null,
      content: JSON.stringify(fieldsOf(fieldsOf(request.body)['standardParams'])['address'] ?? {}),
      html: null,
      headers: {},
      outcome: statusFor(job),
      receivedAt: new Date().toISOString(),
    });
    if (timesSeen > 1) return answerJson(response, 409, { errors: [{ title: 'duplicate job' }] });
    answerJson(response, 202, { id: job.id });
    await tell(stage, job);
  };

  return Router()
    .post('/dvla/thirdparty-access/v1/authenticate', json(), authenticate)
    .post('/dvla/print-request/v1/print/jobs', json({ limit: MAX_JOB_BYTES }), print);
}

function readJob(body: Fields): Job | null {
  const standard = fieldsOf(body['standardParams']);
  const custom = Array.isArray(body['customParams']) ? body['customParams'].map(fieldsOf) : [];
  const pdf = custom.find(({ key }) => key === 'pdfContent');
  const id = textField(body, 'id');
  const reference = textField(standard, 'businessIdentifier');
  const content = pdf && textField(pdf, 'value');
  const target = textField(fieldsOf(body['callbackParams']), 'target');
  if (id === null || reference === null || !content || target === null || !URL.canParse(target)) return null;
  return {
    id,
    reference,
    recipient: textField(standard, 'recipientName') ?? '',
    postage: textField(standard, 'despatchMethod') ?? 'SECOND',
    pdf: Buffer.from(content, 'base64'),
    target: new URL(target),
  };
}

function statusFor({ recipient }: Job): 'DESPATCHED' | 'REJECTED' {
  return recipient.toUpperCase() === REJECTED_RECIPIENT ? 'REJECTED' : 'DESPATCHED';
}

async function tell({ api, timing }: Stage, job: Job): Promise<void> {
  await timing.waiting.pause(NEWS_AFTER_MS * timing.delayFactor);
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const status = statusFor(job);
  const pages = job.pdf.toString('latin1').match(PAGE)?.length ?? 0;
  const despatch = {
    despatchProperties: [
      { key: 'totalSheets', value: String(Math.ceil(pages / PAGES_A_SHEET)) },
      { key: 'postageClass', value: job.postage === 'FIRST' ? '1ST' : '2ND' },
      { key: 'mailingProduct', value: 'MM' },
    ],
  };
  const body = {
    id: job.reference,
    specVersion: '1',
    type: 'PrintJobStatus',
    source: 'sandbox',
    time: now,
    dataContentType: 'application/json',
    data: {
      jobId: job.id,
      jobType: 'NOTIFY',
      jobStatus: status,
      templateReference: 'NOTIFY',
      transitionDate: now,
      ...(status === 'DESPATCHED' ? despatch : {}),
    },
    metadata: { correlationId: job.id },
  };
  const { pathname, search } = job.target;
  await api.post({
    path: `${pathname}${search}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
