import { type PageAnswer, page } from '../../http/index.ts';
import type { Problem, Text } from '../../kernel/index.ts';
import {
  Button,
  CheckboxField,
  Form,
  FormActions,
  InputField,
  LinkButton,
  SelectField,
  TextAreaField,
} from '../../ui/index.ts';
import type { Channel } from '../connection/input.ts';
import { applicationsPath } from './frame.tsx';
import { channelText, words } from './words.ts';

/** What was typed, by field name: `name`, `channel`, `url`, `identities`, `map`. */
export type Typed = Readonly<Record<string, string>>;

/** The form of a new application, empty or with what was typed and what is wrong. */
export function newApplicationPage(typed: Typed, problems: readonly Problem[]): PageAnswer {
  return page({
    title: { fr: 'Ajouter une application', en: 'Add an application' },
    status: problems.length > 0 ? 422 : 200,
    lead: {
      fr: 'Socle essaie la connexion, lit le schéma et propose une catégorie pour chaque champ. Aucune ligne n’est lue, rien n’est modifié.',
      en: 'Socle tries the connection, reads the schema and proposes a category for each field. No row is read, nothing is changed.',
    },
    breadcrumbs: [{ text: words.applications, href: applicationsPath }],
    content: (
      <Form id="application" action={applicationsPath} problems={problems}>
        <InputField
          name="name"
          label={words.name}
          value={typed.name}
          maxLength={120}
          isRequired
          problems={problems}
          width="medium"
        />
        <SelectField
          name="channel"
          label={words.channel}
          hint={{
            fr: 'Comment elle reçoit ses ordres. Par SQL, Socle efface lui-même et prouve l’absence.',
            en: 'How it receives its orders. By SQL, Socle erases by itself and proves the absence.',
          }}
          value={typed.channel ?? 'sql'}
          emptyText={null}
          isRequired
          problems={problems}
          choices={['sql', 'webhook', 'pull', 'file', 'email'].map((value) => ({ value, text: channelText(value) }))}
        />
        <ConnectionFields typed={typed} problems={problems} urlHint={urlHint} />
        <FormActions>
          <Button kind="main" text={{ fr: 'Essayer et ajouter', en: 'Try and add' }} />
          <LinkButton kind="quiet" href={applicationsPath} text={{ fr: 'Annuler', en: 'Cancel' }} />
        </FormActions>
      </Form>
    ),
  });
}

const urlHint: Text = {
  fr: 'SQL : postgres://compte:motdepasse@hôte/base, mysql:// pour MySQL et MariaDB, sqlite:///chemin pour un fichier de ce serveur. Webhook : https://hôte/chemin. Relève : aucune. Elle est chiffrée et n’est plus jamais montrée.',
  en: 'SQL: postgres://account:password@host/database, mysql:// for MySQL and MariaDB, sqlite:///path for a file of this server. Webhook: https://host/path. Pull: none. It is encrypted and never shown again.',
};

interface FieldsProps {
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  readonly urlHint: Text;
  /** Of a known application; absent: it is being chosen on the same form. */
  readonly channel?: string | null;
}

function isShown({ channel }: FieldsProps, ...channels: readonly Channel[]): boolean {
  return channel === undefined || channel === null || channels.some((each) => each === channel);
}

/** The address, the declared identities and the map: the same for a new application and for a known one. */
export function ConnectionFields(props: FieldsProps) {
  const { typed } = props;
  const problems = props.problems.map(atTheirField);
  return (
    <>
      {isShown(props, 'email') ? (
        <InputField
          name="contact"
          label={{ fr: 'Contacts (e-mail)', en: 'Contacts (e-mail)' }}
          hint={{
            fr: 'Canal e-mail : les adresses de ceux qui effaceront, séparées par des virgules. Chacun reçoit un lien vers la liste de ce qui est à faire.',
            en: 'E-mail channel: the addresses of those who will erase, separated by commas. Each gets a link to the list of what is to be done.',
          }}
          value={typed.contact}
          problems={problems}
        />
      ) : null}
      {isShown(props, 'file') ? (
        <InputField
          name="folder"
          label={{ fr: 'Dossier d’échange', en: 'Drop folder' }}
          hint={{
            fr: 'Canal fichiers : un dossier de ce serveur, sous une racine permise (SOCLE_DROP_FOLDERS). /srv/echanges/crm, ou csv:/srv/echanges/crm pour des ordres en CSV.',
            en: 'File channel: a folder of this server, below an allowed root (SOCLE_DROP_FOLDERS). /srv/drops/crm, or csv:/srv/drops/crm for orders in CSV.',
          }}
          value={typed.folder}
          problems={problems}
        />
      ) : null}
      {isShown(props, 'sql', 'webhook') ? (
        <InputField
          name="url"
          kind="password"
          label={{ fr: 'Adresse', en: 'Address' }}
          hint={props.urlHint}
          value=""
          autocomplete="off"
          problems={problems}
        />
      ) : null}
      {isShown(props, 'sql') ? (
        <>
          <TextAreaField
            name="identities"
            label={{ fr: 'Colonnes qui identifient une personne', en: 'Columns that identify a person' }}
            hint={{
              fr: 'Une par ligne, GENRE=table.colonne : customer_id=client.numero. Les e-mails et téléphones sont trouvés sans cela.',
              en: 'One a line, KIND=table.column: customer_id=customer.number. E-mails and telephones are found without it.',
            }}
            value={typed.identities}
            rows={3}
            problems={problems}
          />
          <TextAreaField
            name="map"
            label={{ fr: 'Déclarations (YAML)', en: 'Map (YAML)' }}
            hint={{
              fr: 'Ce que le schéma ne dit pas : jointures sans clé étrangère, champs à garder et pourquoi, lignes à supprimer.',
              en: 'What the schema doesn’t say: joins without a foreign key, fields to keep and why, rows to delete.',
            }}
            value={typed.map}
            rows={8}
            problems={problems}
          />
          <CheckboxField
            name="sample"
            label={{
              fr: 'Autoriser un échantillon : quelques centaines de valeurs par table, vérifiées dans la base de l’application',
              en: 'Allow a sample: some hundreds of values a table, checked in the application’s own database',
            }}
            hint={{
              fr: 'Trouve e-mails, téléphones, IBAN, NIR et cartes que les noms ne disent pas. Seules des proportions en sortent.',
              en: 'Finds e-mails, telephones, IBANs, social security numbers and cards that names don’t tell. Only shares come out.',
            }}
            isChecked={typed.sample === 'yes'}
            problems={problems}
          />
        </>
      ) : null}
    </>
  );
}

/** A problem of one line of identities is shown at their one field. */
function atTheirField(problem: Problem): Problem {
  if (problem.pointer === '/url' && problem.code.startsWith('file.')) return { ...problem, pointer: '/folder' };
  if (problem.pointer === '/url' && problem.code.startsWith('email.')) return { ...problem, pointer: '/contact' };
  return { ...problem, pointer: problem.pointer.replace(/^\/identities\/\d+$/, '/identities') };
}
