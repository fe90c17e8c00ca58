import type { ParseArgsConfig } from 'node:util';
import type { Language, Text } from '../kernel/index.ts';
import type { Client } from './client.ts';
import type { Output } from './output.ts';

/** One command a file. `words` are what is typed after `socle`. */
export interface Command {
  readonly words: readonly string[];
  /** What follows the words: `APP`, `--name N --channel sql --url URL`. */
  readonly usage: string;
  readonly summary: Text;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** How many words without a dash it takes. */
  readonly positionals: readonly [least: number, most: number];
  /** `process` commands start or check a process themselves; the others are given a client. */
  readonly needs: 'server' | 'nothing';
  run(call: CommandCall): Promise<void>;
}

export interface CommandCall {
  readonly positionals: readonly string[];
  readonly values: Values;
  readonly client: Client;
  readonly output: Output;
  readonly language: Language;
}

/** The options of one call, read by type. */
export class Values {
  constructor(private readonly given: Readonly<Record<string, unknown>>) {}

  text(name: string): string | null {
    const value = this.given[name];
    return typeof value === 'string' ? value : null;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === null || value === '') throw new WrongUsage(`--${name} is needed`);
    return value;
  }

  list(name: string): readonly string[] {
    const value = this.given[name];
    return Array.isArray(value) ? value.map(String) : [];
  }

  isSet(name: string): boolean {
    return this.given[name] === true;
  }

  seconds(name: string): number | null {
    const value = this.text(name);
    if (value === null) return null;
    const seconds = Number(value);
    if (!(seconds >= 0)) throw new WrongUsage(`--${name} takes a number of seconds`);
    return seconds;
  }
}

/** The command's words are off: exit code 2. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** The command has already said, in its result, why it refuses: exit code 1 and nothing more. */
export class RefusedWork extends Error {
  override readonly name = 'RefusedWork';
}
