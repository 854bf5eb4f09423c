import type { ServiceSchema } from 'moleculer';
import { administrationService } from '../../services/administration.service.ts';
import {
  createEmailBranding,
  createLetterBranding,
  updateEmailBranding,
  updateLetterBranding,
} from '../commands/admin/brandings.ts';
import { inboundCallbacks, receiptCallbacks } from '../commands/admin/callback-apis.ts';
import { createTemplate } from '../commands/admin/create-template.ts';
import { replaceGuestList } from '../commands/admin/guest-list.ts';
import { addNumbers, switchOffNumber } from '../commands/admin/inbound-numbers.ts';
import { archiveLetterContact, createLetterContact, updateLetterContact } from '../commands/admin/letter-contacts.ts';
import { moveTemplates } from '../commands/admin/move-templates.ts';
import { getPrecompiledTemplate } from '../commands/admin/precompiled-template.ts';
import { archiveReplyTo, createReplyTo, updateReplyTo, verifyReplyTo } from '../commands/admin/reply-tos.ts';
import { createRetention, updateRetention } from '../commands/admin/retentions.ts';
import { archiveSmsSender, createSmsSender, updateSmsSender } from '../commands/admin/sms-senders.ts';
import {
  archiveTemplateFile,
  createTemplateFile,
  type TemplateFileCommandParts,
  updateTemplateFile,
} from '../commands/admin/template-files.ts';
import {
  createTemplateFolder,
  removeTemplateFolder,
  updateTemplateFolder,
} from '../commands/admin/template-folders.ts';
import { mayUpdateTemplate, updateTemplate } from '../commands/admin/update-template.ts';
import {
  listEmailBrandings,
  listLetterBrandings,
  readEmailBranding,
  readLetterBranding,
} from '../queries/admin/brandings.ts';
import { getNumberOfService, listAvailableNumbers, listInboundNumbers } from '../queries/admin/inbound-numbers.ts';
import {
  getInboundText,
  listInboundTexts,
  listMostRecentTexts,
  summariseInboundTexts,
} from '../queries/admin/inbound-sms.ts';
import {
  getLetterContact,
  getReplyTo,
  getSmsSender,
  listLetterContacts,
  listReplyTos,
  listSmsSenders,
} from '../queries/admin/senders.ts';
import { getGuestList, getRetention, getRetentionByType, listRetentions } from '../queries/admin/service-settings.ts';
import { getTemplateFile, listTemplateFiles } from '../queries/admin/template-files.ts';
import { listTemplateFolders } from '../queries/admin/template-folders.ts';
import {
  getTemplate,
  getTemplateVersion,
  listTemplates,
  listTemplatesBriefly,
  listTemplateVersions,
  previewForAuthors,
} from '../queries/admin/templates.ts';
import { type PreviewParts, previewTemplate } from '../queries/preview-template.ts';

type SetupParts = TemplateFileCommandParts & PreviewParts;

/** The actors behind what a service is set up with: templates, senders, guests, retention, callbacks, numbers, logos. */
export function serviceSetupActors(parts: SetupParts): ServiceSchema[] {
  return [
    ...templateActors(parts),
    ...senderActors(parts),
    ...settingActors(parts),
    ...inboundActors(parts),
    ...brandingActors(parts),
  ];
}

function templateActors(parts: SetupParts): ServiceSchema[] {
  const { pool } = parts;
  return [
    administrationService('templateAuthors', {
      create: createTemplate(parts),
      list: listTemplates(pool),
      listBrief: listTemplatesBriefly(pool),
      get: getTemplate(pool),
      version: getTemplateVersion(pool),
      versions: listTemplateVersions(pool),
      preview: previewForAuthors(pool, previewTemplate(parts)),
      precompiled: getPrecompiledTemplate(parts),
      mayUpdate: mayUpdateTemplate(parts),
      update: updateTemplate(parts),
    }),
    administrationService('templateFolders', {
      list: listTemplateFolders(pool),
      create: createTemplateFolder(parts),
      update: updateTemplateFolder(parts),
      remove: removeTemplateFolder(parts),
      move: moveTemplates(parts),
    }),
    administrationService('templateFiles', {
      list: listTemplateFiles(pool),
      get: getTemplateFile(pool),
      create: createTemplateFile(parts),
      update: updateTemplateFile(parts),
      archive: archiveTemplateFile(parts),
    }),
  ];
}

function senderActors(parts: SetupParts): ServiceSchema[] {
  const { pool } = parts;
  return [
    administrationService('replyTos', {
      list: listReplyTos(pool),
      get: getReplyTo(pool),
      verify: verifyReplyTo(parts),
      create: createReplyTo(parts),
      update: updateReplyTo(parts),
      archive: archiveReplyTo(parts),
    }),
    administrationService('letterContacts', {
      list: listLetterContacts(pool),
      get: getLetterContact(pool),
      create: createLetterContact(parts),
      update: updateLetterContact(parts),
      archive: archiveLetterContact(parts),
    }),
    administrationService('smsSenders', {
      list: listSmsSenders(pool),
      get: getSmsSender(pool),
      create: createSmsSender(parts),
      update: updateSmsSender(parts),
      archive: archiveSmsSender(parts),
    }),
  ];
}

function settingActors(parts: SetupParts): ServiceSchema[] {
  const { pool } = parts;
  return [
    administrationService('guestLists', { get: getGuestList(pool), replace: replaceGuestList(parts) }),
    administrationService('retentions', {
      list: listRetentions(pool),
      get: getRetention(pool),
      getByType: getRetentionByType(pool),
      create: createRetention(parts),
      update: updateRetention(parts),
    }),
    administrationService('receiptCallbacks', receiptCallbacks(parts)),
    administrationService('inboundCallbacks', inboundCallbacks(parts)),
  ];
}

function inboundActors(parts: SetupParts): ServiceSchema[] {
  const { pool } = parts;
  return [
    administrationService('inboundNumbers', {
      list: listInboundNumbers(pool),
      available: listAvailableNumbers(pool),
      ofService: getNumberOfService(pool),
      add: addNumbers(parts),
      switchOff: switchOffNumber(parts),
    }),
    administrationService('inboundTexts', {
      list: listInboundTexts(parts),
      mostRecent: listMostRecentTexts(parts),
      summary: summariseInboundTexts(parts),
      get: getInboundText(parts),
    }),
  ];
}

function brandingActors(parts: SetupParts): ServiceSchema[] {
  const { pool } = parts;
  return [
    administrationService('emailBrandings', {
      list: listEmailBrandings(pool),
      get: ({ id }: { id: string }) => readEmailBranding(pool, id),
      create: createEmailBranding(parts),
      update: updateEmailBranding(parts),
    }),
    administrationService('letterBrandings', {
      list: listLetterBrandings(pool),
      get: ({ id }: { id: string }) => readLetterBranding(pool, id),
      create: createLetterBranding(parts),
      update: updateLetterBranding(parts),
    }),
  ];
}
