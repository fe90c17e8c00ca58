import { type PageAnswer, page } from '../../http/index.ts';
import { joined, type Problem, same, type Text } from '../../kernel/index.ts';
import { operations, type Role, roleNames, roles } from '../../model/index.ts';
import {
  Badge,
  Button,
  ButtonForm,
  CheckboxesField,
  type Choice,
  Columns,
  DefinitionList,
  Form,
  FormActions,
  InputField,
  LinkButton,
  Say,
  Section,
  Table,
  TextAreaField,
} from '../../ui/index.ts';
import { FormSections } from '../pages/form-page.tsx';
import { attributeKinds, isAttributeKind } from './attribute-kinds.ts';
import { Consequences, draftPath, Problems } from './draft-page.tsx';
import { expectDraftType, listAt, namesAt, type Opened, stringAt, textAt, typeToBe } from './opened.ts';
import { type FieldsTyped, LabelFields, studioCrumb } from './studio-page.tsx';
import { words } from './words.ts';

export function typePath(opened: Pick<Opened, 'draft'>, type: string): string {
  return `${draftPath(opened)}/types/${type}`;
}

export function labelAt({ edit }: Pick<Opened, 'edit'>, place: readonly string[]): Text {
  return textAt(edit, [...place, 'label']) ?? same(place.at(-1) ?? '');
}

export function typeCrumbs(opened: Opened, type: string) {
  return [
    studioCrumb,
    { href: draftPath(opened), text: opened.title },
    { href: typePath(opened, type), text: labelAt(opened, ['types', type]) },
  ];
}

/** A type as it is prepared, and its form as it will be. */
export function draftTypePage(opened: Opened, type: string): PageAnswer {
  const place = expectDraftType(opened, type);
  const path = typePath(opened, type);
  const definition = textAt(opened.edit, [...place, 'definition']);
  return page({
    title: labelAt(opened, place),
    ...(definition === null ? {} : { lead: definition }),
    breadcrumbs: [studioCrumb, { href: draftPath(opened), text: opened.title }],
    actions: (
      <>
        <LinkButton href={`${path}/attributes/new`} text={words.addAttribute} icon="plus" />
        <LinkButton
          kind="quiet"
          href={`${path}/about`}
          text={{ fr: 'Nom, numéro, titre', en: 'Name, number, title' }}
        />
      </>
    ),
    content: (
      <Columns
        main={
          <>
            <AttributesSection opened={opened} type={type} />
            <LifecycleSection opened={opened} type={type} />
            <RightsSection opened={opened} type={type} />
          </>
        }
        aside={
          <>
            <Problems problems={opened.preview.problems} />
            <FormToBe opened={opened} type={type} />
            <Consequences consequences={opened.preview.consequences} hasProblems={opened.preview.problems.length > 0} />
          </>
        }
      />
    ),
  });
}

/** What people will fill, drawn by what will draw it. */
export function FormToBe(props: { readonly opened: Opened; readonly type: string }) {
  const type = typeToBe(props.opened, props.type);
  if (type === null) return null;
  return (
    <Section id="form-to-be" title={words.formToBe}>
      <fieldset class="to-be" disabled>
        <FormSections type={type} typed={new Map()} problems={[]} choices={new Map()} />
      </fieldset>
    </Section>
  );
}

function AttributesSection(props: { readonly opened: Opened; readonly type: string }) {
  const { edit } = props.opened;
  const place = ['types', props.type, 'attributes'];
  const kindOf = (name: string): Text => {
    const kind = stringAt(edit, [...place, name, 'type']);
    return isAttributeKind(kind) ? attributeKinds[kind] : same(kind);
  };
  return (
    <Section id="attributes" title={words.attributes}>
      <Table
        id="attributes-table"
        caption={words.attributes}
        rows={namesAt(edit, place)}
        rowHref={(name) => `${typePath(props.opened, props.type)}/attributes/${name}`}
        columns={[
          { id: 'label', title: words.name, cell: (name) => <Say text={labelAt(props.opened, [...place, name])} /> },
          { id: 'kind', title: words.kind, cell: (name) => <Say text={kindOf(name)} /> },
          { id: 'name', title: words.technicalName, cell: (name) => <code>{name}</code> },
        ]}
        empty={{
          title: { fr: 'Aucun attribut', en: 'No attribute' },
          hint: { fr: 'Ajoutez ce que l’on sait de chaque objet.', en: 'Add what is known of each object.' },
        }}
      />
    </Section>
  );
}

