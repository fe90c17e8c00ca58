import type { Text } from '../kernel/index.ts';
import type { AttributeType, Value } from './attributes/attribute-type.ts';
import type { CategoryName } from './categories.ts';
import type { Computed } from './expressions/computed.ts';
import type { Condition } from './expressions/condition.ts';
import type { Effect } from './expressions/effects.ts';
import type { NumberPattern } from './number-pattern.ts';
import type { Role } from './roles.ts';
import type { TitleTemplate } from './title-template.ts';
import type { View } from './views/view.ts';

/**
 * One compiled, immutable snapshot of what an installation's packs say. A request pins one and uses it to its end;
 * another snapshot never changes this one.
 */
export interface Model {
  readonly packs: readonly PackFacts[];
  readonly types: ReadonlyMap<string, TypeModel>;
  /** What its packs show of them, by name. */
  readonly views: ReadonlyMap<string, View>;
  /** SHA-256 (hexadecimal) of what the packs say: two models with the same fingerprint mean the same. */
  readonly fingerprint: string;
}

export interface PackFacts {
  readonly name: string;
  readonly version: string;
  readonly label: Text;
  readonly definition: Text | null;
}

/** A kind of business object. */
export interface TypeModel {
  readonly name: string;
  readonly pack: string;
  readonly label: Text;
  readonly plural: Text;
  readonly definition: Text | null;
  readonly icon: string | null;
  readonly number: NumberPattern;
  readonly title: TitleTemplate;
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Objects that are part of this one, by the name it gives them. */
  readonly children: ReadonlyMap<string, Children>;
  /** Links to objects of other types, by the name that this side gives them. */
  readonly relations: ReadonlyMap<string, Relation>;
  readonly sections: readonly Section[];
  /** Names of what a list shows by default: attributes, `number`, `state`. */
  readonly columns: readonly string[];
  readonly lifecycle: Lifecycle | null;
  readonly rights: Rights;
  readonly quality: readonly QualityRule[];
  /** What must hold of its rows, whoever writes. */
  readonly constraints: readonly Constraint[];
  /** Those of every type, by the name the database knows them by: a write may break that of an object it adds to. */
  readonly allConstraints: ReadonlyMap<string, Constraint>;
  /** The reference that places an object in a user's perimeter; `self` when the object is itself a perimeter. */
  readonly perimeter: string | null;
  /** Name of its table in schema `model`. Never reused for another type. */
  readonly table: string;
}

/** A typed, defined property of a type. */
export interface Attribute {
  readonly name: string;
  readonly type: AttributeType;
  readonly label: Text;
  readonly definition: Text | null;
  readonly example: string | null;
  readonly help: Text | null;
  readonly required: boolean;
  readonly unique: boolean;
  /** Sorting by it, and filtering fast, need it. References are always indexed. */
  readonly indexed: boolean;
  readonly searchable: boolean;
  /** Written at creation when nothing is given. */
  readonly defaultValue: Value;
  readonly category: CategoryName | null;
  readonly confidentiality: Confidentiality;
  readonly deprecated: boolean;
  /** Its former name, when it was renamed. */
  readonly was: string | null;
  /** Calculated rather than given; null for what people fill. */
  readonly computed: (() => Computed) | null;
  /** Allotted by a transition, of sequences; null for the others. */
  readonly sequence: Sequence | null;
  /** Kept true from the objects that refer to this one; null for the others. */
  readonly rollup: Rollup | null;
  /** Physical column names, one for each of `type.columns`; of what is calculated when it is read, the names it is read under. Never reused for another attribute. */
  readonly columns: readonly string[];
}

/** Numbers without gap, in the order of time: the first of these transitions that an object does allots its own. */
export interface Sequence {
  readonly pattern: NumberPattern;
  readonly at: readonly string[];
}

/** Composition: objects of another type that refer to this one, entered and deleted with it. */
export interface Children {
  readonly name: string;
  readonly label: Text;
  readonly definition: Text | null;
  readonly type: string;
  /** Their reference to this one. */
  readonly by: string;
}

