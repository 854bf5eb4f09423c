import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Dispatcher, request } from 'undici';
import { callbackAgent } from '../../src/effects/callback-agent.ts';
import { isPublicAddress } from '../../src/effects/public-addresses.ts';

describe('addresses of the public internet', () => {
  test.each(['8.8.8.8', '151.101.0.81', '100.63.255.255', '172.32.0.1', '2606:4700::1111', '2a00:1450:4009::200e'])(
    '%s is one',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    '2001::1',
    '2002:7f00:1::1',
    '2001:db8::1',
    'localhost',
    '',
  ])('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('calls to services in live', () => {
  let calls = 0;
  const server = createServer((incoming, response) => {
    calls++;
    incoming.resume();
    response.end('taken');
  });
  let port: number;
  let agent: Dispatcher;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    agent = callbackAgent({ timeoutMs: 1000, publicOnly: true });
  });
  afterAll(async () => {
    await agent.close();
    server.close();
  });

  test.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433', '0x7f.1'])(
    'http://%s is not called, by whatever name',
    async (host) => {
      const called = request(`http://${host}:${port}/`, { method: 'POST', body: '{}', dispatcher: agent });
      await expect(called).rejects.toMatchObject({ code: 'not_public_address' });
      expect(calls).toBe(0);
    },
  );

  test('outside live the sandbox on this machine is called', async () => {
    const open = callbackAgent({ timeoutMs: 1000, publicOnly: false });
    const { statusCode, body } = await request(`http://127.0.0.1:${port}/`, { method: 'POST', dispatcher: open });
    await body.dump();
    expect([statusCode, calls]).toEqual([200, 1]);
    await open.close();
  });
});
