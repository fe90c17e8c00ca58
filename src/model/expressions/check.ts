import { type ASTNode, ParseError, parse } from '@marcbachmann/cel-js';
import { suggestion } from '../pack/pack-problem.ts';
import { type Around, fault } from './around.ts';
import {
  type Comparison,
  common,
  kindOf,
  type Literal,
  type Operand,
  type Predicate,
  type TextMatch,
  type ValueKind,
} from './expression.ts';
import { ExpressionFault } from './fault.ts';
import { literalOf, mirrored } from './literals.ts';
import { described, isAdaptive, matched, operandOf } from './operands.ts';
import type { Shape } from './shape.ts';

const longest = 4096;

/** Reads a condition in CEL and checks it against what it may name. Throws an `ExpressionFault` with its place. */
export function checkCondition(source: string, shape: Shape): Predicate {
  return condition(parseExpression(source), { shape, condition });
}

/** The same of a value of this kind. Numbers are all of one kind here: what is calculated is rounded where it is kept. */
export function checkValue(source: string, shape: Shape, wanted: ValueKind): Operand {
  const node = parseExpression(source);
  if (wanted.kind === 'boolean') return truthOf(condition(node, { shape, condition }));
  const operand = operandOf(node, { shape, condition }, wanted);
  if (common(kindOf(operand), wanted) !== null && isKeptIn(operand, wanted)) return operand;
  const { fr, en } = described(operand);
  throw fault(node, `${fr} ne convient pas à cet attribut.`, `${en} does not fit this attribute.`);
}

/** A quantity is kept in the unit it comes with: that must be one of the attribute's, with no more decimals. */
function isKeptIn(operand: Operand, wanted: ValueKind): boolean {
  if (wanted.kind !== 'quantity') return true;
  const isListed = (unit: string): boolean => wanted.measure.units.some(({ code }) => code === unit);
  switch (operand.kind) {
    case 'literal':
      return operand.literal.type === 'quantity' && operand.literal.scaled !== null && isListed(operand.literal.unit);
    case 'conditional':
      return isKeptIn(operand.yes, wanted) && isKeptIn(operand.no, wanted);
    default: {
      const kind = kindOf(operand);
      return (
        kind.kind === 'quantity' &&
        kind.measure.scale === wanted.measure.scale &&
        kind.measure.units.every(({ code }) => isListed(code))
      );
    }
  }
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

/** A condition as a value: yes or no. */
function truthOf(when: Predicate): Operand {
  const is = (value: boolean): Operand => ({ kind: 'literal', literal: { type: 'boolean', value } });
  return { kind: 'conditional', when, yes: is(true), no: is(false), type: { kind: 'boolean' } };
}

/** A condition, checked. */
export function condition(node: ASTNode, around: Around): Predicate {
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
    case '?:': {
      const [when, yes, no] = node.args.map((part) => condition(part, around));
      if (when === undefined || yes === undefined || no === undefined) break;
      return {
        kind: 'or',
        left: { kind: 'and', left: when, right: yes },
        right: { kind: 'and', left: { kind: 'not', of: when }, right: no },
      };
    }
    case 'in':
      return membership(node, node.args, around);
    case 'call':
      if (node.args[0] === 'has') return linked(node, node.args[1], around);
      break;
    case 'rcall':
      if (isTextMatch(node.args[0])) return textMatch(node, node.args[0], node.args, around);
      break;
    default:
      break;
  }
  const operand = operandOf(node, around, null);
  if (kindOf(operand).kind === 'boolean') return { kind: 'truth', operand };
  const { fr, en } = described(operand);
  throw fault(node, `une condition est attendue, et voici ${fr}.`, `a condition is expected, and this is ${en}.`);
}

/** `has(covers)`, `has(covers, "obj_…")`. */
function linked(node: ASTNode, [first, second, more]: readonly ASTNode[], { shape }: Around): Predicate {
  const relation = first?.op === 'id' ? shape.relations.get(first.args) : undefined;
  if (relation === undefined || more !== undefined) {
    const known = [...shape.relations.keys()].join(', ') || '–';
    throw fault(
      first ?? node,
      `« has(relation) » prend une relation de ce type (${known}), et au plus un objet.`,
      `“has(relation)” takes a relation of this type (${known}), and one object at most.`,
    );
  }
  const literal = second === undefined ? null : literalOf(second, { kind: 'reference' });
  return { kind: 'linked', relation, id: literal?.type === 'reference' ? literal.value : null };
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
  if (isAdaptive(a) && isAdaptive(b)) {
    throw fault(
      node,
      'une comparaison porte sur au moins un attribut.',
      'a comparison is about at least one attribute.',
    );
  }
  // What is written out comes second, so that the compiler has one form to know.
  if (isAdaptive(a)) return comparison(node, mirrored(operator), [b, a], around);
  const left = operandOf(a, around, null);
  expectComparable(a, left, operator);
  const [, right] = matched(a, b, around, null);
  if (right.kind === 'literal') expectKnown(b, left, right.literal, around);
  if (common(kindOf(left), kindOf(right)) === null) {
    throw fault(
      node,
      `${described(left).fr} et ${described(right).fr} ne se comparent pas.`,
      `${described(left).en} and ${described(right).en} can’t be compared.`,
    );
  }
  return { kind: 'compare', operator, left, right };
}

