import type { Text } from '../../kernel/index.ts';
import { nearest } from './nearest.ts';

/** What is wrong in a pack, where, and what to do. Lines and columns count from 1. */
export interface PackProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Stable: `pack.unknown_key`. */
  readonly code: string;
  readonly text: Text;
}

export type Path = readonly (string | number)[];

/** A problem before its place in the file is known. `at` says whether the key or the value of the path is to blame. */
export interface Finding {
  readonly path: Path;
  readonly at: 'key' | 'value';
  readonly code: string;
  readonly text: Text;
}

export function finding(path: Path, at: 'key' | 'value', code: string, fr: string, en: string): Finding {
  return { path, at, code: `pack.${code}`, text: { fr, en } };
}

/** ` Vouliez-vous dire « x » ?`, or the known names when there are few; empty when nothing helps. */
export function suggestion(wanted: string, known: Iterable<string>): Text {
  const names = [...known];
  const close = nearest(wanted, names);
  if (close !== null) return { fr: ` Vouliez-vous dire « ${close} » ?`, en: ` Did you mean “${close}”?` };
  if (names.length === 0 || names.length > 20) return { fr: '', en: '' };
  return { fr: ` Connus : ${names.join(', ')}.`, en: ` Known: ${names.join(', ')}.` };
}

/** `file:line:column: message`, as compilers write it, so that editors can jump there. */
export function problemLine(problem: PackProblem, language: 'fr' | 'en'): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.text[language]}`;
}