/** Links between objects of two types, as one of them sees them. */
export interface Relation {
  readonly name: string;
  readonly label: Text;
  readonly definition: Text | null;
  /** What the links are kept under: the type that declares the relation, and its name there. */
  readonly key: string;
  /** Whether this is the side that the relation leads to. */
  readonly isInverse: boolean;
  /** The type on the other side, and what the relation is called there. */
  readonly to: string;
  readonly inverse: string;
  /** What is said of each link. */
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** A count, sum, smallest or largest over the objects of `type` whose reference `by` is to this one. */
export interface Rollup {
  readonly how: 'count' | 'sum' | 'min' | 'max';
  /** Their attribute; null when they are counted. */
  readonly what: string | null;
  readonly type: string;
  readonly by: string;
  /** Those that count; null: all. It stands on themselves alone. */
  readonly when: Condition | null;
}

/** Whether people fill it: it is neither calculated nor added up nor allotted. */
export function isFilledIn(attribute: Attribute): boolean {
  return attribute.computed === null && attribute.rollup === null && attribute.sequence === null;
}

/** What should hold of an object. Where it doesn't, that is told; nothing is refused. */
export interface QualityRule {
  readonly attribute: string;
  readonly name: string;
  readonly condition: Condition;
}

/** What the database holds of the rows of a type. `why` says what must be so. */
export type Constraint = {
  readonly name: string;
  /** Of the index or the check. */
  readonly constraintName: string;
  readonly why: Text;
} & (
  | {
      readonly kind: 'unique';
      /** Attributes, or `state`. */
      readonly attributes: readonly string[];
      /** Whether what isn't filled is equal to itself; otherwise rows with something not filled aren't compared. */
      readonly isEmptySame: boolean;
    }
  | { readonly kind: 'condition'; readonly condition: Condition }
);

export const confidentialities = ['public', 'internal', 'restricted', 'secret'] as const;
export type Confidentiality = (typeof confidentialities)[number];

/** A group of attributes on the object page and in the form. The first one, without label, holds what no section names. */
export interface Section {
  readonly label: Text | null;
  readonly attributes: readonly string[];
}

export interface Lifecycle {
  readonly initial: string;
  readonly states: ReadonlyMap<string, State>;
  readonly transitions: ReadonlyMap<string, Transition>;
  readonly reminders: readonly Reminder[];
  readonly scheduled: readonly Scheduled[];
}

export interface State {
  readonly name: string;
  readonly label: Text;
  readonly isFinal: boolean;
}

export interface Transition {
  readonly name: string;
  readonly label: Text;
  readonly from: readonly string[];
  readonly to: string;
  readonly roles: readonly Role[];
  /** Attributes that must be filled before. */
  readonly requires: readonly string[];
  /** Transitions whose last author on this object may not do this one (four eyes). */
  readonly notBy: readonly string[];
  /** What must hold on the object, with what the transition itself fills. */
  readonly guard: Condition | null;
  /** What people tick one by one before it, each passage anew. */
  readonly checklist: readonly ChecklistItem[];
  /** What it does besides, in order. */
  readonly effects: readonly Effect[];
  /** The room whose code does it; null: the generic page and API do. */
  readonly room: string | null;
}

/** Whom to tell, and what. Names in braces stand for what the object is when it is read. */
export interface Notice {
  readonly roles: readonly Role[];
  /** `created_by`, `updated_by`, or attributes that name a user: `user:…`, or the address of their account. */
  readonly users: readonly string[];
  readonly title: Text;
  readonly body: Text | null;
}

export interface Reminder {
  readonly name: string;
  /** A date attribute, and how many days after it (before, when negative). */
  readonly on: string;
  readonly days: number;
  /** Only in these states; null: in any. */
  readonly states: readonly string[] | null;
  readonly notice: Notice;
}

/** A transition that Socle does itself. */
export interface Scheduled {
  readonly name: string;
  readonly transition: string;
  /** When a day has come, or after a time (ISO 8601) in the state it leaves from. */
  readonly when: { readonly on: string; readonly days: number } | { readonly after: string };
}

export interface ChecklistItem {
  readonly name: string;
  readonly label: Text;
}

export const operations = ['read', 'create', 'update', 'delete'] as const;
export type Operation = (typeof operations)[number];
/** Who may: any of these roles, on the objects of which the condition holds (null: on all). */
export interface Grant {
  readonly roles: readonly Role[];
  readonly when: Condition | null;
}
export type Rights = Readonly<Record<Operation, readonly Grant[]>>;

export function typeOf(model: Model, name: string): TypeModel | null {
  return model.types.get(name) ?? null;
}
