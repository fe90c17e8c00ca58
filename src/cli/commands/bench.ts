import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../kernel/index.ts';
import { type Command, WrongUsage } from '../command.ts';

export const bench: Command = {
  words: ['bench'],
  usage: 'NAME',
  summary: {
    fr: 'Lance une mesure de bench/, avec son point de comparaison dans la même exécution.',
    en: 'Runs a benchmark of bench/, with its peer or limit in the same run.',
  },
  options: {},
  positionals: [1, 1],
  needs: 'nothing',
  run: async ({ positionals }) => {
    const names = (await readdir(join(projectRoot, 'bench')))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.slice(0, -3));
    const [name = ''] = positionals;
    if (!names.includes(name)) throw new WrongUsage(`bench takes one of: ${names.join(', ')}`);
    await new Promise<void>((done, failed) => {
      const words = ['--import', 'tsx', join(projectRoot, 'bench', `${name}.ts`)];
      const child = spawn(process.execPath, words, { cwd: projectRoot, stdio: 'inherit' });
      child.once('error', failed);
      child.once('exit', (code) => (code === 0 ? done() : failed(new Error(`the benchmark ended with ${code}`))));
    });
  },
};
