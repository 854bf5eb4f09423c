import type { EntityManager } from '@mikro-orm/postgresql';
import { User } from './entities/identity.ts';
import { UserToService } from './entities/members.ts';
import { InboundNumber, ServiceEmailReplyTo, ServiceLetterContact, ServiceSmsSender } from './entities/senders.ts';
import { AnnualBilling, Service, ServicePermission, ServiceWhitelist } from './entities/services.ts';
import { Template, TemplateRedacted } from './entities/templates.ts';
import { keepVersion } from './history.ts';

export const DEMO_SERVICE_ID = '4c1b2f7e-3a58-4d0c-9f56-8b7d1e2a6c90';
export const DEMO_USER_ID = 'b1d6a3c4-5e7f-4a29-8c0b-2f9e4d7a6b13';
export const DEMO_TEMPLATES = {
  sms: '0f5a3a52-6d0e-4b7a-8e52-94c7d1f0b3a6',
  email: '7e9c41d8-2b36-4f1d-a0c5-5d8e3b6f7a12',
  letter: 'c3d8f6b0-91a4-4e27-b6f8-1a2b3c4d5e6f',
} as const;
/** Texts to it are the demo's; one of those reserved for fiction. */
export const DEMO_INBOUND_NUMBER = '07700900200';
/** Whom the team key may write to: numbers and addresses for which the sandbox plays an outcome. */
const GUESTS = {
  mobile: Array.from({ length: 11 }, (_, index) => `077009000${String(index + 1).padStart(2, '0')}`),
  email: ['delivered', 'perm-fail', 'temp-fail'].flatMap((name) => [`${name}@simulator.notify`, `${name}@example.com`]),
};
const LETTER_CONTACT_ID = '5a6b7c8d-9e0f-4a1b-8c2d-3e4f5a6b7c8d';

const PERMISSIONS = [
  'sms',
  'email',
  'letter',
  'international_sms',
  'international_letters',
  'sms_to_uk_landlines',
  'inbound_sms',
  'letters_as_pdf',
  'upload_letters',
  'upload_document',
  'schedule_notifications',
  'edit_folder_permissions',
];

/** Creates the demo's user, service, senders and templates. The phone number is one reserved for fiction. */
export async function createDemoSetup(em: EntityManager): Promise<void> {
  createOwner(em);
  await createService(em);
  createSenders(em);
  await createTemplates(em);
}

function createOwner(em: EntityManager): void {
  em.create(User, {
    id: DEMO_USER_ID,
    name: 'Demo user',
    emailAddress: 'demo-user@example.gov.uk',
    mobileNumber: '07700900100',
    password: '*', // not a bcrypt hash: nobody can sign in with it
    state: 'active',
  });
}

async function createService(em: EntityManager): Promise<void> {
  em.create(Service, {
    id: DEMO_SERVICE_ID,
    name: 'Demo service',
    emailFrom: 'demo.service',
    restricted: false,
    messageLimit: 250_000,
    emailMessageLimit: 250_000,
    smsMessageLimit: 250_000,
    letterMessageLimit: 20_000,
    internationalSmsMessageLimit: 100,
    createdById: DEMO_USER_ID,
    organisationType: 'central',
    contactLink: 'https://www.gov.uk/contact',
    goLiveAt: new Date(),
  });
  await keepVersion(em, Service, DEMO_SERVICE_ID);
}

function createSenders(em: EntityManager): void {
  const serviceId = DEMO_SERVICE_ID;
  em.create(UserToService, { userId: DEMO_USER_ID, serviceId });
  for (const permission of PERMISSIONS) em.create(ServicePermission, { serviceId, permission });
  for (const recipient of GUESTS.mobile) em.create(ServiceWhitelist, { serviceId, recipientType: 'mobile', recipient });
  for (const recipient of GUESTS.email) em.create(ServiceWhitelist, { serviceId, recipientType: 'email', recipient });
  em.create(ServiceSmsSender, { serviceId, smsSender: 'DEMO' });
  em.create(InboundNumber, { number: DEMO_INBOUND_NUMBER, provider: 'mmg', serviceId });
  em.create(ServiceEmailReplyTo, { serviceId, emailAddress: 'demo-replies@example.gov.uk' });
  em.create(ServiceLetterContact, {
    id: LETTER_CONTACT_ID,
    serviceId,
    contactBlock: 'Demo service\n1 Example Street\nLondon\nSW1A 1AA',
  });
  const today = new Date();
  const isBeforeApril = today.getUTCMonth() < 3;
  em.create(AnnualBilling, {
    serviceId,
    financialYearStart: today.getUTCFullYear() - (isBeforeApril ? 1 : 0),
    freeSmsFragmentLimit: 40_000,
  });
}

async function createTemplates(em: EntityManager): Promise<void> {
  const common = { serviceId: DEMO_SERVICE_ID, createdById: DEMO_USER_ID };
  em.create(Template, {
    ...common,
    id: DEMO_TEMPLATES.sms,
    templateType: 'sms',
    name: 'Appointment reminder',
    content: 'Hello ((name)), your appointment is confirmed.',
  });
  em.create(Template, {
    ...common,
    id: DEMO_TEMPLATES.email,
    templateType: 'email',
    name: 'Application received',
    subject: 'We have received your application, ((name))',
    content: '# Thank you, ((name))\n\nWe will write to you within two weeks.',
  });
  em.create(Template, {
    ...common,
    id: DEMO_TEMPLATES.letter,
    templateType: 'letter',
    name: 'Decision letter',
    subject: 'Your application',
    content: 'Dear ((name)),\n\nWe have made a decision about your application.',
    postage: 'second',
    serviceLetterContactId: LETTER_CONTACT_ID,
  });
  for (const id of Object.values(DEMO_TEMPLATES)) {
    await keepVersion(em, Template, id);
    em.create(TemplateRedacted, { templateId: id, updatedById: DEMO_USER_ID });
  }
}
