import { expect, test } from '@jest/globals';
import type { Limits, Reserved, Taken, TakeRequest } from '../../src/limits/limits.ts';
import type { DailyCounts } from '../../src/limits/stored-today.ts';

export const NOON = Date.parse('2026-03-02T12:00:00Z');
export const NOTHING: DailyCounts = { sms: 0, email: 0, letter: 0, international_sms: 0 };
export const SERVICE = '11111111-1111-4111-8111-111111111111';
export const OTHER = '22222222-2222-4222-8222-222222222222';
export const REQUEST: TakeRequest = {
  serviceId: SERVICE,
  keyType: 'normal',
  ratePerMinute: 1_000_000,
  type: 'sms',
  limit: 1_000_000,
};

/** Two processes' limits over the same counters, which nobody has used, at an instant that only a test moves. */
export type SharedScene = {
  limits: readonly [Limits, Limits];
  moveTo(now: number): void;
  /** What is stored in the database of a service, for all services. */
  stored: DailyCounts;
};

const CLIENTS = 50;

/** So many clients at once, in turn on both processes, each one request after the other. */
export async function ask(
  { limits }: Pick<SharedScene, 'limits'>,
  request: Partial<TakeRequest>,
  requestsEach: number,
): Promise<Taken[]> {
  const client = async (index: number): Promise<Taken[]> => {
    const answers: Taken[] = [];
    for (let asked = 0; asked < requestsEach; asked++) {
      answers.push(await limits[index % 2 === 0 ? 0 : 1].take({ ...REQUEST, ...request }));
    }
    return answers;
  };
  return (await Promise.all(Array.from({ length: CLIENTS }, (_, index) => client(index)))).flat();
}

export function count(answers: readonly (Taken | Reserved)[], outcome: Taken['outcome']): number {
  return answers.filter((answer) => answer.outcome === outcome).length;
}

/** What limits promise whose counters are shared. `open` sets up a scene for one test. */
export function testSharedLimits(open: () => Promise<SharedScene>): void {
  test('50 clients of two processes get exactly the daily limit', async () => {
    const scene = await open();
    const answers = await ask(scene, { limit: 237 }, 8);
    expect(count(answers, 'taken')).toBe(237);
    expect(count(answers, 'over-daily')).toBe(163);
    expect(answers.find(({ outcome }) => outcome === 'over-daily')).toEqual({ outcome: 'over-daily', count: 237 });
  });

  test.each([
    [300, 100],
    [3000, 999],
    [0, 0],
  ])('at one instant a rate of %i a minute lets %i of their requests pass', async (ratePerMinute, burst) => {
    const scene = await open();
    const answers = await ask(scene, { ratePerMinute }, 24);
    expect(count(answers, 'taken')).toBe(burst);
    expect(count(answers, 'over-rate')).toBe(1200 - burst);
  });

  test('tokens come back at the rate, whole ones, and no fraction of time is lost', async () => {
    const scene = await open();
    const take = () => ask(scene, { ratePerMinute: 60 }, 1);
    expect(count(await take(), 'taken')).toBe(20);
    scene.moveTo(NOON + 1500);
    expect(count(await take(), 'taken')).toBe(0);
    scene.moveTo(NOON + 4000);
    expect(count(await take(), 'taken')).toBe(2);
  });

  test('many services at once, asked for in opposite orders, get what is theirs', async () => {
    const { limits } = await open();
    const ids = Array.from({ length: 40 }, (_, index) => `${SERVICE.slice(0, -2)}${10 + index}`);
    const asked = [...ids, ...ids, ...ids];
    const takeAll = (each: Limits, services: readonly string[]) =>
      Promise.all(services.map((serviceId) => each.take({ ...REQUEST, serviceId, limit: 5 })));
    const answers = await Promise.all([takeAll(limits[0], asked), takeAll(limits[1], asked.toReversed())]);
    expect(count(answers.flat(), 'taken')).toBe(40 * 5);
    expect(count(answers.flat(), 'over-daily')).toBe(40);
  });

  test('a request that gets no token takes no place in the day', async () => {
    const scene = await open();
    await ask(scene, { ratePerMinute: 60 }, 2);
    const more = await ask(scene, { keyType: 'team', limit: 25 }, 1);
    expect(count(more, 'taken')).toBe(5);
  });

  test('places given back can be taken again, by anybody', async () => {
    const scene = await open();
    const places = await ask(scene, { limit: 50 }, 1);
    for (const place of places.slice(0, 7)) if (place.outcome === 'taken') place.release();
    const retaken = async () => count(await ask(scene, { limit: 50 }, 1), 'taken');
    // What is given back arrives with the next statements.
    let taken = 0;
    for (let tries = 0; tries < 5 && taken < 7; tries++) taken += await retaken();
    expect(taken).toBe(7);
    expect(await retaken()).toBe(0);
  });

  test('test keys have buckets, and are checked and never counted by day', async () => {
    const scene = await open();
    expect(count(await ask(scene, { keyType: 'test', limit: 1, ratePerMinute: 60 }, 1), 'taken')).toBe(20);
    expect(count(await ask(scene, { keyType: 'test', limit: 0, serviceId: OTHER }, 1), 'over-daily')).toBe(50);
    expect(count(await ask(scene, { limit: 10 }, 1), 'taken')).toBe(10);
  });

  test('international texts have a count of their own', async () => {
    const { limits } = await open();
    const reserve = () => limits[0].reserveDaily({ ...REQUEST, type: 'international_sms', limit: 1 });
    expect((await reserve()).outcome).toBe('taken');
    expect(await reserve()).toEqual({ outcome: 'over-daily', count: 1 });
    expect((await limits[1].take({ ...REQUEST, limit: 1 })).outcome).toBe('taken');
  });

  test('a count that nobody knows begins with what is stored', async () => {
    const scene = await open();
    scene.stored = { ...NOTHING, sms: 33 };
    expect(count(await ask(scene, { limit: 50 }, 2), 'taken')).toBe(17);
    scene.stored = NOTHING;
    expect(count(await ask(scene, { limit: 50, serviceId: OTHER }, 2), 'taken')).toBe(50);
  });

  test('counts begin again with the UTC day', async () => {
    const scene = await open();
    await ask(scene, { limit: 50 }, 1);
    scene.moveTo(Date.parse('2026-03-02T23:59:59.999Z'));
    expect(count(await ask(scene, { limit: 50 }, 1), 'taken')).toBe(0);
    scene.moveTo(Date.parse('2026-03-03T00:00:00Z'));
    expect(count(await ask(scene, { limit: 50 }, 1), 'taken')).toBe(50);
  });
}
