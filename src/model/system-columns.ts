/** Columns that every table of the model has, with their PostgreSQL types. Attributes can't take their names. */
export const systemColumns = [
  { name: 'org', sqlType: 'uuid', isNullable: false, defaultTo: 'store.current_org()' },
  { name: 'id', sqlType: 'uuid', isNullable: false, defaultTo: null },
  { name: 'number', sqlType: 'text', isNullable: false, defaultTo: null },
  { name: 'state', sqlType: 'text', isNullable: true, defaultTo: null },
  { name: 'version', sqlType: 'integer', isNullable: false, defaultTo: '1' },
  { name: 'created_at', sqlType: 'timestamp with time zone', isNullable: false, defaultTo: null },
  { name: 'created_by', sqlType: 'text', isNullable: false, defaultTo: null },
  { name: 'updated_at', sqlType: 'timestamp with time zone', isNullable: false, defaultTo: null },
  { name: 'updated_by', sqlType: 'text', isNullable: false, defaultTo: null },
] as const;

/** Also kept for what the engine will need: business time, provenance, the title, and words of expressions. */
const keptForLater = [
  'title',
  'type',
  'valid_from',
  'valid_to',
  'scenario',
  'source',
  'me',
  'now',
  'today',
  'self',
  'in',
];

export const reservedNames: ReadonlySet<string> = new Set([
  ...systemColumns.map((column) => column.name),
  ...keptForLater,
]);
