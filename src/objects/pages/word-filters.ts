import { same } from '../../kernel/index.ts';
import type { Attribute, TypeModel } from '../../model/index.ts';
import type { Filter } from '../../ui/index.ts';
import { words } from './words.ts';

/** What an address such as `?state=in_service&criticality=high&q=paie` asks of a list. */
export interface WordFilters {
  /** The same as one condition in CEL; null for none. */
  readonly condition: string | null;
  readonly search: string | null;
  /** The controls above the list. */
  readonly filters: readonly Filter[];
  /** Every filter of the address, to carry on to the next page. */
  readonly kept: Readonly<Record<string, string>>;
}

/** More would make the page heavy; others can still be written in the address. */
const offeredChoices = 3;

/** Names of an attribute's filters that aren't its own: `due_on_from`, `due_on_to`. */
const bounded: ReadonlySet<string> = new Set(['date', 'datetime', 'quantity']);
const bounds = { _from: '>=', _to: '<=' } as const;

export function readWordFilters(type: TypeModel, params: URLSearchParams): WordFilters {
  const conditions: string[] = [];
  const filters: Filter[] = [searchFilter(params)];
  const kept: Record<string, string> = {};
  const keep = (name: string): string => {
    const value = params.get(name)?.trim() ?? '';
    if (value !== '') kept[name] = value;
    return value;
  };
  keep('q');
  if (type.lifecycle !== null) {
    const value = keep('state');
    if (value !== '') conditions.push(`state == ${JSON.stringify(value)}`);
    const choices = [...type.lifecycle.states.values()].map((state) => ({ value: state.name, text: state.label }));
    filters.push({ kind: 'choice', name: 'state', label: words.state, value, choices });
  }
  let offered = 0;
  for (const attribute of type.attributes.values()) {
    const value = keep(attribute.name);
    const condition = equals(attribute, value);
    if (condition !== null) conditions.push(condition);
    for (const part of attribute.type.kind === 'address' ? (['city', 'postal_code'] as const) : []) {
      const name = `${attribute.name}_${part}`;
      const wanted = keep(name);
      if (wanted === '') continue;
      conditions.push(`${attribute.name}.${part} == ${JSON.stringify(wanted)}`);
      filters.push({ kind: 'search', name, label: partLabel(attribute, part), value: wanted });
    }
    const choices = choicesOf(attribute, value);
    if (choices !== null && (value !== '' || (attribute.indexed && offered < offeredChoices))) {
      offered += 1;
      filters.push({ kind: 'choice', name: attribute.name, label: attribute.label, value, choices });
    }
    for (const [suffix, operator] of Object.entries(bounds)) {
      const bound = keep(`${attribute.name}${suffix}`);
      const { kind } = attribute.type;
      if (bound === '' || !bounded.has(kind)) continue;
      conditions.push(`${attribute.name} ${operator} ${literal(attribute, bound)}`);
      filters.push({
        kind: kind === 'quantity' ? 'search' : 'date',
        name: `${attribute.name}${suffix}`,
        label: boundLabel(attribute, suffix),
        value: bound,
      });
    }
  }
  const given = keep('filter');
  if (given !== '') {
    conditions.push(`(${given})`);
    filters.push({ kind: 'search', name: 'filter', label: words.condition, value: given });
  }
  return { condition: conditions.length === 0 ? null : conditions.join(' && '), search: kept.q ?? null, filters, kept };
}

function searchFilter(params: URLSearchParams): Filter {
  return { kind: 'search', name: 'q', label: words.search, value: params.get('q')?.trim() ?? '' };
}

function equals(attribute: Attribute, value: string): string | null {
  if (value === '') return null;
  switch (attribute.type.expression.kind) {
    case 'boolean':
      return value === 'true' || value === 'false' ? `${attribute.name} == ${value}` : null;
    case 'texts':
      return `${JSON.stringify(value)} in ${attribute.name}`;
    case 'none':
    case 'money':
    case 'address':
      return null;
    default:
      return `${attribute.name} == ${literal(attribute, value)}`;
  }
}

/** `12.5 kg` of an address is the quantity that an expression writes apart. */
function literal(attribute: Attribute, value: string): string {
  if (attribute.type.kind !== 'quantity') return JSON.stringify(value);
  const [, amount = value, unit = ''] = /^(\S+)\s*(.*)$/.exec(value) ?? [];
  return `quantity(${JSON.stringify(amount.replace(',', '.'))}, ${JSON.stringify(unit)})`;
}

function partLabel({ label }: Attribute, part: 'city' | 'postal_code'): Attribute['label'] {
  const { fr, en } = part === 'city' ? words.city : words.postalCode;
  return { fr: `${label.fr} : ${fr.toLowerCase()}`, en: `${label.en}: ${en.toLowerCase()}` };
}

/** The choices of its control; a value that isn't one of them (a reference's id) is the only choice besides none. */
function choicesOf(attribute: Attribute, value: string): Extract<Filter, { kind: 'choice' }>['choices'] | null {
  const { control } = attribute.type;
  if (control.kind === 'choice' || control.kind === 'choices') {
    return control.options.map((option) => ({ value: option.value, text: option.label }));
  }
  return value === '' ? null : [{ value, text: same(value) }];
}

function boundLabel(attribute: Attribute, suffix: string): Attribute['label'] {
  return suffix === '_from'
    ? { fr: `${attribute.label.fr}, à partir du`, en: `${attribute.label.en}, from` }
    : { fr: `${attribute.label.fr}, jusqu’au`, en: `${attribute.label.en}, until` };
}
