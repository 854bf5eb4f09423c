import { defineEntity } from '@mikro-orm/core';
import { id, shortText } from './columns.ts';

/** Logo for emails; `logo` is a file name in the logo bucket. */
export const EmailBranding = defineEntity({
  name: 'EmailBranding',
  tableName: 'email_branding',
  properties: {
    id: id(),
    colour: shortText(7).nullable(),
    logo: shortText().nullable(),
    name: shortText(),
    text: shortText().nullable(),
    brandType: shortText().$type<'org' | 'both' | 'org_banner'>().default('org'),
  },
});

/** Logo for letters; `filename` is the stem of the SVG. */
export const LetterBranding = defineEntity({
  name: 'LetterBranding',
  tableName: 'letter_branding',
  properties: { id: id(), name: shortText(), filename: shortText() },
});
