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

const bank: Rule = (field) => {
  if (field.kind === 'boolean' || field.kind === 'time' || (hasAny(field, 'id') && !hasAny(field, 'rib'))) return null;
  const says = (confidence: number, fr: string, en: string) => found('bank', confidence, fr, en);
  if (hasAny(field, 'iban', 'rib', 'pan', 'cvv'))
    return says(0.95, 'compte ou carte bancaire', 'a bank account or card');
  if (hasAny(field, 'bic', 'routing') && isTextual(field)) return says(0.8, 'code de banque', 'a bank’s code');
  if (hasAny(field, 'bank') && !hasAny(field, 'amount', 'status') && isValue(field))
    return says(field.table.role === 'reference' ? 0.5 : 0.8, 'données bancaires', 'bank details');
  if (hasAny(field, 'mandate') && isTextual(field))
    return says(0.75, 'mandat de prélèvement', 'a direct-debit mandate');
  const isCardTable =
    field.table.role === 'belongings' &&
    field.table.words.some((word) => ['card', 'carte', 'cards', 'cb'].includes(word)) &&
    !field.table.words.some((word) => /loyal|fidel/.test(word));
  const ofCard = (hasAny(field, 'card') && !hasAny(field, 'loyalty')) || isCardTable;
  if (ofCard && hasAny(field, 'number', 'expiry', 'holder', 'cvv', 'name', 'pan', 'person'))
    return says(0.85, 'carte bancaire', 'a bank card');
  if (isCardTable && hasAny(field, 'code') && hasOnly(field, 'code', 'security'))
    return says(0.75, 'code de vérification d’une carte', 'a card’s verification code');
  if (isCardTable && hasAny(field, 'when') && hasAny(field, 'expiry'))
    return says(0.8, 'expiration d’une carte', 'a card’s expiry');
  if (hasAny(field, 'card') && hasWord(field, 'last', 'mask', 'masked') && isTextual(field))
    return says(0.8, 'carte bancaire', 'a bank card');
  const isBankTable = field.table.words.some((word) => ['rib', 'iban', 'bank', 'banque'].includes(word));
  if (
    isBankTable &&
    field.table.role === 'belongings' &&
    isTextual(field) &&
    hasAny(field, 'number', 'account', 'holder')
  ) {
    return says(0.85, 'compte bancaire', 'a bank account');
  }
  const nearBank = (['iban', 'rib', 'bank', 'pan'] as const).some((concept) => field.neighbours.has(concept));
  if (hasAny(field, 'holder') && nearBank && isTextual(field))
    return says(0.8, 'titulaire d’un compte', 'the holder of an account');
  if (hasAny(field, 'income') && isOfPersons(field)) return says(0.7, 'revenus', 'income');
  if (hasAll(field, 'account', 'holder')) return says(0.85, 'titulaire d’un compte', 'the holder of an account');
  if (hasAny(field, 'account') && hasAny(field, 'number') && field.neighbours.has('bank'))
    return says(0.85, 'compte bancaire', 'a bank account');
  return null;
};

const special: Rule = (field) => {
  if (hasAny(field, 'id')) return null;
  const isHeld = isOfPersons(field) || field.table.role === 'activity' || namesPerson(field);
  if (hasAny(field, 'biometric') && isOfPersons(field) && !hasAny(field, 'device', 'session')) {
    return found('sensitive', 0.75, 'biométrie ou génétique (art. 9)', 'biometrics or genetics (art. 9)');
  }
  if (!isHeld) return null;
  if (hasAny(field, 'faith', 'sexuality', 'union', 'politics', 'opinion') && !hasAny(field, 'product', 'order')) {
    return hasWord(field, 'party') && !hasAny(field, 'politics')
      ? null
      : found(
          'sensitive',
          0.85,
          'opinions, croyances ou vie intime (art. 9)',
          'opinions, beliefs or private life (art. 9)',
        );
  }
  if (hasAny(field, 'ethnicity') && isTextual(field) && isOfPersons(field)) {
    return found('sensitive', hasWord(field, 'origin', 'origine') ? 0.5 : 0.85, 'origine (art. 9)', 'origin (art. 9)');
  }
  if (hasAny(field, 'conviction'))
    return found('sensitive', 0.8, 'condamnations ou infractions (art. 10)', 'convictions or offences (art. 10)');
  return null;
};

