import { describe, expect, test } from '@jest/globals';
import { adminClient } from '../../src/app/administration.ts';
import { ConfigError, readConfig } from '../../src/config/config.ts';

describe('the secrets of the admin application', () => {
  const clientOf = (environment: Record<string, string>) => {
    const { id, secrets } = adminClient(readConfig(environment));
    return { id, secrets: secrets.map(({ secret }) => secret) };
  };

  test('are those of its own, or the common one', () => {
    expect(clientOf({})).toEqual({ id: 'notify-admin', secrets: ['dev-notify-secret-key'] });
    expect(clientOf({ ADMIN_CLIENT_SECRET: 'another secret' }).secrets).toEqual(['another secret']);
    const keys = { 'notify-admin': ['first secret', 'second secret'], 'govuk-alerts': ['third secret'] };
    expect(clientOf({ INTERNAL_CLIENT_API_KEYS: JSON.stringify(keys) }).secrets).toEqual(keys['notify-admin']);
    expect(clientOf({ INTERNAL_CLIENT_API_KEYS: JSON.stringify(keys), ADMIN_CLIENT_ID: 'govuk-alerts' })).toEqual({
      id: 'govuk-alerts',
      secrets: ['third secret'],
    });
  });

  test.each([
    'secret',
    '[]',
    '{"notify-admin": "a long secret"}',
    '{"notify-admin": []}',
    '{"notify-admin": ["short"]}',
  ])('are not read from %s, and not shown', (value) => {
    expect(() => readConfig({ INTERNAL_CLIENT_API_KEYS: value })).toThrow(
      new ConfigError([
        'INTERNAL_CLIENT_API_KEYS must be a JSON object of client id to list of secrets of at least 8 characters',
      ]),
    );
  });
});
