import { isUuid, type Json, publicId } from '../../kernel/index.ts';
import {
  type Condition,
  fileOf,
  type Grant,
  isFilledIn,
  manyTyped,
  type TypeModel,
  type Value,
} from '../../model/index.ts';
import type { Checklist } from '../checklist.ts';
import type { HistoryEvent } from '../history.ts';
import { publicObjectId } from '../reference.ts';
import type { StoredObject } from '../stored-object.ts';
import type { PossibleTransition } from '../transition.ts';

/** An object as the API says it. `fields` keeps those attributes only. */
export function objectJson(type: TypeModel, object: StoredObject, fields: readonly string[] | null = null) {
  const entries = Object.entries(object.values).filter(([name]) => fields === null || fields.includes(name));
  return {
    id: publicObjectId(object.id),
    type: object.type,
    number: object.number,
    title: object.title,
    state: object.state,
    version: object.version,
    created_at: object.createdAt.toISOString(),
    created_by: object.createdBy,
    updated_at: object.updatedAt.toISOString(),
    updated_by: object.updatedBy,
    values: Object.fromEntries(entries.map(([name, value]) => [name, valueJson(type, name, value)])),
  };
}

/** References and files go out as public ids, as they may come in. */
function valueJson(type: TypeModel, name: string, value: Value): Value {
  const kind = type.relations.has(name) ? 'reference' : type.attributes.get(name)?.type.kind;
  const file = kind === 'file' ? fileOf(value) : null;
  if (file !== null) return { ...file, id: publicId('fil', file.id) };
  if (kind !== 'reference') return value;
  const several = manyTyped(value);
  if (several !== null && isUuid(several.id)) {
    return { ...Object(value), type: several.type, id: publicObjectId(several.id) };
  }
  return typeof value === 'string' && isUuid(value) ? publicObjectId(value) : value;
}

export function transitionJson(
  { transition, isPossible, reasons }: PossibleTransition,
  checklists: readonly Checklist[],
) {
  const checklist = checklists.find((one) => one.transition === transition);
  return {
    name: transition.name,
    label: transition.label,
    to: transition.to,
    requires: transition.requires,
    room: transition.room,
    checklist: transition.checklist.map((item) => {
      const tick = checklist?.items.find(({ name }) => name === item.name)?.tick ?? null;
      return { ...item, ticked: tick === null ? null : { at: tick.at.toISOString(), by: tick.actor } };
    }),
    possible: isPossible,
    reasons: reasons.map(({ pointer, code, text }) => ({ pointer, code, text })),
  };
}

export function historyJson(type: TypeModel, event: HistoryEvent) {
  return {
    id: event.id,
    at: event.at.toISOString(),
    actor: event.actor,
    source: event.source,
    action: event.action,
    transition: event.transition,
    version: event.version,
    changes: event.changes.map((change) =>
      change.isForgotten
        ? { attribute: change.attribute, forgotten: true }
        : {
            attribute: change.attribute,
            from: valueJson(type, change.attribute, change.from),
            to: valueJson(type, change.attribute, change.to),
          },
    ),
  };
}

/** A type as the API describes it: what a program needs to make a form of its own. */
export function typeJson(type: TypeModel) {
  return {
    name: type.name,
    pack: type.pack,
    label: type.label,
    plural: type.plural,
    definition: type.definition,
    number: type.number.text,
    attributes: [...type.attributes.values()].map((attribute) => ({
      name: attribute.name,
      type: attribute.type.kind,
      to: attribute.type.among ?? attribute.type.to,
      label: attribute.label,
      definition: attribute.definition,
      help: attribute.help,
      required: attribute.required,
      unique: attribute.unique,
      indexed: attribute.indexed,
      searchable: attribute.searchable,
      category: attribute.category,
      confidentiality: attribute.confidentiality,
      deprecated: attribute.deprecated,
      calculated: !isFilledIn(attribute),
      schema: attribute.type.jsonSchema as Json,
    })),
    relations: [...type.relations.values()].map(({ name, label, definition, to, inverse, attributes }) => ({
      name,
      label,
      definition,
      to,
      inverse,
      attributes: [...attributes.values()].map((attribute) => ({
        name: attribute.name,
        label: attribute.label,
        required: attribute.required,
        schema: attribute.type.jsonSchema as Json,
      })),
    })),
    children: [...type.children.values()].map((children) => ({ ...children })),
    constraints: type.constraints.map((constraint) => ({
      name: constraint.name,
      why: constraint.why,
      ...(constraint.kind === 'unique'
        ? { unique: constraint.attributes, empty: constraint.isEmptySame ? 'same' : 'differs' }
        : { if: constraint.condition.source }),
    })),
    lifecycle:
      type.lifecycle === null
        ? null
        : {
            initial: type.lifecycle.initial,
            states: [...type.lifecycle.states.values()].map(({ name, label, isFinal }) => ({
              name,
              label,
              final: isFinal,
            })),
            transitions: [...type.lifecycle.transitions.values()].map(
              ({ notBy, guard, effects: _effects, ...transition }) => ({
                ...transition,
                not_by: notBy,
                guard: guard === null ? null : shownCondition(guard),
              }),
            ),
          },
    rights: {
      read: shownGrants(type.rights.read),
      create: shownGrants(type.rights.create),
      update: shownGrants(type.rights.update),
      delete: shownGrants(type.rights.delete),
    },
  };
}

function shownGrants(grants: readonly Grant[]): Json {
  return grants.map(({ roles, when }) => ({ roles: [...roles], when: when === null ? null : shownCondition(when) }));
}

function shownCondition({ source, why }: Condition): Json {
  return { if: source, why: { ...why } };
}
