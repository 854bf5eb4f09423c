import type { MikroORM } from '@mikro-orm/postgresql';
import type { ServiceBroker, ServiceSchema } from 'moleculer';
import type { Pool } from 'pg';
import { administrationService } from '../../services/administration.service.ts';
import { DIRECTORY_CHANGED, type DirectoryChange } from '../../services/directory.service.ts';
import { createApiKey, revokeApiKey } from '../commands/admin/api-keys.ts';
import { archiveUser } from '../commands/admin/archive-user.ts';
import { archiveService, resumeService, suspendService } from '../commands/admin/close-service.ts';
import { createEvent } from '../commands/admin/create-event.ts';
import { createService } from '../commands/admin/create-service.ts';
import { createUser } from '../commands/admin/create-user.ts';
import { checkInvite, createInvite, updateInvite } from '../commands/admin/invites.ts';
import { adminLinks } from '../commands/admin/links.ts';
import { addMember, dropMember, findMember, mayJoin, setPermissions } from '../commands/admin/members.ts';
import {
  checkOrganisationInvite,
  createOrganisationInvite,
  updateOrganisationInvite,
} from '../commands/admin/organisation-invites.ts';
import { addOrganisationMember, removeOrganisationMember } from '../commands/admin/organisation-members.ts';
import { createOrganisation, linkService, updateOrganisation } from '../commands/admin/organisations.ts';
import type { AdminCommandParts } from '../commands/admin/parts.ts';
import {
  completeLogin,
  createCredential,
  removeCredential,
  renameCredential,
} from '../commands/admin/security-keys.ts';
import { sendInternal } from '../commands/admin/send-internal.ts';
import { activateUser, changePassword, checkPassword, resetFailedLogins } from '../commands/admin/sign-in.ts';
import { updateService } from '../commands/admin/update-service.ts';
import { updateUser } from '../commands/admin/update-user.ts';
import {
  sendAlreadyRegistered,
  sendEmailChange,
  sendEmailVerification,
  sendPasswordReset,
} from '../commands/admin/user-emails.ts';
import { checkCode, needsCode, sendCode } from '../commands/admin/verify-codes.ts';
import type { EmailFilesParts } from '../commands/email-files.ts';
import type { SendParts } from '../commands/send-parts.ts';
import type { Config } from '../config/config.ts';
import type { Directory } from '../db/cached-directory.ts';
import { transactions } from '../db/transaction.ts';
import type { CheckFile } from '../documents/check-file.ts';
import type { InternalClient } from '../http/authenticate.ts';
import type { AdminSubject } from '../messages/admin.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { getApiKey, listApiKeys } from '../queries/admin/api-keys.ts';
import { getInvite, listInvites } from '../queries/admin/invites.ts';
import { getOrganisationInvite, listOrganisationInvites } from '../queries/admin/organisation-invites.ts';
import {
  getOrganisation,
  getOrganisationByDomain,
  getOrganisationOfService,
  listOrganisationServices,
  listOrganisations,
} from '../queries/admin/organisations.ts';
import { listCredentials } from '../queries/admin/security-keys.ts';
import { getServiceHistory } from '../queries/admin/service-history.ts';
import { getStatistics, listServicesDetailed } from '../queries/admin/service-statistics.ts';
import { findServicesByName, getService, getServiceDetails, listServices } from '../queries/admin/services.ts';
import {
  findUsersByEmail,
  getUser,
  getUserByEmail,
  listAccounts,
  listMembers,
  listOrganisationMembers,
  listUsers,
} from '../queries/admin/users.ts';
import { emailRendering } from '../threads/email-rendering.ts';
import type { Threads } from '../threads/threads.ts';
import { type LetterParts, serviceActivityActors } from './service-activity.ts';
import { serviceSetupActors } from './service-setup.ts';

type AdministrationParts = {
  config: Pick<Config, 'ADMIN_BASE_URL' | 'SECRET_KEY' | 'DANGEROUS_SALT' | 'FROM_NUMBER'>;
  broker: Pick<ServiceBroker, 'broadcast' | 'logger'>;
  orm: MikroORM;
  pool: Pool;
  directory: Pick<Directory, 'invalidateService'>;
  sending: SendParts & EmailFilesParts;
  /** Of files that are to go with emails. */
  checkFile: CheckFile;
  threads: Threads;
  store: Pick<ObjectStore, 'head' | 'put'>;
  letters: LetterParts;
};

/** The actors on the bus behind the internal API. */
export const ADMIN_SUBJECTS: readonly AdminSubject[] = [
  'users',
  'securityKeys',
  'services',
  'members',
  'invites',
  'apiKeys',
  'organisations',
  'organisationInvites',
  'templateAuthors',
  'templateFolders',
  'templateFiles',
  'replyTos',
  'letterContacts',
  'smsSenders',
  'guestLists',
  'retentions',
  'receiptCallbacks',
  'inboundCallbacks',
  'inboundNumbers',
  'inboundTexts',
  'emailBrandings',
  'letterBrandings',
  'serviceNotifications',
  'returnedLetters',
  'providers',
  'complaints',
  'auditEvents',
];

