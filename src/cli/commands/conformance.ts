import { spawn } from 'node:child_process';
import { z } from 'zod';
import type { Language, Text } from '../../kernel/index.ts';
import type { Client } from '../client.ts';
import { type Command, RefusedWork, WrongUsage } from '../command.ts';

const runSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  channel: z.enum(['webhook', 'pull']),
  state: z.enum(['running', 'passed', 'failed']),
  asksRestart: z.boolean(),
  passed: z.number(),
  total: z.number(),
  cases: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      state: z.enum(['passed', 'mend', 'untried', 'running', 'waiting']),
      findings: z.array(z.object({ verdict: z.enum(['good', 'advice', 'mend', 'untried']), text: z.string() })),
    }),
  ),
});
type Run = z.output<typeof runSchema>;

/** A run waits five minutes for the restart, and two at most for each answer. */
const longestSeconds = 1_800;

export const conformance: Command = {
  words: ['conformance'],
  usage: 'APP [--identity KIND …] [--restart COMMAND]',
  summary: {
    fr: 'Éprouve une application cas par cas, avec des personnes fictives, et dit quoi corriger ; 0 seulement si tout est bon.',
    en: 'Tries an application case by case, with made-up persons, and says what to mend; 0 only if all is well.',
  },
  options: { identity: { type: 'string', multiple: true }, restart: { type: 'string' } },
  positionals: [1, 1],
  needs: 'server',
  run: async ({ positionals, values, client, output, language }) => {
    const kinds = values.list('identity');
    const command = values.text('restart');
    if (command === '') throw new WrongUsage('--restart takes the command that restarts the application');
    const path = `/api/v1/applications/${encodeURIComponent(positionals[0] ?? '')}/conformance`;
    const started = await client.post(path, kinds.length === 0 ? {} : { kinds }, runSchema);
    let isAsked = false;
    let restarted: Promise<void> = Promise.resolve();
    const isDone = (run: Run): boolean => {
      output.progress(progressOf(run));
      if (run.asksRestart && !isAsked) {
        isAsked = true;
        restarted = command === null ? askOperator(output, run, language) : restart(client, run, command);
        restarted.catch(() => undefined);
      }
      return run.state !== 'running';
    };
    const ended = await client.poll(`/api/v1/conformance/${started.id}`, runSchema, isDone, longestSeconds);
    output.endProgress();
    output.result(ended, wordsOf(ended, language));
    await restarted;
    if (ended.state !== 'passed') throw new RefusedWork();
  },
};

/** Socle sees by itself that a webhook stops and answers again. */
async function askOperator(output: { note(words: string): void }, run: Run, language: Language): Promise<void> {
  output.note(askWords[run.channel][language]);
}

/** Runs the command that restarts the application, then says so: for machines where nobody watches. */
async function restart(client: Client, run: Run, command: string): Promise<void> {
  const child = spawn(command, { shell: true, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new WrongUsage(`--restart: the command ended with ${code}`);
  await client.post(`/api/v1/conformance/${run.id}/restarted`, {}, runSchema);
}

const askWords: Readonly<Record<Run['channel'], Text>> = {
  webhook: {
    fr: 'Redémarrez l’application maintenant : Socle verra qu’elle s’arrête et revient.',
    en: 'Restart the application now: Socle will see it stop and come back.',
  },
  pull: {
    fr: 'Redémarrez l’application maintenant, puis dites-le sur sa page « Conformité » (ou employez --restart).',
    en: 'Restart the application now, then say so on its “Conformance” page (or use --restart).',
  },
};

function progressOf(run: Run): string {
  const current = run.cases.find(({ state }) => state === 'running');
  return `${run.cases.filter(({ findings }) => findings.length > 0).length}/${run.total} ${current?.title ?? ''}`;
}

const marks: Readonly<Record<string, Text>> = {
  passed: { fr: 'bon', en: 'good' },
  mend: { fr: 'À CORRIGER', en: 'TO MEND' },
  untried: { fr: 'non essayé', en: 'not tried' },
};

/** What went well in a word; what is to mend, in whole sentences. */
function wordsOf(run: Run, language: Language): readonly string[] {
  const cases = run.cases.flatMap(({ title, state, findings }) => [
    `${(marks[state]?.[language] ?? state).padEnd(11)} ${title}`,
    ...findings
      // The first case failing says it for all that were not tried.
      .filter(({ verdict }) => verdict !== 'good' && !(verdict === 'untried' && run.cases[0]?.state === 'mend'))
      .map(({ verdict, text }) => `            ${verdict === 'mend' ? '→' : '·'} ${text}`),
  ]);
  const total: Text =
    run.state === 'passed'
      ? {
          fr: `${run.name} est conforme : ${run.total} cas sur ${run.total}.`,
          en: `${run.name} conforms: ${run.total} cases of ${run.total}.`,
        }
      : {
          fr: `${run.name} n’est pas encore conforme : ${run.passed} cas bons sur ${run.total}.`,
          en: `${run.name} does not conform yet: ${run.passed} cases of ${run.total} are good.`,
        };
  return [...cases, '', total[language]];
}
