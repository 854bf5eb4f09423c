type Line = { level: 'debug' | 'info' | 'warn' | 'error'; facts: object; message: string };

export type RecordingLog = ReturnType<typeof recordingLog>;

/** A log that keeps its lines. */
export function recordingLog() {
  const lines: Line[] = [];
  const at = (level: Line['level']) => (facts: object, message: string) => {
    lines.push({ level, facts, message });
  };
  return {
    lines,
    messages: () => lines.map(({ message }) => message),
    clear: () => {
      lines.length = 0;
    },
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
