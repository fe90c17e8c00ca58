import { Refusal } from '../../kernel/index.ts';
import { checkPack } from '../../model/index.ts';
import type { Command } from '../command.ts';

export const modelCheck: Command = {
  words: ['model', 'check'],
  usage: 'DIR',
  summary: {
    fr: 'Vérifie un module métier et montre toutes ses erreurs, fichier et ligne.',
    en: 'Checks a pack and shows all its errors, with file and line.',
  },
  options: {},
  positionals: [1, 1],
  needs: 'nothing',
  run: async ({ positionals, output, language }) => {
    const checked = await checkPack(positionals[0] ?? '.');
    const lines = checked.errors.map((error) => `${error.file}:${error.line}:${error.column} ${error.text[language]}`);
    if (lines.length === 0) {
      output.result(checked, [`${checked.name}: ${checked.types} types`]);
      return;
    }
    output.result(checked, lines);
    throw new Refusal('model.invalid', 422, {
      fr: `${lines.length} erreurs : rien n’a été appliqué.`,
      en: `${lines.length} errors: nothing was applied.`,
    });
  },
};
