import type { Finding, PackProblem, Path } from './pack-problem.ts';
import { finding, suggestion } from './pack-problem.ts';
import { entriesOf, namesAt, stringAt } from './peek.ts';
import type { ReadPack } from './read-pack.ts';

/** What can only be seen with all packs in hand: names taken twice, packs and types that aren't there. */
export function checkTogether(packs: readonly ReadPack[]): readonly PackProblem[] {
  const owners = new Map<string, string>();
  const packNames = packs.flatMap((pack) => stringAt(pack.raw, 'pack') ?? []);
  for (const pack of packs) {
    for (const [type] of entriesOf(pack.raw, 'types'))
      if (!owners.has(type)) owners.set(type, stringAt(pack.raw, 'pack') ?? '');
  }
  return packs.flatMap((pack, at) => {
    const findings = [
      ...repeatedPack(pack, packs.slice(0, at)),
      ...repeated(pack, packs.slice(0, at), 'types', { fr: 'Le type', en: 'The type' }),
      ...repeated(pack, packs.slice(0, at), 'views', { fr: 'La vue', en: 'The view' }),
      ...viewedTypes(pack, owners),
      ...missingPacks(pack, packNames),
      ...references(pack, owners),
      ...relationTargets(pack, owners),
    ];
    return findings.map(pack.place);
  });
}

function repeatedPack(pack: ReadPack, before: readonly ReadPack[]): readonly Finding[] {
  const name = stringAt(pack.raw, 'pack');
  const other = before.find((one) => name !== null && stringAt(one.raw, 'pack') === name);
  if (other === undefined) return [];
  return [
    finding(
      ['pack'],
      'value',
      'duplicate_name',
      `Le module « ${name} » est déjà défini par ${other.file}.`,
      `The pack “${name}” is already defined by ${other.file}.`,
    ),
  ];
}

function repeated(
  pack: ReadPack,
  before: readonly ReadPack[],
  key: 'types' | 'views',
  what: { readonly fr: string; readonly en: string },
): readonly Finding[] {
  return entriesOf(pack.raw, key).flatMap(([name]) => {
    const other = before.find((one) => entriesOf(one.raw, key).some(([another]) => another === name));
    if (other === undefined) return [];
    return [
      finding(
        [key, name],
        'key',
        'duplicate_name',
        `${what.fr} « ${name} » est déjà ${key === 'views' ? 'définie' : 'défini'} par ${other.file}.`,
        `${what.en} “${name}” is already defined by ${other.file}.`,
      ),
    ];
  });
}

/** A view of another pack's objects says that it needs that pack. */
function viewedTypes(pack: ReadPack, owners: ReadonlyMap<string, string>): readonly Finding[] {
  return entriesOf(pack.raw, 'views').flatMap(([name, view]) => {
    const of = stringAt(view, 'of');
    return of === null ? [] : target(pack, ['views', name, 'of'], of, owners);
  });
}

function missingPacks(pack: ReadPack, known: readonly string[]): readonly Finding[] {
  return namesAt(pack.raw, 'requires').flatMap(({ name, tail }) => {
    if (known.includes(name)) return [];
    const hint = suggestion(name, known);
    return [
      finding(
        ['requires', ...tail],
        'value',
        'missing_pack',
        `Le module « ${name} » n’est pas là.${hint.fr}`,
        `The pack “${name}” is not there.${hint.en}`,
      ),
    ];
  });
}

function references(pack: ReadPack, owners: ReadonlyMap<string, string>): readonly Finding[] {
  return entriesOf(pack.raw, 'types').flatMap(([type, body]) =>
    entriesOf(body, 'attributes').flatMap(([name, attribute]) => {
      if (stringAt(attribute, 'type') !== 'reference') return [];
      return namesAt(attribute, 'to').flatMap((one) =>
        target(pack, ['types', type, 'attributes', name, 'to', ...one.tail], one.name, owners),
      );
    }),
  );
}

function relationTargets(pack: ReadPack, owners: ReadonlyMap<string, string>): readonly Finding[] {
  return entriesOf(pack.raw, 'types').flatMap(([type, body]) =>
    entriesOf(body, 'relations').flatMap(([name, relation]) => {
      const to = stringAt(relation, 'to');
      return to === null ? [] : target(pack, ['types', type, 'relations', name, 'to'], to, owners);
    }),
  );
}

/** A type that isn't there, or is another pack's that this one doesn't require. */
function target(pack: ReadPack, path: Path, to: string, owners: ReadonlyMap<string, string>): readonly Finding[] {
  const own = stringAt(pack.raw, 'pack') ?? '';
  const owner = owners.get(to);
  if (owner === undefined) {
    const hint = suggestion(to, owners.keys());
    return [
      finding(
        path,
        'value',
        'unknown_target',
        `Aucun type ne s’appelle « ${to} ».${hint.fr}`,
        `No type is called “${to}”.${hint.en}`,
      ),
    ];
  }
  if (owner === own || namesAt(pack.raw, 'requires').some(({ name }) => name === owner)) return [];
  return [
    finding(
      path,
      'value',
      'not_required',
      `« ${to} » vient du module « ${owner} » : ajoutez-le à « requires ».`,
      `“${to}” comes from the pack “${owner}”: add it to “requires”.`,
    ),
  ];
}
