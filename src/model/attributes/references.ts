import { isUuid, parseId } from '../../kernel/index.ts';
import { type AttributeType, faulty, parsed, type Value, wrongValue } from './attribute-type.ts';

/** One object of any of several types. */
export interface ManyTyped {
  readonly type: string;
  readonly id: string;
}

/** Of the columns before those of each type. */
const ownColumns = 2;

/**
 * A reference to one of several types: the id, by which it filters and sorts; the type; and a column for each type, worked out by the
 * database, on which stands a foreign key, so that no object goes away while one refers to it.
 */
export function referencesType(among: readonly string[]): AttributeType {
  return {
    kind: 'reference',
    to: null,
    among,
    columns: [
      { suffix: '', sqlType: 'uuid' },
      { suffix: '_type', sqlType: 'text' },
      ...among.map((type) => ({ suffix: `_to_${type}`, sqlType: 'uuid' })),
    ],
    derived: ([id = '', type = '', ...targets]) =>
      targets.map((column, at) => ({ column, sql: `case when ${type} = '${among[at] ?? ''}' then ${id} end` })),
    within: ([, type = '']) => `${type} in (${among.map((one) => `'${one}'`).join(', ')})`,
    parse: (input) => {
      const given = typeof input === 'object' && input !== null && 'type' in input && 'id' in input ? input : null;
      const id = typeof given?.id === 'string' ? parseId('obj', given.id.trim()) : null;
      const type = among.find((one) => one === given?.type);
      return id === null || type === undefined ? notReference(among) : parsed({ type, id });
    },
    encode: (value) => {
      const { type, id } = manyTyped(value) ?? wrongValue('reference');
      return [isUuid(id) ? id : wrongValue('reference'), type, ...among.map((one) => (one === type ? id : null))];
    },
    decode: ([id, type]) =>
      typeof id === 'string' && typeof type === 'string' ? { type, id } : wrongValue('reference'),
    show: (value) => manyTyped(value)?.id ?? '',
    expression: { kind: 'reference' },
    control: { kind: 'reference', to: among },
    jsonSchema: {
      type: 'object',
      required: ['type', 'id'],
      properties: { type: { type: 'string', enum: [...among] }, id: { type: 'string' } },
    },
    typescript: among.map((type) => `{ readonly type: '${type}'; readonly id: Id<'${type}'> }`).join(' | '),
  };
}

/** The column that holds the id when the object is of that type. */
export function columnTo(columns: readonly string[], among: readonly string[], type: string): string | null {
  const at = among.indexOf(type);
  return at === -1 ? null : (columns[ownColumns + at] ?? null);
}

export function manyTyped(value: Value): ManyTyped | null {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('id' in value)) return null;
  const { type, id } = value;
  return typeof type === 'string' && typeof id === 'string' ? { type, id } : null;
}

function notReference(among: readonly string[]) {
  const listed = among.join(', ');
  return faulty(
    'not_reference',
    `Le numéro d’un objet est attendu, ou {"type": …, "id": …} avec un type parmi : ${listed}.`,
    `An object’s number is expected, or {"type": …, "id": …} with a type among: ${listed}.`,
  );
}
