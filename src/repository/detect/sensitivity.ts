import type { Category } from '../../channels/index.ts';
import type { Text } from '../../kernel/index.ts';

/** `special` is GDPR art. 9 (and art. 10: convictions); `high` is what CNIL asks to protect more (bank). */
export type Sensitivity = 'special' | 'high' | 'personal' | 'not_personal';

export function sensitivityOf(category: Category): Sensitivity {
  switch (category) {
    case 'health':
    case 'sensitive':
      return 'special';
    case 'bank':
      return 'high';
    case 'technical':
    case 'none':
      return 'not_personal';
    default:
      return 'personal';
  }
}

const words: Readonly<Record<Sensitivity, Text>> = {
  special: { fr: 'catégorie particulière', en: 'special category' },
  high: { fr: 'hautement personnelle', en: 'highly personal' },
  personal: { fr: 'personnelle', en: 'personal' },
  not_personal: { fr: 'non personnelle', en: 'not personal' },
};

export function sensitivityText(sensitivity: Sensitivity): Text {
  return words[sensitivity];
}
