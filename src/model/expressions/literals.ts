import type { ASTNode } from '@marcbachmann/cel-js';
import { parseId } from '../../kernel/index.ts';
import { isMeasure, type Measure, measureOf, wholeSteps } from '../attributes/measure.ts';
import { canonicalDuration, isDate, parseInstant } from '../attributes/moments.ts';
import { isCurrency, moneyScale } from '../attributes/money.ts';
import { rational } from '../attributes/rational.ts';
import { fromScaled, toScaled } from '../attributes/scaled.ts';
import { unitOf } from '../attributes/unit.ts';
import { fault } from './around.ts';
import type { Comparison, Literal, ValueKind } from './expression.ts';

/** The operator when the sides change places: `5 < x` is `x > 5`. */
export function mirrored(operator: Comparison): Comparison {
  const swapped = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const;
  return swapped[operator];
}

/** Functions that make a literal, and what they make: the first is what they are when nothing else says. */
const makers: Readonly<Record<string, readonly [ValueKind['kind'], ...ValueKind['kind'][]]>> = {
  date: ['date', 'datetime'],
  timestamp: ['datetime'],
  duration: ['duration'],
  decimal: ['number', 'decimal', 'integer'],
  money: ['money'],
  quantity: ['quantity'],
};

/** A value that stands alone, written out: it is read as what it is compared with. */
export function isLiteral(node: ASTNode): boolean {
  if (node.op === '-_') return isLiteral(node.args);
  return node.op === 'value' || (node.op === 'call' && Object.hasOwn(makers, node.args[0]));
}

/** Reads a literal as what it is compared with, exactly. */
export function literalOf(node: ASTNode, wanted: ValueKind): Literal {
  if (node.op === 'call') return calledLiteral(node, node.args, wanted);
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
    case 'number':
      return numberLiteral(node, numberText(node));
    case 'date':
      return dateLiteral(node, textOf(node));
    case 'datetime':
      return instantLiteral(node, textOf(node));
    case 'duration':
      return durationLiteral(node, textOf(node));
    case 'quantity':
      throw quantityWanted(node);
    case 'address':
      throw fault(node, 'une adresse ne s’écrit pas ici.', 'an address can’t be written here.');
    default:
      throw fault(node, 'un montant s’écrit money("12.50", "EUR").', 'an amount is written money("12.50", "EUR").');
  }
}

/** Reads a literal as it is written, where nothing says what it should be. */
export function naturalLiteral(node: ASTNode): Literal {
  if (node.op === 'call' && node.args[0] === 'quantity')
    return literalOf(node, ownMeasure(node, node.args[1][1] ?? node));
  if (node.op === 'call') return literalOf(node, { kind: makers[node.args[0]]?.[0] ?? 'text' } as ValueKind);
  if (node.op === 'value' && typeof node.args === 'boolean') return literalOf(node, { kind: 'boolean' });
  if (node.op === 'value' && typeof node.args === 'string') return literalOf(node, { kind: 'text' });
  return literalOf(node, { kind: 'number' });
}

function calledLiteral(node: ASTNode, [name, given]: readonly [string, ASTNode[]], wanted: ValueKind): Literal {
  const makes = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (makes === undefined)
    throw fault(node, `« ${name}() » n’est pas pris en charge.`, `“${name}()” is not supported.`);
  const [first, second] = given;
  if (!makes.includes(wanted.kind) || given.length !== (['money', 'quantity'].includes(name) ? 2 : 1)) {
    throw fault(node, `« ${name}(…) » ne convient pas ici.`, `“${name}(…)” does not fit here.`);
  }
  const argument = textOf(first ?? node);
  switch (wanted.kind) {
    case 'money':
      return moneyLiteral(node, argument, textOf(second ?? node));
    case 'quantity':
      return quantityLiteral(node, argument, textOf(second ?? node), wanted.measure);
    case 'decimal':
      return decimalLiteral(node, argument, wanted.scale);
    case 'integer':
      return integerLiteral(node, argument);
    case 'number':
      return numberLiteral(node, argument);
    case 'duration':
      return durationLiteral(node, argument);
    case 'date':
      return dateLiteral(node, argument);
    default:
      return instantLiteral(node, argument);
  }
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

const mostDecimals = 9;

function numberLiteral(node: ASTNode, text: string): Literal {
  const scaled = toScaled(text, mostDecimals);
  if (scaled.ok) return { type: 'number', value: fromScaled(scaled.units, mostDecimals, 0) };
  throw fault(node, 'un nombre est attendu.', 'a number is expected.');
}

function moneyLiteral(node: ASTNode, amount: string, currency: string): Literal {
  const scaled = toScaled(amount, moneyScale);
  if (scaled.ok && isCurrency(currency)) return { type: 'money', value: scaled.units, currency };
  throw fault(node, 'un montant s’écrit money("12.50", "EUR").', 'an amount is written money("12.50", "EUR").');
}

function quantityWanted(node: ASTNode) {
  return fault(node, 'une quantité s’écrit quantity("12.5", "kg").', 'a quantity is written quantity("12.5", "kg").');
}

/** Where nothing says what it is compared with: the unit's own, with as many decimals as any may have. */
function ownMeasure(node: ASTNode, unit: ASTNode): ValueKind {
  const measure = measureOf([textOf(unit)], mostDecimals);
  if (isMeasure(measure)) return { kind: 'quantity', measure };
  throw quantityWanted(node);
}

function quantityLiteral(node: ASTNode, text: string, code: string, measure: Measure): Literal {
  const unit = unitOf(code);
  const given = toScaled(text, mostDecimals);
  if (unit === null || !given.ok) throw quantityWanted(node);
  if (unit.dimension !== measure.dimension) {
    const known = measure.units.map((one) => one.code).join(', ');
    throw fault(node, `« ${code} » ne se convertit pas en : ${known}.`, `“${code}” doesn’t convert into: ${known}.`);
  }
  const value = wholeSteps(measure, unit, rational(given.units, 10n ** BigInt(mostDecimals)));
  if (value === null) {
    throw fault(
      node,
      `cette quantité est plus fine que ce que l’attribut peut garder (${measure.scale} décimales).`,
      `this quantity is finer than the attribute can keep (${measure.scale} decimals).`,
    );
  }
  const scaled = toScaled(text, measure.scale);
  return { type: 'quantity', value, scaled: scaled.ok ? scaled.units : null, unit: code, measure };
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
