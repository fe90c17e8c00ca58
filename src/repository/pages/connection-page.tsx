import type { Content, PageAnswer } from '../../http/index.ts';
import type { Problem, Refusal } from '../../kernel/index.ts';
import {
  Button,
  ButtonForm,
  CodeBlock,
  Columns,
  type Definition,
  DefinitionList,
  EmptyState,
  Form,
  FormActions,
  LinkButton,
  Notice,
  Say,
  Section,
  Table,
  When,
} from '../../ui/index.ts';
import type { ApplicationLine } from '../application/applications.ts';
import type { Connection } from '../connection/connection.ts';
import type { HarvestLine } from '../harvest/list.ts';
import { atTheirField, ConnectionFields, type Typed } from './connection-form.tsx';
import { applicationPage, pathsOf } from './frame.tsx';
import { changesText, channelText, kindText, shareText, words } from './words.ts';

export interface ConnectionShown {
  readonly line: ApplicationLine;
  /** Null while the application has none. */
  readonly connection: Connection | null;
  readonly harvests: readonly HarvestLine[];
  /** What higher rooms show of it. */
  readonly panels: readonly (Content | null)[];
  readonly now: Date;
  readonly mayConnect: boolean;
}

/** How an application is reached, what was read of it, and what to do next. The address itself is never shown. */
export function connectionPage(shown: ConnectionShown): PageAnswer {
  const { line, mayConnect } = shown;
  const at = pathsOf(line);
  return applicationPage({
    line,
    now: shown.now,
    tab: 'connection',
    actions: (
      <>
        {mayConnect && line.channel === 'sql' ? (
          <ButtonForm kind="main" action={at.harvest} text={words.harvest} />
        ) : null}
        {mayConnect ? (
          <LinkButton href={at.connection} text={{ fr: 'Modifier la connexion', en: 'Change the connection' }} />
        ) : null}
        <LinkButton href={at.object} text={{ fr: `Fiche ${line.number}`, en: `Record ${line.number}` }} />
      </>
    ),
    content: (
      <Columns
        main={
          <>
            <NextStep {...shown} />
            <ConnectionSection {...shown} />
            {shown.panels}
          </>
        }
        aside={<HarvestSection {...shown} />}
      />
    ),
  });
}

function NextStep(props: ConnectionShown) {
  const { line } = props;
  const at = pathsOf(line);
  if (line.channel !== 'sql') return null;
  if (line.harvestedAt === null) {
    return (
      <Notice
        tone="accent"
        title={{ fr: 'Le schéma n’a pas encore été lu', en: 'The schema has not been read yet' }}
        detail={{
          fr: 'Moissonnez-le : Socle proposera une catégorie pour chaque champ.',
          en: 'Harvest it: Socle will propose a category for each field.',
        }}
      />
    );
  }
  if (line.undecidedFields === 0) return null;
  const many = line.undecidedFields;
  return (
    <Notice
      tone="warning"
      title={{
        fr: many === 1 ? 'Un champ attend votre avis' : `${many} champs attendent votre avis`,
        en: many === 1 ? 'One field awaits your verdict' : `${many} fields await your verdict`,
      }}
    >
      <LinkButton kind="quiet" href={`${at.dictionary}?show=undecided`} text={{ fr: 'Décider', en: 'Decide' }} />
    </Notice>
  );
}

function ConnectionSection(props: ConnectionShown) {
  const { connection, line } = props;
  if (connection === null) {
    return (
      <EmptyState
        icon="link"
        title={{ fr: 'Aucune connexion', en: 'No connection' }}
        hint={{
          fr: 'Sans connexion, l’application ne reçoit aucun ordre : une demande d’effacement ne l’atteint pas.',
          en: 'Without a connection the application receives no order: a request of erasure does not reach it.',
        }}
      />
    );
  }
  return (
    <Section id="reached" title={{ fr: 'Comment elle est jointe', en: 'How it is reached' }}>
      <DefinitionList
        items={[
          { term: words.channel, value: <Say text={channelText(connection.channel)} /> },
          {
            term: { fr: 'Adresse', en: 'Address' },
            value: connection.place === null ? null : <code>{connection.place}</code>,
          },
          ...(connection.channel === 'sql' ? sqlFacts(connection, line) : []),
        ]}
      />
      {connection.map === null || connection.map === '' ? null : (
        <CodeBlock id="map" label={{ fr: 'Déclarations (YAML)', en: 'Map (YAML)' }} code={connection.map} />
      )}
    </Section>
  );
}

