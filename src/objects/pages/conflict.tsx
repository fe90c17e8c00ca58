import type { Content } from '../../http/index.ts';
import { joined, type Text } from '../../kernel/index.ts';
import type { Attribute, Reading, TypeModel, Value } from '../../model/index.ts';
import { HiddenField, Notice, RadioField, reader } from '../../ui/index.ts';
import type { Since } from '../since.ts';
import type { Names } from './shown.tsx';
import { valueText } from './shown.tsx';
import { givenBy, type Typed, typedOf } from './typed.ts';

/** An attribute that two people changed at once, each their own way. */
export interface Clash {
  readonly attribute: Attribute;
  /** What this person typed, field by field. */
  readonly mine: Typed;
  readonly theirs: Value;
}

/** What a person typed, laid beside what was saved meanwhile. */
export interface Merge {
  readonly clashes: readonly Clash[];
  /** What the others changed and this person didn't: it stays as they saved it. */
  readonly theirs: readonly Attribute[];
  /** The form as it goes on: what this person typed, and what the others changed alone. */
  readonly typed: Typed;
}

/** The field that says whose value is kept: `mine` or `theirs`. */
export function choiceField(name: string): string {
  return `choice.${name}`;
}

/** Attributes that a form saves: all but those of which the saved value was chosen. */
export function savedNames(names: readonly string[], fields: Readonly<Record<string, unknown>>): readonly string[] {
  return names.filter((name) => fields[choiceField(name)] !== 'theirs');
}

/** Where the saved value was chosen, it stands in the form; what else was typed stays. */
export function withChoices(typed: Typed, present: Typed, names: readonly string[]): Typed {
  const chosen = names.filter((name) => typed.get(choiceField(name)) === 'theirs');
  return replaced(typed, present, chosen);
}

/**
 * Lays what was typed from an earlier version beside the present one: an attribute clashes when both changed it, and not to the
 * same. One whose earlier value was forgotten is taken for changed by both.
 */
export function mergeOf(
  type: TypeModel,
  names: readonly string[],
  typed: Typed,
  values: Readonly<Record<string, Value>>,
  since: Since,
  known: Names,
): Merge {
  const present = typedOf(type, values, known);
  const clashes: Clash[] = [];
  const theirs: Attribute[] = [];
  for (const name of names) {
    const attribute = type.attributes.get(name);
    if (attribute === undefined || !since.before.has(name)) continue;
    const before = since.before.get(name);
    const earlier = before === undefined ? null : textOf(typedOf(type, { [name]: before }, known), name);
    const mine = textOf(typed, name);
    if (mine === textOf(present, name)) continue;
    if (mine === earlier || typed.get(choiceField(name)) === 'theirs') theirs.push(attribute);
    else clashes.push({ attribute, mine: groupOf(typed, name), theirs: values[name] ?? null });
  }
  const taken = theirs.map(({ name }) => name);
  return { clashes, theirs, typed: replaced(typed, present, taken) };
}

function groupOf(typed: Typed, name: string): Typed {
  const field = `values.${name}`;
  return new Map([...typed].filter(([key]) => key === field || key.startsWith(`${field}.`)));
}

/** One text for all its fields. A currency or a unit beside nothing is nothing; ends of lines are those of any browser. */
function textOf(typed: Typed, name: string): string {
  const group = groupOf(typed, name);
  const main = group.get(`values.${name}`) ?? '';
  const others = [...group].filter(([key, text]) => text !== '' && !/\.(currency|unit)$/.test(key));
  if (main === '' && others.length === 0) return '';
  const all = [...group].filter(([, text]) => text !== '').toSorted(([a], [b]) => (a < b ? -1 : 1));
  return all.map(([key, text]) => `${key}=${text.replaceAll('\r\n', '\n').trim()}`).join('\n');
}

function replaced(typed: Typed, by: Typed, names: readonly string[]): Typed {
  const out = new Map(typed);
  for (const name of names) {
    for (const key of groupOf(typed, name).keys()) out.delete(key);
    for (const [key, text] of groupOf(by, name)) out.set(key, text);
  }
  return out;
}

