import type { AttributeType } from '../attributes/attribute-type.ts';
import { buildType } from '../attributes/build.ts';
import { isMeasure, measureOf } from '../attributes/measure.ts';
import { parseNumberPattern } from '../number-pattern.ts';
import { reservedNames } from '../system-columns.ts';
import { parseTitleTemplate, titleNames } from '../title-template.ts';
import { laterFinding } from './explain-issue.ts';
import { isAttributeKind } from './known-keys.ts';
import { checkLifecycle } from './lifecycle-checks.ts';
import { type Finding, finding, type Path, suggestion } from './pack-problem.ts';
import { attributeSchemas } from './pack-schema.ts';
import { entriesOf, listAt, namesAt, stringAt } from './peek.ts';
import { checkSequences } from './sequence-checks.ts';

/**
 * What the schema can't say of one pack. It looks tolerantly at the raw file, so that everything wrong is told at once,
 * also when other parts of the file are malformed.
 */
export function checkPackAlone(raw: unknown): readonly Finding[] {
  return entriesOf(raw, 'types').flatMap(([name, type]) => checkType(['types', name], type));
}

function checkType(path: Path, type: unknown): readonly Finding[] {
  const attributes = new Map(entriesOf(type, 'attributes'));
  return [
    ...[...attributes].flatMap(([name, attribute]) =>
      checkAttribute([...path, 'attributes', name], name, attribute, attributes),
    ),
    ...checkNumber(path, type),
    ...checkTitle(path, type, attributes),
    ...checkPerimeter(path, type, attributes),
    ...checkColumns(path, type, attributes),
    ...checkSections(path, type, attributes),
    ...checkLifecycle(path, type, attributes),
    ...checkSequences(path, type, attributes),
  ];
}

type Attributes = ReadonlyMap<string, unknown>;

export function unknownAttribute(path: Path, name: string, known: Iterable<string>): Finding {
  const hint = suggestion(name, known);
  return finding(
    path,
    'value',
    'unknown_attribute',
    `Aucun attribut ne s’appelle « ${name} ».${hint.fr}`,
    `No attribute is called “${name}”.${hint.en}`,
  );
}

function checkAttribute(path: Path, name: string, attribute: unknown, siblings: Attributes): readonly Finding[] {
  const findings: Finding[] = [];
  if (reservedNames.has(name)) {
    findings.push(
      finding(
        path,
        'key',
        'reserved_name',
        `« ${name} » est réservé : choisissez un autre nom.`,
        `“${name}” is reserved: choose another name.`,
      ),
    );
  }
  const was = stringAt(attribute, 'was');
  if (was !== null && siblings.has(was)) {
    findings.push(
      finding(
        [...path, 'was'],
        'value',
        'was_exists',
        `« ${was} » existe encore : un attribut renommé ne peut pas garder aussi son ancien nom.`,
        `“${was}” still exists: a renamed attribute can’t also keep its former name.`,
      ),
    );
  }
  const kind = stringAt(attribute, 'type');
  if (kind === null || !isAttributeKind(kind)) return findings;
  const parsed = attributeSchemas[kind].safeParse(attribute);
  if (!parsed.success) return findings;
  return [...findings, ...checkOptions(path, parsed.data)];
}

type Source = Parameters<typeof buildType>[0];

/** Options that are each well formed, but not together. */
function checkOptions(path: Path, source: Source): readonly Finding[] {
  if (source.type === 'text' && source.pattern !== undefined && !isPattern(source.pattern)) {
    const fr = 'Ce motif n’est pas une expression régulière valable.';
    return [
      finding([...path, 'pattern'], 'value', 'bad_pattern', fr, 'This pattern isn’t a valid regular expression.'),
    ];
  }
  if (source.type === 'quantity') {
    const units = checkUnits(path, source.units, source.scale);
    if (units.length > 0) return units;
  }
  const type = buildType(source);
  return [
    ...checkValues(path, source),
    ...checkUses(path, source, type),
    ...checkDefault(path, source, type),
    ...checkComputed(path, source, type),
  ];
}