function LifecycleSection(props: { readonly opened: Opened; readonly type: string }) {
  const { opened, type } = props;
  const place = ['types', type, 'lifecycle'];
  const path = typePath(opened, type);
  const states = namesAt(opened.edit, [...place, 'states']);
  const initial = stringAt(opened.edit, [...place, 'initial']);
  const stateText = (name: string): Text => labelAt(opened, [...place, 'states', name]);
  return (
    <Section
      id="lifecycle"
      title={words.lifecycle}
      lead={{
        fr: 'Les états par lesquels passe un objet, et les transitions qui mènent de l’un à l’autre.',
        en: 'The states that an object goes through, and the transitions that lead from one to the next.',
      }}
    >
      <p>
        {states.map((name) => (
          <>
            <a href={`${path}/states/${name}`}>
              <Badge tone={name === initial ? 'accent' : 'neutral'} text={stateText(name)} />
            </a>{' '}
          </>
        ))}
      </p>
      <p class="actions">
        <LinkButton kind="quiet" href={`${path}/states/new`} text={words.addState} icon="plus" />
        {states.length < 2 ? null : (
          <LinkButton kind="quiet" href={`${path}/transitions/new`} text={words.addTransition} icon="plus" />
        )}
      </p>
      {states.length < 2 ? null : (
        <Table
          id="transitions-table"
          caption={{ fr: 'Transitions', en: 'Transitions' }}
          rows={namesAt(opened.edit, [...place, 'transitions'])}
          rowHref={(name) => `${path}/transitions/${name}`}
          columns={[
            {
              id: 'label',
              title: words.name,
              cell: (name) => <Say text={labelAt(opened, [...place, 'transitions', name])} />,
            },
            {
              id: 'from',
              title: { fr: 'De', en: 'From' },
              cell: (name) => (
                <Say text={joined(listAt(opened.edit, [...place, 'transitions', name, 'from']).map(stateText), ', ')} />
              ),
            },
            {
              id: 'to',
              title: { fr: 'À', en: 'To' },
              cell: (name) => <Say text={stateText(stringAt(opened.edit, [...place, 'transitions', name, 'to']))} />,
            },
          ]}
          empty={{
            title: { fr: 'Aucune transition', en: 'No transition' },
            hint: { fr: 'L’état ne change pas.', en: 'The state does not change.' },
          }}
        />
      )}
    </Section>
  );
}

export const operationWords = {
  read: { fr: 'Lire', en: 'Read' },
  create: { fr: 'Créer', en: 'Create' },
  update: { fr: 'Modifier', en: 'Change' },
  delete: { fr: 'Supprimer', en: 'Delete' },
} as const;

function RightsSection(props: { readonly opened: Opened; readonly type: string }) {
  const { opened, type } = props;
  const given = (operation: string): readonly Text[] => {
    const found = opened.edit.read(['types', type, 'rights', operation]);
    const all: readonly unknown[] = Array.isArray(found) ? found : found === undefined ? [] : [found];
    return all.map((one) => {
      const name = typeof one === 'string' ? roleNames.find((role) => role === one) : undefined;
      return name === undefined ? onSome : roles[name];
    });
  };
  return (
    <Section id="rights" title={words.rights}>
      <DefinitionList
        items={operations.map((operation) => ({
          term: operationWords[operation],
          value: <Say text={given(operation).length === 0 ? nobody : joined(given(operation), ', ')} />,
        }))}
      />
      <p class="actions">
        <LinkButton kind="quiet" href={`${typePath(opened, type)}/rights`} text={words.change} />
      </p>
    </Section>
  );
}

const nobody = { fr: 'personne', en: 'nobody' };
const onSome = { fr: 'certains, sous condition', en: 'some, on a condition' };

const grantable: readonly Role[] = roleNames.filter((role) => role !== 'system');
export const roleChoices: readonly Choice[] = grantable.map((role) => ({ value: role, text: roles[role] }));

