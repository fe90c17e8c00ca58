import {
  type FieldReading,
  found,
  hasAll,
  hasAny,
  hasOnly,
  hasWord,
  isAbout,
  isOfPersons,
  isTextual,
  isValue,
  namesPerson,
  type Rule,
} from './reading.ts';
import { conceptsOf } from './tokens.ts';

/**
 * The e-mail or telephone of a shop, a supplier, a department or a setting: not of a person, unless the field names
 * one. Calling it personal would let an erasure blank a store because one customer alone goes there.
 */
function isOfOrganisation(field: FieldReading): boolean {
  if (field.table.role !== 'reference' || namesPerson(field)) return false;
  const concepts = conceptsOf(field.table.words);
  return (['place', 'organisation', 'company', 'department', 'technical'] as const).some((each) => concepts.has(each));
}

/** Under the threshold: a human says whether it is the address of somebody. */
function organisationContact() {
  return found(
    'none',
    0.45,
    'coordonnées d’une organisation, sans doute : à décider',
    'contact details of an organisation, no doubt: to decide',
  );
}

/** `mail_notification`: when mail is sent, as opposed to `notification_mail`, where to. */
const isSetting = /(notification|preference|frequenc[ey]|digest|signature|footer|alerte?)s?$/i;

const email: Rule = (field) => {
  if (!hasAny(field, 'email') || !isTextual(field) || isAbout(field)) return null;
  if (hasAny(field, 'password', 'token', 'subject', 'message', 'newsletter', 'consent', 'technical', 'opt'))
    return null;
  if (isSetting.test(field.field.name)) return null;
  if (field.table.role === 'reference') {
    if (isOfOrganisation(field)) return organisationContact();
    return found('contact', namesPerson(field) ? 0.8 : 0.6, 'e-mail', 'an e-mail address');
  }
  return found('contact', 0.96, 'e-mail', 'an e-mail address');
};

/** `from_address`, `to`, in a table of messages: an e-mail address. */
const correspondent: Rule = (field) => {
  const isMail = field.table.words.some((word) => /^(e?mails?|messages?|courriels?|outbox|inbox)$/.test(word));
  const isEnd = hasWord(
    field,
    'from',
    'to',
    'cc',
    'bcc',
    'sender',
    'recipient',
    'recipients',
    'expediteur',
    'destinataire',
    'reply',
  );
  if (!isMail || !isEnd || !isTextual(field) || field.table.role === 'reference' || hasAny(field, 'id', 'name', 'when'))
    return null;
  return found('contact', 0.8, 'adresse d’un correspondant', 'the address of a correspondent');
};

const phone: Rule = (field) => {
  const isCall =
    hasWord(field, 'calling', 'called', 'caller', 'callee', 'appelant', 'appele') && hasAny(field, 'number');
  if (isCall && isValue(field)) return found('contact', 0.8, 'numéro de téléphone', 'a telephone number');
  const says =
    hasAny(field, 'phone') &&
    !(
      hasWord(field, 'mobile', 'cell', 'portable') &&
      !hasOnly(
        field,
        'phone',
        'number',
        'country',
        'code',
        'name',
        'customer',
        'contact',
        'person',
        'employee',
        'user',
        'patient',
        'line',
        'port',
        'fixe',
      )
    );
  if (
    !says ||
    !(isValue(field) || field.kind === 'integer') ||
    isAbout(field) ||
    hasAny(field, 'password', 'token', 'device', 'consent', 'opt')
  )
    return null;
  if (
    field.kind === 'integer' &&
    !isValue(field) &&
    !hasAny(field, 'number') &&
    !hasWord(field, 'tel', 'telephone', 'phone')
  )
    return null;
  if (isOfOrganisation(field)) return organisationContact();
  if (field.table.role === 'reference' && !namesPerson(field)) {
    return found('contact', 0.5, 'téléphone, peut-être d’une organisation', 'a telephone, perhaps of an organisation');
  }
  return found('contact', 0.94, 'téléphone ou télécopie', 'a telephone or fax');
};

/** The address is somewhere a person lives or receives: not the address of a warehouse or a file. */
function hasPlaceOfPerson(field: FieldReading): boolean {
  return isOfPersons(field) || field.table.role === 'activity' || namesPerson(field);
}

const notAnAddress = ['email', 'ip', 'website', 'network', 'message', 'template', 'technical'] as const;

const address: Rule = (field) => {
  if (!hasAny(field, 'address', 'addresspart') || hasAny(field, ...notAnAddress) || hasWord(field, 'mac', 'remote'))
    return null;
  if (
    hasWord(field, 'add', 'suite', 'floor', 'complement', 'compl', 'escalier') &&
    !hasAny(field, 'address') &&
    !field.neighbours.has('postal') &&
    !field.neighbours.has('city')
  )
    return null;
  if (hasWord(field, 'add') && hasAny(field, 'when', 'status', 'user')) return null;
  const numeric = field.kind === 'integer' && field.neighbours.has('address') && !hasAny(field, 'type', 'count');
  if (numeric && hasPlaceOfPerson(field))
    return found('location', 0.7, 'numéro dans une adresse', 'a number in an address');
  if (!isTextual(field) && field.kind !== 'json') return null;
  if (isAbout(field) && !hasAny(field, 'number', 'count')) return null;
  if (!hasPlaceOfPerson(field)) return organisationPlace(field);
  return found('location', hasAny(field, 'address') ? 0.94 : 0.75, 'adresse', 'an address');
};

