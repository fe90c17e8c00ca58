/**
 * What `model.md` describes and this version does not do yet. A pack that uses it is refused with these words: nothing
 * is ever silently ignored. Each comes with the complete model engine.
 */
export const laterKeys: Readonly<
  Record<'pack' | 'type' | 'attribute' | 'lifecycle' | 'transition' | 'rights', readonly string[]>
> = {
  pack: ['connectors', 'rules', 'protocols', 'documents', 'roles', 'scenarios', 'glossary'],
  type: ['extends', 'relations', 'retention', 'protocols', 'quality', 'ledger', 'movement', 'locked', 'valid'],
  attribute: ['expression', 'when', 'visible', 'rights'],
  lifecycle: [],
  transition: ['protocol', 'produces', 'when'],
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
