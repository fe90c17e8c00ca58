import { isRecord } from './is-record.ts';

/** A tolerant look into a file that may be wrong anywhere: what isn't there is empty. */
export function entriesOf(value: unknown, key: string): readonly (readonly [string, unknown])[] {
  const found = isRecord(value) ? value[key] : undefined;
  return isRecord(found) ? Object.entries(found) : [];
}

export function stringAt(value: unknown, key: string): string | null {
  const found = isRecord(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : null;
}

export function listAt(value: unknown, key: string): readonly unknown[] {
  const found = isRecord(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

/** One name or a list of them. */
export function namesAt(
  value: unknown,
  key: string,
): readonly { readonly name: string; readonly tail: readonly number[] }[] {
  const found = isRecord(value) ? value[key] : undefined;
  if (typeof found === 'string') return [{ name: found, tail: [] }];
  if (!Array.isArray(found)) return [];
  return found.flatMap((name, place) => (typeof name === 'string' ? [{ name, tail: [place] }] : []));
}
