import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { explainIssue } from './explain-issue.ts';
import { checkPackAlone } from './pack-checks.ts';
import type { Finding, PackProblem, Path } from './pack-problem.ts';
import { type PackSource, packSchema } from './pack-schema.ts';

/** A pack as it was read. `source` is null when it has problems; `raw` is whatever the file says. */
export interface ReadPack {
  readonly file: string;
  readonly raw: unknown;
  readonly source: PackSource | null;
  readonly problems: readonly PackProblem[];
  /** Turns findings of later checks (across packs) into problems with their place. */
  readonly place: (finding: Finding) => PackProblem;
}

/** Beyond it (bytes) a pack isn't read by a person, and something is wrong. */
const largestPack = 2_000_000;

/** Reads `pack.yaml` of a folder, or a file. Never throws for what the file says: problems tell. */
export async function readPack(path: string): Promise<ReadPack> {
  const facts = await stat(path).catch(() => null);
  const file = facts?.isDirectory() === true ? join(path, 'pack.yaml') : path;
  const size = (await stat(file).catch(() => null))?.size;
  if (size === undefined) return unread(file, 'missing_file', `${file} n’existe pas.`, `${file} does not exist.`);
  if (size > largestPack) {
    return unread(file, 'too_large', 'Ce fichier dépasse 2 Mo.', 'This file is larger than 2 MB.');
  }
  return parsePack(await readFile(file, 'utf8'), file);
}

/** The pure part: text in, pack or problems out, all of them at once. */
export function parsePack(text: string, file: string): ReadPack {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, merge: false });
  const place = (finding: Finding): PackProblem => ({
    file,
    ...positionOf(document, lines, finding),
    code: finding.code,
    text: finding.text,
  });
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return { file, line, column: col, ...yamlWords(error.code, error.message) };
    });
    return { file, raw: null, source: null, problems, place };
  }
  const raw = plainValue(document);
  if (raw instanceof Error) {
    return unread(file, 'malformed', 'Ce YAML emploie trop d’alias.', 'This YAML uses too many aliases.');
  }
  const parsed = packSchema.safeParse(raw);
  const findings = parsed.success ? [] : parsed.error.issues.flatMap((issue) => explainIssue(issue, raw));
  const all = [...findings, ...checkPackAlone(raw)];
  const problems = all.map(place).sort((a, b) => a.line - b.line || a.column - b.column);
  return {
    file,
    raw,
    source: parsed.success && problems.length === 0 ? parsed.data : null,
    problems: distinct(problems),
    place,
  };
}

/** Aliases that multiply (a “billion laughs”) are stopped by the library, with an error. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return error instanceof Error ? error : new Error('unreadable');
  }
}

function unread(file: string, code: string, fr: string, en: string): ReadPack {
  const problem = { file, line: 1, column: 1, code: `pack.${code}`, text: { fr, en } };
  const place = (found: Finding): PackProblem => ({ ...problem, code: found.code, text: found.text });
  return { file, raw: null, source: null, problems: [problem], place };
}

function distinct(problems: readonly PackProblem[]): readonly PackProblem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = `${problem.line}:${problem.column}:${problem.code}:${problem.text.en}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function yamlWords(
  code: string,
  message: string,
): { readonly code: string; readonly text: { fr: string; en: string } } {
  if (code === 'DUPLICATE_KEY') {
    return {
      code: 'pack.duplicate_name',
      text: {
        fr: 'Ce nom est déjà pris au même endroit : renommez l’un des deux.',
        en: 'This name is already used in the same place: rename one of the two.',
      },
    };
  }
  const said = message.split('\n')[0]?.replace(/ at line .*$/, '') ?? message;
  return { code: 'pack.malformed', text: { fr: `YAML mal formé : ${said}.`, en: `Malformed YAML: ${said}.` } };
}

/** The line and column of a path: of its key, of its value, or of the nearest parent that is in the file. */
function positionOf(document: Document, lines: LineCounter, finding: Finding): { line: number; column: number } {
  for (let length = finding.path.length; length >= 0; length -= 1) {
    const path = finding.path.slice(0, length);
    const offset =
      finding.at === 'key' || length < finding.path.length ? keyOffset(document, path) : valueOffset(document, path);
    if (offset !== null) {
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}

function valueOffset(document: Document, path: Path): number | null {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}

function keyOffset(document: Document, path: Path): number | null {
  const parent: unknown = path.length <= 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last);
    if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0] ?? null;
    return null;
  }
  return valueOffset(document, path);
}