function checkValues(path: Path, source: Source): readonly Finding[] {
  if ((source.type === 'choice' || source.type === 'choices') && Object.keys(source.values).length === 0) {
    return [finding([...path, 'values'], 'value', 'empty', 'Donnez au moins une valeur.', 'Give at least one value.')];
  }
  if ('min' in source && 'max' in source && Number(source.min) > Number(source.max)) {
    const fr = 'Le minimum dépasse le maximum.';
    return [finding([...path, 'min'], 'value', 'min_above_max', fr, 'The minimum is above the maximum.')];
  }
  return [];
}

/** Units that are known, and convert into each other. */
function checkUnits(path: Path, codes: readonly string[], scale: number): readonly Finding[] {
  const found = measureOf(codes, scale);
  if (isMeasure(found)) return [];
  const place = [...path, 'units', codes.indexOf(found.unit)];
  const { unit } = found;
  switch (found.why) {
    case 'unknown':
      return [
        finding(
          place,
          'value',
          'unknown_unit',
          `Unité inconnue « ${unit} » : un code UCUM est attendu, comme kg, m3, km/h, Cel ou {pièce}.`,
          `Unknown unit “${unit}”: a UCUM code is expected, such as kg, m3, km/h, Cel or {piece}.`,
        ),
      ];
    case 'apart':
      return [
        finding(
          place,
          'value',
          'units_apart',
          `« ${unit} » ne se convertit pas en « ${found.first} » : faites-en deux attributs.`,
          `“${unit}” doesn’t convert into “${found.first}”: make two attributes of them.`,
        ),
      ];
    case 'too_far':
      return [
        finding(
          place,
          'value',
          'units_too_far',
          `« ${unit} » est trop éloignée de la plus petite unité pour rester exacte : réduisez « scale » ou la liste.`,
          `“${unit}” is too far from the smallest unit to stay exact: lower “scale” or shorten the list.`,
        ),
      ];
  }
}

/** What an index or a search can do with the type. */
function checkUses(path: Path, source: Source, type: AttributeType): readonly Finding[] {
  const canIndex = !['none', 'texts'].includes(type.expression.kind) && type.kind !== 'money';
  const findings = (['unique', 'indexed'] as const)
    .filter((option) => source[option] && !canIndex)
    .map((option) => {
      const fr = `« ${option} » n’est pas possible pour ce type.`;
      return finding([...path, option], 'key', 'not_indexable', fr, `“${option}” isn’t possible for this type.`);
    });
  if (!source.searchable || ['text', 'address'].includes(type.expression.kind)) return findings;
  const fr = 'Seuls les textes simples se cherchent.';
  return [
    ...findings,
    finding([...path, 'searchable'], 'key', 'not_searchable', fr, 'Only plain texts can be searched.'),
  ];
}

/** What is calculated is neither filled nor of a type that no expression gives. */
function checkComputed(path: Path, source: Source, type: AttributeType): readonly Finding[] {
  if (source.computed === undefined) return [];
  const place = [...path, 'computed'];
  const canBe = ['text', 'integer', 'decimal', 'money', 'boolean', 'date', 'datetime'].includes(type.kind);
  if (!canBe || type.expression.kind === 'none') {
    const fr = 'Un attribut de ce type ne se calcule pas.';
    return [finding(place, 'key', 'not_computable', fr, 'An attribute of this type can’t be calculated.')];
  }
  return (['required', 'default', 'unique'] as const)
    .filter((option) => source[option] !== undefined && source[option] !== false)
    .map((option) =>
      finding(
        [...path, option],
        'key',
        'computed_filled',
        `Ce qui se calcule ne se remplit pas : retirez « ${option} ».`,
        `What is calculated isn’t filled: remove “${option}”.`,
      ),
    );
}

