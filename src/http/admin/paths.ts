import type { Method, OpenHandler } from '../route.ts';

/** Handlers by path, as `adminPath` takes it, and method. */
export type Paths = Readonly<Record<string, Partial<Record<Method, OpenHandler>>>>;
