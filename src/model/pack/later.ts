/**
 * What `model.md` describes and this version does not do yet. A pack that uses it is refused with these words: nothing
 * is ever silently ignored. Each comes with the complete model engine.
 */
export const laterKeys: Readonly<
  Record<'pack' | 'type' | 'attribute' | 'relation' | 'lifecycle' | 'transition' | 'rights', readonly string[]>
> = {
  pack: ['connectors', 'rules', 'protocols', 'documents', 'roles', 'scenarios', 'glossary'],
  type: ['extends', 'retention', 'protocols', 'quality', 'ledger', 'movement', 'locked', 'valid'],
  attribute: ['expression', 'when', 'visible', 'rights'],
  relation: ['impact'],
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
