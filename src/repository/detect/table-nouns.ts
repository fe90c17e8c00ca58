import { conceptsOf, wordsOf } from './tokens.ts';
import type { Concept } from './vocabulary.ts';

export const personNouns = ['customer', 'employee', 'patient', 'user', 'person', 'contact', 'profile'] as const;
/** Things of persons. */
const belongingNouns = [
  'address',
  'phone',
  'email',
  'card',
  'iban',
  'rib',
  'bank',
  'mandate',
  'consent',
  'preference',
  'device',
  'newsletter',
  'network',
  'health',
  'salary',
  'evaluation',
  'session',
  'token',
  'marital',
  'loyalty',
  'photo',
  'licence',
  'passport',
  'hire',
  'biometric',
  'password',
  'income',
] as const;
/** What persons did. */
const activityNouns = ['absence', 'order', 'invoice', 'visit', 'ticket', 'review', 'message', 'note'] as const;
const subjectNouns = ['product', 'place', 'organisation', 'content', 'company', 'department', 'job'] as const;
const qualifiers = ['type', 'status', 'technical', 'template'] as const;

export type Noun = 'qualifier' | 'activity' | 'belonging' | 'person' | 'subject' | null;

/**
 * The noun that the name turns on. `type_client`, `customer_group` and `user_role` are lists; `product_review` and
 * `commande_client` are activity; `adresse_client` and `customer_address` are belongings, whatever the language.
 */
export function nounOf(words: readonly string[]): Noun {
  const each = words.map((word) => conceptsOf([word]));
  const some = (nouns: readonly Concept[]): boolean =>
    each.some((concepts) => nouns.some((noun) => concepts.has(noun)));
  const isPerson = some(personNouns);
  const hasActivity = some(activityNouns);
  if (some(qualifiers) && !(words.length === 1 && (isPerson || hasActivity || some(belongingNouns))))
    return 'qualifier';
  if (isPerson && words.length === 1) return 'person';
  const ending = each.at(-1);
  const endsWith = (nouns: readonly Concept[]): boolean => nouns.some((noun) => ending?.has(noun) === true);
  if (hasActivity && endsWith(['card', 'address', 'phone', 'email']) && !endsWith(activityNouns)) return 'belonging';
  if (hasActivity)
    return some(subjectNouns) && !isPerson && !some(['review', 'order', 'invoice', 'ticket']) ? 'subject' : 'activity';
  if (some(belongingNouns))
    return some(['product', 'place', 'organisation', 'content']) && !isPerson ? 'subject' : 'belonging';
  if (isPerson) return some(['payload']) || (words.length > 1 && endsWith(['name', 'id'])) ? 'belonging' : 'person';
  if (
    some(subjectNouns) ||
    some(['city', 'country', 'region', 'language', 'genre', 'title', 'label', 'code', 'amount', 'when', 'vehicle'])
  )
    return 'subject';
  if (some(['payload'])) return 'belonging';
  return null;
}

/** How much the columns look like a person's: first name, last name, birth, civility, e-mail, phone, password. */
export function personStrength(columns: readonly ReadonlySet<Concept>[]): number {
  const any = (test: (concepts: ReadonlySet<Concept>) => boolean): number => (columns.some(test) ? 1 : 0);
  const first = any((c) => c.has('firstname') || (c.has('first') && c.has('name')));
  const last = any(
    (c) =>
      c.has('lastname') ||
      (c.has('last') && c.has('name')) ||
      (c.has('name') && columns.some((d) => d.has('firstname'))),
  );
  const birth = any((c) => c.has('birth'));
  const civil = any((c) => c.has('civility') || c.has('gender') || c.has('nir') || c.has('maiden'));
  const email = any((c) => c.has('email') && !c.has('status') && !c.has('template'));
  const phone = any((c) => c.has('phone'));
  const secret = any((c) => c.has('password') || c.has('login'));
  const shown = any((c) => c.has('nickname') || (c.has('display') && c.has('name')));
  const photo = any((c) => c.has('photo'));
  return (
    first * 1.5 + last * 1.5 + birth * 1.5 + civil + email * 0.8 + phone * 0.4 + secret * 0.7 + shown + photo * 0.5
  );
}

/** `customer_id`, `id_client`, `user_no`: a key of a person, whether or not the schema declares it. */
export function isPersonKey(name: string): boolean {
  const words = wordsOf(name);
  const concepts = conceptsOf(words);
  if (words.length === 1 && /^(user|cust|client|member|employee|author)id$/.test(words[0] ?? '')) return true;
  const isKey = concepts.has('id') || (concepts.has('number') && words.length === 2);
  return isKey && words.length <= 3 && personNouns.some((noun) => noun !== 'profile' && concepts.has(noun));
}
