import type { ASTNode } from '@marcbachmann/cel-js';
import { parseId } from '../../kernel/index.ts';
import type { ExpressionKind } from '../attributes/attribute-type.ts';
import { canonicalDuration, isDate, parseInstant } from '../attributes/moments.ts';
import { isCurrency, moneyScale } from '../attributes/money.ts';
import { toScaled } from '../attributes/scaled.ts';
import { type Around, fault } from './around.ts';
import type { Comparison, Literal } from './predicate.ts';

/** The operator when the sides change places: `5 < x` is `x > 5`. */
export function negated(operator: Comparison): Comparison {
  const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const;
  return mirrored[operator];
}

/** Functions that make a literal, and what they make. */
const makers: Readonly<Record<string, readonly ExpressionKind['kind'][]>> = {
  date: ['date', 'datetime'],
  timestamp: ['datetime'],
  duration: ['duration'],
  decimal: ['decimal', 'integer'],
  money: ['money'],
  today: ['date', 'datetime'],
  now: ['datetime'],
};

/** Reads a literal as what it is compared with, exactly. */
export function literalOf(node: ASTNode, wanted: ExpressionKind, around: Around): Literal {
  if (node.op === 'id' && node.args === 'me') return meLiteral(node, wanted, around);
  if (node.op === 'call') return calledLiteral(node, node.args, wanted, around);
  switch (wanted.kind) {
    case 'text':
    case 'texts':
      return { type: 'text', value: textOf(node) };
    case 'reference':
      return referenceLiteral(node);
    case 'boolean':
      if (node.op === 'value' && typeof node.args === 'boolean') return { type: 'boolean', value: node.args };
      throw fault(node, 'true ou false est attendu.', 'true or false is expected.');
    case 'integer':
      return integerLiteral(node, numberText(node));
    case 'decimal':
      return decimalLiteral(node, numberText(node), wanted.scale);
    case 'date':
      return dateLiteral(node, textOf(node));
    case 'datetime':
      return instantLiteral(node, textOf(node));
    case 'duration':
      return durationLiteral(node, textOf(node));
    default:
      throw fault(node, 'un montant s’écrit money("12.50", "EUR").', 'an amount is written money("12.50", "EUR").');
  }
}

function meLiteral(node: ASTNode, wanted: ExpressionKind, { moment }: Around): Literal {
  if (wanted.kind !== 'text')
    throw fault(node, '« me » se compare à qui a créé ou modifié.', '“me” is compared with who created or changed.');
  return { type: 'text', value: moment.me ?? '' };
}

function calledLiteral(
  node: ASTNode,
  [name, given]: readonly [string, ASTNode[]],
  wanted: ExpressionKind,
  around: Around,
): Literal {
  const makes = makers[name];
  if (makes === undefined)
    throw fault(node, `« ${name}() » n’est pas pris en charge.`, `“${name}()” is not supported.`);
  const count = name === 'money' ? 2 : name === 'today' || name === 'now' ? 0 : 1;
  const [first, second] = given;
  if (!makes.includes(wanted.kind) || given.length !== count) {
    throw fault(node, `« ${name}(…) » ne convient pas ici.`, `“${name}(…)” does not fit here.`);
  }
  if (name === 'now') return { type: 'datetime', value: around.moment.now };
  if (name === 'today') {
    const day = around.moment.now.toISOString().slice(0, 10);
    return wanted.kind === 'date'
      ? { type: 'date', value: day }
      : { type: 'datetime', value: new Date(`${day}T00:00:00Z`) };
  }
  const argument = textOf(first ?? node);
  if (name === 'money') return moneyLiteral(node, argument, textOf(second ?? node));
  if (wanted.kind === 'decimal') return decimalLiteral(node, argument, wanted.scale);
  if (wanted.kind === 'integer') return integerLiteral(node, argument);
  if (wanted.kind === 'duration') return durationLiteral(node, argument);
  return wanted.kind === 'date' ? dateLiteral(node, argument) : instantLiteral(node, argument);
}

function textOf(node: ASTNode): string {
  if (node.op === 'value' && typeof node.args === 'string') {
    if (node.args.includes('\u0000') || !node.args.isWellFormed())
      throw fault(node, 'ce texte a des caractères illisibles.', 'this text has unreadable characters.');
    return node.args;
  }
  throw fault(node, 'un texte entre guillemets est attendu.', 'a text in quotes is expected.');
}

/** The digits as they were written, so that no floating-point number comes between. */
function numberText(node: ASTNode): string {
  const inner = node.op === '-_' ? node.args : node;
  if (inner.op === 'value' && typeof inner.args === 'string') return inner.args;
  if (inner.op === 'value' && (typeof inner.args === 'bigint' || typeof inner.args === 'number')) {
    const written = inner.input.slice(inner.range.start, inner.range.end).trim();
    const digits = typeof inner.args === 'bigint' ? inner.args.toString() : written;
    return node.op === '-_' ? `-${digits}` : digits;
  }
  throw fault(node, 'un nombre est attendu.', 'a number is expected.');
}

function integerLiteral(node: ASTNode, text: string): Literal {
  const scaled = toScaled(text, 0);
  if (!scaled.ok) throw fault(node, 'un nombre entier est attendu.', 'a whole number is expected.');
  return { type: 'integer', value: scaled.units };
}

function decimalLiteral(node: ASTNode, text: string, scale: number): Literal {
  const scaled = toScaled(text, scale);
  if (scaled.ok) return { type: 'decimal', scale, value: scaled.units };
  throw fault(
    node,
    `un nombre d’au plus ${scale} décimales est attendu.`,
    `a number with at most ${scale} decimals is expected.`,
  );
}

function moneyLiteral(node: ASTNode, amount: string, currency: string): Literal {
  const scaled = toScaled(amount, moneyScale);
  if (scaled.ok && isCurrency(currency)) return { type: 'money', value: scaled.units, currency };
  throw fault(node, 'un montant s’écrit money("12.50", "EUR").', 'an amount is written money("12.50", "EUR").');
}

function dateLiteral(node: ASTNode, text: string): Literal {
  if (isDate(text)) return { type: 'date', value: text };
  throw fault(node, 'une date s’écrit "2026-11-22".', 'a date is written "2026-11-22".');
}

/** A day alone is its first instant in UTC. */
function instantLiteral(node: ASTNode, text: string): Literal {
  const instant = isDate(text) ? new Date(`${text}T00:00:00Z`) : parseInstant(text);
  if (instant !== null) return { type: 'datetime', value: instant };
  throw fault(node, 'un instant s’écrit "2026-11-22T09:00:00Z".', 'an instant is written "2026-11-22T09:00:00Z".');
}

function durationLiteral(node: ASTNode, text: string): Literal {
  const duration = canonicalDuration(text);
  if (duration !== null) return { type: 'duration', value: duration };
  throw fault(node, 'une durée s’écrit "P30D".', 'a duration is written "P30D".');
}

function referenceLiteral(node: ASTNode): Literal {
  const id = parseId('obj', textOf(node));
  if (id !== null) return { type: 'reference', value: id };
  throw fault(node, 'l’identifiant d’un objet est attendu.', 'an object’s id is expected.');
}