const health: Rule = (field) => {
  const isHeld = isOfPersons(field) || field.table.role === 'activity' || namesPerson(field);
  if (!isHeld || hasAny(field, 'id')) return null;
  if (hasAny(field, 'health') && !(field.kind === 'time' && hasAny(field, 'status'))) {
    const weak = hasOnly(field, 'health', 'when', 'status') && hasWord(field, 'treatment', 'traitement', 'origin');
    return found('health', weak ? 0.6 : 0.88, 'santé (art. 9)', 'health (art. 9)');
  }
  const measured = hasAny(field, 'body') && ['integer', 'decimal', 'text'].includes(field.kind);
  const isCare = field.table.person === 'patient' || field.neighbours.has('health');
  if (measured && (field.table.role === 'persons' || isCare) && hasOnly(field, 'body', 'count', 'patient'))
    return found('health', isCare ? 0.8 : 0.6, 'mesure du corps', 'a measure of the body');
  return null;
};

const preference: Rule = (field) => {
  if (!isOfPersons(field) && field.table.role !== 'activity') return null;
  if (hasAny(field, 'newsletter', 'consent') || (hasAny(field, 'opt') && field.kind === 'boolean')) {
    if (field.kind === 'time' || field.kind === 'date' || hasAny(field, 'id', 'token')) return null;
    return found('preference', 0.75, 'choix ou consentement de la personne', 'a choice or consent of the person');
  }
  if (field.table.role === 'activity') return null;
  if (
    hasAny(field, 'preference') &&
    !hasAny(field, 'id') &&
    !(field.kind === 'boolean' && field.table.role === 'belongings')
  )
    return found('preference', 0.75, 'préférence de la personne', 'a preference of the person');
  if (
    hasAny(field, 'language', 'timezone') &&
    isTextual(field) &&
    !hasAny(field, 'id') &&
    field.table.role === 'persons'
  ) {
    return found('preference', 0.7, 'langue ou fuseau horaire de la personne', 'the person’s language or time zone');
  }
  return null;
};

const employment: Rule = (field) => {
  const isStaff = field.table.person === 'employee';
  if (hasAny(field, 'id')) return null;
  if (hasAny(field, 'salary') && isOfPersons(field) && ['decimal', 'integer', 'text'].includes(field.kind))
    return found('employment', 0.8, 'rémunération', 'pay');
  const nearName =
    field.table.role === 'activity' && (field.neighbours.has('firstname') || field.neighbours.has('lastname'));
  if (nearName && hasAny(field, 'company') && isTextual(field) && !isAbout(field)) {
    return found('employment', 0.75, 'société, à côté d’un nom', 'a company, next to a name');
  }
  if (!isOfPersons(field) && !(hasAny(field, 'company', 'job') && isUsedForPerson(field))) return null;
  if (hasAny(field, 'hire') && field.kind !== 'boolean')
    return found('employment', 0.8, 'embauche ou départ', 'hiring or leaving');
  if (hasAny(field, 'absence') && isStaff) return found('employment', 0.75, 'absences', 'absences');
  if (hasAny(field, 'job') && isTextual(field) && !isAbout(field))
    return found('employment', 0.85, 'métier ou poste', 'a trade or position');
  if (hasAny(field, 'company') && isTextual(field) && !isAbout(field))
    return found('employment', 0.78, 'employeur ou société de la personne', 'the person’s employer or company');
  if (
    hasAny(field, 'department') &&
    isTextual(field) &&
    !isAbout(field) &&
    hasOnly(field, 'department', 'name', 'region')
  )
    return found('employment', 0.65, 'service de la personne', 'the person’s department');
  if (hasAny(field, 'education') && (isTextual(field) || field.kind === 'binary'))
    return found('employment', 0.75, 'formation ou diplôme', 'education');
  if (hasAny(field, 'evaluation') && isStaff)
    return found('employment', 0.7, 'évaluation ou échelon', 'evaluation or grade');
  return null;
};

function isUsedForPerson(field: FieldReading): boolean {
  return field.table.role === 'activity' && (namesPerson(field) || hasAny(field, 'use')) && !hasAny(field, 'type');
}

export const lifeRules: readonly Rule[] = [special, bank, health, preference, employment];