export function rightsPage(opened: Opened, type: string, problems: readonly Problem[]): PageAnswer {
  const place = [...expectDraftType(opened, type), 'rights'];
  const path = typePath(opened, type);
  return page({
    title: words.rights,
    lead: {
      fr: 'Ce qui n’est pas donné n’est permis à personne. Les droits sous condition s’écrivent en texte ; ils restent comme ils sont.',
      en: 'What isn’t given is allowed to nobody. Rights on a condition are written as text; they stay as they are.',
    },
    breadcrumbs: typeCrumbs(opened, type),
    content: (
      <Form id="rights" action={`${path}/rights`} problems={problems}>
        {operations.map((operation) => (
          <CheckboxesField
            name={operation}
            label={operationWords[operation]}
            choices={roleChoices}
            values={listAt(opened.edit, [...place, operation])}
            problems={problems}
          />
        ))}
        <FormActions>
          <Button kind="main" text={words.save} />
          <LinkButton kind="quiet" href={path} text={words.cancel} />
        </FormActions>
      </Form>
    ),
  });
}

/** A type's name, how its objects are numbered and called. `type` is null for a new one. */
export function aboutPage(opened: Opened, type: string | null, given: FieldsTyped): PageAnswer {
  const { problems } = given;
  const typed = { ...(type === null ? {} : saidAbout(opened, type)), ...given.typed };
  const path = type === null ? `${draftPath(opened)}/types` : typePath(opened, type);
  return page({
    title: type === null ? words.addType : labelAt(opened, ['types', type]),
    breadcrumbs: [studioCrumb, { href: draftPath(opened), text: opened.title }],
    content: (
      <>
        <Form id="type" action={type === null ? `${path}/new` : `${path}/about`} problems={problems}>
          <LabelFields typed={typed} problems={problems} />
          <InputField name="plural_fr" label={words.pluralFr} value={typed.plural_fr} problems={problems} />
          <InputField name="plural_en" label={words.pluralEn} value={typed.plural_en} problems={problems} />
          <TextAreaField
            name="definition_fr"
            label={words.definitionFr}
            value={typed.definition_fr}
            rows={2}
            problems={problems}
          />
          <TextAreaField
            name="definition_en"
            label={words.definitionEn}
            value={typed.definition_en}
            rows={2}
            problems={problems}
          />
          <InputField
            name="number"
            label={{ fr: 'Forme des numéros', en: 'Form of numbers' }}
            hint={{
              fr: '« PRET-{yyyy}-{seq:5} » donne PRET-2026-00001. Vide : d’après le nom.',
              en: '“LOAN-{yyyy}-{seq:5}” gives LOAN-2026-00001. Empty: from the name.',
            }}
            value={typed.number}
            problems={problems}
          />
          <InputField
            name="title"
            label={{ fr: 'Comment on appelle un objet', en: 'What an object is called' }}
            hint={{ fr: 'Par exemple « {number} · {name} ».', en: 'For example “{number} · {name}”.' }}
            value={typed.title}
            problems={problems}
          />
          <FormActions>
            <Button kind="main" text={type === null ? words.addType : words.save} />
            <LinkButton kind="quiet" href={type === null ? draftPath(opened) : path} text={words.cancel} />
          </FormActions>
        </Form>
        {type === null ? null : (
          <ButtonForm
            action={`${path}/remove`}
            kind="danger"
            text={{ fr: 'Retirer ce type', en: 'Take this type away' }}
          />
        )}
      </>
    ),
  });
}

function saidAbout({ edit }: Opened, type: string): Readonly<Record<string, string>> {
  const place = ['types', type];
  return {
    ...twice('label', textAt(edit, [...place, 'label'])),
    ...twice('plural', textAt(edit, [...place, 'plural'])),
    ...twice('definition', textAt(edit, [...place, 'definition'])),
    number: stringAt(edit, [...place, 'number']),
    title: stringAt(edit, [...place, 'title']),
  };
}

/** `label_fr` and `label_en`. */
export function twice(name: string, text: { fr: string; en: string } | null): Readonly<Record<string, string>> {
  return text === null ? {} : { [`${name}_fr`]: text.fr, [`${name}_en`]: text.en };
}
