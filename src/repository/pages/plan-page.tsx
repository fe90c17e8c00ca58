import { categoryText, type Preview, type PreviewField, type PreviewTable } from '../../channels/index.ts';
import type { PageAnswer } from '../../http/index.ts';
import type { Problem, Text } from '../../kernel/index.ts';
import {
  Badge,
  Button,
  CodeBlock,
  Form,
  FormActions,
  formatNumber,
  InputField,
  Notice,
  reader,
  Say,
  Section,
  SelectField,
  Table,
  type Tone,
} from '../../ui/index.ts';
import type { ApplicationLine } from '../application/applications.ts';
import type { ApplicationPlan } from '../plan/plan.ts';
import { outcomeText, schemaChanged } from '../plan/words.ts';
import type { StoppedOrders } from './context.ts';
import { applicationPage, pathsOf } from './frame.tsx';
import { UnlinkedSection } from './unlinked-section.tsx';
import { kindText, words } from './words.ts';

export interface PlanShown {
  readonly line: ApplicationLine;
  readonly now: Date;
  /** Kinds by which a person can be looked for in this application. */
  readonly kinds: readonly string[];
  readonly kind: string;
  readonly problems: readonly Problem[];
  readonly result: { readonly planned: ApplicationPlan; readonly preview: Preview } | null;
  /** Orders that stopped where nothing links; null when none did. */
  readonly stopped: StoppedOrders | null;
  readonly mayDeclare: boolean;
}

/** Enter an identifier; read what an erasure would do, in words, counted by table, and as SQL. Nothing is changed. */
export function planPage(shown: PlanShown): PageAnswer {
  return applicationPage({
    line: shown.line,
    now: shown.now,
    tab: 'plan',
    status: shown.problems.length > 0 ? 422 : 200,
    lead: {
      fr: 'Voyez ce qu’un effacement ferait pour une personne. Rien n’est modifié, et l’identifiant n’est pas enregistré.',
      en: 'See what an erasure would do for a person. Nothing is changed, and the identifier is not recorded.',
    },
    content: (
      <>
        {shown.stopped === null || shown.result !== null ? null : (
          <>
            {shown.stopped.panel}
            <UnlinkedSection {...shown} met={shown.stopped.met} />
          </>
        )}
        <AskForm {...shown} />
        {shown.result === null ? null : <Result {...shown} {...shown.result} />}
      </>
    ),
  });
}

function AskForm(props: PlanShown) {
  return (
    <Form id="plan-form" action={pathsOf(props.line).plan} problems={props.problems}>
      <SelectField
        name="kind"
        label={{ fr: 'Genre d’identifiant', en: 'Kind of identifier' }}
        value={props.kind}
        emptyText={null}
        isRequired
        problems={props.problems}
        choices={props.kinds.map((kind) => ({ value: kind, text: kindText(kind) }))}
      />
      <InputField
        name="value"
        label={{ fr: 'Valeur', en: 'Value' }}
        autocomplete="off"
        isRequired
        width="medium"
        problems={props.problems}
      />
      <FormActions>
        <Button kind="main" text={{ fr: 'Montrer le plan', en: 'Show the plan' }} />
      </FormActions>
    </Form>
  );
}

function Result(props: PlanShown & { readonly planned: ApplicationPlan; readonly preview: Preview }) {
  const { planned, preview } = props;
  const found = preview.tables.filter((table) => table.rows > 0 || table.shared > 0);
  return (
    <>
      <Outcome preview={preview} />
      {planned.changes.length === 0 ? null : (
        <Notice tone="warning" title={schemaChanged} detail={joinTexts(planned.changes.map((change) => change.text))} />
      )}
      {preview.problems.map((problem) => (
        <Notice tone="bad" title={problem} />
      ))}
      <UnlinkedSection {...props} met={preview.met} notLooked={preview.notLooked} />
      {found.length === 0 ? null : <TablesSection tables={found} />}
      <NoticesSection planned={planned} preview={preview} />
      <SqlSection preview={preview} />
    </>
  );
}

