/** A template of the built-in service; `subject` is null for texts. */
export type BuiltInTemplate = {
  id: string;
  name: string;
  template_type: 'sms' | 'email';
  subject: string | null;
  content: string;
};

const lines = (...text: string[]): string => text.join('\n\n');

const email = (id: string, name: string, subject: string, ...content: string[]): BuiltInTemplate => ({
  id,
  name,
  template_type: 'email',
  subject,
  content: lines(...content),
});

const sms = (id: string, name: string, content: string): BuiltInTemplate => ({
  id,
  name,
  template_type: 'sms',
  subject: null,
  content,
});

/** The 18 templates that the service itself sends with. Ids and placeholders: internal-api 5; the texts are our own. */
export const BUILT_IN_TEMPLATES: readonly BuiltInTemplate[] = [
  sms('36fb0730-6259-4da1-8a80-c8de22ad4246', 'Sign-in code', '((verify_code)) is your security code'),
  email(
    '299726d2-dba6-42b8-8209-30e1d66ea164',
    'Sign-in link',
    'Sign in to GOV.UK Notify',
    'Dear ((name)),',
    'To sign in to GOV.UK Notify, use this link:',
    '((url))',
    'If you did not try to sign in, you can ignore this email.',
  ),
  email(
    'ece42649-22a8-4d06-b87f-d52d5d3f0a27',
    'Confirm registration',
    'Confirm your GOV.UK Notify account',
    'Dear ((name)),',
    'To finish creating your account, use this link:',
    '((url))',
    'If you did not ask for an account, you can ignore this email.',
  ),
  email(
    '0880fbb1-a0c6-46f0-9a8e-36c986381ceb',
    'Already registered',
    'Your GOV.UK Notify account',
    'You already have a GOV.UK Notify account with this email address.',
    'Sign in here: ((signin_url))',
    'If you have forgotten your password, you can reset it here: ((forgot_password_url))',
    'If you did not try to create an account, tell us here: ((feedback_url))',
  ),
  email(
    '474e9242-823b-4f99-813d-ed392e7f1201',
    'Password reset',
    'Reset your GOV.UK Notify password',
    'Dear ((user_name)),',
    'To choose a new password, use this link:',
    '((url))',
    'If you did not ask for a new password, you can ignore this email.',
  ),
  email(
    'eb4d9930-87ab-4aef-9bce-786762687884',
    'Confirm new email address',
    'Confirm your new email address',
    'Dear ((name)),',
    'To use this email address for GOV.UK Notify, confirm it with this link:',
    '((url))',
    'If you did not ask for this change, tell us here: ((feedback_url))',
  ),
  email(
    'c73f1d71-4049-46d5-a647-d013bdeca3f0',
    'Email address changed by a team member',
    'Your GOV.UK Notify email address has changed',
    'Dear ((name)),',
    '((servicemanagername)) changed your GOV.UK Notify account to use this email address: ((email address))',
    'You will need it the next time that you sign in.',
  ),
  sms(
    '8a31520f-4751-4789-8ea1-fe54496725eb',
    'Phone number changed by a team member',
    'Dear ((name)), ((servicemanagername)) changed the phone number of your GOV.UK Notify account (((email address))). ' +
      'You will need this phone the next time that you sign in.',
  ),
  email(
    '4f46df42-f795-4cc4-83bb-65ca312f49cc',
    'Invitation to a service',
    '((user_name)) has invited you to ((service_name)) on GOV.UK Notify',
    '((user_name)) has invited you to work on ((service_name)) on GOV.UK Notify.',
    'To accept the invitation, use this link:',
    '((url))',
    'The invitation ends in 2 days.',
  ),
  email(
    '46152f7c-6901-41d5-8590-a5624d0d4359',
    'Invitation to an emergency alerts service',
    '((user_name)) has invited you to ((service_name))',
    '((user_name)) has invited you to send emergency alerts with ((service_name)).',
    'To accept the invitation, use this link:',
    '((url))',
    'The invitation ends in 2 days.',
  ),
  email(
    '203566f0-d835-47c5-aa06-932439c86573',
    'Invitation to an organisation',
    '((user_name)) has invited you to ((organisation_name)) on GOV.UK Notify',
    '((user_name)) has invited you to see the services of ((organisation_name)) on GOV.UK Notify.',
    'To accept the invitation, use this link:',
    '((url))',
    'The invitation ends in 2 days.',
  ),
  email(
    '618185c6-3636-49cd-b7d2-6f6f5eb3bdde',
    'Service now live',
    '((service name)) is now live',
    'Dear ((name)),',
    '((service name)) is now live on GOV.UK Notify.',
    'You can send up to ((message limit)) messages a day.',
  ),
  email(
    'a42f1d17-9404-46d5-a647-d013bdfca3e1',
    'Test of a reply-to address',
    'Your GOV.UK Notify reply-to address works',
    'This email shows that your reply-to address can receive messages.',
    'You do not need to do anything.',
  ),
  email(
    '4fd2e43c-309b-4e50-8fb8-1955852d9d71',
    'Agreement signed',
    'You have signed the GOV.UK Notify agreement',
    'Dear ((signed_by_name)),',
    'You have signed the GOV.UK Notify data sharing and financial agreement for ((org_name)).',
    'A copy is here: ((mou_link))',
    'The services of your organisation are here: ((org_dashboard_link))',
  ),
  email(
    'c20206d5-bf03-4002-9a90-37d5032d9e84',
    'Agreement signed on behalf of someone, to the signer',
    'You have signed the GOV.UK Notify agreement',
    'Dear ((signed_by_name)),',
    'You have signed the GOV.UK Notify agreement for ((org_name)) on behalf of ((on_behalf_of_name)).',
    'A copy is here: ((mou_link))',
    'The services of your organisation are here: ((org_dashboard_link))',
  ),
  email(
    '522b6657-5ca5-4368-a294-6b527703bd0b',
    'Agreement signed on behalf of someone, to that person',
    '((signed_by_name)) has signed the GOV.UK Notify agreement on your behalf',
    'Dear ((on_behalf_of_name)),',
    '((signed_by_name)) has signed the GOV.UK Notify agreement for ((org_name)) on your behalf.',
    'A copy is here: ((mou_link))',
    'The services of your organisation are here: ((org_dashboard_link))',
  ),
  email(
    '11fad854-fd38-4a7c-bd17-805fb13dfc12',
    'Daily letter volumes',
    'Letter volumes for ((date))',
    'Total: ((total_volume)) letters, ((total_sheets)) sheets',
    'First class: ((first_class_volume)) letters, ((first_class_sheets)) sheets',
    'Second class: ((second_class_volume)) letters, ((second_class_sheets)) sheets',
    'International: ((international_volume)) letters, ((international_sheets)) sheets',
  ),
  email(
    'd0e66c4c-0c50-43f0-94f5-f85b613202d4',
    'Team alert',
    'GOV.UK Notify: a service needs attention',
    'A service needs attention.',
  ),
];
