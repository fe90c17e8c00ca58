import { parseArgs } from 'node:util';
import { readOperatorToken } from '../access/index.ts';
import { describeError, isLanguage, type Language, Refusal, readConfig } from '../kernel/index.ts';
import { Client, findRunning, RefusedCall } from './client.ts';
import { type Command, type CommandCall, RefusedWork, Values, WrongUsage } from './command.ts';
import { commands } from './commands/index.ts';
import { Output } from './output.ts';

const shared = {
  json: { type: 'boolean' },
  org: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Runs one command line. Exits 0 when done, 1 when refused (the reason on standard error), 2 on wrong usage. */
export async function main(words: readonly string[]): Promise<void> {
  process.exitCode = await run(words);
}

async function run(words: readonly string[]): Promise<number> {
  const language = operatorLanguage();
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const command = findCommand(words);
  if (command === null) {
    process.stdout.write(`${overview(language)}\n`);
    return words.length === 0 || words.includes('--help') || words.includes('-h') ? 0 : 2;
  }
  try {
    const parsed = readWords(command, words);
    if (parsed.values.help === true) {
      process.stdout.write(`${usageOf(command, language)}\n`);
      return 0;
    }
    await runCommand(command, parsed, language);
    return 0;
  } catch (error) {
    if (error instanceof WrongUsage) {
      say(error.message);
      say(usageOf(command, language));
      return 2;
    }
    if (error instanceof RefusedWork) return 1;
    if (error instanceof Refusal) {
      say(error.text[language]);
      for (const problem of error.problems) say(`  ${problem.pointer} ${problem.text[language]}`);
      return 1;
    }
    if (error instanceof RefusedCall) {
      for (const line of error.lines) say(line);
      return 1;
    }
    say(`Something unexpected happened (${JSON.stringify(describeError(error))}).`);
    return 1;
  }
}

interface Parsed {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

function readWords(command: Command, words: readonly string[]): Parsed {
  const parse = (): Parsed =>
    parseArgs({
      args: words.slice(command.words.length),
      options: { ...shared, ...command.options },
      allowPositionals: true,
      strict: true,
    });
  let parsed: Parsed;
  try {
    parsed = parse();
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : 'wrong usage');
  }
  const [least, most] = command.positionals;
  const count = parsed.positionals.length;
  if (parsed.values.help !== true && (count < least || count > most)) {
    throw new WrongUsage(
      count < least ? 'something is missing' : `unexpected: ${parsed.positionals.slice(most).join(' ')}`,
    );
  }
  return parsed;
}

async function runCommand(command: Command, parsed: Parsed, language: Language): Promise<void> {
  const values = new Values(parsed.values);
  const client = await clientFor(command, values, language);
  try {
    const call: CommandCall = {
      positionals: parsed.positionals,
      values,
      client,
      output: new Output(values.isSet('json')),
      language,
    };
    await command.run(call);
  } finally {
    await client.close();
  }
}

/** The running server's API; with no server running, that of the application composed in this process. */
async function clientFor(command: Command, values: Values, language: Language): Promise<Client> {
  const config = readConfig(process.env);
  const organisation = values.text('org');
  const none = async (): Promise<void> => undefined;
  if (command.needs === 'nothing') {
    const refuse = () => Promise.reject(new Error('this command calls no server'));
    return new Client({ fetch: refuse, url: 'http://localhost', key: '', organisation, language, config, close: none });
  }
  const running = await findRunning(config.dataFolder);
  if (running !== null) {
    const { url } = running;
    const key = (await readOperatorToken(config.dataFolder)) ?? '';
    return new Client({ fetch: (request) => fetch(request), url, key, organisation, language, config, close: none });
  }
  const { compose } = await import('../main.ts');
  const application = await compose(config);
  return new Client({
    fetch: (request) => application.server.fetch(request),
    url: config.publicUrl,
    key: application.operatorKey,
    organisation,
    language,
    config,
    close: () => application.stop(),
  });
}

function findCommand(words: readonly string[]): Command | null {
  const matches = commands.filter((command) => command.words.every((word, index) => words[index] === word));
  return matches.sort((a, b) => b.words.length - a.words.length)[0] ?? null;
}

function operatorLanguage(): Language {
  const language = (process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG ?? '').slice(0, 2);
  return isLanguage(language) ? language : 'en';
}

function usageOf(command: Command, language: Language): string {
  return `socle ${[...command.words, command.usage].join(' ').trim()}\n  ${command.summary[language]}`;
}

function overview(language: Language): string {
  const lines = commands.map(
    (command) => `  ${[...command.words, command.usage].join(' ').trim()}\n      ${command.summary[language]}`,
  );
  return `socle <command> [--json] [--org NAME] [--help]\n\n${lines.join('\n')}`;
}
