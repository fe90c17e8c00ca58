import type { ASTNode } from '@marcbachmann/cel-js';
import { addressParts } from '../attributes/address.ts';
import { unitOf } from '../attributes/unit.ts';
import { nearest } from '../pack/nearest.ts';
import { type Around, fault } from './around.ts';
import { type CallName, common, type Followed, isNumeric, kindOf, type Operand, type ValueKind } from './expression.ts';
import { isLiteral, literalOf, naturalLiteral } from './literals.ts';
import type { NamedColumn, Shape } from './shape.ts';

const number: ValueKind = { kind: 'number' };
const text: ValueKind = { kind: 'text' };

/** A value, checked. `wanted` is what a literal is read as; null: as it is written. */
export function operandOf(node: ASTNode, around: Around, wanted: ValueKind | null): Operand {
  const { shape } = around;
  if (isLiteral(node))
    return { kind: 'literal', literal: wanted === null ? naturalLiteral(node) : literalOf(node, wanted) };
  switch (node.op) {
    case 'id':
      if (node.args === 'me' && !shape.columns.has('me')) return { kind: 'moment', of: 'me', type: 'text' };
      return calculated(columnOf(node, node.args, shape));
    case '.':
      return followed(node, around);
    case '+':
    case '-':
    case '*':
    case '/':
      return arithmetic(node, node.op, node.args, around);
    case '-_':
      return negative(node, operandOf(node.args, around, null));
    case '?:':
      return conditional(node, node.args, around, wanted);
    case 'call':
      return called(node, node.args, around, wanted);
    case 'rcall': {
      const [name, receiver, given] = node.args;
      return called(node, [name, [receiver, ...given]], around, wanted);
    }
    default:
      throw fault(node, 'une valeur est attendue ici.', 'a value is expected here.');
  }
}

/** What is read as what the other side is: literals, and what is known when the expression is run. */
export function isAdaptive(node: ASTNode): boolean {
  if (isLiteral(node)) return true;
  return node.op === 'call' && (node.args[0] === 'today' || node.args[0] === 'now');
}

function columnOf(node: ASTNode, name: string, shape: Shape): NamedColumn {
  const column = shape.columns.get(name);
  if (column !== undefined) return column;
  if (shape.others.has(name)) {
    throw fault(node, `on ne peut pas filtrer sur « ${name} ».`, `“${name}” can’t be filtered on.`);
  }
  const close = nearest(name, shape.columns.keys());
  const hint =
    close === null ? { fr: '', en: '' } : { fr: ` Vouliez-vous dire « ${close} » ?`, en: ` Did you mean “${close}”?` };
  throw fault(
    node,
    `aucun attribut ne s’appelle « ${name} ».${hint.fr}`,
    `no attribute is called “${name}”.${hint.en}`,
  );
}

/** What is calculated when it is read is read as its own expression. */
function calculated(column: NamedColumn): Operand {
  const computed = column.computed?.() ?? null;
  return computed === null || computed.isStored ? { kind: 'column', column, path: [] } : computed.value;
}

/** `supplier.country`: the value that the object behind a reference has. */
function followed(node: ASTNode & { readonly op: '.' }, around: Around): Operand {
  const [from, name] = node.args;
  const reference = operandOf(from, around, null);
  if (reference.kind === 'column' && kindOf(reference).kind === 'address') return partOf(node, name, reference);
  if (reference.kind === 'column' && reference.column.among !== null) return typeBehind(node, name, reference);
  if (reference.kind !== 'column' || reference.column.to === null) {
    throw fault(from, 'ce qui précède le point est une référence.', 'what comes before the dot is a reference.');
  }
  const { column } = reference;
  const target = reference.path
    .reduce((at, step) => at.follow(step.type)?.shape ?? at, around.shape)
    .follow(column.to ?? '');
  const [physical] = column.columns;
  if (target === null || physical === undefined) throw new Error(`${column.name} leads nowhere`);
  const step: Followed = { name: column.name, column: physical, type: column.to ?? '', table: target.table };
  const last = columnOf(node, name, target.shape);
  if (last.computed !== null && !last.computed().isStored) {
    throw fault(
      node,
      `« ${name} » se calcule à la lecture : reprenez son calcul ici.`,
      `“${name}” is calculated when it is read: write its calculation here.`,
    );
  }
  return { kind: 'column', column: last, path: [...reference.path, step] };
}

