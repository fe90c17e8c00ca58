import { type PageAnswer, page, type Visit } from '../../http/index.ts';
import type { Problem } from '../../kernel/index.ts';
import { counted, type Text } from '../../kernel/index.ts';
import type { PackFacts } from '../../model/index.ts';
import {
  Badge,
  Button,
  ButtonForm,
  Form,
  FormActions,
  InputField,
  LinkButton,
  Say,
  Section,
  Table,
  When,
} from '../../ui/index.ts';
import { type Draft, listDrafts } from './drafts.ts';
import type { ModelChangeOptions } from './shared-model.ts';
import { words } from './words.ts';

export const studioCrumb = { href: '/studio', text: words.studio };

/** What is in force, and what is being prepared. */
export async function studioPage(
  { live }: ModelChangeOptions,
  { who }: Pick<Visit<string, unknown, unknown>, 'who'>,
  own: ReadonlySet<string>,
): Promise<PageAnswer> {
  const drafts = await listDrafts(who.scope);
  const model = live.current();
  const typeCount = (pack: PackFacts): number =>
    [...model.types.values()].filter((type) => type.pack === pack.name).length;
  return page({
    title: words.studio,
    lead: {
      fr: 'Décrivez vos objets de gestion : les pages, l’API et les droits suivent dès que vous appliquez, sans interruption.',
      en: 'Describe your business objects: pages, API and rights follow as soon as you apply, without an interruption.',
    },
    actions: (
      <>
        <LinkButton kind="main" href="/studio/new" text={words.newPack} icon="plus" />
        <LinkButton kind="quiet" href="/studio/versions" text={words.versions} />
      </>
    ),
    content: (
      <>
        {drafts.length === 0 ? null : <DraftsSection drafts={drafts} />}
        <Section id="packs" title={words.packs}>
          <Table
            id="packs-table"
            caption={words.packs}
            rows={model.packs}
            columns={[
              { id: 'label', title: words.name, cell: (pack) => <Say text={pack.label} /> },
              { id: 'version', title: words.version, cell: (pack) => pack.version },
              {
                id: 'types',
                title: words.types,
                cell: (pack) => (
                  <Say text={counted(typeCount(pack), { fr: 'type', en: 'type' }, { fr: 'types', en: 'types' })} />
                ),
              },
              {
                id: 'change',
                title: words.change,
                cell: (pack) =>
                  own.has(pack.name) ? (
                    <Say text={comesWithSocle} />
                  ) : (
                    <ButtonForm
                      action={`/studio/packs/${pack.name}/draft`}
                      kind="quiet"
                      text={words.change}
                      label={{ fr: `Modifier ${pack.label.fr}`, en: `Change ${pack.label.en}` }}
                    />
                  ),
              },
            ]}
            empty={{ title: words.packs, hint: words.nothingYet }}
          />
        </Section>
      </>
    ),
  });
}

const comesWithSocle: Text = { fr: 'vient avec Socle', en: 'comes with Socle' };

function DraftsSection(props: { readonly drafts: readonly Draft[] }) {
  return (
    <Section id="drafts" title={words.drafts}>
      <Table
        id="drafts-table"
        caption={words.drafts}
        rows={props.drafts}
        rowHref={(draft) => `/studio/drafts/${draft.id}`}
        columns={[
          { id: 'pack', title: words.name, cell: (draft) => draft.pack },
          {
            id: 'state',
            title: { fr: 'Où il en est', en: 'Where it stands' },
            cell: (draft) => <DraftBadge draft={draft} />,
          },
          { id: 'changed', title: { fr: 'Modifié', en: 'Changed' }, cell: (draft) => <When at={draft.changedAt} /> },
        ]}
        empty={{ title: words.drafts, hint: words.nothingYet }}
      />
    </Section>
  );
}

export function DraftBadge(props: { readonly draft: Draft }) {
  return props.draft.submittedAt === null ? (
    <Badge tone="neutral" text={words.inProgress} />
  ) : (
    <Badge tone="accent" text={words.submitted} />
  );
}

/** A pack begins with what people call it. */
export function newPackPage(typed: Readonly<Record<string, string>>, problems: readonly Problem[]): PageAnswer {
  return page({
    title: words.newPack,
    lead: {
      fr: 'Un module réunit les types d’objet d’un même sujet : prêt de matériel, documents maîtrisés, achats…',
      en: 'A pack holds the types of object of one subject: equipment lending, controlled documents, purchases…',
    },
    breadcrumbs: [studioCrumb],
    content: (
      <Form id="pack" action="/studio/new" problems={problems}>
        <LabelFields typed={typed} problems={problems} />
        <FormActions>
          <Button kind="main" text={{ fr: 'Commencer', en: 'Begin' }} />
          <LinkButton kind="quiet" href="/studio" text={words.cancel} />
        </FormActions>
      </Form>
    ),
  });
}

export interface FieldsTyped {
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

export function LabelFields({ typed, problems }: FieldsTyped) {
  return (
    <>
      <InputField
        name="label_fr"
        label={words.labelFr}
        value={typed.label_fr}
        isRequired
        problems={problems}
        maxLength={200}
      />
      <InputField
        name="label_en"
        label={words.labelEn}
        value={typed.label_en}
        isRequired
        problems={problems}
        maxLength={200}
      />
    </>
  );
}
