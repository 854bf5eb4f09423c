import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { NatsServer } from '../../chaos/nats-server.ts';
import { directoryService } from '../../services/directory.service.ts';
import { cachedDirectory, databaseDirectory } from '../../src/db/cached-directory.ts';
import { freePorts } from '../support/free-ports.ts';
import { describeWithNats } from '../support/needs-programs.ts';
import { startAdmin, testBroker } from './admin-bench.ts';

describeWithNats('a change of a service', () => {
  test('reaches other processes long before their copy expires', async () => {
    const [port = 0] = await freePorts(1);
    const nats = new NatsServer(port);
    await nats.start();
    const admin = await startAdmin(nats.url);
    const elsewhere = cachedDirectory(databaseDirectory(admin.pool, admin.box), { ttlMs: 3_600_000 });
    const other = testBroker('other', nats.url);
    other.createService(directoryService({ forget: (serviceId) => elsewhere.invalidateService(serviceId) }));
    try {
      await other.start();
      while (!(await admin.broker.call<{ id: string }[], object>('$node.list', {})).some(({ id }) => id === 'other')) {
        await sleep(20);
      }
      const user = await admin.addUser();
      const service = await admin.addService(user, { name: 'Before' });
      expect(await elsewhere.service(service)).toMatchObject({ name: 'Before', apiKeys: [] });
      await admin.addKey(service, user);
      await admin.post(`/service/${service}`, { name: 'After' });
      const isTold = async () => {
        const record = await elsewhere.service(service);
        return record?.name === 'After' && record.apiKeys.length === 1;
      };
      while (!(await isTold())) await sleep(20);
    } finally {
      await other.stop();
      await admin.stop();
      await nats.kill();
    }
  });
});
