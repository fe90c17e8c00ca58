import type { ASTNode } from '@marcbachmann/cel-js';
import { ExpressionFault } from './fault.ts';
import type { Shape } from './shape.ts';

/** What an expression may stand on besides the object: who asks, and when. */
export interface Moment {
  /** `actorText` of who asks; null when nobody does. */
  readonly me: string | null;
  readonly now: Date;
}

export interface Around {
  readonly shape: Shape;
  readonly moment: Moment;
}

export function fault(node: ASTNode, fr: string, en: string): ExpressionFault {
  return new ExpressionFault(node.range.start, node.range.end, { fr, en });
}
