import { createLog, Refusal, systemClock } from '../../kernel/index.ts';
import { LiveModel, systemPackFolders } from '../../model/index.ts';
import { openStore } from '../../store/index.ts';
import { findRunning } from '../client.ts';
import { type Command, WrongUsage } from '../command.ts';
import { fileOf } from './model-change.ts';

/** The way out when a pack of the installation stops the start: a newer version of the product refuses what it says. */
export const modelMend: Command = {
  words: ['model', 'mend'],
  usage: '[DIR …] [--without PACK …]',
  summary: {
    fr: 'Socle arrêté : remplace ou retire les modules métier que cette version du produit refuse, pour qu’il démarre.',
    en: 'While Socle is stopped: replaces or takes away packs that this version of the product refuses, so that it starts.',
  },
  options: { without: { type: 'string', multiple: true } },
  positionals: [0, 20],
  needs: 'nothing',
  run: async ({ positionals, values, client, output, language }) => {
    const without = values.list('without');
    if (positionals.length === 0 && without.length === 0)
      throw new WrongUsage('a folder, or --without PACK, is needed');
    const { config } = client;
    if ((await findRunning(config.dataFolder)) !== null) throw running();
    const files = await Promise.all(positionals.map(fileOf));
    const opened = await openStore(config, systemClock, createLog(config.logLevel));
    try {
      const live = await LiveModel.open(opened.store, systemPackFolders, { files, without, version: null });
      const { packs } = live.current();
      output.result({ packs }, [done[language]]);
    } finally {
      await opened.close();
    }
  },
};

const done = {
  fr: 'Fait : le modèle est en ordre, Socle peut démarrer.',
  en: 'Done: the model is in order, Socle can start.',
};

function running(): Refusal {
  return new Refusal('model.running', 409, {
    fr: 'Socle fonctionne : employez « socle model apply ».',
    en: 'Socle is running: use “socle model apply”.',
  });
}
