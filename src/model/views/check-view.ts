import { checkCondition } from '../expressions/check.ts';
import { ExpressionFault } from '../expressions/fault.ts';
import { type Shaped, shapeOf } from '../expressions/shape.ts';
import { type Finding, finding, type Path, suggestion } from '../pack/pack-problem.ts';
import { axes, axisOf, laneable, showable, sortable, summable, summedBy } from './view.ts';
import type { AxisSource, MeasureSource, ViewSource } from './view-schema.ts';

interface Against {
  readonly type: Shaped;
  readonly types: ReadonlyMap<string, Shaped>;
}

/** What of a view doesn't fit the model, each thing with its path in the view. The same for packs and for saved views. */
export function checkView(view: ViewSource, types: ReadonlyMap<string, Shaped>): readonly Finding[] {
  const type = types.get(view.of);
  if (type === undefined) return [unknown(['of'], view.of, types.keys())];
  const against = { type, types };
  return [...condition(['filter'], view.filter, against), ...checkKind(view, against)];
}

function checkKind(view: ViewSource, against: Against): readonly Finding[] {
  const { type } = against;
  switch (view.kind) {
    case 'table':
      return [...shown('columns', view.columns, against), ...sort(view.sort, against)];
    case 'board':
      return [...oneOf(['lanes'], view.lanes, laneable(type)), ...shown('card', view.card, against)];
    case 'counters':
      return Object.entries(view.counters).flatMap(([name, { when }]) =>
        condition(['counters', name, 'when'], when, against),
      );
    case 'chart':
      return [...axis(['by'], view.by, against), ...measured(['measure'], view.measure, against)];
  }
}

function shown(key: string, names: readonly string[] | undefined, { type }: Against): readonly Finding[] {
  return (names ?? []).flatMap((name, at) => oneOf([key, at], name, showable(type)));
}

function sort(given: string | undefined, { type }: Against): readonly Finding[] {
  if (given === undefined) return [];
  const name = given.replace(/^-/, '');
  const known = sortable(type);
  if (known.includes(name) || !type.attributes.has(name)) return oneOf(['sort'], name, known);
  return [
    finding(
      ['sort'],
      'value',
      'not_sortable',
      `On ne trie pas par « ${name} » : ajoutez-lui « indexed: true ».`,
      `“${name}” can’t be sorted by: add “indexed: true” to it.`,
    ),
  ];
}

function axis(path: Path, source: AxisSource, { type }: Against): readonly Finding[] {
  const { attribute, per } = axisOf(type, source);
  const place = typeof source === 'string' ? path : [...path, 'attribute'];
  const found = oneOf(place, attribute, axes(type));
  if (found.length > 0 || typeof source === 'string' || source.per === undefined || per !== null) return found;
  return [
    finding(
      [...path, 'per'],
      'value',
      'not_dated',
      `« ${attribute} » n’est pas une date : retirez « per ».`,
      `“${attribute}” isn’t a date: remove “per”.`,
    ),
  ];
}

function measured(path: Path, source: MeasureSource, { type }: Against): readonly Finding[] {
  const name = summedBy(source);
  return name === null ? [] : oneOf([...path, 'sum'], name, summable(type));
}

/** One of the names that may stand there; an attribute that exists but can't says so. */
function oneOf(path: Path, name: string, known: readonly string[]): readonly Finding[] {
  return known.includes(name) ? [] : [unknown(path, name, known)];
}

function unknown(path: Path, name: string, known: Iterable<string>): Finding {
  const names = [...known];
  const hint = suggestion(name, names);
  if (names.length === 0) {
    return finding(
      path,
      'value',
      'nothing_fits',
      `« ${name} » ne convient pas ici : ce type n’a rien qui convienne.`,
      `“${name}” can’t stand here: this type has nothing that can.`,
    );
  }
  return finding(
    path,
    'value',
    'unknown_name',
    `« ${name} » n’existe pas, ou ne convient pas ici.${hint.fr}`,
    `“${name}” doesn’t exist, or can’t stand here.${hint.en}`,
  );
}

function condition(path: Path, source: string | undefined, { type, types }: Against): readonly Finding[] {
  if (source === undefined) return [];
  try {
    checkCondition(source, shapeOf(type, types, true));
    return [];
  } catch (error) {
    if (!(error instanceof ExpressionFault)) throw error;
    return [refusedExpression(path, source, error)];
  }
}

/** Where in the expression, and what is wrong with it. */
export function refusedExpression(path: Path, source: string, fault: ExpressionFault): Finding {
  const part = source.slice(fault.start, Math.min(fault.end, fault.start + 40));
  return finding(
    path,
    'value',
    'expression',
    `Expression refusée, caractère ${fault.start + 1} (« ${part} ») : ${fault.text.fr}`,
    `Expression refused, character ${fault.start + 1} (“${part}”): ${fault.text.en}`,
  );
}
