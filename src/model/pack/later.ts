/**
 * What `model.md` describes and this version does not do yet. A pack that uses it is refused with these words: nothing
 * is ever silently ignored. Each comes with the complete model engine.
 */
export const laterKeys: Readonly<
  Record<'pack' | 'type' | 'attribute' | 'lifecycle' | 'transition' | 'rights', readonly string[]>
> = {
  pack: ['connectors', 'rules', 'protocols', 'documents', 'templates', 'roles', 'scenarios', 'glossary'],
  type: ['extends', 'relations', 'retention', 'protocols', 'quality', 'ledger', 'movement', 'locked', 'valid'],
  attribute: ['expression', 'when', 'visible', 'rights'],
  lifecycle: ['scheduled', 'reminders'],
  transition: ['protocol', 'produces', 'when', 'scheduled', 'notify'],
  rights: [],
};

/** Kinds of views that this version doesn't draw. */
export const laterViews: readonly string[] = [
  'heat_map',
  'diagram',
  'calendar',
  'timeline',
  'matrix',
  'tree',
  'dashboard',
];
