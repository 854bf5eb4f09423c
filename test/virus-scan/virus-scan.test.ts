import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, describe, expect, test } from '@jest/globals';
import { clamdScan } from '../../src/virus-scan/clamd.ts';
import { eicarScan } from '../../src/virus-scan/eicar.ts';
import { ScannerUnavailable } from '../../src/virus-scan/virus-scan.ts';
import { EICAR } from '../documents/bench.ts';

describe('the scanner of development', () => {
  test('finds the EICAR test file, also inside another file', async () => {
    for (const content of [EICAR, `before ${EICAR} after`]) {
      expect(await eicarScan(Buffer.from(content))).toEqual({ verdict: 'infected', signature: 'Eicar-Test-Signature' });
    }
  });

  test('finds nothing else', async () => {
    expect(await eicarScan(Buffer.from('EICAR'))).toEqual({ verdict: 'clean' });
  });
});

describe('clamd', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });

  /** A daemon that reads a whole INSTREAM command and answers with what `reply` makes of the content. */
  const daemon = async (reply: (content: Buffer) => string | null) => {
    const server = createServer((socket) => {
      let received = Buffer.alloc(0);
      socket.on('error', () => {});
      socket.on('data', (part: Buffer) => {
        received = Buffer.concat([received, part]);
        const content = streamedContent(received);
        if (content === null) return;
        const answer = reply(content);
        if (answer !== null) socket.end(answer);
      });
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  };

  test('gets the whole file and says that it is clean', async () => {
    const file = Buffer.from(Array.from({ length: 200_001 }, (_, index) => index % 251));
    let scanned: Buffer | undefined;
    const scan = clamdScan(
      await daemon((content) => {
        scanned = content;
        return 'stream: OK\0';
      }),
    );
    expect(await scan(file)).toEqual({ verdict: 'clean' });
    expect(scanned?.equals(file)).toBe(true);
  });

  test('names what it found', async () => {
    const scan = clamdScan(await daemon(() => 'stream: Eicar-Test-Signature FOUND\0'));
    expect(await scan(Buffer.from(EICAR))).toEqual({ verdict: 'infected', signature: 'Eicar-Test-Signature' });
  });

  test.each([
    ['fails', 'INSTREAM size limit exceeded. ERROR\0'],
    ['hangs up before its answer', ''],
    ['hangs up in its answer', 'stream: OK'],
    ['talks without end', 'x'.repeat(5000)],
  ])('that %s gives no verdict', async (_title, answer) => {
    const scan = clamdScan(await daemon(() => answer));
    await expect(scan(Buffer.from('x'))).rejects.toThrow(ScannerUnavailable);
  });

  test('that says nothing gives no verdict in the end', async () => {
    const scan = clamdScan({ ...(await daemon(() => null)), timeoutMs: 50 });
    await expect(scan(Buffer.from('x'))).rejects.toThrow(ScannerUnavailable);
  });

  test('that is away gives no verdict', async () => {
    await expect(clamdScan({ host: '127.0.0.1', port: 1 })(Buffer.from('x'))).rejects.toThrow(ScannerUnavailable);
  });
});

/** The content of a complete `zINSTREAM` command; null while it is on its way. */
function streamedContent(received: Buffer): Buffer | null {
  const command = 'zINSTREAM\0';
  if (received.length < command.length) return null;
  if (received.toString('latin1', 0, command.length) !== command) throw new Error('Another command');
  const chunks: Buffer[] = [];
  for (let at = command.length; at + 4 <= received.length; ) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}
