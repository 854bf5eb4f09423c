import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkLetter } from '../../src/commands/send-letter.ts';
import { checkPrecompiledLetter } from '../../src/commands/send-precompiled-letter.ts';
import { secretBox } from '../../src/crypto/secret-box.ts';
import { cachedDirectory, type Directory, databaseDirectory } from '../../src/db/cached-directory.ts';
import { type DemoService, ensureDemoService } from '../../src/db/demo-service.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

describe('a letter that passes every check', () => {
  let database: TestDatabase;
  let directory: Directory;
  let demo: DemoService;
  beforeAll(async () => {
    database = await createTestDatabase();
    const box = secretBox(['a test secret']);
    demo = await ensureDemoService(database.orm, box);
    directory = cachedDirectory(databaseDirectory(database.pool, box), { ttlMs: 0 });
  });
  afterAll(() => database?.drop());

  const sender = () => ({
    serviceId: demo.serviceId,
    apiKeyId: '11111111-1111-4111-8111-111111111111',
    keyType: 'normal' as const,
    requestId: 'request',
    reference: 'batch-7',
  });
  const check = (lines: string[]) =>
    checkLetter(
      { directory },
      {
        ...sender(),
        templateId: demo.templates.letter,
        personalisation: {
          name: 'Sam',
          ...Object.fromEntries(lines.map((line, index) => [`address_line_${index + 1}`, line])),
        },
      },
    );

  test.each([
    [['Sam  Bird', '9 Low Road,', '', 'sw1a1aa', 'England'], 'Sam Bird\n9 Low Road\nSW1A 1AA', 'second', false],
    [['Sam', 'Rue 1', 'Paris', 'france'], 'Sam\nRue 1\nParis\nFrance', 'europe', true],
    [['Sam', 'Street 1', 'Lima', 'Peru'], 'Sam\nStreet 1\nLima\nPeru', 'rest-of-world', true],
    [['Sam', 'BFPO 12', 'Unit 3'], 'Sam\nUnit 3\nBFPO 12', 'second', false],
  ])('%j goes to its normalised address, at the postage of the country', async (lines, recipient, postage, abroad) => {
    expect(await check(lines)).toMatchObject({
      outcome: 'passed',
      value: { recipient, postage, international: abroad, template: { id: demo.templates.letter, version: 1 } },
    });
  });

  test('the template’s postage is that of a letter at home', async () => {
    const set = (postage: string) =>
      database.pool.query('update templates_history set postage = $1 where id = $2', [postage, demo.templates.letter]);
    await set('economy');
    expect(await check(['Sam', 'Road', 'SW1A 1AA'])).toMatchObject({ value: { postage: 'economy' } });
    await set('second');
  });

  test('a PDF is decoded, and not looked into', async () => {
    const request = { ...sender(), content: 'aGVs bG8=', postage: 'first' as const };
    expect(await checkPrecompiledLetter({ directory }, request)).toEqual({
      outcome: 'passed',
      value: { keyType: 'normal', file: Buffer.from('hello') },
    });
  });
});
