import { type ASTNode, ParseError, parse } from '@marcbachmann/cel-js';
import { nearest } from '../pack/nearest.ts';
import { type Around, fault, type Moment } from './around.ts';
import { ExpressionFault } from './fault.ts';
import { literalOf, negated } from './literals.ts';
import type { Comparison, Operand, Predicate, TextMatch } from './predicate.ts';
import type { NamedColumn, Shape } from './shape.ts';

const longest = 4096;

/** Reads a condition in CEL and checks it against what it may name. Throws an `ExpressionFault` with its place. */
export function checkCondition(source: string, shape: Shape, moment: Moment): Predicate {
  return condition(parseExpression(source), { shape, moment });
}

function parseExpression(source: string): ASTNode {
  if (source.length > longest) {
    throw new ExpressionFault(0, source.length, {
      fr: 'L’expression est trop longue.',
      en: 'The expression is too long.',
    });
  }
  try {
    return parse(source).ast;
  } catch (error) {
    if (error instanceof ParseError) {
      const { start, end } = error.range ?? { start: 0, end: source.length };
      const said = error.summary.replace(/\.$/, '');
      throw new ExpressionFault(start, end, {
        fr: `syntaxe incomprise (${said}).`,
        en: `syntax not understood (${said}).`,
      });
    }
    // The parser recurses: a text made only to be deep exhausts the stack.
    if (error instanceof RangeError) {
      throw new ExpressionFault(0, source.length, {
        fr: 'L’expression est trop imbriquée.',
        en: 'The expression is nested too deep.',
      });
    }
    throw error;
  }
}

function condition(node: ASTNode, around: Around): Predicate {
  switch (node.op) {
    case 'value':
      if (typeof node.args === 'boolean') return { kind: 'constant', value: node.args };
      break;
    case '&&':
      return { kind: 'and', left: condition(node.args[0], around), right: condition(node.args[1], around) };
    case '||':
      return { kind: 'or', left: condition(node.args[0], around), right: condition(node.args[1], around) };
    case '!_':
      return { kind: 'not', of: condition(node.args, around) };
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return comparison(node, node.op, node.args, around);
    case 'in':
      return membership(node, node.args, around);
    case 'rcall':
      return textMatch(node, node.args, around);
    case 'id': {
      const column = columnOf(node, around);
      if (column.expression.kind === 'boolean') return { kind: 'truth', column };
      throw fault(node, `« ${column.name} » n’est pas oui ou non.`, `“${column.name}” is not yes or no.`);
    }
    default:
      break;
  }
  throw fault(
    node,
    'une condition est attendue ici, et celle-ci n’est pas prise en charge.',
    'a condition is expected here, and this is not supported.',
  );
}

function columnOf(node: ASTNode & { readonly op: 'id' }, { shape }: Around): NamedColumn {
  const name = node.args;
  const column = shape.get(name);
  if (column === undefined) {
    const close = nearest(name, shape.keys());
    const hint =
      close === null
        ? { fr: '', en: '' }
        : { fr: ` Vouliez-vous dire « ${close} » ?`, en: ` Did you mean “${close}”?` };
    throw fault(
      node,
      `aucun attribut ne s’appelle « ${name} ».${hint.fr}`,
      `no attribute is called “${name}”.${hint.en}`,
    );
  }
  if (column.expression.kind === 'none') {
    throw fault(node, `on ne peut pas filtrer sur « ${name} ».`, `“${name}” can’t be filtered on.`);
  }
  return column;
}

/** A column, possibly `name.lower()`; null when the node is something else. */
function columnOperand(node: ASTNode, around: Around): (Operand & { readonly kind: 'column' }) | null {
  if (node.op === 'id' && !(node.args === 'me' && !around.shape.has('me'))) {
    return { kind: 'column', column: columnOf(node, around), isLower: false };
  }
  if (node.op === 'rcall' && node.args[0] === 'lower' && node.args[2].length === 0) {
    const inner = columnOperand(node.args[1], around);
    if (inner?.column.expression.kind === 'text') return { ...inner, isLower: true };
    throw fault(node, 'lower() s’applique à un texte.', 'lower() applies to a text.');
  }
  if (node.op === '.') {
    throw fault(
      node,
      'suivre une référence viendra avec une prochaine version.',
      'following a reference comes with a later version.',
    );
  }
  return null;
}

function isNull(node: ASTNode): boolean {
  return node.op === 'value' && node.args === null;
}

