import {
  clientSecrets,
  credentials,
  flag,
  jsonList,
  list,
  oneOf,
  optionalText,
  optionalUrl,
  port,
  type Setting,
  secret,
  secretList,
  text,
  url,
} from './settings.ts';

/** The actors that a process may run; all of them by default. */
export const SERVICE_NAMES = ['api', 'delivery', 'letters', 'callbacks', 'documents', 'console', 'sandbox'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

const services: Setting<ServiceName[]> = {
  meaning: `What this process runs: a comma-separated choice of ${SERVICE_NAMES.map((name) => `\`${name}\``).join(', ')}. All by default; the sandbox never runs in \`live\`.`,
  default: SERVICE_NAMES.join(','),
  parse: (value) =>
    value.split(',').map((part) => {
      const name = SERVICE_NAMES.find((candidate) => candidate === part.trim());
      if (!name) throw new Error(`must be a comma-separated choice of ${SERVICE_NAMES.join(', ')}`);
      return name;
    }),
};

/** Every environment variable, in the order of the README's table. Source for the providers': workflows 9.1. */
export const SETTINGS = {
  NOTIFY_ENVIRONMENT: oneOf(
    ['development', 'test', 'preview', 'staging', 'live'],
    'development',
    'Where this runs. `live` refuses default secrets, the sandbox and the demo service.',
  ),
  HOST: text('127.0.0.1', 'Address on which the API listens.'),
  PORT: port(6011, 'Port of the public and internal API.'),
  CONSOLE_PORT: port(6012, "Port of the operators' pages."),
  CONSOLE_TOKEN: optionalText(
    "Asked for by the operators' pages, which then listen on `HOST`; without it they listen on loopback only.",
  ),
  SANDBOX_PORT: port(6013, 'Port of the sandbox, on loopback only.'),
  DOCUMENTS_PORT: port(6014, 'Port of the pages where recipients download files sent by email.'),
  DOCUMENTS_HOST_NAME: optionalUrl(
    "Those pages' address as recipients see it; from `HOST` and `DOCUMENTS_PORT` when absent.",
  ),
  DATA_DIR: text('.data', 'Where the embedded database, files and `demo.json` are kept.'),
  DATABASE_URL: optionalUrl('PostgreSQL to use instead of the embedded one.', ['postgres:', 'postgresql:']),
  DATABASE_POOL: {
    ...text('20', 'Database connections of this process at most.'),
    parse: (value: string) => {
      const number = Number(value);
      if (!Number.isInteger(number) || number < 4) throw new Error('must be a whole number of at least 4');
      return number;
    },
  },
  NATS_URL: optionalUrl('NATS server that joins several processes into one cluster.', ['nats:', 'tls:']),
  REDIS_URL: optionalUrl(
    'Redis in which the limits are counted; the database when absent in a cluster, memory in a process alone.',
    ['redis:', 'rediss:'],
  ),
  SERVICES: services,
  ADMIN_CLIENT_ID: text('notify-admin', "Issuer of the admin application's tokens, for the internal API."),
  ADMIN_CLIENT_SECRET: secret(
    'dev-notify-secret-key',
    "Secret of the admin application's tokens where `INTERNAL_CLIENT_API_KEYS` names none.",
  ),
  INTERNAL_CLIENT_API_KEYS: clientSecrets(
    'Secrets of internal clients, all of them accepted: JSON of client id to list.',
  ),
  SECRET_KEY: secret(
    'dev-notify-secret-key',
    'Seals what is stored and signs links; the last of a comma-separated list seals, all open.',
  ),
  DANGEROUS_SALT: secret('dev-notify-salt', 'Salt of signed links.'),
  REPL: flag(false, "Whether to open Moleculer's prompt for operators on this terminal."),
  LOG_LEVEL: oneOf(
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
    'info',
    'Least severe log line to write.',
  ),
  API_HOST_NAME: optionalUrl("The API's address as the outside world sees it; from `HOST` and `PORT` when absent."),
  ADMIN_BASE_URL: url('http://localhost:6012', "The admin application's address, for links in messages."),
  NOTIFY_EMAIL_DOMAIN: text('notify.tools', 'Domain of all sender addresses.'),
  FROM_NUMBER: text('development', 'Sender of a text whose service has none.'),
  API_RATE_LIMIT_ENABLED: flag(true, 'Whether the per-minute and daily limits are enforced.'),
  MMG_URL: optionalUrl("MMG's API; the sandbox when absent in development."),
  MMG_API_KEY: secret('mmg-placeholder', 'Sent to MMG verbatim after `Basic`.'),
  FIRETEXT_URL: optionalUrl("Firetext's API; the sandbox when absent in development."),
  FIRETEXT_API_KEY: secret('firetext-placeholder', "Firetext's key for UK numbers."),
  FIRETEXT_INTERNATIONAL_API_KEY: secret('placeholder', "Firetext's key for other numbers."),
  REACH_URL: optionalUrl("Reach's API; the sandbox when absent in development."),
  SES_ENDPOINT: optionalUrl('Something that speaks SESv2; the sandbox when absent in development, AWS elsewhere.'),
  DVLA_API_BASE_URL: optionalUrl("DVLA's print API, to which letters go; the sandbox when absent in development."),
  DVLA_API_USERNAME: text('notify', 'User name at the print API.'),
  DVLA_API_PASSWORD: secret('dvla-placeholder', 'Password at the print API.'),
  DVLA_API_KEY: secret('dvla-placeholder', 'Key of the print API.'),
  TEST_LETTERS_FAKE_DELIVERY: flag(
    true,
    "Whether a printer's answer is made up for letters of test keys; otherwise they are delivered at once.",
  ),
  AWS_REGION: text('eu-west-1', 'AWS region of SES.'),
  AWS_ACCESS_KEY_ID: optionalText('AWS access key; wherever the AWS SDK finds one when absent.'),
  AWS_SECRET_ACCESS_KEY: optionalText('Belongs to `AWS_ACCESS_KEY_ID`.'),
  SNS_TOPIC_ARNS: list('SNS topics whose SES receipts are accepted, comma-separated.'),
  MMG_RECEIPT_URL: optionalUrl(
    'Where MMG is told to post the receipts of a text, credentials included; what the account at MMG says when absent.',
  ),
  FIRETEXT_RECEIPT_URL: optionalUrl('The same for Firetext.'),
  MMG_DELIVERY_STATUS_CALLBACK_BASIC_AUTH_CREDENTIALS: credentials("`user:password` that MMG's receipts must carry."),
  FIRETEXT_DELIVERY_STATUS_CALLBACK_BASIC_AUTH_CREDENTIALS: credentials(
    "`user:password` that Firetext's receipts must carry.",
  ),
  MMG_INBOUND_SMS_USERNAME: jsonList(
    '["sandbox"]',
    'User names, of which MMG gives one with a received text: a JSON list.',
  ),
  MMG_INBOUND_SMS_AUTH: secretList(
    '["sandbox-mmg"]',
    'Passwords, of which MMG gives one with a received text: a JSON list.',
  ),
  FIRETEXT_INBOUND_SMS_AUTH: secretList(
    '["sandbox-firetext"]',
    'Passwords, of which Firetext gives one, as user `notify`, with a received text: a JSON list.',
  ),
  S3_BUCKET: optionalText(
    'Bucket in which files are kept; `DATA_DIR` when absent, which all processes must then share.',
  ),
  S3_ENDPOINT: optionalUrl('Something that speaks S3; AWS when absent.'),
  S3_REGION: optionalText('Region of the bucket; `AWS_REGION` when absent.'),
  S3_ACCESS_KEY_ID: optionalText('Access key of the bucket; `AWS_ACCESS_KEY_ID` when absent.'),
  S3_SECRET_ACCESS_KEY: optionalText('Belongs to `S3_ACCESS_KEY_ID`.'),
  CLAMAV_HOST: optionalText(
    'Host of the ClamAV daemon that scans files; in development only a test virus is found when absent.',
  ),
  CLAMAV_PORT: port(3310, 'TCP port of the ClamAV daemon.'),
  API_METRICS_ENABLED: flag(
    false,
    'Whether the API has `GET /metrics`, for everybody who reaches its port; the console always has it.',
  ),
  API_V1_ENABLED: flag(false, 'Whether the `/notifications` routes of 2022 are there, for older clients.'),
  CALLBACK_ON_TECHNICAL_FAILURE: flag(true, 'Whether a service is told of `technical-failure`, from whatever cause.'),
} as const;

