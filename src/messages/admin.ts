import type { BrandingActions } from './admin-branding.ts';
import type { CallbackApiActions } from './admin-callbacks.ts';
import type { EventActions } from './admin-events.ts';
import type { HistoryActions } from './admin-history.ts';
import type { InboundActions } from './admin-inbound.ts';
import type { NotificationActions } from './admin-notifications.ts';
import type { OrganisationActions } from './admin-organisations.ts';
import type { PlatformActions } from './admin-platform.ts';
import type { ReturnedLetterActions } from './admin-returned-letters.ts';
import type { SecurityKeyActions } from './admin-security-keys.ts';
import type { SenderActions } from './admin-senders.ts';
import type { ServiceSettingActions } from './admin-service-settings.ts';
import type { ServiceActions } from './admin-services.ts';
import type { TemplateFileActions } from './admin-template-files.ts';
import type { TemplateFolderActions } from './admin-template-folders.ts';
import type { TemplateActions } from './admin-templates.ts';
import type { UserActions } from './admin-users.ts';

/** Every action behind the internal API. Params and results are plain JSON. */
export type AdminActions = UserActions &
  SecurityKeyActions &
  ServiceActions &
  HistoryActions &
  OrganisationActions &
  TemplateActions &
  TemplateFolderActions &
  TemplateFileActions &
  SenderActions &
  ServiceSettingActions &
  CallbackApiActions &
  InboundActions &
  BrandingActions &
  PlatformActions &
  NotificationActions &
  ReturnedLetterActions &
  EventActions;

/** The part of an action's name before the full stop: the actor that offers it. */
export type AdminSubject = keyof AdminActions extends `${infer Subject}.${string}` ? Subject : never;

/** What an actor needs to offer its actions. */
export type AdminHandlers<Subject extends AdminSubject> = {
  [Name in keyof AdminActions as Name extends `${Subject}.${infer Verb}` ? Verb : never]: (
    params: AdminActions[Name]['params'],
  ) => Promise<AdminActions[Name]['result']>;
};

/** A command or query behind an action. */
export type AdminAction<Name extends keyof AdminActions> = (
  params: AdminActions[Name]['params'],
) => Promise<AdminActions[Name]['result']>;
