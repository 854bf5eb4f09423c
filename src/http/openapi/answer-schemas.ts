/** A JSON Schema (2020-12) as it stands in the document. */
export type JsonSchema = { readonly [keyword: string]: unknown };

const text: JsonSchema = { type: 'string' };
const optionalText: JsonSchema = { type: ['string', 'null'] };
const id: JsonSchema = { type: 'string', format: 'uuid' };
const uri: JsonSchema = { type: 'string', format: 'uri' };
const optionalUri: JsonSchema = { type: ['string', 'null'], format: 'uri' };
const time: JsonSchema = { type: 'string', format: 'date-time' };
const optionalTime: JsonSchema = { type: ['string', 'null'], format: 'date-time' };
const nothing: JsonSchema = { type: 'null' };
const whole: JsonSchema = { type: 'integer' };
const postage: JsonSchema = {
  type: ['string', 'null'],
  enum: ['first', 'second', 'economy', 'europe', 'rest-of-world', null],
};

/** Statuses as they are shown: letters are renamed (public-api 7.1). */
const STATUSES = [
  'accepted',
  'cancelled',
  'created',
  'delivered',
  'pending',
  'pending-virus-check',
  'permanent-failure',
  'received',
  'sending',
  'sent',
  'technical-failure',
  'temporary-failure',
  'validation-failed',
  'virus-scan-failed',
];

/** An object whose properties are all there, whatever their values. */
function all(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function list(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

const template = all({ id, version: whole, uri });
const sent = { id, reference: optionalText, uri, template, scheduled_for: nothing };
const pages: JsonSchema = {
  type: 'object',
  properties: { current: uri, next: uri },
  required: ['current'],
  additionalProperties: false,
};

const SHOWN = all({
  id,
  reference: optionalText,
  email_address: optionalText,
  phone_number: optionalText,
  line_1: optionalText,
  line_2: optionalText,
  line_3: optionalText,
  line_4: optionalText,
  line_5: optionalText,
  line_6: optionalText,
  postcode: optionalText,
  type: { enum: ['sms', 'email', 'letter'] },
  status: { enum: STATUSES },
  template,
  body: text,
  subject: optionalText,
  created_at: time,
  created_by_name: optionalText,
  sent_at: optionalTime,
  completed_at: optionalTime,
  scheduled_for: nothing,
  postage,
  one_click_unsubscribe_url: optionalUri,
  is_cost_data_ready: { type: 'boolean' },
  cost_in_pounds: { type: ['number', 'null'] },
  cost_details: { type: 'object' },
});

/** Only letters have an estimate. */
const NOTIFICATION: JsonSchema = {
  ...SHOWN,
  properties: { ...(SHOWN['properties'] as object), estimated_delivery: time },
};

const TEMPLATE = all({
  id,
  type: { enum: ['sms', 'email', 'letter'] },
  name: text,
  created_at: time,
  updated_at: optionalTime,
  created_by: text,
  version: whole,
  subject: optionalText,
  body: text,
  personalisation: { type: 'object', additionalProperties: all({ required: { const: true } }) },
  postage,
  letter_contact_block: optionalText,
});

/** The bodies of answers, by name (public-api 2, 3.1 and 3.4). Tests hold every answer against them. */
export const ANSWER_SCHEMAS = {
  Errors: all({
    status_code: whole,
    errors: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', properties: { error: text, message: text }, required: ['error', 'message'] },
    },
  }),
  PlainError: all({ result: { const: 'error' }, message: {} }),
  SentText: all({ ...sent, content: all({ body: text, from_number: text }) }),
  SentEmail: all({
    ...sent,
    content: all({ from_email: text, subject: text, body: text, one_click_unsubscribe_url: optionalUri }),
    sanitised_content: {
      type: 'object',
      additionalProperties: all({ unsanitised: {}, sanitised: {} }),
    },
  }),
  SentLetter: all({ ...sent, content: all({ subject: text, body: text }) }),
  SentPrecompiledLetter: all({ id, reference: text, postage }),
  Notification: NOTIFICATION,
  Notifications: all({ notifications: list(NOTIFICATION), links: pages }),
  Template: TEMPLATE,
  Templates: all({ templates: list(TEMPLATE) }),
  Preview: all({
    id,
    type: { enum: ['sms', 'email', 'letter'] },
    version: whole,
    subject: optionalText,
    body: text,
    html: optionalText,
    postage,
  }),
  ReceivedTexts: all({
    received_text_messages: list(
      all({ id, created_at: time, service_id: id, notify_number: text, user_number: text, content: text }),
    ),
    links: pages,
  }),
  Done: all({ result: { const: 'success' }, message: text }),
  Status: {
    type: 'object',
    properties: {
      status: { const: 'ok' },
      git_commit: text,
      build_time: text,
      db_version: text,
      db_bulk_version: optionalText,
    },
    required: ['status'],
    additionalProperties: false,
  },
  LiveCounts: all({ organisations: whole, services: whole }),
} as const satisfies Record<string, JsonSchema>;

export type AnswerName = keyof typeof ANSWER_SCHEMAS;
