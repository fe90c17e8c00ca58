import type { Given } from './books.ts';
import type { Fate } from './fate.ts';

/** Who and what takes part in a run. */
export type Part = 'loyalty' | 'newsletter' | 'crm' | 'office' | 'service' | 'shop' | 'campaign' | 'holds';

/** How likely each is. The first two are in most runs: what is rarer costs more. */
const likelihoods: Readonly<Record<Part, number>> = {
  loyalty: 1,
  newsletter: 0.7,
  crm: 0.2,
  office: 0.35,
  service: 0.35,
  shop: 0.35,
  campaign: 0.35,
  holds: 0.4,
};

/** How each application is reached; Socle itself erases in the shop, by SQL. */
export const channels = {
  loyalty: 'webhook',
  newsletter: 'pull',
  crm: 'webhook',
  office: 'file',
  service: 'email',
} as const satisfies Partial<Readonly<Record<Part, Given['channel']>>>;

export function castOf(fate: Fate): ReadonlySet<Part> {
  const parts = Object.keys(likelihoods) as Part[];
  return new Set(parts.filter((part) => fate.isSo(part, likelihoods[part])));
}
