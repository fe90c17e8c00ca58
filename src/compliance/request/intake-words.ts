import type { Text } from '../../kernel/index.ts';
import type { IntakeChannel } from './intake.ts';

/** How a request came in, in words. */
export const intakeWords: Readonly<Record<IntakeChannel, Text>> = {
  form: { fr: 'Formulaire public', en: 'Public form' },
  email: { fr: 'Courriel', en: 'E-mail' },
  post: { fr: 'Courrier postal', en: 'Post' },
  phone: { fr: 'Téléphone', en: 'Phone' },
  store: { fr: 'Magasin', en: 'Store' },
  api: { fr: 'API', en: 'API' },
  cli: { fr: 'Ligne de commande', en: 'Command line' },
};
