export type PhoneNumberErrorCode =
  | 'invalid_number'
  | 'too_long'
  | 'too_short'
  | 'not_a_uk_mobile'
  | 'unknown_character'
  | 'unsupported_country_code'
  | 'unsupported_emergency_number';

/** Why a number cannot be used: `message` for files and the back office, `apiMessage` for the v2 API. */
export type PhoneNumberError = { code: PhoneNumberErrorCode; message: string; apiMessage: string };

const INVALID = 'Number is not valid – double check the phone number you entered';
const EMERGENCY = 'Phone number cannot be an emergency number';

const MESSAGES: Readonly<Record<PhoneNumberErrorCode, readonly [message: string, apiMessage: string]>> = {
  invalid_number: [INVALID, INVALID],
  too_long: ['Mobile number is too long', 'Too many digits'],
  too_short: ['Mobile number is too short', 'Not enough digits'],
  not_a_uk_mobile: [
    'This does not look like a UK mobile number – double check the mobile number you entered',
    'Not a UK mobile number',
  ],
  unknown_character: [
    'Mobile numbers can only include: 0 1 2 3 4 5 6 7 8 9 ( ) + -',
    'Must not contain letters or symbols',
  ],
  unsupported_country_code: [
    'Country code not found - double check the mobile number you entered',
    'Not a valid country prefix',
  ],
  unsupported_emergency_number: [EMERGENCY, EMERGENCY],
};

/** The two texts of an error code (content 5.1). */
export function phoneNumberError(code: PhoneNumberErrorCode): PhoneNumberError {
  const [message, apiMessage] = MESSAGES[code];
  return { code, message, apiMessage };
}