type Values = { [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name] extends Setting<infer Value> ? Value : never };

export type Config = Readonly<Values> & {
  /** No defaults for secrets, no sandbox, no demo service. */
  isLive: boolean;
};

/** What is wrong with the environment: all faults together, one a line. Never shows a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(faults: string[]) {
    super(`The configuration is wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/** @throws {ConfigError} */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  const isLive = environment['NOTIFY_ENVIRONMENT'] === 'live';
  for (const [name, setting] of Object.entries(SETTINGS)) {
    const given = environment[name];
    const value = given === undefined || given === '' ? setting.default : given;
    if (isLive && 'secret' in setting && setting.secret && value === setting.default) {
      faults.push(`${name} must be set in live: its default is public`);
    }
    try {
      values[name] = value === null ? null : setting.parse(value);
    } catch (error) {
      faults.push(`${name} ${error instanceof Error ? error.message : 'is wrong'}`);
    }
  }
  faults.push(...contradictions(values as Values, isLive));
  if (faults.length > 0) throw new ConfigError(faults);
  return { ...(values as Values), isLive };
}

function contradictions(values: Values, isLive: boolean): string[] {
  const faults: string[] = [];
  if (values.NATS_URL && !values.DATABASE_URL) {
    faults.push('DATABASE_URL must be set where NATS_URL is: the embedded database serves one process');
  }
  if (Boolean(values.AWS_ACCESS_KEY_ID) !== Boolean(values.AWS_SECRET_ACCESS_KEY)) {
    faults.push('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set together');
  }
  if (Boolean(values.S3_ACCESS_KEY_ID) !== Boolean(values.S3_SECRET_ACCESS_KEY)) {
    faults.push('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set together');
  }
  if (values.S3_BUCKET && !values.S3_ACCESS_KEY_ID && !values.AWS_ACCESS_KEY_ID) {
    faults.push('S3_ACCESS_KEY_ID or AWS_ACCESS_KEY_ID must be set where S3_BUCKET is');
  }
  if (isLive) {
    if (!values.DATABASE_URL) faults.push('DATABASE_URL must be set in live: the embedded database is for development');
    for (const name of ['MMG_URL', 'FIRETEXT_URL', 'DVLA_API_BASE_URL'] as const) {
      if (!values[name]) faults.push(`${name} must be set in live: there is no sandbox`);
    }
    if (!values.CLAMAV_HOST) faults.push('CLAMAV_HOST must be set in live: files are scanned before they are kept');
  }
  return faults;
}
