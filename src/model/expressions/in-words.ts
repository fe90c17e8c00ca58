import { joined, same, type Text, unreachable } from '../../kernel/index.ts';
import { addressWords } from '../attributes/address-words.ts';
import { valueText } from '../attributes/measure.ts';
import { moneyScale } from '../attributes/money.ts';
import { fromScaled } from '../attributes/scaled.ts';
import { unitOf, unitWords } from '../attributes/unit.ts';
import type { Attribute, State } from '../model.ts';
import type { Comparison, Literal, Operand, Predicate, TextMatch } from './expression.ts';

/** What an expression's names are called on pages. */
export interface Named {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly lifecycle: { readonly states: ReadonlyMap<string, State> } | null;
}

/** A condition as a person reads it: the labels of the model, and words for the operators. For refusals without words of their own. */
export function inWords(predicate: Predicate, named: Named): Text {
  switch (predicate.kind) {
    case 'constant':
      return predicate.value ? { fr: 'toujours', en: 'always' } : { fr: 'jamais', en: 'never' };
    case 'and':
      return both(predicate.left, predicate.right, { fr: ' et ', en: ' and ' }, named);
    case 'or':
      return both(predicate.left, predicate.right, { fr: ' ou ', en: ' or ' }, named);
    case 'not':
      return phrase({ fr: 'pas (', en: 'not (' }, inWords(predicate.of, named), same(')'));
    case 'truth':
      return operandWords(predicate.operand, named);
    case 'filled':
      return phrase(
        operandWords(predicate.operand, named),
        predicate.isFilled ? { fr: ' est rempli', en: ' is filled' } : { fr: ' est vide', en: ' is empty' },
      );
    case 'compare':
      return compared(predicate, named);
    case 'among':
      return phrase(
        operandWords(predicate.operand, named),
        { fr: ' est l’un de : ', en: ' is one of: ' },
        joined(
          predicate.values.map((value) => literalWords(value, predicate.operand, named)),
          ', ',
        ),
      );
    case 'linked':
      return phrase(
        { fr: 'il a un lien « ', en: 'it has a link “' },
        predicate.relation.label,
        { fr: ' »', en: '”' },
        predicate.id === null ? same('') : same(` (${predicate.id})`),
      );
    case 'holds':
      return phrase(
        operandWords(predicate.operand, named),
        { fr: ' contient ', en: ' holds ' },
        literalWords({ type: 'text', value: predicate.value }, predicate.operand, named),
      );
    case 'match':
      return phrase(operandWords(predicate.operand, named), matchWords[predicate.how], quoted(predicate.text));
    default:
      return unreachable(predicate);
  }
}

const comparisonWords: Readonly<Record<Comparison, Text>> = {
  '==': { fr: ' est ', en: ' is ' },
  '!=': { fr: ' n’est pas ', en: ' is not ' },
  '<': { fr: ' est inférieur à ', en: ' is below ' },
  '<=': { fr: ' est au plus ', en: ' is at most ' },
  '>': { fr: ' dépasse ', en: ' is above ' },
  '>=': { fr: ' est au moins ', en: ' is at least ' },
};

const matchWords: Readonly<Record<TextMatch, Text>> = {
  startsWith: { fr: ' commence par ', en: ' begins with ' },
  contains: { fr: ' contient ', en: ' contains ' },
  endsWith: { fr: ' finit par ', en: ' ends with ' },
};

function compared({ operator, left, right }: Predicate & { readonly kind: 'compare' }, named: Named): Text {
  const value = right.kind === 'literal' ? literalWords(right.literal, left, named) : operandWords(right, named);
  return phrase(operandWords(left, named), comparisonWords[operator], value);
}

const systemWords: Readonly<Record<string, Text>> = {
  number: { fr: 'le numéro', en: 'the number' },
  state: { fr: 'l’état', en: 'the state' },
  version: { fr: 'la version', en: 'the version' },
  created_at: { fr: 'la date de création', en: 'the creation date' },
  created_by: { fr: 'l’auteur', en: 'the author' },
  updated_at: { fr: 'la date de modification', en: 'the date of the last change' },
  updated_by: { fr: 'l’auteur de la dernière modification', en: 'the author of the last change' },
};