function comparison(
  node: ASTNode,
  operator: Comparison,
  [a, b]: readonly [ASTNode, ASTNode],
  around: Around,
): Predicate {
  if (isNull(a) || isNull(b)) return nullCheck(node, operator, isNull(a) ? b : a, around);
  const left = columnOperand(a, around);
  const right = columnOperand(b, around);
  if (left !== null && right !== null) return columnsCompared(node, operator, left, right);
  const column = left ?? right;
  if (column === null) {
    throw fault(
      node,
      'une comparaison porte sur au moins un attribut.',
      'a comparison is about at least one attribute.',
    );
  }
  if (column.column.expression.kind === 'texts') {
    throw fault(
      node,
      `pour plusieurs choix, écrivez "…" in ${column.column.name}.`,
      `for several choices, write "…" in ${column.column.name}.`,
    );
  }
  const literal = literalOf(left === null ? a : b, column.column.expression, around);
  const direct = left === null ? negated(operator) : operator;
  const { kind } = column.column.expression;
  if ((kind === 'boolean' || kind === 'reference') && direct !== '==' && direct !== '!=') {
    throw fault(
      node,
      `« ${column.column.name} » n’a pas d’ordre : seuls == et != conviennent.`,
      `“${column.column.name}” has no order: only == and != apply.`,
    );
  }
  return { kind: 'compare', operator: direct, left: column, right: { kind: 'literal', literal } };
}

function nullCheck(node: ASTNode, operator: Comparison, other: ASTNode, around: Around): Predicate {
  const operand = columnOperand(other, around);
  if (operand === null || (operator !== '==' && operator !== '!=')) {
    throw fault(
      node,
      'null se compare à un attribut, par == ou !=.',
      'null is compared with an attribute, by == or !=.',
    );
  }
  return { kind: 'filled', column: operand.column, isFilled: operator === '!=' };
}

function columnsCompared(
  node: ASTNode,
  operator: Comparison,
  left: Operand & { readonly kind: 'column' },
  right: Operand & { readonly kind: 'column' },
): Predicate {
  const a = left.column.expression;
  const b = right.column.expression;
  const isSame = a.kind === b.kind && (a.kind !== 'decimal' || b.kind !== 'decimal' || a.scale === b.scale);
  if (!isSame || a.kind === 'texts' || a.kind === 'money') {
    throw fault(
      node,
      `« ${left.column.name} » et « ${right.column.name} » ne se comparent pas.`,
      `“${left.column.name}” and “${right.column.name}” can’t be compared.`,
    );
  }
  return { kind: 'compare', operator, left, right };
}

function membership(node: ASTNode, [element, container]: readonly [ASTNode, ASTNode], around: Around): Predicate {
  if (container.op === 'list') {
    const operand = columnOperand(element, around);
    if (operand === null)
      throw fault(element, 'un attribut est attendu avant « in ».', 'an attribute is expected before “in”.');
    if (operand.column.expression.kind === 'money' || operand.column.expression.kind === 'texts') {
      throw fault(
        node,
        `« ${operand.column.name} » ne se cherche pas dans une liste.`,
        `“${operand.column.name}” can’t be looked up in a list.`,
      );
    }
    const values = container.args.map((one) => literalOf(one, operand.column.expression, around));
    return { kind: 'among', operand, values };
  }
  const list = columnOperand(container, around);
  if (list?.column.expression.kind !== 'texts') {
    throw fault(
      container,
      'après « in » vient une liste [ … ], ou un attribut à plusieurs choix.',
      'after “in” comes a list [ … ], or an attribute with several choices.',
    );
  }
  const literal = literalOf(element, { kind: 'text' }, around);
  if (literal.type !== 'text') throw fault(element, 'un texte est attendu.', 'a text is expected.');
  return { kind: 'holds', column: list.column, value: literal.value };
}

const textMatches: ReadonlySet<string> = new Set(['startsWith', 'contains', 'endsWith']);

function isTextMatch(name: string): name is TextMatch {
  return textMatches.has(name);
}

function textMatch(
  node: ASTNode,
  [name, receiver, given]: readonly [string, ASTNode, ASTNode[]],
  around: Around,
): Predicate {
  const [only] = given;
  if (!isTextMatch(name) || only === undefined || given.length !== 1) {
    throw fault(node, `« ${name} » n’est pas pris en charge.`, `“${name}” is not supported.`);
  }
  const operand = columnOperand(receiver, around);
  if (operand?.column.expression.kind !== 'text') {
    throw fault(receiver, 'un attribut de texte est attendu.', 'a text attribute is expected.');
  }
  const literal = literalOf(only, { kind: 'text' }, around);
  if (literal.type !== 'text') throw fault(only, 'un texte est attendu.', 'a text is expected.');
  return { kind: 'match', how: name, operand, text: literal.value };
}
