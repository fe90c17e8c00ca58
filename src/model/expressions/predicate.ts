import type { NamedColumn } from './shape.ts';

/**
 * An expression that was read and type-checked: what the compiler turns into SQL. It is two-valued: comparing something
 * that isn't filled is false (`==`, `<`…) or true (`!=`), and `!` turns false into true.
 */
export type Predicate =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'and' | 'or'; readonly left: Predicate; readonly right: Predicate }
  | { readonly kind: 'not'; readonly of: Predicate }
  | { readonly kind: 'truth'; readonly column: NamedColumn }
  | { readonly kind: 'filled'; readonly column: NamedColumn; readonly isFilled: boolean }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'among'; readonly operand: Operand; readonly values: readonly Literal[] }
  | { readonly kind: 'holds'; readonly column: NamedColumn; readonly value: string }
  | { readonly kind: 'match'; readonly how: TextMatch; readonly operand: Operand; readonly text: string };

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type TextMatch = 'startsWith' | 'contains' | 'endsWith';

export type Operand =
  | { readonly kind: 'column'; readonly column: NamedColumn; readonly isLower: boolean }
  | { readonly kind: 'literal'; readonly literal: Literal };

/** A value as the database compares it: scaled integers, ids, instants. */
export type Literal =
  | { readonly type: 'text' | 'date' | 'duration' | 'reference'; readonly value: string }
  | { readonly type: 'integer'; readonly value: bigint }
  | { readonly type: 'decimal'; readonly scale: number; readonly value: bigint }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'datetime'; readonly value: Date }
  | { readonly type: 'money'; readonly value: bigint; readonly currency: string };