/** `party.type`: of a reference to any of several types, which one. */
function typeBehind(node: ASTNode, name: string, reference: Operand & { readonly kind: 'column' }): Operand {
  const { column } = reference;
  if (name !== 'type') {
    throw fault(
      node,
      `« ${column.name} » mène à plusieurs types : seul « ${column.name}.type » se lit.`,
      `“${column.name}” leads to several types: only “${column.name}.type” can be read.`,
    );
  }
  const type = { ...column, columns: column.columns.slice(1, 2), to: null, among: null, values: column.among };
  return { ...reference, column: { ...type, name: `${column.name}.type`, expression: { kind: 'text' } } };
}

/** `delivery.city`: a part of an address, which is a text. */
function partOf(node: ASTNode, part: string, whole: Operand & { readonly kind: 'column' }): Operand {
  const place = Object.entries(addressParts).find(([name]) => name === part)?.[1];
  const physical = whole.column.columns[place ?? 0];
  if (place === undefined || physical === undefined) {
    const known = Object.keys(addressParts).join(', ');
    throw fault(node, `une adresse a les parties : ${known}.`, `an address has the parts: ${known}.`);
  }
  const name = `${whole.column.name}.${part}`;
  return { ...whole, column: { ...whole.column, name, columns: [physical], expression: { kind: 'text' } } };
}

function arithmetic(
  node: ASTNode,
  operator: '+' | '-' | '*' | '/',
  [a, b]: readonly [ASTNode, ASTNode],
  around: Around,
): Operand {
  const operands = [operandOf(a, around, null), operandOf(b, around, null)] as const;
  const [left, right] = operands.map(kindOf) as [ValueKind, ValueKind];
  const call = (name: CallName, type: ValueKind): Operand => ({ kind: 'call', name, operands, type });
  const isMoney = { left: left.kind === 'money', right: right.kind === 'money' };
  if (isNumeric(left) && isNumeric(right)) return call(operator, number);
  if (operator === '+' && left.kind === 'text' && right.kind === 'text') return call('joined', text);
  if ((operator === '+' || operator === '-') && isMoney.left && isMoney.right) return call(operator, left);
  if (operator === '*' && isMoney.left && isNumeric(right)) return call('*', left);
  if (operator === '*' && isNumeric(left) && isMoney.right) {
    return { kind: 'call', name: '*', operands: [operands[1], operands[0]], type: right };
  }
  if (operator === '/' && isMoney.left && isNumeric(right)) return call('/', left);
  if (operator === '/' && isMoney.left && isMoney.right) return call('/', number);
  const isDay = left.kind === 'date' || left.kind === 'datetime';
  if (operator === '+' && isDay && right.kind === 'duration') return call('later', left);
  if (operator === '-' && isDay && right.kind === 'duration') return call('earlier', left);
  if (operator === '-' && left.kind === 'date' && right.kind === 'date') return call('days', number);
  throw fault(
    node,
    `« ${operator} » n’a pas de sens entre ${described(operands[0]).fr} et ${described(operands[1]).fr}.`,
    `“${operator}” makes no sense between ${described(operands[0]).en} and ${described(operands[1]).en}.`,
  );
}

function negative(node: ASTNode, operand: Operand): Operand {
  const type = kindOf(operand);
  if (!isNumeric(type) && type.kind !== 'money') throw fault(node, 'un nombre est attendu.', 'a number is expected.');
  return { kind: 'call', name: 'negative', operands: [operand], type: type.kind === 'money' ? type : number };
}

function conditional(
  node: ASTNode,
  [when, a, b]: readonly [ASTNode, ASTNode, ASTNode],
  around: Around,
  wanted: ValueKind | null,
): Operand {
  const [yes, no] = matched(a, b, around, wanted);
  const type = common(kindOf(yes), kindOf(no));
  if (type === null) {
    throw fault(
      node,
      `les deux issues de « ? : » sont de la même sorte, et voici ${described(yes).fr} et ${described(no).fr}.`,
      `both outcomes of “? :” are of one kind, and these are ${described(yes).en} and ${described(no).en}.`,
    );
  }
  return { kind: 'conditional', when: around.condition(when, around), yes, no, type };
}

/** Two values that stand side by side: a literal is read as what the other one is. */
export function matched(a: ASTNode, b: ASTNode, around: Around, wanted: ValueKind | null): readonly [Operand, Operand] {
  if (isAdaptive(a) && !isAdaptive(b)) {
    const right = operandOf(b, around, wanted);
    return [operandOf(a, around, kindOf(right)), right];
  }
  const left = operandOf(a, around, wanted);
  return [left, operandOf(b, around, isAdaptive(b) ? kindOf(left) : wanted)];
}