/** The admin application, as it identifies itself. A client without secrets of its own has the common one. */
export function adminClient(
  config: Pick<Config, 'ADMIN_CLIENT_ID' | 'ADMIN_CLIENT_SECRET' | 'INTERNAL_CLIENT_API_KEYS'>,
): InternalClient {
  const { ADMIN_CLIENT_ID: id, ADMIN_CLIENT_SECRET: common, INTERNAL_CLIENT_API_KEYS: keys } = config;
  return { id, secrets: (keys?.[id] ?? [common]).map((secret) => ({ secret })) };
}

/** The actors behind the internal API. */
export function administrationActors(given: AdministrationParts): ServiceSchema[] {
  const { config, orm, pool, sending, store, checkFile, threads } = given;
  const secrets = { secretKey: config.SECRET_KEY.split(','), salt: config.DANGEROUS_SALT };
  const parts: AdminCommandParts = {
    ...transactions(orm),
    pool,
    box: sending.box,
    now: sending.now,
    changed: announceChanges(given),
    send: sendInternal(sending),
    links: adminLinks(config.ADMIN_BASE_URL, secrets),
    threads,
    fromNumber: config.FROM_NUMBER,
  };
  return [
    userActor(parts),
    securityKeyActor(parts),
    serviceActor(parts),
    ...memberActors(parts),
    ...organisationActors(parts),
    ...serviceSetupActors({ ...parts, directory: sending.directory, store, checkFile, ...emailRendering(threads) }),
    administrationService('auditEvents', { create: createEvent(parts) }),
    ...serviceActivityActors({ ...parts, ...given.letters, ...sending }),
  ];
}

/** This process forgets at once; others when they hear of it, or when their copy expires. */
function announceChanges({ broker, directory }: AdministrationParts): (serviceIds: readonly string[]) => void {
  return (serviceIds) => {
    if (serviceIds.length === 0) return;
    for (const serviceId of serviceIds) directory.invalidateService(serviceId);
    const change: DirectoryChange = { serviceIds };
    broker.broadcast(DIRECTORY_CHANGED, change).catch((error: unknown) => {
      broker.logger.warn({ err: error }, 'Other processes were not told of a change; they see it when theirs expires');
    });
  };
}

function userActor(parts: AdminCommandParts): ServiceSchema {
  const { pool } = parts;
  return administrationService('users', {
    create: createUser(parts),
    list: listUsers(pool),
    get: getUser(pool),
    getByEmail: getUserByEmail(pool),
    findByEmail: findUsersByEmail(pool),
    accounts: listAccounts(pool),
    update: updateUser(parts),
    archive: archiveUser(parts),
    activate: activateUser(parts),
    resetFailedLogins: resetFailedLogins(parts),
    checkPassword: checkPassword(parts),
    changePassword: changePassword(parts),
    needsCode: needsCode(parts),
    sendCode: sendCode(parts),
    checkCode: checkCode(parts),
    sendEmailVerification: sendEmailVerification(parts),
    sendEmailChange: sendEmailChange(parts),
    sendAlreadyRegistered: sendAlreadyRegistered(parts),
    sendPasswordReset: sendPasswordReset(parts),
    setPermissions: setPermissions(parts),
  });
}

function securityKeyActor(parts: AdminCommandParts): ServiceSchema {
  return administrationService('securityKeys', {
    list: listCredentials(parts.pool),
    create: createCredential(parts),
    rename: renameCredential(parts),
    remove: removeCredential(parts),
    completeLogin: completeLogin(parts),
  });
}

function serviceActor(parts: AdminCommandParts): ServiceSchema {
  const { pool } = parts;
  return administrationService('services', {
    list: listServices(pool),
    listDetailed: listServicesDetailed(pool),
    findByName: findServicesByName(pool),
    get: getService(pool),
    details: getServiceDetails(pool),
    statistics: getStatistics(pool),
    history: getServiceHistory(pool),
    create: createService(parts),
    update: updateService(parts),
    archive: archiveService(parts),
    suspend: suspendService(parts),
    resume: resumeService(parts),
  });
}

function memberActors(parts: AdminCommandParts): ServiceSchema[] {
  const { pool } = parts;
  return [
    administrationService('members', {
      list: listMembers(pool),
      find: findMember(parts),
      mayJoin: mayJoin(parts),
      add: addMember(parts),
      remove: dropMember(parts),
    }),
    administrationService('invites', {
      create: createInvite(parts),
      list: listInvites(pool),
      get: getInvite(pool),
      update: updateInvite(parts),
      check: checkInvite(parts),
    }),
    administrationService('apiKeys', {
      create: createApiKey(parts),
      list: listApiKeys(pool),
      get: getApiKey(pool),
      revoke: revokeApiKey(parts),
    }),
  ];
}

function organisationActors(parts: AdminCommandParts): ServiceSchema[] {
  const { pool } = parts;
  return [
    administrationService('organisations', {
      list: listOrganisations(pool),
      get: getOrganisation(pool),
      ofService: getOrganisationOfService(pool),
      getByDomain: getOrganisationByDomain(pool),
      create: createOrganisation(parts),
      update: updateOrganisation(parts),
      linkService: linkService(parts),
      services: listOrganisationServices(pool),
      members: listOrganisationMembers(pool),
      addMember: addOrganisationMember(parts),
      removeMember: removeOrganisationMember(parts),
    }),
    administrationService('organisationInvites', {
      create: createOrganisationInvite(parts),
      list: listOrganisationInvites(pool),
      get: getOrganisationInvite(pool),
      update: updateOrganisationInvite(parts),
      check: checkOrganisationInvite(parts),
    }),
  ];
}
