import { describe, expect, test } from '@jest/globals';
import { apiAddress, sandboxAddress } from '../../src/config/addresses.ts';
import { ConfigError, readConfig } from '../../src/config/config.ts';

const live = {
  NOTIFY_ENVIRONMENT: 'live',
  DATABASE_URL: 'postgres://db/notify',
  ADMIN_CLIENT_SECRET: 'a-long-secret',
  SECRET_KEY: 'another-secret',
  DANGEROUS_SALT: 'and-some-salt',
  MMG_URL: 'https://api.mmg.example/json',
  MMG_API_KEY: 'mmg-secret-key',
  FIRETEXT_URL: 'https://firetext.example/json',
  DVLA_API_BASE_URL: 'https://dvla.example',
  DVLA_API_PASSWORD: 'dvla password',
  DVLA_API_KEY: 'dvla key of live',
  FIRETEXT_API_KEY: 'firetext-secret-key',
  FIRETEXT_INTERNATIONAL_API_KEY: 'firetext-other-key',
  CLAMAV_HOST: 'scanner.internal',
  MMG_INBOUND_SMS_AUTH: '["mmg-password"]',
  FIRETEXT_INBOUND_SMS_AUTH: '[]',
};

const faultsOf = (environment: Record<string, string>): string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim());
    throw error;
  }
};

describe('configuration', () => {
  test('an empty environment is development, with everything here', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ PORT: 6011, CONSOLE_PORT: 6012, SANDBOX_PORT: 6013, isLive: false, NATS_URL: null });
    expect(config.SERVICES).toEqual(['api', 'delivery', 'letters', 'callbacks', 'documents', 'console', 'sandbox']);
    expect(apiAddress(config)).toBe('http://127.0.0.1:6011');
    expect(sandboxAddress(config)).toBe('http://127.0.0.1:6013');
  });

  test('an empty value counts as absent', () => {
    expect(readConfig({ PORT: '' }).PORT).toBe(6011);
  });

  test.each([
    ['PORT', '70000', 'PORT must be a port number, 0 to 65535'],
    ['PORT', 'x', 'PORT must be a port number, 0 to 65535'],
    ['DATABASE_URL', 'mysql://x', 'DATABASE_URL must be a URL that starts with postgres:// or postgresql://'],
    [
      'SERVICES',
      'api,nothing',
      'SERVICES must be a comma-separated choice of api, delivery, letters, callbacks, documents, console, sandbox',
    ],
    ['NOTIFY_ENVIRONMENT', 'moon', 'NOTIFY_ENVIRONMENT must be one of development, test, preview, staging, live'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent'],
    ['API_RATE_LIMIT_ENABLED', 'yes', 'API_RATE_LIMIT_ENABLED must be 1 or 0'],
    ['SECRET_KEY', 'short', 'SECRET_KEY must be at least 8 characters'],
    [
      'NATS_URL',
      'nats://x:4222',
      'DATABASE_URL must be set where NATS_URL is: the embedded database serves one process',
    ],
    ['MMG_INBOUND_SMS_USERNAME', 'mmg', 'MMG_INBOUND_SMS_USERNAME must be a JSON list of texts'],
    ['AWS_ACCESS_KEY_ID', 'x', 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set together'],
    ['S3_SECRET_ACCESS_KEY', 'x', 'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set together'],
    ['S3_BUCKET', 'files', 'S3_ACCESS_KEY_ID or AWS_ACCESS_KEY_ID must be set where S3_BUCKET is'],
    [
      'MMG_DELIVERY_STATUS_CALLBACK_BASIC_AUTH_CREDENTIALS',
      'x',
      'MMG_DELIVERY_STATUS_CALLBACK_BASIC_AUTH_CREDENTIALS must read user:password',
    ],
  ])('%s=%s is refused', (name, value, fault) => {
    expect(faultsOf({ [name]: value })).toEqual([fault]);
  });

  test('all faults are told at once, and no value is shown', () => {
    const faults = faultsOf({ PORT: 'x', SECRET_KEY: 'short', SERVICES: 'y' });
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toContain('short');
  });

  test('live refuses default secrets, the embedded database and the sandbox', () => {
    expect(faultsOf({ NOTIFY_ENVIRONMENT: 'live' })).toEqual([
      ...[
        'ADMIN_CLIENT_SECRET',
        'SECRET_KEY',
        'DANGEROUS_SALT',
        'MMG_API_KEY',
        'FIRETEXT_API_KEY',
        'FIRETEXT_INTERNATIONAL_API_KEY',
        'DVLA_API_PASSWORD',
        'DVLA_API_KEY',
        'MMG_INBOUND_SMS_AUTH',
        'FIRETEXT_INBOUND_SMS_AUTH',
      ].map((name) => `${name} must be set in live: its default is public`),
      'DATABASE_URL must be set in live: the embedded database is for development',
      'MMG_URL must be set in live: there is no sandbox',
      'FIRETEXT_URL must be set in live: there is no sandbox',
      'DVLA_API_BASE_URL must be set in live: there is no sandbox',
      'CLAMAV_HOST must be set in live: files are scanned before they are kept',
    ]);
    expect(sandboxAddress(readConfig(live))).toBeNull();
  });
});