/** What only a database has. */
function sqlFacts(connection: Connection, line: ApplicationLine): readonly Definition[] {
  return [
    {
      term: { fr: 'Compte et mot de passe', en: 'Account and password' },
      value:
        connection.place === null ? null : (
          <Say text={{ fr: 'Chiffrés, jamais montrés', en: 'Encrypted, never shown' }} />
        ),
    },
    {
      term: { fr: 'Échantillon de valeurs', en: 'Sample of values' },
      value: (
        <Say
          text={connection.mayBeSampled ? { fr: 'Autorisé', en: 'Allowed' } : { fr: 'Non autorisé', en: 'Not allowed' }}
        />
      ),
    },
    {
      term: words.personalData,
      value: line.fields === 0 ? null : <Say text={shareText(line.personalFields, line.fields)} />,
    },
    {
      term: { fr: 'Colonnes d’identité déclarées', en: 'Declared identity columns' },
      value: <Identities connection={connection} />,
    },
  ];
}

function Identities(props: { readonly connection: Connection }) {
  const { identities } = props.connection;
  if (identities.length === 0) {
    return (
      <Say
        text={{ fr: 'Aucune : elles sont déduites du dictionnaire', en: 'None: they are deduced from the dictionary' }}
      />
    );
  }
  return (
    <>
      {identities.map(({ kind, column }, index) => (
        <>
          {index === 0 ? '' : ', '}
          <Say text={kindText(kind)} /> <code>{column}</code>
        </>
      ))}
    </>
  );
}

function HarvestSection(props: ConnectionShown) {
  if (props.line.channel !== 'sql') return null;
  return (
    <Section id="harvests" title={{ fr: 'Moissons', en: 'Harvests' }}>
      <Table
        id="harvest-list"
        caption={{ fr: 'Dernières lectures du schéma', en: 'Last readings of the schema' }}
        rows={props.harvests}
        columns={[
          { id: 'at', title: { fr: 'Quand', en: 'When' }, kind: 'fixed', cell: (each) => <When at={each.at} /> },
          { id: 'changes', title: words.changes, cell: (each) => <Say text={changesText(each)} /> },
        ]}
        empty={{
          icon: 'database',
          title: { fr: 'Aucune moisson', en: 'No harvest' },
          hint: { fr: 'La première créera le dictionnaire.', en: 'The first will make the dictionary.' },
        }}
      />
    </Section>
  );
}

/** The form that changes how a known application is reached. An empty address keeps the present one. */
export function reconnectPage(line: ApplicationLine, now: Date, typed: Typed, wrong: readonly Problem[]): PageAnswer {
  const at = pathsOf(line);
  const problems = wrong.map(atTheirField);
  return applicationPage({
    line,
    now,
    tab: 'connection',
    status: problems.length > 0 ? 422 : 200,
    content: (
      <Form id="connection" action={at.connection} problems={problems}>
        <ConnectionFields
          typed={typed}
          problems={problems}
          channel={line.channel}
          urlHint={{
            fr: 'Vide, l’adresse enregistrée est gardée. Elle est chiffrée et n’est jamais montrée.',
            en: 'Empty, the recorded address is kept. It is encrypted and never shown.',
          }}
        />
        <FormActions>
          <Button kind="main" text={{ fr: 'Essayer et enregistrer', en: 'Try and save' }} />
          <LinkButton kind="quiet" href={at.root} text={{ fr: 'Annuler', en: 'Cancel' }} />
        </FormActions>
      </Form>
    ),
  });
}

/** What a form shows of a refusal: its problems, or itself when it has none. */
export function problemsOfRefusal(refusal: Refusal): readonly Problem[] {
  return refusal.problems.length > 0 ? refusal.problems : [{ pointer: '', code: refusal.code, text: refusal.text }];
}
