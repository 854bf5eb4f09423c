import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Dispatcher } from 'undici';
import { callbackAgent } from '../../src/effects/callback-agent.ts';
import { postCallback } from '../../src/effects/post-callback.ts';
import { recordingLog } from '../http/recording-log.ts';

const ID = 'e4b1d7c2-6a95-4f3d-b8e0-91c2a7f5d684';

describe('a call to a service', () => {
  const log = recordingLog();
  let seen: string[] = [];
  /** `/3` sends on to `/2` and so on, `/0` answers. */
  const server = createServer((incoming, response) => {
    incoming.resume();
    seen.push(`${incoming.method} ${incoming.url}`);
    const left = Number(incoming.url?.slice(1));
    if (left === 0) response.end();
    else response.writeHead(307, { location: `/${left - 1}` }).end();
  });
  let agent: Dispatcher;
  let address: string;
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    agent = callbackAgent({ timeoutMs: 1000, publicOnly: false });
  });
  beforeEach(() => {
    seen = [];
    log.clear();
  });
  afterAll(async () => {
    await agent.close();
    server.close();
  });

  const post = (url: string) =>
    postCallback(agent, log)(
      { attempt: 1 },
      {
        payload: async () => ({
          isWanted: true,
          url,
          bearerToken: 'their token',
          body: { id: ID },
          requestId: 'r',
          subject: { task: 'send_delivery_status_to_service', notificationId: ID },
        }),
      },
    );

  test('follows redirects to the last answer', async () => {
    expect(await post(`${address}/5`)).toEqual({ outcome: 'taken', status: 200 });
    expect(seen).toEqual(['POST /5', 'POST /4', 'POST /3', 'POST /2', 'POST /1', 'POST /0']);
  });

  test('that is sent on without end was not taken, and is tried again', async () => {
    expect(await post(`${address}/1000`)).toMatchObject({ outcome: 'try-later' });
    expect(seen).toHaveLength(6);
    expect(log.lines).toMatchObject([{ level: 'warn' }]);
  });

  test('that nobody answers is told by the system’s name for it', async () => {
    const url = 'http://127.0.0.1:1/';
    expect(await post(url)).toEqual({ outcome: 'try-later', reason: 'ECONNREFUSED' });
    expect(log.messages()).toEqual([
      `send_delivery_status_to_service request failed for notification_id: ${ID} and url: ${url}. exception: ECONNREFUSED`,
    ]);
  });
});
