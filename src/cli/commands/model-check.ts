import { checkPack, problemLine } from '../../model/index.ts';
import { type Command, RefusedWork } from '../command.ts';

export const modelCheck: Command = {
  words: ['model', 'check'],
  usage: 'DIR …',
  summary: {
    fr: 'Vérifie des modules métier ensemble et montre toutes leurs erreurs, fichier et ligne.',
    en: 'Checks packs together and shows all their errors, with file and line.',
  },
  options: {},
  positionals: [1, 20],
  needs: 'nothing',
  run: async ({ positionals, output, language }) => {
    const { sources, problems } = await checkPack(...positionals);
    if (sources === null) {
      output.result(
        { problems },
        problems.map((problem) => problemLine(problem, language)),
      );
      throw new RefusedWork();
    }
    const packs = sources.map((source) => ({
      pack: source.pack,
      version: source.version,
      types: Object.keys(source.types).length,
    }));
    output.result(
      { packs, problems: [] },
      packs.map((pack) => `${pack.pack} ${pack.version}: ${pack.types} types`),
    );
  },
};
