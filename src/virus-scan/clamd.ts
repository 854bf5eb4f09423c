import { connect, type Socket } from 'node:net';
import { ScannerUnavailable, type ScanResult, type VirusScan } from './virus-scan.ts';

export type ClamdOptions = {
  host: string;
  port: number;
  /** Milliseconds for a whole scan. Default 15 000: half of what an API request may take. */
  timeoutMs?: number;
};

const DEFAULT_TIMEOUT_MS = 15_000;
const CHUNK_BYTES = 65_536;
/** clamd's answers are one short line. */
const MAX_ANSWER_BYTES = 1024;
/** `z`: the command and the answer end with a null byte. */
const INSTREAM = Buffer.from('zINSTREAM\0');
const END_OF_STREAM = Buffer.alloc(4);

/** Scans with a ClamAV daemon over TCP (its INSTREAM command), one connection a file. */
export function clamdScan({ host, port, timeoutMs = DEFAULT_TIMEOUT_MS }: ClamdOptions): VirusScan {
  return async (content) => {
    const socket = connect({ host, port });
    const timer = setTimeout(() => socket.destroy(new Error('It took too long')), timeoutMs);
    try {
      const answer = readAnswer(socket);
      socket.write(INSTREAM);
      for (const part of framed(content)) socket.write(part);
      socket.write(END_OF_STREAM);
      return resultOf(await answer);
    } catch (error) {
      throw new ScannerUnavailable('The virus scanner gave no verdict', { cause: error });
    } finally {
      clearTimeout(timer);
      socket.destroy();
    }
  };
}

/** Chunks, each behind its length in four bytes, big endian. */
function* framed(content: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < content.byteLength; at += CHUNK_BYTES) {
    const chunk = content.subarray(at, at + CHUNK_BYTES);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.byteLength);
    yield length;
    yield chunk;
  }
}

function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      answer += text;
      if (answer.length > MAX_ANSWER_BYTES) socket.destroy(new Error('The answer is too long'));
      else if (answer.includes('\0')) resolve(answer.slice(0, answer.indexOf('\0')));
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The connection ended before the answer')));
  });
}

/** `stream: OK`, or `stream: NAME FOUND`; anything else is a failure in clamd's own words. */
function resultOf(answer: string): ScanResult {
  if (answer === 'stream: OK') return { verdict: 'clean' };
  const signature = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (signature === undefined) throw new Error(answer);
  return { verdict: 'infected', signature };
}
