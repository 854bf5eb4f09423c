import { AUTH_TYPES } from '../../../messages/admin-users.ts';
import { emailAddress, nullable, oneOf, personName, phoneNumber, time, uuid } from '../field-types.ts';
import { optional, required } from '../read.ts';

/** The fields of a new user but the password, which is asked for when these are right (internal-api 6.2). */
export const NEW_USER = {
  name: required(personName),
  email_address: required(emailAddress),
  mobile_number: optional(nullable(phoneNumber)),
  auth_type: optional(oneOf(AUTH_TYPES)),
};

/** Besides the colleague who makes them. */
export const USER_CHANGES = {
  name: optional(personName),
  email_address: optional(emailAddress),
  mobile_number: optional(nullable(phoneNumber)),
  auth_type: optional(oneOf(AUTH_TYPES)),
  current_session_id: optional(nullable(uuid)),
  email_access_validated_at: optional(time),
};