const postal: Rule = (field) => {
  if (!hasAny(field, 'postal') || (hasAny(field, 'use') === false && hasWord(field, 'zip') && hasAny(field, 'content')))
    return null;
  if (!(isTextual(field) || field.kind === 'integer') || (field.kind !== 'integer' && isAbout(field))) return null;
  return hasPlaceOfPerson(field) ? found('location', 0.93, 'code postal', 'a postal code') : organisationPlace(field);
};

const town: Rule = (field) => {
  if (
    !hasAny(field, 'city', 'region', 'state', 'country') ||
    !isTextual(field) ||
    hasAny(field, 'id', 'nationality', 'website', 'technical')
  )
    return null;
  if (hasAny(field, 'type', 'when', 'payload', 'message') || (hasAny(field, 'count') && !hasWord(field, 'nom')))
    return null;
  const near = ['address', 'postal', 'city'].some((concept) =>
    concept !== 'city' ? field.neighbours.has(concept as 'address') : field.neighbours.has('city'),
  );
  const onlyState = !hasAny(field, 'city', 'region', 'country');
  // `state` beside `shipping_address_id` is that of an order.
  const isPlaced = field.neighbours.has('city') || field.neighbours.has('postal');
  if (onlyState && !(near && isPlaced)) return null;
  if (hasWord(field, 'etat', 'statut', 'status')) return null;
  const onlyRegion = hasAny(field, 'region') && !hasAny(field, 'city', 'country');
  if (onlyRegion && !near && hasWord(field, 'department', 'departement', 'district')) return null;
  if (!hasPlaceOfPerson(field)) return organisationPlace(field);
  if (hasAny(field, 'birth')) return null;
  const isPlace = hasAny(field, 'city') ? 0.92 : near ? 0.88 : 0.65;
  return found('location', isPlace, 'ville, région ou pays d’une personne', 'a person’s town, region or country');
};

const coordinates: Rule = (field) => {
  const exact = hasAny(field, 'geo') && ['decimal', 'text', 'geo', 'other'].includes(field.kind);
  if (exact && !isAbout({ ...field, kind: field.kind === 'geo' ? 'text' : field.kind })) {
    return hasPlaceOfPerson(field)
      ? found('location', 0.85, 'position géographique', 'a geographic position')
      : organisationPlace(field);
  }
  if (field.kind === 'geo' && hasPlaceOfPerson(field))
    return found('location', 0.7, 'position géographique', 'a geographic position');
  const place =
    hasAny(field, 'location', 'contactpoint') &&
    isTextual(field) &&
    !isAbout(field) &&
    hasOnly(field, 'location', 'contactpoint', 'user', 'person', 'customer', 'last');
  return place && isOfPersons(field) ? found('location', 0.65, 'lieu où est la personne', 'where the person is') : null;
};

/** `line1`, `complement` in a table of addresses. */
const lines: Rule = (field) => {
  if (!isTextual(field) || !hasAny(field, 'line')) return null;
  const nearby = field.neighbours.has('postal') || field.neighbours.has('city');
  return nearby && hasPlaceOfPerson(field) && hasOnly(field, 'line', 'address', 'addresspart')
    ? found('location', 0.85, 'ligne d’adresse', 'a line of an address')
    : null;
};

function organisationPlace(field: FieldReading) {
  const isReached = field.neighbours.has('email') || field.neighbours.has('phone');
  const isSurelyOther = field.table.role === 'reference' && field.table.confidence >= 0.8;
  const category = isReached && isSurelyOther ? 'technical' : 'none';
  return found(category, 0.6, 'lieu d’autre chose que d’une personne', 'the place of something other than a person');
}

const birth: Rule = (field) => {
  if (!hasAny(field, 'birth') || hasAny(field, 'id')) return null;
  if (field.kind === 'boolean' || hasWord(field, 'created', 'updated')) return null;
  if (hasAny(field, 'name') && isTextual(field)) return null;
  return found('birth', 0.95, 'date ou lieu de naissance', 'a date or place of birth');
};

const ageOrDeath: Rule = (field) => {
  const isSoleAge =
    hasAny(field, 'age') &&
    hasOnly(field, 'age', 'person', 'patient', 'customer', 'user') &&
    ['integer', 'decimal', 'text'].includes(field.kind);
  if (isSoleAge && (field.table.role === 'persons' || namesPerson(field))) return found('birth', 0.75, 'âge', 'age');
  if (hasAny(field, 'death') && field.kind !== 'integer' && hasPlaceOfPerson(field) && !hasAll(field, 'death', 'id'))
    return found('birth', 0.75, 'décès', 'death');
  return null;
};

export const contactRules: readonly Rule[] = [
  email,
  correspondent,
  correspondent,
  birth,
  phone,
  postal,
  address,
  lines,
  town,
  coordinates,
  ageOrDeath,
];
