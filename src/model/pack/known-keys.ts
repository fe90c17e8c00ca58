import { type AttributeKind, attributeKinds } from '../attributes/attribute-type.ts';
import { axisSchema, isViewKind, measureSchema, viewSchemas } from '../views/view-schema.ts';
import { laterKeys } from './later.ts';
import type { Path } from './pack-problem.ts';
import {
  attributeSchemas,
  childrenSchema,
  conditionSchema,
  effectSchema,
  grantSchema,
  lifecycleSchema,
  notifySchema,
  packSchema,
  relationSchema,
  reminderSchema,
  rightsSchema,
  rollupSchema,
  ruleSchema,
  scheduledSchema,
  sectionSchema,
  stateSchema,
  templateSchema,
  transitionSchema,
  typeSchema,
  uniqueTogetherSchema,
} from './pack-schema.ts';

export interface Place {
  readonly known: readonly string[];
  readonly later: readonly string[];
}

const attributeKeys = new Map<string, readonly string[]>([
  ...attributeKinds.map((kind) => [kind, Object.keys(attributeSchemas[kind].shape)] as const),
  ['children', Object.keys(childrenSchema.shape)],
]);

/** Which keys may stand where an unknown one was found. */
export function keysAt(path: Path, value: unknown): Place {
  if (path.length === 0) return { known: Object.keys(packSchema.shape), later: laterKeys.pack };
  const [first, , third] = path;
  if (first === 'views') return { known: keysOfView(path, value), later: [] };
  if (first === 'templates' && path.length === 2) return { known: Object.keys(templateSchema.shape), later: [] };
  if (first !== 'types') return { known: ['fr', 'en'], later: [] };
  if (path.length === 2) return { known: Object.keys(typeSchema.shape), later: laterKeys.type };
  if (third === 'rights') {
    if (path.length === 3) return { known: Object.keys(rightsSchema.shape), later: laterKeys.rights };
    return { known: Object.keys((path.at(-1) === 'when' ? conditionSchema : grantSchema).shape), later: [] };
  }
  if (third === 'relations') {
    if (path.length === 4) return { known: Object.keys(relationSchema.shape), later: laterKeys.relation };
    if (path.length === 6) return { known: keysOfAttribute(value), later: laterKeys.attribute };
  }
  if (third === 'constraints' && path.length === 4) {
    const isUnique = typeof value === 'object' && value !== null && 'unique' in value;
    return { known: Object.keys((isUnique ? uniqueTogetherSchema : ruleSchema).shape), later: [] };
  }
  if (third === 'sections' && path.length === 4) return { known: Object.keys(sectionSchema.shape), later: [] };
  if (third === 'attributes' && path.length === 4) return { known: keysOfAttribute(value), later: laterKeys.attribute };
  if (third === 'attributes' && path.at(-2) === 'quality') {
    return { known: Object.keys(conditionSchema.shape), later: [] };
  }
  if (third === 'attributes' && path.at(-1) === 'rollup') return { known: Object.keys(rollupSchema.shape), later: [] };
  if (third === 'lifecycle') {
    if (path.length === 3) return { known: Object.keys(lifecycleSchema.shape), later: laterKeys.lifecycle };
    if (path.length === 5 && path[3] === 'transitions') {
      return { known: Object.keys(transitionSchema.shape), later: laterKeys.transition };
    }
    if (path.at(-2) === 'effects') {
      return { known: Object.keys(effectSchema.shape), later: ['reserve', 'call', 'schedule', 'run'] };
    }
    if (path.at(-1) === 'notify') return { known: Object.keys(notifySchema.shape), later: [] };
    if (path.length === 5 && path[3] === 'reminders') return { known: Object.keys(reminderSchema.shape), later: [] };
    if (path.length === 5 && path[3] === 'scheduled') return { known: Object.keys(scheduledSchema.shape), later: [] };
    if (path.at(-1) === 'guard') return { known: Object.keys(conditionSchema.shape), later: [] };
    if (path.length === 5 && path[3] === 'states') return { known: Object.keys(stateSchema.shape), later: [] };
  }
  return { known: ['fr', 'en'], later: [] };
}

function keysOfView(path: Path, value: unknown): readonly string[] {
  const last = path.at(-1);
  if (path.length === 2) {
    const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
    return typeof kind === 'string' && isViewKind(kind) ? Object.keys(viewSchemas[kind].shape) : [];
  }
  if (path.length === 4 && path[2] === 'counters') return ['label', 'when'];
  if (last === 'measure') return Object.keys(measureSchema.shape);
  return last === 'label' || last === 'definition' ? ['fr', 'en'] : Object.keys(axisSchema.shape);
}

function keysOfAttribute(value: unknown): readonly string[] {
  const kind = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  return (typeof kind === 'string' ? attributeKeys.get(kind) : undefined) ?? [];
}

export function isAttributeKind(kind: string): kind is AttributeKind {
  return kind !== 'children' && attributeKeys.has(kind);
}