function operandWords(operand: Operand, named: Named): Text {
  switch (operand.kind) {
    case 'column':
      return columnWords(operand, named);
    case 'literal':
      return literalWords(operand.literal, null, named);
    case 'moment':
      return {
        me: { fr: 'vous', en: 'you' },
        today: { fr: 'aujourd’hui', en: 'today' },
        now: { fr: 'maintenant', en: 'now' },
      }[operand.of];
    case 'conditional':
      return phrase(
        operandWords(operand.yes, named),
        { fr: ' (si ', en: ' (if ' },
        inWords(operand.when, named),
        { fr: ', sinon ', en: ', otherwise ' },
        operandWords(operand.no, named),
        same(')'),
      );
    default:
      return callWords(operand, named);
  }
}

function columnWords({ column, path }: Operand & { readonly kind: 'column' }, named: Named): Text {
  const [first] = path;
  const [own = '', part] = column.name.split('.');
  const name = first?.name ?? own;
  const label = named.attributes.get(name)?.label ?? systemWords[own] ?? same(own);
  const shown = named.attributes.has(name) ? phrase({ fr: '« ', en: '“' }, label, { fr: ' »', en: '”' }) : label;
  if (first !== undefined) return phrase(shown, same(` (${column.name})`));
  return part === undefined ? shown : phrase(shown, same(' ('), addressWords[part] ?? same(part), same(')'));
}

const between: Readonly<Record<string, string>> = {
  '+': '+',
  '-': '−',
  '*': '×',
  '/': '÷',
  joined: '+',
  later: '+',
  earlier: '−',
  days: '−',
};

function callWords({ name, operands }: Operand & { readonly kind: 'call' }, named: Named): Text {
  const parts = operands.map((one) => operandWords(one, named));
  const sign = between[name];
  if (sign !== undefined) return joined(parts, ` ${sign} `);
  return phrase(
    same(name === 'negative' ? '−' : `${name}(`),
    joined(parts, ', '),
    same(name === 'negative' ? '' : ')'),
  );
}

/** A value in the words of what it is compared with: the label of a state or of a choice. */
function literalWords(literal: Literal, of: Operand | null, named: Named): Text {
  if (literal.type === 'text' && of?.kind === 'column' && of.path.length === 0) {
    const { name } = of.column;
    const state = name === 'state' ? named.lifecycle?.states.get(literal.value) : undefined;
    const control = named.attributes.get(name)?.type.control;
    const options = control?.kind === 'choice' || control?.kind === 'choices' ? control.options : [];
    const label = state?.label ?? options.find((option) => option.value === literal.value)?.label;
    return quoted(label ?? literal.value);
  }
  switch (literal.type) {
    case 'boolean':
      return literal.value ? { fr: 'oui', en: 'yes' } : { fr: 'non', en: 'no' };
    case 'decimal':
      return same(fromScaled(literal.value, literal.scale, 0));
    case 'money':
      return same(`${fromScaled(literal.value, moneyScale, 2)} ${literal.currency}`);
    case 'quantity':
      return quantityWords(literal);
    case 'datetime':
      return same(literal.value.toISOString());
    case 'text':
      return quoted(literal.value);
    default:
      return same(String(literal.value));
  }
}

function quantityWords({ value, unit: code, measure }: Literal & { readonly type: 'quantity' }): Text {
  const unit = unitOf(code);
  const written = unit === null ? String(value) : valueText(value, unit, measure);
  return { fr: `${written} ${unitWords(code, 'fr')}`, en: `${written} ${unitWords(code, 'en')}` };
}

function quoted(text: Text | string): Text {
  return phrase({ fr: '« ', en: '“' }, typeof text === 'string' ? same(text) : text, { fr: ' »', en: '”' });
}

function both(left: Predicate, right: Predicate, word: Text, named: Named): Text {
  const part = (one: Predicate): Text =>
    one.kind === 'and' || one.kind === 'or' ? phrase(same('('), inWords(one, named), same(')')) : inWords(one, named);
  return phrase(part(left), word, part(right));
}

function phrase(...parts: readonly Text[]): Text {
  return joined(parts, '');
}
