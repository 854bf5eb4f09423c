import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ServiceBroker } from 'moleculer';
import { pino } from 'pino';
import { Load } from '../../chaos/load.ts';
import type { Demo, Program } from '../../chaos/program.ts';
import { ALL_IN_ONE, ONE_API_TWO_WORKERS, openScene, type Scene } from '../../chaos/scene.ts';
import { settle } from '../../chaos/settle.ts';
import { brokerOptions } from '../../moleculer.config.ts';
import { freePorts } from '../support/free-ports.ts';
import { describeWithNats } from '../support/needs-programs.ts';

type PoolLoad = Record<string, { running: number; queued: number }>;

const RATE = 100;
const SLOW = '07700900004';
const FAILS_ONCE = '07700900010';

/** What became of the messages of a load: counts of those that are not as they should be. */
async function outcome({ postgres, watch }: Scene, { accepted }: Load, calls = 1) {
  const ids = [...accepted.keys()];
  const { unfinished } = await settle(postgres.database, ids);
  watch.look();
  return {
    some: ids.length > 0,
    lost: unfinished.length,
    calledTooOften: ids.filter((id) => watch.timesCalled(id) > calls).length,
    calledTooSeldom: ids.filter((id) => watch.timesCalled(id) < calls).length,
    notToldOnce: ids.filter((id) => watch.timesTold(id) !== 1).length,
  };
}

const asItShouldBe = { some: true, lost: 0, calledTooOften: 0, calledTooSeldom: 0, notToldOnce: 0 };

describeWithNats('one process with the API and two that deliver, over NATS', () => {
  let scene: Scene;
  let workers: Program[];

  beforeAll(async () => {
    scene = await openScene({ processes: ONE_API_TWO_WORKERS, rate: RATE, ports: await freePorts(8) });
    workers = scene.programs.slice(1);
  }, 60_000);
  afterAll(() => scene?.close());

  const under = async (load: Load, work: () => Promise<void>) => {
    load.start();
    await sleep(1000);
    await work();
    await sleep(1000);
    await load.stop();
  };
  const texts = (phoneNumber?: string) => new Load(() => demoOf(scene), RATE, phoneNumber);

  test('both deliver what the API took: each message once, and its service is told once', async () => {
    const slow = texts(SLOW);
    const operator = new ServiceBroker(
      brokerOptions(
        { NATS_URL: scene.nats?.url ?? null, NOTIFY_ENVIRONMENT: 'development' },
        'operator',
        pino({ level: 'error' }),
      ),
    );
    await operator.start();
    const isBusy = async ({ pid }: Program) => {
      const nodes = await operator.call<{ id: string; available: boolean }[], object>('$node.list', {});
      const node = nodes.find(({ id, available }) => available && id.includes(`-${pid}-`));
      if (!node) return false;
      const load = await operator.call<PoolLoad, object>('runtime.load', {}, { nodeID: node.id });
      return (load['sms']?.running ?? 0) > 0;
    };
    await under(slow, async () => {
      while (!(await Promise.all(workers.map(isBusy))).every(Boolean)) await sleep(50);
    });
    await operator.stop();
    expect(await outcome(scene, slow)).toEqual(asItShouldBe);
  }, 60_000);

  test('kill -9 of one of them loses nothing, and repeats no call but those that ran', async () => {
    const load = texts();
    await under(load, async () => {
      const whole = scene.watch.breaks('killed');
      await workers[0]?.kill();
      whole();
      await workers[0]?.start();
    });
    expect(await outcome(scene, load)).toMatchObject({ some: true, lost: 0, calledTooSeldom: 0 });
    expect(scene.watch.repeats().unexplained).toEqual([]);
  }, 60_000);

  test('a rolling restart loses nothing and repeats nothing', async () => {
    const load = texts();
    await under(load, async () => {
      for (const worker of workers) {
        expect(await worker.stop()).toBe(0);
        await worker.start();
      }
    });
    expect(await outcome(scene, load)).toEqual(asItShouldBe);
  }, 60_000);

  test('NATS killed and back: what was on its way is found by its deadline, once', async () => {
    const load = texts();
    await under(load, async () => {
      await scene.nats?.kill();
      await sleep(1000);
      await scene.nats?.start();
    });
    expect(await outcome(scene, load)).toEqual(asItShouldBe);
  }, 60_000);
});

describeWithNats('two processes that do everything, over NATS', () => {
  test('share retries that fall due: each is made once', async () => {
    const scene = await openScene({ processes: [ALL_IN_ONE, ALL_IN_ONE], rate: RATE, ports: await freePorts(6) });
    try {
      // The sandbox must remember until the end which message has failed once.
      scene.watch.stop();
      const loads = [0, 1].map((index) => new Load(() => demoOf(scene, index), RATE / 2, FAILS_ONCE));
      for (const load of loads) load.start();
      await sleep(3000);
      await Promise.all(loads.map((load) => load.stop()));
      for (const { accepted } of loads) await settle(scene.postgres.database, [...accepted.keys()]);
      for (const load of loads) expect(await outcome(scene, load, 2)).toEqual(asItShouldBe);
    } finally {
      await scene.close();
    }
  }, 60_000);
});

function demoOf({ programs }: Scene, index = 0): Demo {
  const demo = programs[index]?.demo();
  if (!demo) throw new Error('There is no such process');
  return demo;
}
