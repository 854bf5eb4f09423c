import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AdminBench, startAdmin } from './admin-bench.ts';
import { anyCase, type Case, eachOddQuery, eachOddValue, requestOf } from './fuzz/cases.ts';
import { likelyValue, writtenBody } from './fuzz/right-bodies.ts';
import { type FuzzedRoute, fuzzedRoutes, gentleFirst, wear } from './fuzz/route-table.ts';
import { problemOf, type Sent, sender } from './fuzz/sender.ts';
import { makeWorld, type World } from './fuzz/world.ts';

/** `FUZZ_TIMES=50` makes so many times the cases. */
const TIMES = Number(process.env['FUZZ_TIMES'] ?? 1);
/** Requests at once: what races on one row shows. */
const AT_ONCE = 4;
/** Routes that change something, before what they ask about is made anew. */
const ROUTES_A_WORLD = 8;

describe('whatever the internal API is asked', () => {
  let admin: AdminBench;
  let wire: ReturnType<typeof sender>;
  let witness: { user: string; service: string; key: string; before: object };
  beforeAll(async () => {
    admin = await startAdmin();
    wire = sender(admin.url);
    const user = await admin.addUser();
    const service = await admin.addService(user, { name: 'Witness' });
    const key = await admin.addKey(service, user);
    witness = { user, service, key, before: (await admin.get(`/service/${service}`)).body };
  });
  afterAll(async () => {
    wire?.close();
    await admin?.stop();
  });

  /** What the route says that it misses is filled in, so that a route that nobody wrote a body for is reached, too. */
  const filledIn = async (route: FuzzedRoute, world: World): Promise<string[]> => {
    const names: string[] = [];
    for (let round = 0; round < 3 && takesBody(route); round += 1) {
      const raw = JSON.stringify(bodyOf(route, world, names));
      const { text } = await wire.send(requestOf(route, {}, world, { body: { raw } }));
      const missing = missingFields(text).filter((name) => !names.includes(name));
      if (missing.length === 0) break;
      names.push(...missing);
    }
    return names;
  };

  const askOne = async (route: FuzzedRoute, sent: Sent) => {
    const answered = await wire.send(sent).catch((error: unknown) => ({ status: 599, text: String(error) }));
    const problem = problemOf(route, sent, answered);
    return problem === null ? [] : [{ problem, ...sent, answer: answered.text.slice(0, 300) }];
  };

  /** What is wrong with the answers to cases that are sent together. */
  const ask = async (route: FuzzedRoute, names: readonly string[], world: World, cases: readonly Case[]) => {
    const sent = cases.map((each) => requestOf(route, bodyOf(route, world, names), world, each));
    return (await Promise.all(sent.map((each) => askOne(route, each)))).flat();
  };

  test(
    'the answer is one of its own, in time, and no other service is touched',
    async () => {
      const found: object[] = [];
      let world = await makeWorld(admin);
      let asked = 0;
      for (const route of gentleFirst(fuzzedRoutes(admin.routes))) {
        asked += wear(route);
        if (asked > ROUTES_A_WORLD) [world, asked] = [await makeWorld(admin), 0];
        const names = await filledIn(route, world);
        const cases = takesBody(route) ? eachOddValue(Object.keys(bodyOf(route, world, names))) : eachOddQuery();
        for (let at = 0; at < cases.length; at += AT_ONCE) {
          found.push(...(await ask(route, names, world, cases.slice(at, at + AT_ONCE))));
        }
        const together = fc.array(anyCase(takesBody(route)), { minLength: AT_ONCE, maxLength: AT_ONCE });
        const property = fc.asyncProperty(together, async (some) => {
          expect(await ask(route, names, world, some)).toEqual([]);
        });
        const { failed, seed, counterexample, errorInstance } = await fc.check(property, {
          numRuns: TIMES * (takesBody(route) ? 8 : 4),
        });
        if (failed) found.push({ ...route, seed, counterexample, error: String(errorInstance) });
      }
      expect(found).toEqual([]);
      expect(admin.log.lines.filter(({ level }) => level === 'error')).toEqual([]);

      expect((await admin.get(`/service/${witness.service}`)).body).toEqual(witness.before);
      expect(await admin.whoami(witness.key)).toMatchObject({ status: 200, body: { service: 'Witness' } });
      const { service, user } = witness;
      const template = { name: 'A', template_type: 'sms', content: 'x', service, created_by: user };
      expect((await admin.post(`/service/${service}/template`, template)).status).toBe(201);
    },
    60_000 * TIMES,
  );
});

function takesBody({ method }: FuzzedRoute): boolean {
  return method === 'POST' || method === 'PUT';
}

/** A right body, new each time. */
function bodyOf(route: FuzzedRoute, world: World, names: readonly string[]): Record<string, unknown> {
  const filled = Object.fromEntries(names.map((name) => [name, likelyValue(name, world)]));
  return { ...filled, ...writtenBody(route, world) };
}

/** Names in `x is a required property`, and of fields that miss data. */
function missingFields(text: string): string[] {
  const named = [...text.matchAll(/"message":"(\w+) is a required property"/g)].map(([, name = '']) => name);
  const fields = [
    ...text.matchAll(
      /"(\w+)":\["(?:Missing data for required field\.|Required field missing data|Field is required)"/g,
    ),
  ];
  return [...named, ...fields.map(([, name = '']) => name)];
}
