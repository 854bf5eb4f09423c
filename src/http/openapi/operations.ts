import type { ObjectSchema } from '../../validation/schema.ts';
import type { Method } from '../route.ts';
import { LIST_NOTIFICATIONS } from '../schemas/list-notifications.ts';
import { LIST_RECEIVED_TEXTS } from '../schemas/list-received-texts.ts';
import { SEND_EMAIL } from '../schemas/send-email.ts';
import { SEND_LETTER, SEND_PRECOMPILED_LETTER } from '../schemas/send-letter.ts';
import { SEND_SMS } from '../schemas/send-sms.ts';
import { LIST_TEMPLATES, PREVIEW } from '../schemas/templates.ts';
import type { AnswerName } from './answer-schemas.ts';

/** One method of one path. Path parameters stand in braces. */
export type Operation = {
  method: Method;
  path: string;
  id: string;
  summary: string;
  tag: 'notifications' | 'templates' | 'received texts' | 'status';
  /** Whether it wants a service's token. */
  needsToken: boolean;
  query?: ObjectSchema;
  /** More than one where the body's own members decide which is meant. */
  bodies?: readonly ObjectSchema[];
  isBodyOptional?: boolean;
  status: 200 | 201;
  /** Bodies of success; `pdf` is a file. */
  answers: readonly (AnswerName | 'pdf')[];
  /** Refusals besides those that every operation has. */
  refusals: readonly (400 | 403 | 404 | 413 | 429)[];
};

const send = { method: 'POST', tag: 'notifications', needsToken: true, status: 201 } as const;
const read = { method: 'GET', needsToken: true, status: 200 } as const;
const SEND_REFUSALS = [400, 403, 413, 429] as const;

/** The id of a preview's template stands in its path. */
const { id: _, ...previewed } = PREVIEW.properties;
const PREVIEW_BODY: ObjectSchema = { type: 'object', properties: previewed };

/** Every operation of the public API that a client or a monitor calls (public-api 8.1). */
export const OPERATIONS: readonly Operation[] = [
  {
    ...send,
    path: '/v2/notifications/sms',
    id: 'sendSms',
    summary: 'Send a text message',
    bodies: [SEND_SMS],
    answers: ['SentText'],
    refusals: SEND_REFUSALS,
  },
  {
    ...send,
    path: '/v2/notifications/email',
    id: 'sendEmail',
    summary: 'Send an email',
    bodies: [SEND_EMAIL],
    answers: ['SentEmail'],
    refusals: SEND_REFUSALS,
  },
  {
    ...send,
    path: '/v2/notifications/letter',
    id: 'sendLetter',
    summary: 'Send a letter, from a template or as a PDF',
    bodies: [SEND_LETTER, SEND_PRECOMPILED_LETTER],
    answers: ['SentLetter', 'SentPrecompiledLetter'],
    refusals: [...SEND_REFUSALS, 404],
  },
  {
    ...read,
    path: '/v2/notifications',
    id: 'getNotifications',
    summary: 'The newest notifications, 250 a page',
    tag: 'notifications',
    query: LIST_NOTIFICATIONS,
    answers: ['Notifications'],
    refusals: [400],
  },
  {
    ...read,
    path: '/v2/notifications/{notification_id}',
    id: 'getNotification',
    summary: 'One notification and its status',
    tag: 'notifications',
    answers: ['Notification'],
    refusals: [400, 404],
  },
  {
    ...read,
    path: '/v2/notifications/{notification_id}/pdf',
    id: 'getPdf',
    summary: 'The PDF of a letter',
    tag: 'notifications',
    answers: ['pdf'],
    refusals: [400, 404],
  },
  {
    ...read,
    path: '/v2/template/{template_id}',
    id: 'getTemplate',
    summary: 'A template, in its latest version',
    tag: 'templates',
    answers: ['Template'],
    refusals: [400, 404],
  },
  {
    ...read,
    path: '/v2/template/{template_id}/version/{version}',
    id: 'getTemplateVersion',
    summary: 'A version of a template',
    tag: 'templates',
    answers: ['Template'],
    refusals: [400, 404],
  },
  {
    method: 'POST',
    path: '/v2/template/{template_id}/preview',
    id: 'previewTemplate',
    summary: 'A template with personalisation filled in; nothing is sent',
    tag: 'templates',
    needsToken: true,
    bodies: [PREVIEW_BODY],
    isBodyOptional: true,
    status: 200,
    answers: ['Preview'],
    refusals: [400, 404, 413],
  },
  {
    ...read,
    path: '/v2/templates',
    id: 'getTemplates',
    summary: 'All templates',
    tag: 'templates',
    query: LIST_TEMPLATES,
    answers: ['Templates'],
    refusals: [400],
  },
  {
    ...read,
    path: '/v2/received-text-messages',
    id: 'getReceivedTexts',
    summary: 'The newest received texts, 250 a page',
    tag: 'received texts',
    query: LIST_RECEIVED_TEXTS,
    answers: ['ReceivedTexts'],
    refusals: [400],
  },
  {
    method: 'POST',
    path: '/unsubscribe/{notification_id}/{token}',
    id: 'unsubscribe',
    summary: 'One click in a mail client; the body is ignored',
    tag: 'notifications',
    needsToken: false,
    status: 200,
    answers: ['Done'],
    refusals: [404],
  },
  {
    method: 'GET',
    path: '/_status',
    id: 'getStatus',
    summary: 'Whether the service is there',
    tag: 'status',
    needsToken: false,
    query: { type: 'object', properties: { simple: { type: 'string' } } },
    status: 200,
    answers: ['Status'],
    refusals: [],
  },
  {
    method: 'POST',
    path: '/_status',
    id: 'postStatus',
    summary: 'The same, for monitors that post',
    tag: 'status',
    needsToken: false,
    status: 200,
    answers: ['Status'],
    refusals: [],
  },
  {
    method: 'GET',
    path: '/_status/live-service-and-organisation-counts',
    id: 'getLiveCounts',
    summary: 'How many services and organisations are live',
    tag: 'status',
    needsToken: false,
    status: 200,
    answers: ['LiveCounts'],
    refusals: [],
  },
];
