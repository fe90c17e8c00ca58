import { type Category, categories, isPersonal } from '../../channels/index.ts';
import type { Page, PageAnswer } from '../../http/index.ts';
import {
  Badge,
  Button,
  Filters,
  Form,
  FormActions,
  formatShare,
  HiddenField,
  LinkButton,
  Pager,
  reader,
  Say,
  SelectField,
  Table,
  TextAreaField,
  When,
  withQuery,
} from '../../ui/index.ts';
import type { ApplicationLine } from '../application/applications.ts';
import { sensitivityOf, sensitivityText } from '../detect/sensitivity.ts';
import type { Field } from '../dictionary/dictionary.ts';
import { applicationPage, pathsOf } from './frame.tsx';
import { categoryLabel, categoryTone, fieldsText, words } from './words.ts';

/** What the dictionary shows: `personal`, `undecided`, a category, or all when empty. */
export type Show = Category | 'personal' | 'undecided' | '';

export interface DictionaryShown {
  readonly line: ApplicationLine;
  readonly fields: Page<Field>;
  readonly show: Show;
  /** `schema.table`, or empty for all. */
  readonly table: string;
  /** The field whose verdict is being given, if any. */
  readonly judged: Field | null;
  /** Of this page, to come back to it. */
  readonly cursor: string;
  readonly now: Date;
  readonly mayJudge: boolean;
}

/** The fields of an application, 25 at a time, each with its category and the reason for it. */
export function dictionaryPage(shown: DictionaryShown): PageAnswer {
  const { line } = shown;
  const at = pathsOf(line);
  return applicationPage({
    line,
    now: shown.now,
    tab: 'dictionary',
    lead: {
      fr: `${fieldsText(line.fields).fr}, dont ${line.personalFields} sur des personnes. Un verdict l’emporte sur la proposition et survit à chaque moisson.`,
      en: `${fieldsText(line.fields).en}, ${line.personalFields} of them about persons. A verdict overrides the proposal and survives each harvest.`,
    },
    content: (
      <>
        <Filters
          action={at.dictionary}
          swaps="dictionary"
          filters={[
            {
              kind: 'choice',
              name: 'show',
              label: { fr: 'Montrer', en: 'Show' },
              value: shown.show,
              choices: [
                { value: 'personal', text: words.personalData },
                { value: 'undecided', text: words.undecided },
                ...categories.map((category) => ({ value: category, text: categoryLabel(category) })),
              ],
            },
            { kind: 'search', name: 'table', label: words.table, value: shown.table },
          ]}
        />
        <div id="dictionary" class="section">
          {shown.judged === null ? null : <VerdictForm {...shown} field={shown.judged} />}
          <FieldTable {...shown} />
          <Pager
            firstHref={shown.cursor === '' ? undefined : addressOf(shown, { cursor: '', field: '' })}
            nextHref={
              shown.fields.next === null ? undefined : addressOf(shown, { cursor: shown.fields.next, field: '' })
            }
          />
        </div>
      </>
    ),
  });
}

function addressOf(shown: DictionaryShown, change: { readonly cursor?: string; readonly field?: string }): string {
  return withQuery(pathsOf(shown.line).dictionary, {
    show: shown.show,
    table: shown.table,
    cursor: change.cursor ?? shown.cursor,
    field: change.field ?? '',
  });
}

function FieldTable(props: DictionaryShown) {
  const locale = reader();
  return (
    <Table
      id="fields"
      caption={{ fr: 'Champs du dictionnaire', en: 'Fields of the dictionary' }}
      rows={props.fields.items}
      columns={[
        { id: 'field', title: words.field, cell: (field) => `${field.table}.${field.column}` },
        { id: 'type', title: words.type, kind: 'fixed', cell: (field) => <TypeWords field={field} /> },
        {
          id: 'category',
          title: words.category,
          cell: (field) => <CategoryWords category={field.category} />,
        },
        {
          id: 'why',
          title: { fr: 'Pourquoi', en: 'Why' },
          cell: (field) => <Why field={field} share={formatShare(field.confidence / 100, locale)} />,
        },
        {
          id: 'verdict',
          title: { fr: 'Verdict', en: 'Verdict' },
          cell: (field) => <VerdictLink shown={props} field={field} />,
        },
      ]}
      empty={{
        icon: 'book',
        title: { fr: 'Aucun champ ici', en: 'No field here' },
        hint:
          props.line.harvestedAt === null
            ? {
                fr: 'Moissonnez le schéma depuis l’onglet Connexion.',
                en: 'Harvest the schema from the Connection tab.',
              }
            : { fr: 'Aucun champ ne correspond à ce filtre.', en: 'No field fits this filter.' },
      }}
    />
  );
}