function expectComparable(node: ASTNode, operand: Operand, operator: Comparison): void {
  const { kind } = kindOf(operand);
  const { fr, en } = described(operand);
  if (kind === 'texts') {
    const list = operand.kind === 'column' ? operand.column.name : '…';
    throw fault(node, `pour plusieurs choix, écrivez "…" in ${list}.`, `for several choices, write "…" in ${list}.`);
  }
  if (kind === 'address') {
    const whole = operand.kind === 'column' ? operand.column.name : '…';
    throw fault(
      node,
      `comparez une partie de l’adresse : ${whole}.city.`,
      `compare a part of the address: ${whole}.city.`,
    );
  }
  if ((kind === 'boolean' || kind === 'reference') && operator !== '==' && operator !== '!=') {
    throw fault(
      node,
      `${fr} n’a pas d’ordre : seuls == et != conviennent.`,
      `${en} has no order: only == and != apply.`,
    );
  }
}

/** A state or a choice that isn't there is a slip of the pen: nothing would ever be equal to it. */
function expectKnown(node: ASTNode, operand: Operand, literal: Literal, { shape }: Around): void {
  const values = shape.isStrict && operand.kind === 'column' ? operand.column.values : null;
  if (values === null || literal.type !== 'text' || values.includes(literal.value)) return;
  const { fr, en } = suggestion(literal.value, values);
  throw fault(
    node,
    `aucune valeur ne s’appelle « ${literal.value} ».${fr}`,
    `no value is called “${literal.value}”.${en}`,
  );
}

function nullCheck(node: ASTNode, operator: Comparison, other: ASTNode, around: Around): Predicate {
  if (isAdaptive(other) || (operator !== '==' && operator !== '!=')) {
    throw fault(
      node,
      'null se compare à un attribut, par == ou !=.',
      'null is compared with an attribute, by == or !=.',
    );
  }
  return { kind: 'filled', operand: operandOf(other, around, null), isFilled: operator === '!=' };
}

function membership(node: ASTNode, [element, container]: readonly [ASTNode, ASTNode], around: Around): Predicate {
  if (container.op === 'list') {
    if (isAdaptive(element))
      throw fault(element, 'un attribut est attendu avant « in ».', 'an attribute is expected before “in”.');
    const operand = operandOf(element, around, null);
    const kind = kindOf(operand);
    if (['money', 'texts', 'quantity', 'address'].includes(kind.kind)) {
      const { fr, en } = described(operand);
      throw fault(node, `${fr} ne se cherche pas dans une liste.`, `${en} can’t be looked up in a list.`);
    }
    const values = container.args.map((one) => {
      const literal = literalOf(one, kind);
      expectKnown(one, operand, literal, around);
      return literal;
    });
    return { kind: 'among', operand, values };
  }
  const list = isAdaptive(container) ? null : operandOf(container, around, null);
  if (list === null || kindOf(list).kind !== 'texts') {
    throw fault(
      container,
      'après « in » vient une liste [ … ], ou un attribut à plusieurs choix.',
      'after “in” comes a list [ … ], or an attribute with several choices.',
    );
  }
  const value = textLiteral(element);
  expectKnown(element, list, { type: 'text', value }, around);
  return { kind: 'holds', operand: list, value };
}

function textLiteral(node: ASTNode): string {
  const literal = literalOf(node, { kind: 'text' });
  if (literal.type === 'text') return literal.value;
  throw fault(node, 'un texte est attendu.', 'a text is expected.');
}

const textMatches: ReadonlySet<string> = new Set(['startsWith', 'contains', 'endsWith']);

function isTextMatch(name: string): name is TextMatch {
  return textMatches.has(name);
}

function textMatch(
  node: ASTNode,
  how: TextMatch,
  [, receiver, given]: readonly [string, ASTNode, ASTNode[]],
  around: Around,
): Predicate {
  const [only] = given;
  const operand = isAdaptive(receiver) ? null : operandOf(receiver, around, null);
  if (operand === null || kindOf(operand).kind !== 'text')
    throw fault(receiver, 'un attribut de texte est attendu.', 'a text attribute is expected.');
  if (only === undefined || given.length !== 1) {
    throw fault(node, `« ${how}(…) » ne convient pas ici.`, `“${how}(…)” does not fit here.`);
  }
  return { kind: 'match', how, operand, text: textLiteral(only) };
}
