import type { Content } from '../../http/index.ts';
import {
  type Attribute,
  addressLines,
  fileOf,
  manyTyped,
  type Reading,
  type State,
  type TypeModel,
  type Value,
} from '../../model/index.ts';
import { Badge, reader, safeHref } from '../../ui/index.ts';
import type { StoredFile } from '../files/file.ts';
import { ShownFile } from '../files/files-section.tsx';
import type { Named } from '../read.ts';
import type { StoredObject } from '../stored-object.ts';
import type { Addresses } from './context.ts';
import { words } from './words.ts';

export type Names = ReadonlyMap<string, Named>;

/** Ids that the references of these objects point to, with their types. */
export function referencesOf(
  type: TypeModel,
  objects: readonly StoredObject[],
  only: (name: string) => boolean = () => true,
): readonly { readonly type: string; readonly id: string }[] {
  return [...type.attributes.values()].flatMap((attribute) => {
    return only(attribute.name)
      ? objects.flatMap((object) => referredBy(attribute, object.values[attribute.name] ?? null))
      : [];
  });
}

/** The object that a value refers to; none of other attributes. */
export function referredBy(
  { type: { kind, to } }: Attribute,
  value: Value,
): readonly { readonly type: string; readonly id: string }[] {
  if (kind !== 'reference' || value === null) return [];
  if (to !== null) return typeof value === 'string' ? [{ type: to, id: value }] : [];
  const several = manyTyped(value);
  return several === null ? [] : [several];
}

/** A value in words, for lists and history: no element, so that a page of many stays light. */
export function valueText(attribute: Attribute, value: Value, names: Names, reading: Reading): string {
  if (value === null) return '';
  const [referred] = referredBy(attribute, value);
  if (referred !== undefined) return names.get(referred.id)?.title ?? words.hidden[reading.language];
  return attribute.type.show(value, reading);
}

/** A value on the page of an object: references and addresses are links, long texts keep their lines. */
export function ShownValue(props: {
  readonly attribute: Attribute;
  readonly value: Value;
  readonly names: Names;
  readonly addresses: Addresses;
  /** Files that the object holds. */
  readonly files: readonly StoredFile[];
}): Content {
  const { attribute, value, names, addresses } = props;
  if (value === null) return null;
  const text = valueText(attribute, value, names, reader());
  const named = names.get(referredBy(attribute, value)[0]?.id ?? '');
  switch (attribute.type.kind) {
    case 'reference':
      return named === undefined ? text : <a href={safeHref(addresses.object(named.type, named))}>{named.title}</a>;
    case 'email':
      return <a href={safeHref(`mailto:${text}`)}>{text}</a>;
    case 'phone':
      return <a href={safeHref(`tel:${String(value)}`)}>{text}</a>;
    case 'url':
      return <a href={safeHref(text)}>{text}</a>;
    case 'text':
      return text.includes('\n') ? <Lines lines={text.split('\n')} /> : text;
    case 'address':
      return <Lines lines={addressLines(value, reader().language)} />;
    case 'file': {
      const file = props.files.find(({ id }) => id === fileOf(value)?.id);
      return file === undefined ? text : <ShownFile file={file} />;
    }
    case 'json':
      return <code>{text}</code>;
    default:
      return text;
  }
}

function Lines(props: { readonly lines: readonly string[] }) {
  return (
    <>
      {props.lines.map((line, at) => (
        <>
          {at === 0 ? null : <br />}
          {line}
        </>
      ))}
    </>
  );
}

/** Where an object stands: final states are at rest, the initial one waits, the others are under way. */
export function stateTone(type: TypeModel, state: State): 'neutral' | 'good' | 'accent' {
  if (state.isFinal) return 'good';
  return state.name === type.lifecycle?.initial ? 'neutral' : 'accent';
}

export function StateBadge(props: { readonly type: TypeModel; readonly state: string | null }) {
  const state = props.type.lifecycle?.states.get(props.state ?? '');
  return state === undefined ? null : <Badge tone={stateTone(props.type, state)} text={state.label} />;
}