const words = {
  title: {
    fr: 'Quelqu’un a modifié cet objet pendant que vous le remplissiez',
    en: 'Somebody changed this object while you were filling it',
  },
  nothingLost: {
    fr: 'Rien n’est perdu : votre saisie est ci-dessous.',
    en: 'Nothing is lost: what you typed is below.',
  },
  choose: {
    fr: 'Choisissez ce qui reste là où vous avez changé la même chose, puis enregistrez.',
    en: 'Choose what stays where you both changed the same thing, then save.',
  },
  noClash: {
    fr: 'Vous n’avez pas changé les mêmes choses : enregistrez, les deux resteront.',
    en: 'You didn’t change the same things: save, and both will stay.',
  },
  mine: { fr: 'Ce que vous avez saisi', en: 'What you typed' },
  theirs: { fr: 'Ce qui est enregistré', en: 'What is saved' },
  empty: { fr: '(rien)', en: '(nothing)' },
} as const satisfies Record<string, Text>;

/** What happened, and that nothing is lost. */
export function ConflictNotice(props: { readonly merge: Merge; readonly actors: readonly string[] }): Content {
  const { clashes, theirs } = props.merge;
  const who = props.actors.join(', ');
  const by: Text = { fr: `Par ${who}.`, en: `By ${who}.` };
  const changed = joined(
    theirs.map(({ label }) => label),
    ', ',
  );
  const kept: Text = { fr: `Changé entre-temps : ${changed.fr}.`, en: `Changed meanwhile: ${changed.en}.` };
  const parts = [
    ...(who === '' ? [] : [by]),
    words.nothingLost,
    ...(theirs.length === 0 ? [] : [kept]),
    clashes.length === 0 ? words.noClash : words.choose,
  ];
  return <Notice tone="warning" title={words.title} detail={joined(parts)} />;
}

/** Both versions side by side, and whose is kept; what was typed is kept unless the other is chosen. */
export function Clashes(props: {
  readonly type: TypeModel;
  readonly clashes: readonly Clash[];
  readonly names: Names;
}): Content {
  if (props.clashes.length === 0) return null;
  return (
    <div class="clashes">
      {props.clashes.map((clash) => (
        <OneClash {...props} clash={clash} />
      ))}
    </div>
  );
}

function OneClash(props: { readonly type: TypeModel; readonly clash: Clash; readonly names: Names }) {
  const { type, clash, names } = props;
  const { attribute } = clash;
  const shown = reader();
  const mine = mineText(type, clash, shown);
  const theirs = clash.theirs === null ? '' : valueText(attribute, clash.theirs, names, shown);
  const said = (label: Text, text: string): Text => ({
    fr: `${label.fr} : ${text === '' ? words.empty.fr : text}`,
    en: `${label.en}: ${text === '' ? words.empty.en : text}`,
  });
  return (
    <>
      {[...clash.mine].flatMap(([name, text]) =>
        (attribute.type.control.kind === 'choices' ? text.split('\n') : [text]).map((one) => (
          <HiddenField name={name} value={one} />
        )),
      )}
      <RadioField
        name={choiceField(attribute.name)}
        label={attribute.label}
        choices={[
          { value: 'mine', text: said(words.mine, mine) },
          { value: 'theirs', text: said(words.theirs, theirs) },
        ]}
        value="mine"
        isRequired
      />
    </>
  );
}

/** What was typed, in words where it is well formed, else as it was typed. */
function mineText(type: TypeModel, { attribute, mine }: Clash, reading: Reading): string {
  const fields = Object.fromEntries(
    [...mine].map(([key, text]) => [
      key,
      text === '' ? null : attribute.type.control.kind === 'choices' ? text.split('\n') : text,
    ]),
  );
  const given = givenBy(type, [attribute.name], fields)[attribute.name] ?? null;
  const typed = mine.get(`values.${attribute.name}`) ?? '';
  if (given === null) return '';
  if (attribute.type.kind === 'file') return typed.slice(typed.indexOf(' ') + 1);
  if (attribute.type.kind === 'reference') return typed;
  const parsed = attribute.type.parse(given);
  return parsed.ok && parsed.value !== null ? attribute.type.show(parsed.value, reading) : typed;
}