function checkDefault(path: Path, source: Source, type: AttributeType): readonly Finding[] {
  if (source.default === undefined || source.default === null) return [];
  const place = [...path, 'default'];
  if (type.kind === 'reference') {
    const fr = 'Une référence n’a pas de valeur par défaut.';
    return [finding(place, 'key', 'bad_default', fr, 'A reference has no default value.')];
  }
  if (type.kind === 'file') {
    const fr = 'Un fichier n’a pas de valeur par défaut.';
    return [finding(place, 'key', 'bad_default', fr, 'A file has no default value.')];
  }
  const value = type.parse(source.default);
  if (value.ok) return [];
  const { fr, en } = value.fault.text;
  return [finding(place, 'value', 'bad_default', `Valeur par défaut refusée. ${fr}`, `Default value refused. ${en}`)];
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test('') !== null;
  } catch {
    return false;
  }
}

function checkNumber(path: Path, type: unknown): readonly Finding[] {
  const number = stringAt(type, 'number');
  if (number === null || parseNumberPattern(number) !== null) return [];
  return [
    finding(
      [...path, 'number'],
      'value',
      'bad_number',
      'Un numéro contient un seul {seq:5}, et peut contenir {yyyy}, {yy} et {mm} : « BC-{yyyy}-{seq:5} ».',
      'A number has exactly one {seq:5}, and may have {yyyy}, {yy} and {mm}: “BC-{yyyy}-{seq:5}”.',
    ),
  ];
}

function checkTitle(path: Path, type: unknown, attributes: Attributes): readonly Finding[] {
  const title = stringAt(type, 'title');
  if (title === null) return [];
  return titleNames(parseTitleTemplate(title)).flatMap((name) => {
    if (name === 'number' || attributes.has(name)) return [];
    const place = [...path, 'title'];
    if (name.includes('.')) return [laterFinding(place, 'value', `{${name}}`)];
    return [unknownAttribute(place, name, ['number', ...attributes.keys()])];
  });
}

function checkPerimeter(path: Path, type: unknown, attributes: Attributes): readonly Finding[] {
  const perimeter = stringAt(type, 'perimeter');
  if (perimeter === null || perimeter === 'self') return [];
  if (!attributes.has(perimeter))
    return [unknownAttribute([...path, 'perimeter'], perimeter, ['self', ...attributes.keys()])];
  const reference = attributes.get(perimeter);
  if (stringAt(reference, 'type') === 'reference' && stringAt(reference, 'to') !== null) return [];
  return [
    finding(
      [...path, 'perimeter'],
      'value',
      'perimeter_reference',
      'Le périmètre est donné par une référence à un seul type.',
      'The perimeter is given by a reference to one type.',
    ),
  ];
}

function checkColumns(path: Path, type: unknown, attributes: Attributes): readonly Finding[] {
  const known = ['number', 'state', 'title', 'created_at', 'updated_at', ...attributes.keys()];
  return namesAt(type, 'columns').flatMap(({ name, tail }) =>
    known.includes(name) ? [] : [unknownAttribute([...path, 'columns', ...tail], name, known)],
  );
}

function checkSections(path: Path, type: unknown, attributes: Attributes): readonly Finding[] {
  const placed = new Set<string>();
  return listAt(type, 'sections').flatMap((section, at) =>
    namesAt(section, 'attributes').flatMap(({ name, tail }) => {
      const place = [...path, 'sections', at, 'attributes', ...tail];
      if (!attributes.has(name)) return [unknownAttribute(place, name, attributes.keys())];
      if (!placed.has(name)) {
        placed.add(name);
        return [];
      }
      return [
        finding(
          place,
          'value',
          'duplicate_name',
          `« ${name} » est déjà dans une rubrique.`,
          `“${name}” is already in a section.`,
        ),
      ];
    }),
  );
}
