import { type Category, columnKey } from '../../channels/index.ts';
import type { Text } from '../../kernel/index.ts';
import type { FieldFacts } from '../harvest/facts.ts';
import { type SampleKind, sampleKinds } from './checks.ts';
import type { SampleShares } from './sample.ts';

interface Meaning {
  readonly category: Category;
  readonly words: Text;
  /** The identifier's kind, when the value finds a person. */
  readonly identityKind: string | null;
  /** Whether chance alone could pass the check often (ten digits look like a telephone). */
  readonly isWeak: boolean;
}

const meanings: Readonly<Record<SampleKind, Meaning>> = {
  email: {
    category: 'contact',
    words: { fr: 'un e-mail', en: 'an e-mail address' },
    identityKind: 'email',
    isWeak: false,
  },
  phone: { category: 'contact', words: { fr: 'un téléphone', en: 'a telephone' }, identityKind: 'phone', isWeak: true },
  iban: {
    category: 'bank',
    words: { fr: 'un IBAN (clé vérifiée)', en: 'an IBAN (checksum verified)' },
    identityKind: 'iban',
    isWeak: false,
  },
  nir: {
    category: 'identity',
    words: { fr: 'un NIR (clé vérifiée)', en: 'a French social security number (key verified)' },
    identityKind: 'national_id',
    isWeak: false,
  },
  siret: {
    category: 'identity',
    words: { fr: 'un SIRET (clé vérifiée)', en: 'a SIRET (checksum verified)' },
    identityKind: null,
    isWeak: true,
  },
  card: {
    category: 'bank',
    words: { fr: 'une carte bancaire (clé vérifiée)', en: 'a bank card (checksum verified)' },
    identityKind: null,
    isWeak: true,
  },
};

/** Fewer values than this prove nothing. */
const fewest = 5;
const convincing = 0.8;

/**
 * What a sample adds to what names say: it confirms, or it finds what no name told. A declared key is left alone, and a
 * weak check only speaks when the names said nothing.
 */
export function refine(
  fields: readonly FieldFacts[],
  samples: ReadonlyMap<string, SampleShares>,
): readonly FieldFacts[] {
  return fields.map((field) => {
    const sample = samples.get(columnKey(field, field.column));
    const kind = sample === undefined || sample.filled < fewest ? undefined : kindOf(sample);
    return sample === undefined || kind === undefined ? field : refined(field, kind, sample.shares[kind]);
  });
}

function kindOf(sample: SampleShares): SampleKind | undefined {
  return sampleKinds.find((kind) => sample.shares[kind] >= convincing);
}

function refined(field: FieldFacts, kind: SampleKind, share: number): FieldFacts {
  const meaning = meanings[kind];
  const isKey = field.referencesTo !== null || (field.isPrimaryKey && meaning.isWeak);
  if (isKey) return field;
  const percent = Math.round(share * 100);
  const reason: Text = {
    fr: `${percent} % des valeurs d’un échantillon ont la forme d’${meaning.words.fr}`,
    en: `${percent}% of the values of a sample look like ${meaning.words.en}`,
  };
  if (field.category === meaning.category) {
    return { ...field, confidence: Math.max(field.confidence, 97), reasons: [...field.reasons, reason] };
  }
  const isOpen = field.category === 'none' || field.category === 'technical' || field.category === 'free_text';
  if (!isOpen || (meaning.isWeak && field.confidence > 70)) return field;
  return {
    ...field,
    category: meaning.category,
    confidence: meaning.isWeak ? 60 : 90,
    reasons: [reason, ...field.reasons],
    identityKind: field.identityKind ?? meaning.identityKind,
  };
}
