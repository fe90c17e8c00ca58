import { type PageAnswer, page } from '../../http/index.ts';
import { joined, same, type Text } from '../../kernel/index.ts';
import {
  type Attribute,
  categories,
  type Lifecycle,
  type Model,
  type Operation,
  operations,
  type Transition,
  type TypeModel,
  targetsOf,
} from '../../model/index.ts';
import { Badge, DefinitionList, LinkButton, reader, Say, Section, Table } from '../../ui/index.ts';
import type { Acting } from '../acting.ts';
import { grantsText, may, rolesText } from '../rights.ts';
import type { Addresses } from './context.ts';
import { stateTone } from './shown.tsx';
import { confidentialityWords, kindWords, words } from './words.ts';

/** Every type one may read, by pack. */
export function modelPage(acting: Acting, addresses: Addresses): PageAnswer {
  const { model } = acting;
  return page({
    title: words.model,
    lead: {
      fr: 'Ce que l’organisation connaît : chaque type d’objet, sa définition, ses attributs, son cycle de vie.',
      en: 'What the organisation knows: each type of object, its definition, its attributes, its life cycle.',
    },
    content: (
      <>
        {model.packs.map((pack) => (
          <Section
            id={`pack-${pack.name}`}
            title={pack.label}
            {...(pack.definition === null ? {} : { lead: pack.definition })}
          >
            <Table
              id={`types-${pack.name}`}
              caption={pack.label}
              rows={[...model.types.values()].filter(
                (type) => type.pack === pack.name && may(acting.asker, type, 'read'),
              )}
              rowHref={(type) => addresses.type(type)}
              columns={[
                { id: 'label', title: words.title, cell: (type) => <Say text={type.label} /> },
                {
                  id: 'definition',
                  title: definitionWord,
                  cell: (type) => (type.definition === null ? '—' : <Say text={type.definition} />),
                },
              ]}
              empty={{
                title: { fr: 'Aucun type', en: 'No type' },
                hint: { fr: 'Votre rôle n’en lit aucun dans ce module.', en: 'Your role reads none in this pack.' },
              }}
            />
          </Section>
        ))}
      </>
    ),
  });
}

const definitionWord: Text = { fr: 'Définition', en: 'Definition' };

/** The reference of a type, made from its definition: what it is, what it holds, how it lives, who may do what. */
export function typePage(acting: Acting, type: TypeModel, addresses: Addresses): PageAnswer {
  return page({
    title: type.label,
    breadcrumbs: [{ href: '/model', text: words.model }],
    ...(type.definition === null ? {} : { lead: type.definition }),
    actions: may(acting.asker, type, 'read') ? <LinkButton href={addresses.list(type)} text={type.plural} /> : null,
    content: (
      <>
        <Section id="attributes" title={words.attributes}>
          <Table
            id="attributes-table"
            caption={words.attributes}
            rows={[...type.attributes.values()]}
            columns={[
              { id: 'label', title: words.title, cell: (attribute) => <Say text={attribute.label} /> },
              {
                id: 'kind',
                title: { fr: 'Type', en: 'Type' },
                cell: (attribute) => <Kind attribute={attribute} model={acting.model} />,
              },
              {
                id: 'rules',
                title: { fr: 'Règles', en: 'Rules' },
                cell: (attribute) => <Say text={rulesText(acting.model, type, attribute)} />,
              },
              {
                id: 'definition',
                title: definitionWord,
                cell: (attribute) => <AttributeDefinition attribute={attribute} />,
              },
            ]}
            empty={{ title: words.attributes, hint: words.attributes }}
          />
        </Section>
        <RelationsSection model={acting.model} type={type} addresses={addresses} />
        <ConstraintsSection type={type} />
        <ChildrenSection model={acting.model} type={type} addresses={addresses} />
        {type.lifecycle === null ? null : <LifecycleSection type={type} lifecycle={type.lifecycle} />}
        <RightsSection type={type} />
      </>
    ),
  });
}

