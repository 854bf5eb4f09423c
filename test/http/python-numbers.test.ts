import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiBench, startApi } from './api-bench.ts';
import { addTemplate } from './set-up.ts';

describe('numbers in personalisation', () => {
  let api: ApiBench;
  let template: string;
  beforeAll(async () => {
    api = await startApi();
    template = await addTemplate(api.orm, { templateType: 'sms', content: 'It is ((x))' });
  });
  afterAll(() => api?.stop());

  const send = async (x: string): Promise<string> => {
    const body = `{"phone_number":"07700900001","template_id":"${template}","personalisation":{"x":${x}}}`;
    const { body: sent } = await api.post('/v2/notifications/sms', body);
    const { body: stored } = await api.get(`/v2/notifications/${sent.id}`);
    expect(stored).toMatchObject({ body: sent.content.body });
    return sent.content.body;
  };

  test.each([
    ['5', '5'],
    ['1.0', '1.0'],
    ['12345678901234567890', '12345678901234567890'],
    ['[1.0, 2, 1e16]', '1.0, 2 and 1e+16'],
    ['{"a": 5, "b": [true]}', "{'a': 5, 'b': [True]}"],
    ['"1.0"', '1.0'],
    ['[[1.5]]', '[1.5]'],
  ])('%s is shown as Python shows it: %s', async (json, text) => {
    expect(await send(json)).toBe(`It is ${text}`);
  });

  test('a preview shows the same', async () => {
    const { body } = await api.post(`/v2/template/${template}/preview`, '{"personalisation":{"x":100.0}}');
    expect(body).toMatchObject({ body: 'It is 100.0' });
  });

  test('a number that becomes text is not sanitised', async () => {
    const email = await addTemplate(api.orm, { templateType: 'email', content: '((x)) ((y))' });
    const body = `{"email_address":"sam@example.com","template_id":"${email}","sanitise_content_for":["X","y"],"personalisation":{"x":-1.0,"y":"a-b"}}`;
    const { body: sent } = await api.post('/v2/notifications/email', body);
    expect(sent.content.body).toBe('-1.0 a\\-b');
    expect(sent).toMatchObject({ sanitised_content: { y: { unsanitised: 'a-b', sanitised: 'a\\-b' } } });
    expect(sent).not.toHaveProperty('sanitised_content.x');
  });

  test('elsewhere numbers are as they were', async () => {
    const { body } = await api.post('/v2/notifications/sms', '{"phone_number":1.0,"personalisation":{"x":1.0}}');
    expect(body.errors?.[0]?.message).toMatch(/^phone_number 1/);
  });
});
