import type { ASTNode } from '@marcbachmann/cel-js';
import type { Predicate } from './expression.ts';
import { ExpressionFault } from './fault.ts';
import type { Shape } from './shape.ts';

/** What an expression may stand on besides the object: who asks, and when. */
export interface Moment {
  /** `actorText` of who asks; null when nobody does. */
  readonly me: string | null;
  readonly now: Date;
}

/** What a part of an expression is checked against. A value may hold a condition (`a ? b : c`), whence the function. */
export interface Around {
  readonly shape: Shape;
  readonly condition: (node: ASTNode, around: Around) => Predicate;
}

export function fault(node: ASTNode, fr: string, en: string): ExpressionFault {
  return new ExpressionFault(node.range.start, node.range.end, { fr, en });
}
