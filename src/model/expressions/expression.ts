import type { ExpressionKind } from '../attributes/attribute-type.ts';
import type { Measure } from '../attributes/measure.ts';
import type { Relation } from '../model.ts';
import type { NamedColumn } from './shape.ts';

/**
 * An expression that was read and type-checked: what becomes SQL. A condition is two-valued: comparing something that isn't
 * filled is false (`==`, `<`…) or true (`!=`), and `!` turns false into true. A value of which a part isn't filled isn't either.
 */
export type Predicate =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'and' | 'or'; readonly left: Predicate; readonly right: Predicate }
  | { readonly kind: 'not'; readonly of: Predicate }
  | { readonly kind: 'truth'; readonly operand: Operand }
  | { readonly kind: 'filled'; readonly operand: Operand; readonly isFilled: boolean }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'among'; readonly operand: Operand; readonly values: readonly Literal[] }
  /** Whether the object has a link of this relation; with that object, when one is named. */
  | { readonly kind: 'linked'; readonly relation: Relation; readonly id: string | null }
  | { readonly kind: 'holds'; readonly operand: Operand; readonly value: string }
  | { readonly kind: 'match'; readonly how: TextMatch; readonly operand: Operand; readonly text: string };

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type TextMatch = 'startsWith' | 'contains' | 'endsWith';

/** What a value is: that of an attribute, or a number that was calculated. */
export type ValueKind = Exclude<ExpressionKind, { readonly kind: 'none' }> | { readonly kind: 'number' };

export type Operand =
  | { readonly kind: 'column'; readonly column: NamedColumn; readonly path: readonly Followed[] }
  | { readonly kind: 'literal'; readonly literal: Literal }
  /** Known when the expression is run. */
  | { readonly kind: 'moment'; readonly of: 'me' | 'today' | 'now'; readonly type: 'text' | 'date' | 'datetime' }
  | { readonly kind: 'call'; readonly name: CallName; readonly operands: readonly Operand[]; readonly type: ValueKind }
  | {
      readonly kind: 'conditional';
      readonly when: Predicate;
      readonly yes: Operand;
      readonly no: Operand;
      readonly type: ValueKind;
    };

/** A reference that leads from one object to another: its physical column, the type and the table that it leads to. */
export interface Followed {
  readonly name: string;
  readonly column: string;
  readonly type: string;
  readonly table: string;
}

export type CallName =
  | '+'
  | '-'
  | '*'
  | '/'
  | 'negative'
  | 'joined'
  | 'later'
  | 'earlier'
  | 'days'
  | 'lower'
  | 'upper'
  | 'size'
  | 'abs'
  | 'round'
  | 'value_in'
  | 'year'
  | 'month'
  | 'day';

/** A value as the database compares it: scaled integers, ids, instants. */
export type Literal =
  | { readonly type: 'text' | 'date' | 'duration' | 'reference' | 'number'; readonly value: string }
  | { readonly type: 'integer'; readonly value: bigint }
  | { readonly type: 'decimal'; readonly scale: number; readonly value: bigint }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'datetime'; readonly value: Date }
  | { readonly type: 'money'; readonly value: bigint; readonly currency: string }
  /** `value` is in steps of the measure; `scaled`, in the unit itself, null when that takes more decimals than the measure has. */
  | {
      readonly type: 'quantity';
      readonly value: bigint;
      readonly scaled: bigint | null;
      readonly unit: string;
      readonly measure: Measure;
    };

export function kindOf(operand: Operand): ValueKind {
  switch (operand.kind) {
    case 'column':
      return operand.column.expression;
    case 'literal':
      return literalKind(operand.literal);
    case 'moment':
      return { kind: operand.type };
    default:
      return operand.type;
  }
}

function literalKind(literal: Literal): ValueKind {
  if (literal.type === 'decimal') return { kind: 'decimal', scale: literal.scale };
  return literal.type === 'quantity' ? { kind: 'quantity', measure: literal.measure } : { kind: literal.type };
}

export function isNumeric({ kind }: ValueKind): boolean {
  return kind === 'integer' || kind === 'decimal' || kind === 'number';
}

/** The kind in which two values can be compared; null when they can't be. */
export function common(a: ValueKind, b: ValueKind): ValueKind | null {
  if (a.kind === 'decimal' && b.kind === 'decimal' && a.scale !== b.scale) return { kind: 'number' };
  if (a.kind === 'quantity' && b.kind === 'quantity') return a.measure.dimension === b.measure.dimension ? a : null;
  if (a.kind === b.kind) return a;
  return isNumeric(a) && isNumeric(b) ? { kind: 'number' } : null;
}

/** The attributes of the object itself on which an expression stands; null when it also stands on other objects or on time. */
export function ownNames(expression: Operand | Predicate): ReadonlySet<string> | null {
  const names = new Set<string>();
  return collect(expression, names) ? names : null;
}

function collect(part: Operand | Predicate, names: Set<string>): boolean {
  switch (part.kind) {
    case 'constant':
    case 'literal':
      return true;
    case 'moment':
    case 'linked':
      return false;
    case 'column':
      names.add(part.column.name);
      return part.path.length === 0;
    case 'not':
      return collect(part.of, names);
    case 'and':
    case 'or':
    case 'compare':
      return [part.left, part.right].every((one) => collect(one, names));
    case 'call':
      return part.operands.every((one) => collect(one, names));
    case 'conditional':
      return [part.when, part.yes, part.no].every((one) => collect(one, names));
    default:
      return collect(part.operand, names);
  }
}

/** Whether some part of it is calculated, rather than compared as it is. */
export function calculates(part: Operand | Predicate): boolean {
  switch (part.kind) {
    case 'constant':
    case 'literal':
    case 'moment':
    case 'column':
    case 'linked':
      return false;
    case 'call':
      return true;
    case 'not':
      return calculates(part.of);
    case 'and':
    case 'or':
    case 'compare':
      return calculates(part.left) || calculates(part.right);
    case 'conditional':
      return calculates(part.when) || calculates(part.yes) || calculates(part.no);
    default:
      return calculates(part.operand);
  }
}
