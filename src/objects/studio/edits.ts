import { type Problem, Refusal, type Text } from '../../kernel/index.ts';
import { nameFrom, PackEdit, type Role } from '../../model/index.ts';
import type { AttributeKind } from './attribute-kinds.ts';

/** What the studio's forms say, and what it makes of the file of a pack. Pure: text in, text out. */
export interface TypeSaid {
  readonly label: Text;
  readonly plural: Text;
  readonly definition: Text | null;
  readonly number: string | null;
  readonly title: string | null;
}

/** A type to begin with: it has a name, everybody reads it, who prepares it writes it. */
export function addType(text: string, said: TypeSaid): { readonly text: string; readonly name: string } {
  const edit = new PackEdit(text);
  const name = freshName(edit, ['types'], said.label.en);
  edit.put(['types', name], {
    label: said.label,
    plural: said.plural,
    definition: said.definition,
    number: said.number,
    title: said.title,
  });
  edit.put(['types', name], {
    attributes: { name: { type: 'text', required: true, indexed: true, searchable: true, label: nameLabel } },
    rights: { read: ['anyone'], create: ['admin'], update: ['admin'], delete: ['admin'] },
  });
  return { text: edit.text(), name };
}

const nameLabel = { fr: 'Nom', en: 'Name' };

export function changeType(text: string, type: string, said: TypeSaid): string {
  const edit = new PackEdit(text);
  edit.put(['types', type], { ...said });
  return edit.text();
}

export function removeType(text: string, type: string): string {
  const edit = new PackEdit(text);
  edit.take(['types', type]);
  return edit.text();
}

export interface AttributeSaid {
  readonly kind: AttributeKind | null;
  readonly label: Text;
  readonly definition: Text | null;
  /** Options of its kind and flags: null takes one away. */
  readonly options: Readonly<Record<string, unknown>>;
}

export function addAttribute(text: string, type: string, said: AttributeSaid): string {
  const edit = new PackEdit(text);
  const place = ['types', type, 'attributes'];
  const given = Object.entries(said.options).filter(([, value]) => value !== null);
  const definition = said.definition === null ? {} : { definition: said.definition };
  edit.put(place, {
    [freshName(edit, place, said.label.en)]: {
      type: said.kind,
      ...Object.fromEntries(given),
      label: said.label,
      ...definition,
    },
  });
  return edit.text();
}

export function changeAttribute(text: string, type: string, name: string, said: AttributeSaid): string {
  const edit = new PackEdit(text);
  edit.put(['types', type, 'attributes', name], {
    ...said.options,
    label: said.label,
    definition: said.definition,
  });
  return edit.text();
}

/** Also where lists and sections name it: what is calculated from it is told by the checks. */
export function removeAttribute(text: string, type: string, name: string): string {
  const edit = new PackEdit(text);
  edit.take(['types', type, 'attributes', name]);
  const columns = edit.read(['types', type, 'columns']);
  if (Array.isArray(columns) && columns.includes(name)) {
    const rest = columns.filter((one) => one !== name);
    edit.put(['types', type], { columns: rest.length === 0 ? null : rest });
  }
  return edit.text();
}

export interface StateSaid {
  readonly label: Text;
  readonly isFinal: boolean;
  readonly isInitial: boolean;
}

/** The first state is where objects begin. */
export function putState(text: string, type: string, name: string | null, said: StateSaid): string {
  const edit = new PackEdit(text);
  const place = ['types', type, 'lifecycle'];
  const isFirst = !edit.has(place);
  if (isFirst) edit.put(['types', type], { lifecycle: { initial: '', states: {}, transitions: {} } });
  const own = name ?? freshName(edit, [...place, 'states'], said.label.en);
  edit.put([...place, 'states', own], { label: said.label, final: said.isFinal ? true : null });
  if (isFirst || said.isInitial) edit.put(place, { initial: own });
  return edit.text();
}

export function removeState(text: string, type: string, name: string): string {
  const edit = new PackEdit(text);
  const place = ['types', type, 'lifecycle'];
  edit.take([...place, 'states', name]);
  const states = edit.read([...place, 'states']);
  if (typeof states === 'object' && states !== null && Object.keys(states).length === 0) edit.take(place);
  return edit.text();
}

export interface TransitionSaid {
  readonly label: Text;
  readonly from: readonly string[];
  readonly to: string;
  readonly roles: readonly Role[];
  readonly requires: readonly string[];
  readonly notBy: readonly string[];
  readonly guard: string | null;
}

export function putTransition(text: string, type: string, name: string | null, said: TransitionSaid): string {
  const edit = new PackEdit(text);
  const place = ['types', type, 'lifecycle', 'transitions'];
  edit.put([...place, name ?? freshName(edit, place, said.label.en)], {
    label: said.label,
    from: said.from.length === 1 ? said.from[0] : said.from,
    to: said.to,
    roles: said.roles,
    requires: filledList(said.requires),
    not_by: filledList(said.notBy),
    guard: said.guard,
  });
  return edit.text();
}

export function removeTransition(text: string, type: string, name: string): string {
  const edit = new PackEdit(text);
  edit.take(['types', type, 'lifecycle', 'transitions', name]);
  return edit.text();
}

/** Who may without a condition; grants with one stay as they are. */
export function putRights(
  text: string,
  type: string,
  rights: Readonly<Record<'read' | 'create' | 'update' | 'delete', readonly Role[]>>,
): string {
  const edit = new PackEdit(text);
  for (const [operation, roles] of Object.entries(rights)) {
    const place = ['types', type, 'rights', operation];
    const present = edit.read(place);
    const given: readonly unknown[] = Array.isArray(present) ? present : present === undefined ? [] : [present];
    const limited = given.filter((one) => typeof one === 'object' && one !== null);
    edit.put(['types', type, 'rights'], { [operation]: filledList([...roles, ...limited]) });
  }
  return edit.text();
}

function filledList(values: readonly unknown[]): readonly unknown[] | null {
  return values.length === 0 ? null : values;
}

/** A name of the model made from what people call it in English; numbered when it is taken. */
function freshName(edit: PackEdit, place: readonly string[], label: string): string {
  const plain = nameFrom(label);
  if (plain === '') throw nameless();
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? plain : `${plain.slice(0, 37)}_${count}`;
    if (!edit.has([...place, name])) return name;
  }
}

function nameless(): Refusal {
  const text = {
    fr: 'Le nom en anglais doit contenir des lettres : le nom technique en est tiré.',
    en: 'The name in English must have letters: the technical name is made from it.',
  };
  const problem: Problem = { pointer: '/label_en', code: 'studio.nameless', text };
  return new Refusal('studio.nameless', 422, text, [problem]);
}
