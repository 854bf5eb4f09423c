declare module 'autocannon' {
  export type Request = { method: string; path: string; headers: Record<string, string>; body: string };
  export type Result = {
    requests: { average: number };
    /** Milliseconds. */
    latency: { p50: number; p99: number };
    '2xx': number;
    non2xx: number;
    errors: number;
    timeouts: number;
    /** Seconds. */
    duration: number;
  };
  export default function autocannon(options: {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    requests: (Request & { setupRequest(request: Request): Request })[];
  }): Promise<Result>;
}