function Outcome(props: { readonly preview: Preview }) {
  const { refusal } = props.preview;
  if (refusal !== null) return <Notice tone="bad" title={outcomeText(props.preview)} detail={refusal} />;
  if (props.preview.isFound) return <Notice tone="good" title={outcomeText(props.preview)} />;
  return (
    <Notice
      tone="neutral"
      title={outcomeText(props.preview)}
      detail={{
        fr: 'Aucune ligne ne porte cet identifiant. Une demande y finirait « introuvable », et le dirait.',
        en: 'No row bears this identifier. A request would end as “not found” here, and say so.',
      }}
    />
  );
}

const actions: Readonly<Record<PreviewTable['action'], { readonly tone: Tone; readonly text: Text }>> = {
  blank: { tone: 'accent', text: { fr: 'Vider des champs', en: 'Blank fields' } },
  delete: { tone: 'bad', text: { fr: 'Supprimer', en: 'Delete' } },
  keep: { tone: 'neutral', text: { fr: 'Garder', en: 'Keep' } },
};

function TablesSection(props: { readonly tables: readonly PreviewTable[] }) {
  return (
    <Section id="plan-tables" title={{ fr: 'Table par table', en: 'Table by table' }}>
      <Table
        id="plan-table"
        caption={{ fr: 'Ce que l’effacement ferait, table par table', en: 'What the erasure would do, table by table' }}
        rows={props.tables}
        columns={[
          { id: 'table', title: words.table, cell: (table) => <code>{table.table}</code> },
          { id: 'rows', title: words.rows, kind: 'number', cell: (table) => <Rows table={table} /> },
          {
            id: 'action',
            title: { fr: 'Action', en: 'Action' },
            cell: (table) => <Badge {...actions[table.action]} />,
          },
          { id: 'blanked', title: { fr: 'Effacés', en: 'Erased' }, cell: (table) => <Fields fields={table.blanked} /> },
          { id: 'kept', title: { fr: 'Gardés', en: 'Kept' }, cell: (table) => <Fields fields={table.kept} /> },
          {
            id: 'ways',
            title: { fr: 'Trouvées par', en: 'Found by' },
            cell: (table) => <Say text={joinTexts(table.ways)} />,
          },
        ]}
        empty={{ title: words.plan, hint: words.plan }}
      />
    </Section>
  );
}

function Rows(props: { readonly table: PreviewTable }) {
  const { say, language } = reader();
  const { rows, shared } = props.table;
  const shown = formatNumber(rows, { language });
  return (
    <>
      {shared === 0 ? shown : `${shown} (${say({ fr: `${shared} partagées, gardées`, en: `${shared} shared, kept` })})`}
    </>
  );
}

/** Names only; the word for each is one hover away, and in the SQL. */
function Fields(props: { readonly fields: readonly PreviewField[] }) {
  const { say } = reader();
  const title = props.fields
    .map(
      (field) =>
        `${field.column}: ${say(field.words)}${field.category === null ? '' : ` (${say(categoryText(field.category))})`}`,
    )
    .join('\n');
  return props.fields.length === 0 ? (
    <>–</>
  ) : (
    <span title={title}>{props.fields.map((field) => field.column).join(', ')}</span>
  );
}

function SqlSection(props: { readonly preview: Preview }) {
  const { say } = reader();
  const { statements } = props.preview;
  if (statements.length === 0) return null;
  const code = statements.map(({ purpose, sql }) => `-- ${say(purpose)}\n${sql};`).join('\n\n');
  return (
    <Section id="plan-sql-section" title={{ fr: 'Le SQL, tel qu’il sera envoyé', en: 'The SQL, as it will be sent' }}>
      <CodeBlock id="plan-sql" label={{ fr: 'Instructions, dans l’ordre', en: 'Statements, in order' }} code={code} />
    </Section>
  );
}

function NoticesSection(props: { readonly planned: ApplicationPlan; readonly preview: Preview }) {
  const { say } = reader();
  return (
    <Section id="plan-notices" title={{ fr: 'À savoir', en: 'To know' }}>
      <ul>
        {props.preview.notices.map((notice) => (
          <li>{say(notice)}</li>
        ))}
        <li>
          <Say text={{ fr: 'Empreinte du plan ', en: 'Digest of the plan ' }} />
          <code>{props.planned.digest.slice(0, 16)}</code>
        </li>
      </ul>
    </Section>
  );
}

function joinTexts(texts: readonly Text[]): Text {
  return { fr: texts.map((text) => text.fr).join(' · '), en: texts.map((text) => text.en).join(' · ') };
}
