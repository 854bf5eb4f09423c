import { ApiKey, ApiKeyHistory, ServiceCallbackApi, ServiceCallbackApiHistory } from './api-access.ts';
import { EmailBranding, LetterBranding } from './branding.ts';
import { Event, User, VerifyCode, WebauthnCredential } from './identity.ts';
import { InvitedUser, Permission, UserToService } from './members.ts';
import {
  Complaint,
  DailySortedLetter,
  InboundSms,
  InboundSmsHistory,
  Job,
  ReturnedLetter,
  ServiceContactList,
} from './messages.ts';
import { Domain, InvitedOrganisationUser, Organisation, UserToOrganisation } from './organisations.ts';
import { LetterRate, ProviderDetails, ProviderDetailsHistory, ProviderRate, Rate } from './providers.ts';
import { InboundNumber, ServiceEmailReplyTo, ServiceLetterContact, ServiceSmsSender } from './senders.ts';
import {
  AnnualBilling,
  Service,
  ServiceDataRetention,
  ServiceEmailBranding,
  ServiceHistory,
  ServiceLetterBranding,
  ServicePermission,
  ServiceWhitelist,
} from './services.ts';
import {
  Template,
  TemplateEmailFile,
  TemplateEmailFileHistory,
  TemplateFolder,
  TemplateFolderMap,
  TemplateHistory,
  TemplateRedacted,
  UserFolderPermission,
} from './templates.ts';

/** All entities. Each maps the columns of its table; keys, checks and indexes are in the migrations only. */
export const ENTITIES = [
  User,
  UserToService,
  Permission,
  VerifyCode,
  WebauthnCredential,
  InvitedUser,
  Event,
  Organisation,
  Domain,
  UserToOrganisation,
  InvitedOrganisationUser,
  EmailBranding,
  LetterBranding,
  ServiceEmailBranding,
  ServiceLetterBranding,
  Service,
  ServiceHistory,
  ServicePermission,
  ServiceWhitelist,
  ServiceDataRetention,
  AnnualBilling,
  InboundNumber,
  ServiceEmailReplyTo,
  ServiceSmsSender,
  ServiceLetterContact,
  ApiKey,
  ApiKeyHistory,
  ServiceCallbackApi,
  ServiceCallbackApiHistory,
  Template,
  TemplateHistory,
  TemplateRedacted,
  TemplateEmailFile,
  TemplateEmailFileHistory,
  TemplateFolder,
  TemplateFolderMap,
  UserFolderPermission,
  ServiceContactList,
  Job,
  ReturnedLetter,
  Complaint,
  DailySortedLetter,
  InboundSms,
  InboundSmsHistory,
  ProviderDetails,
  ProviderDetailsHistory,
  ProviderRate,
  Rate,
  LetterRate,
];
