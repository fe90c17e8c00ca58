import { type AttributeType, faulty, parsed, textOf, textStorage } from './attribute-type.ts';

/** One @, a dotted domain, nothing that needs quoting: what mail systems in use accept (a subset of RFC 5321 §4.1.2). */
const emailText = /^[^\s@"(),:;<>[\]\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/u;

/** Kept in lower case: equality and uniqueness must not depend on how someone typed it. */
export const emailType: AttributeType = {
  ...textStorage,
  kind: 'email',
  parse: (input) => {
    const clean = typeof input === 'string' ? input.trim().toLowerCase() : '';
    return clean.length <= 254 && emailText.test(clean)
      ? parsed(clean)
      : faulty(
          'not_email',
          'Une adresse est attendue, comme nom@exemple.fr.',
          'An address is expected, such as name@example.org.',
        );
  },
  control: { kind: 'line', inputType: 'email' },
  jsonSchema: { type: 'string', format: 'email' },
};

/** E.164. Ten digits that begin with 0 are taken as French, since the users are. */
export const phoneType: AttributeType = {
  ...textStorage,
  kind: 'phone',
  parse: (input) => {
    const compact = typeof input === 'string' ? input.replace(/[\s().\u00a0\u202f-]/g, '').replace(/^00/, '+') : '';
    const number = /^0[1-9]\d{8}$/.test(compact) ? `+33${compact.slice(1)}` : compact;
    return /^\+[1-9]\d{6,14}$/.test(number)
      ? parsed(number)
      : faulty(
          'not_phone',
          'Un numéro international est attendu, comme +33 1 45 67 89 01.',
          'An international number is expected, such as +33 1 45 67 89 01.',
        );
  },
  show: (value) => textOf(value).replace(/^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '+33 $1 $2 $3 $4 $5'),
  control: { kind: 'line', inputType: 'tel' },
  jsonSchema: { type: 'string', pattern: '^\\+[1-9]\\d{6,14}$' },
};

export const urlType: AttributeType = {
  ...textStorage,
  kind: 'url',
  parse: (input) => {
    const clean = typeof input === 'string' ? input.trim() : '';
    const url = URL.canParse(clean) ? new URL(clean) : null;
    const isWeb = url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
    return isWeb && clean.length <= 2000
      ? parsed(url.href)
      : faulty(
          'not_url',
          'Une adresse web est attendue, comme https://exemple.fr.',
          'A web address is expected, such as https://example.org.',
        );
  },
  control: { kind: 'line', inputType: 'url' },
  jsonSchema: { type: 'string', format: 'uri' },
};

/** Codes that the names of regions know but that aren't countries of ISO 3166-1. */
const notCountries = new Set([
  'EU',
  'EZ',
  'UN',
  'XA',
  'XB',
  'ZZ',
  'QO',
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'IC',
  'TA',
  'XK',
]);
const countryNames = {
  fr: new Intl.DisplayNames('fr', { type: 'region', fallback: 'none' }),
  en: new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }),
};

export const countryType: AttributeType = {
  ...textStorage,
  kind: 'country',
  parse: (input) => {
    const code = typeof input === 'string' ? input.trim().toUpperCase() : '';
    return /^[A-Z]{2}$/.test(code) && !notCountries.has(code) && countryNames.en.of(code) !== undefined
      ? parsed(code)
      : faulty(
          'not_country',
          'Un code de pays à deux lettres est attendu, comme FR.',
          'A two-letter country code is expected, such as FR.',
        );
  },
  show: (value, { language }) => countryNames[language].of(textOf(value)) ?? textOf(value),
  control: { kind: 'line', inputType: 'text' },
  jsonSchema: { type: 'string', pattern: '^[A-Z]{2}$' },
};