/** A badge for what is personal only: the eye finds it, and a page of 25 fields stays light. */
function CategoryWords(props: { readonly category: Category }) {
  const { category } = props;
  if (!isPersonal(category)) return <Say text={categoryLabel(category)} />;
  return <Badge tone={categoryTone(category)} text={categoryLabel(category)} />;
}

function TypeWords(props: { readonly field: Field }) {
  const { field } = props;
  if (field.referencesTo === null) return <>{field.type}</>;
  return <>{`${field.type} → ${field.referencesTo.split('.').slice(1).join('.')}`}</>;
}

function Why(props: { readonly field: Field; readonly share: string }) {
  const { say } = reader();
  const { field } = props;
  if (field.verdict !== null)
    return <>{field.verdict.note ?? say({ fr: 'Décidé par une personne', en: 'Decided by a person' })}</>;
  const [reason] = field.reasons;
  return <>{reason === undefined ? props.share : `${say(reason)} · ${props.share.replace(/\s/, '\u00a0')}`}</>;
}

/** The same address opens the form with script or without; script replaces only the list. */
function VerdictLink(props: { readonly shown: DictionaryShown; readonly field: Field }) {
  const { say } = reader();
  const { field, shown } = props;
  if (!shown.mayJudge) return <>{field.isUndecided ? say(words.undecided) : ''}</>;
  const href = addressOf(shown, { field: field.id });
  const text = field.isUndecided ? { fr: 'Décider', en: 'Decide' } : { fr: 'Changer', en: 'Change' };
  return (
    <a
      id={`judge-${field.id}`}
      href={href}
      hx-get={href}
      hx-target="#dictionary"
      hx-select="#dictionary"
      aria-label={`${say(text)} ${field.table}.${field.column}`}
    >
      {say(text)}
    </a>
  );
}

function VerdictForm(props: DictionaryShown & { readonly field: Field }) {
  const { field, line } = props;
  const { say } = reader();
  const at = pathsOf(line);
  return (
    <section class="section" aria-labelledby="verdict-title">
      <h2 id="verdict-title">{`${field.table}.${field.column}`}</h2>
      <Form id="verdict" action={`${at.dictionary}/${field.id}`} swaps="dictionary">
        <HiddenField name="back" value={addressOf(props, {})} />
        <p>
          <Say text={{ fr: 'Proposition : ', en: 'Proposal: ' }} />
          <strong>{say(categoryLabel(field.proposed))}</strong>
          {` (${say(sensitivityText(sensitivityOf(field.proposed)))})`}
          {` – ${field.reasons.map(say).join(' ; ')}.`}
          {field.comment === null ? null : ` « ${field.comment} »`}
        </p>
        {field.verdict === null ? null : (
          <p>
            <Say text={{ fr: 'Verdict donné ', en: 'Verdict given ' }} />
            <When at={field.verdict.at} />
          </p>
        )}
        <SelectField
          name="category"
          label={{ fr: 'Ce que ce champ dit d’une personne', en: 'What this field says of a person' }}
          hint={{
            fr: '« Technique » garde le champ à l’effacement ; « Aucune » laisse effacer un texte par prudence.',
            en: '“Technical” keeps the field in an erasure; “None” lets a text be erased, to be safe.',
          }}
          value={field.verdict?.category ?? ''}
          emptyText={{
            fr: `Suivre la proposition (${categoryLabel(field.proposed).fr})`,
            en: `Follow the proposal (${categoryLabel(field.proposed).en})`,
          }}
          choices={categories.map((category) => ({ value: category, text: categoryLabel(category) }))}
        />
        <TextAreaField
          name="note"
          label={{ fr: 'Pourquoi', en: 'Why' }}
          value={field.verdict?.note}
          rows={2}
          maxLength={500}
        />
        <FormActions>
          <Button kind="main" text={{ fr: 'Enregistrer le verdict', en: 'Record the verdict' }} />
          <LinkButton kind="quiet" href={addressOf(props, {})} text={{ fr: 'Fermer', en: 'Close' }} />
        </FormActions>
      </Form>
    </section>
  );
}