/** What its objects may be linked to, from either side. */
function RelationsSection(props: { readonly model: Model; readonly type: TypeModel; readonly addresses: Addresses }) {
  const { model, type, addresses } = props;
  const { say } = reader();
  if (type.relations.size === 0) return null;
  return (
    <Section id="relations" title={{ fr: 'Relations', en: 'Relations' }}>
      <ul>
        {[...type.relations.values()].map(({ label, to, attributes }) => {
          const other = model.types.get(to);
          const said = [...attributes.values()].map((attribute) => say(attribute.label)).join(', ');
          return (
            <li>
              {`${say(label)} : `}
              {other === undefined ? to : <a href={addresses.type(other)}>{say(other.label)}</a>}
              {said === '' ? null : ` (${said})`}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

/** What holds of every object of the type: a write that would break it is refused. */
function ConstraintsSection(props: { readonly type: TypeModel }) {
  const { constraints } = props.type;
  if (constraints.length === 0) return null;
  return (
    <Section id="constraints" title={{ fr: 'Ce qui est toujours vrai', en: 'What always holds' }}>
      <ul>
        {constraints.map(({ why }) => (
          <li>
            <Say text={why} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function ChildrenSection(props: { readonly model: Model; readonly type: TypeModel; readonly addresses: Addresses }) {
  const { model, type, addresses } = props;
  const { say } = reader();
  if (type.children.size === 0) return null;
  return (
    <Section id="children" title={{ fr: 'Ce qui en fait partie', en: 'What is part of it' }}>
      <ul>
        {[...type.children.values()].map((children) => {
          const child = model.types.get(children.type);
          return <li>{child === undefined ? null : <a href={addresses.type(child)}>{say(children.label)}</a>}</li>;
        })}
      </ul>
    </Section>
  );
}

function Kind(props: { readonly attribute: Attribute; readonly model: Model }) {
  const { say } = reader();
  const { type } = props.attribute;
  const targets = targetsOf(type).flatMap((to) => props.model.types.get(to)?.label ?? []);
  const units = type.control.kind === 'quantity' ? type.control.units.map(({ label }) => label) : [];
  const listed = [...targets, ...units].map(say).join(', ');
  return <>{listed === '' ? say(kindWords[type.kind]) : `${say(kindWords[type.kind])} : ${listed}`}</>;
}

function AttributeDefinition(props: { readonly attribute: Attribute }) {
  const text = props.attribute.definition ?? props.attribute.help;
  return text === null ? <>—</> : <Say text={text} />;
}

/** Of what nobody fills: its calculation, or what it adds up. */
function howItIsKnown(model: Model, { computed, rollup }: Attribute): readonly Text[] {
  if (computed !== null) return [{ fr: `calculé : ${computed().source}`, en: `calculated: ${computed().source}` }];
  if (rollup === null) return [];
  const over = model.types.get(rollup.type);
  const plural = over?.plural ?? same(rollup.type);
  const what = over?.attributes.get(rollup.what ?? '')?.label ?? same('');
  const counted =
    rollup.when === null ? same('') : { fr: ` (si ${rollup.when.why.fr})`, en: ` (if ${rollup.when.why.en})` };
  const said = {
    count: { fr: `nombre de « ${plural.fr} »`, en: `number of “${plural.en}”` },
    sum: { fr: `somme de « ${what.fr} » sur « ${plural.fr} »`, en: `sum of “${what.en}” over “${plural.en}”` },
    min: { fr: `le plus petit « ${what.fr} » de « ${plural.fr} »`, en: `smallest “${what.en}” of “${plural.en}”` },
    max: { fr: `le plus grand « ${what.fr} » de « ${plural.fr} »`, en: `largest “${what.en}” of “${plural.en}”` },
  }[rollup.how];
  return [joined([said, counted], '')];
}

function allottedText({ lifecycle }: TypeModel, { pattern, at }: NonNullable<Attribute['sequence']>): Text {
  const steps = joined(
    at.map((name) => lifecycle?.transitions.get(name)?.label ?? same(name)),
    ', ',
  );
  return {
    fr: `attribué par « ${steps.fr} », sans trou (${pattern.text})`,
    en: `allotted by “${steps.en}”, without gap (${pattern.text})`,
  };
}

function rulesText(model: Model, type: TypeModel, attribute: Attribute): Text {
  const rules: Text[] = [...howItIsKnown(model, attribute)];
  if (attribute.required) rules.push({ fr: 'obligatoire', en: 'required' });
  if (attribute.sequence !== null) rules.push(allottedText(type, attribute.sequence));
  if (attribute.unique) rules.push({ fr: 'unique', en: 'unique' });
  if (attribute.indexed) rules.push({ fr: 'triable', en: 'sortable' });
  if (attribute.deprecated) rules.push({ fr: 'abandonné', en: 'deprecated' });
  if (attribute.category !== null) {
    const { label } = categories[attribute.category];
    rules.push({ fr: `donnée personnelle (${label.fr})`, en: `personal data (${label.en})` });
  }
  if (attribute.confidentiality !== 'internal') {
    const word = confidentialityWords[attribute.confidentiality];
    rules.push({ fr: `diffusion ${word.fr}`, en: `${word.en} use` });
  }
  return rules.length === 0 ? { fr: '—', en: '—' } : joined(rules, ', ');
}

function LifecycleSection(props: { readonly type: TypeModel; readonly lifecycle: Lifecycle }) {
  const { type, lifecycle } = props;
  const stateText = (name: string): Text => lifecycle.states.get(name)?.label ?? { fr: name, en: name };
  return (
    <Section id="lifecycle" title={{ fr: 'Cycle de vie', en: 'Life cycle' }}>
      <p>
        {[...lifecycle.states.values()].map((state) => (
          <>
            <Badge tone={stateTone(type, state)} text={state.label} />{' '}
          </>
        ))}
      </p>
      <Table
        id="transitions-table"
        caption={{ fr: 'Transitions', en: 'Transitions' }}
        rows={[...lifecycle.transitions.values()]}
        columns={[
          { id: 'label', title: { fr: 'Transition', en: 'Transition' }, cell: (one) => <Say text={one.label} /> },
          {
            id: 'from',
            title: { fr: 'De', en: 'From' },
            cell: (one) => <Say text={joined(one.from.map(stateText), ', ')} />,
          },
          { id: 'to', title: { fr: 'À', en: 'To' }, cell: (one) => <Say text={stateText(one.to)} /> },
          { id: 'roles', title: { fr: 'Par', en: 'By' }, cell: (one) => <Say text={rolesText(one.roles)} /> },
          { id: 'needs', title: { fr: 'Demande', en: 'Needs' }, cell: (one) => <Say text={needsText(type, one)} /> },
        ]}
        empty={{
          title: { fr: 'Aucune', en: 'None' },
          hint: { fr: 'L’état ne change pas.', en: 'The state does not change.' },
        }}
      />
    </Section>
  );
}

function needsText(type: TypeModel, transition: Transition): Text {
  const needs = transition.requires.map(
    (name): Text => (type.attributes.get(name) ?? type.children.get(name))?.label ?? { fr: name, en: name },
  );
  const eyes = transition.notBy.map((name): Text => {
    const label = type.lifecycle?.transitions.get(name)?.label ?? { fr: name, en: name };
    return { fr: `pas par qui a fait « ${label.fr} »`, en: `not by whoever did “${label.en}”` };
  });
  const guard = transition.guard === null ? [] : [transition.guard.why];
  const ticked = transition.checklist.map(
    ({ label }): Text => ({ fr: `coché : ${label.fr}`, en: `ticked: ${label.en}` }),
  );
  const all = [...needs, ...ticked, ...eyes, ...guard];
  return all.length === 0 ? { fr: '—', en: '—' } : joined(all, ' ; ');
}

const operationWords: Readonly<Record<Operation, Text>> = {
  read: { fr: 'Lire', en: 'Read' },
  create: { fr: 'Créer', en: 'Create' },
  update: { fr: 'Modifier', en: 'Change' },
  delete: { fr: 'Supprimer', en: 'Delete' },
};

function RightsSection(props: { readonly type: TypeModel }) {
  return (
    <Section id="rights" title={{ fr: 'Qui peut', en: 'Who may' }}>
      <DefinitionList
        items={operations.map((operation) => ({
          term: operationWords[operation],
          value: <Say text={grantsText(props.type.rights[operation])} />,
        }))}
      />
    </Section>
  );
}
