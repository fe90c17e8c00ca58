import type { Who } from '../../http/index.ts';
import { Refusal } from '../../kernel/index.ts';
import type { LiveModel } from '../../model/index.ts';

export interface ModelChangeOptions {
  readonly live: LiveModel;
  /** How many organisations share the installation, and so the model. */
  readonly organisations: () => Promise<number>;
}

/**
 * The model is the installation's. Where several organisations share it, an administrator of one doesn't change it for the others,
 * nor count their objects: the operator does.
 */
export async function expectTheirs({ organisations }: ModelChangeOptions, who: Who): Promise<void> {
  if (who.actor.kind === 'system' || (await organisations()) === 1) return;
  throw new Refusal('model.shared', 403, {
    fr: 'Plusieurs organisations partagent ce modèle : seul l’exploitant de l’installation le change, par la commande « socle model apply ».',
    en: 'Several organisations share this model: only the operator of the installation changes it, by the command “socle model apply”.',
  });
}
