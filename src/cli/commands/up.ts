import { chmod, rename, rm, writeFile } from 'node:fs/promises';
import { onFreePort, Refusal } from '../../kernel/index.ts';
import { findRunning, runningFile } from '../client.ts';
import type { Command } from '../command.ts';

export const up: Command = {
  words: ['up'],
  usage: '',
  summary: {
    fr: 'Démarre Socle (ce que fait npm start) ; Ctrl-C l’arrête proprement.',
    en: 'Starts Socle (what npm start does); Ctrl-C stops it cleanly.',
  },
  options: {},
  positionals: [0, 0],
  needs: 'nothing',
  run: async ({ client, language }) => {
    const stopped = stopOnSignal();
    const config = await onFreePort(client.config);
    const running = await findRunning(config.dataFolder);
    if (running !== null) {
      throw new Refusal('up.already_running', 409, {
        fr: `Socle tourne déjà sur ce dossier de données : ${running.url}`,
        en: `Socle already runs on this data folder: ${running.url}`,
      });
    }
    const { compose } = await import('../../main.ts');
    const application = await compose(config);
    try {
      const server = await application.listen();
      const file = runningFile(config.dataFolder);
      await writeFile(`${file}.new`, JSON.stringify({ pid: process.pid, url: server.url }), { mode: 0o600 });
      await chmod(`${file}.new`, 0o600);
      await rename(`${file}.new`, file);
      for (const line of application.welcome) process.stdout.write(`${line[language]}\n`);
      process.stdout.write(`Socle is ready at ${server.url}\n`);
      await stopped;
      await rm(file, { force: true });
    } finally {
      await application.stop();
    }
  },
};

/**
 * Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. Heard from the very beginning: a start cut
 * short by a signal nobody hears would leave the embedded server behind.
 */
function stopOnSignal(): Promise<void> {
  return new Promise((done) => {
    let count = 0;
    const ask = (): void => {
      count += 1;
      if (count > 1) process.exit(1);
      done();
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
  });
}
