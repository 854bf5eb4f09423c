/** One environment variable: how it reads, what it means, and what it is when absent. */
export type Setting<Value> = {
  /** For the README's table. */
  meaning: string;
  /** Value in the environment's own spelling when the variable is absent; null for none. */
  default: string | null;
  /** @throws {Error} whose message completes the sentence "NAME …". */
  parse(text: string): Value;
  /** A secret with a default works in development only. */
  secret?: boolean;
};

type Optional<Value> = Setting<Value | null>;

const MIN_SECRET_LENGTH = 8;

export const text = (fallback: string, meaning: string): Setting<string> => ({
  meaning,
  default: fallback,
  parse: (value) => value,
});

export const optionalText = (meaning: string): Optional<string> => ({
  meaning,
  default: null,
  parse: (value) => value,
});

export const secret = (fallback: string, meaning: string): Setting<string> => ({
  meaning,
  default: fallback,
  secret: true,
  parse: (value) => {
    if (value.length < MIN_SECRET_LENGTH) throw new Error('must be at least 8 characters');
    return value;
  },
});

export const port = (fallback: number, meaning: string): Setting<number> => ({
  meaning,
  default: String(fallback),
  parse: (value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number > 65_535) throw new Error('must be a port number, 0 to 65535');
    return number;
  },
});

export const oneOf = <Word extends string>(words: readonly Word[], fallback: Word, meaning: string): Setting<Word> => ({
  meaning,
  default: fallback,
  parse: (value) => {
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) throw new Error(`must be one of ${words.join(', ')}`);
    return word;
  },
});

export const flag = (fallback: boolean, meaning: string): Setting<boolean> => ({
  meaning,
  default: fallback ? '1' : '0',
  parse: (value) => {
    if (value === '1' || value === 'true') return true;
    if (value === '0' || value === 'false') return false;
    throw new Error('must be 1 or 0');
  },
});

export const list = (meaning: string): Setting<string[]> => ({
  meaning,
  default: '',
  parse: (value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
});

/** An absolute URL with one of `protocols`; a final slash is cut off. */
export const url = (fallback: string, meaning: string, protocols = ['http:', 'https:']): Setting<string> => ({
  meaning,
  default: fallback,
  parse: (value) => parseUrl(value, protocols),
});

export const optionalUrl = (meaning: string, protocols = ['http:', 'https:']): Optional<string> => ({
  meaning,
  default: null,
  parse: (value) => parseUrl(value, protocols),
});

function parseUrl(value: string, protocols: string[]): string {
  const parsed = URL.canParse(value) ? new URL(value) : null;
  if (!parsed || !protocols.includes(parsed.protocol)) {
    throw new Error(`must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
  }
  return value.replace(/\/$/, '');
}

/** A user name and a password for basic authentication, as `user:password`. */
export const credentials = (meaning: string): Optional<{ user: string; password: string }> => ({
  meaning,
  default: null,
  parse: (value) => {
    const colon = value.indexOf(':');
    if (colon < 1) throw new Error('must read user:password');
    return { user: value.slice(0, colon), password: value.slice(colon + 1) };
  },
});

/** Secrets by client id, as a JSON object of lists. */
export const clientSecrets = (meaning: string): Optional<Readonly<Record<string, readonly string[]>>> => ({
  meaning,
  default: null,
  parse: (value) => {
    const given = parseJson(value);
    const lists = typeof given === 'object' && given !== null && !Array.isArray(given) ? Object.entries(given) : null;
    if (lists === null || !lists.every(([, list]) => isSecretList(list))) {
      throw new Error('must be a JSON object of client id to list of secrets of at least 8 characters');
    }
    return Object.fromEntries(lists);
  },
});

/** Words that are accepted, as a JSON list; none where it is empty. */
export const jsonList = (fallback: string, meaning: string): Setting<readonly string[]> => ({
  meaning,
  default: fallback,
  parse: (value) => {
    const given = parseJson(value);
    if (!Array.isArray(given) || !given.every((word) => typeof word === 'string' && word !== '')) {
      throw new Error('must be a JSON list of texts');
    }
    return given;
  },
});

/** As `jsonList`, of secrets. */
export const secretList = (fallback: string, meaning: string): Setting<readonly string[]> => ({
  ...jsonList(fallback, meaning),
  secret: true,
});

function isSecretList(list: unknown): list is string[] {
  const isLong = (secret: unknown) => typeof secret === 'string' && secret.length >= MIN_SECRET_LENGTH;
  return Array.isArray(list) && list.length > 0 && list.every(isLong);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