interface Signature {
  readonly takes: readonly (readonly ValueKind['kind'][])[];
  readonly gives: (first: ValueKind) => ValueKind;
}

const numeric = ['integer', 'decimal', 'number'] as const;
const dated = ['date', 'datetime'] as const;

const signatures: Readonly<Record<string, Signature & { readonly name: CallName }>> = {
  lower: { name: 'lower', takes: [['text']], gives: () => text },
  upper: { name: 'upper', takes: [['text']], gives: () => text },
  size: { name: 'size', takes: [['text', 'texts']], gives: () => number },
  abs: { name: 'abs', takes: [numeric], gives: () => number },
  round: { name: 'round', takes: [numeric, numeric], gives: () => number },
  year: { name: 'year', takes: [dated], gives: () => number },
  month: { name: 'month', takes: [dated], gives: () => number },
  day: { name: 'day', takes: [dated], gives: () => number },
};

function called(
  node: ASTNode,
  [name, given]: readonly [string, readonly ASTNode[]],
  around: Around,
  wanted: ValueKind | null,
): Operand {
  if ((name === 'today' || name === 'now') && given.length === 0) return instant(node, name, wanted);
  if (name === 'value_in') return valueIn(node, given, around);
  const signature = Object.hasOwn(signatures, name) ? signatures[name] : undefined;
  if (signature === undefined) {
    throw fault(node, `« ${name} » n’est pas pris en charge.`, `“${name}” is not supported.`);
  }
  const operands = given.map((one) => operandOf(one, around, null));
  const [first] = operands;
  const fits = operands.every((one, at) => signature.takes[at]?.includes(kindOf(one).kind) === true);
  if (first === undefined || operands.length !== signature.takes.length || !fits) {
    throw fault(node, `« ${name}(…) » ne convient pas ici.`, `“${name}(…)” does not fit here.`);
  }
  return { kind: 'call', name: signature.name, operands, type: signature.gives(kindOf(first)) };
}

/** `value_in(weight, "kg")`: the number that a quantity is in a unit. */
function valueIn(node: ASTNode, [of, unit]: readonly ASTNode[], around: Around): Operand {
  const quantity = of === undefined ? null : operandOf(of, around, null);
  const kind = quantity === null ? null : kindOf(quantity);
  const code = unit === undefined ? null : literalOf(unit, text);
  const known = code?.type === 'text' ? unitOf(code.value) : null;
  if (quantity === null || kind?.kind !== 'quantity' || code === null || known?.dimension !== kind.measure.dimension) {
    throw fault(
      node,
      '« value_in(quantité, "kg") » prend une quantité et une unité en laquelle elle se convertit.',
      '“value_in(quantity, "kg")” takes a quantity and a unit that it converts into.',
    );
  }
  return { kind: 'call', name: 'value_in', operands: [quantity, { kind: 'literal', literal: code }], type: number };
}

function instant(node: ASTNode, name: 'today' | 'now', wanted: ValueKind | null): Operand {
  const type = wanted?.kind ?? (name === 'today' ? 'date' : 'datetime');
  if (type === 'datetime' || (type === 'date' && name === 'today')) return { kind: 'moment', of: name, type };
  throw fault(node, `« ${name}(…) » ne convient pas ici.`, `“${name}(…)” does not fit here.`);
}

const kindWords: Readonly<Record<ValueKind['kind'], { readonly fr: string; readonly en: string }>> = {
  text: { fr: 'un texte', en: 'a text' },
  texts: { fr: 'plusieurs choix', en: 'several choices' },
  integer: { fr: 'un nombre', en: 'a number' },
  decimal: { fr: 'un nombre', en: 'a number' },
  number: { fr: 'un nombre', en: 'a number' },
  money: { fr: 'un montant', en: 'an amount' },
  boolean: { fr: 'oui ou non', en: 'yes or no' },
  date: { fr: 'une date', en: 'a date' },
  datetime: { fr: 'un instant', en: 'an instant' },
  duration: { fr: 'une durée', en: 'a duration' },
  reference: { fr: 'une référence', en: 'a reference' },
  quantity: { fr: 'une quantité', en: 'a quantity' },
  address: { fr: 'une adresse', en: 'an address' },
};

/** `“price” (an amount)`, or the kind alone. */
export function described(operand: Operand): { readonly fr: string; readonly en: string } {
  const kind = kindWords[kindOf(operand).kind];
  if (operand.kind !== 'column') return kind;
  const name = [...operand.path.map((step) => step.name), operand.column.name].join('.');
  return { fr: `« ${name} » (${kind.fr})`, en: `“${name}” (${kind.en})` };
}
