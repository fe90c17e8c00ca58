import type { Problem, Text } from '../../kernel/index.ts';
import { CheckboxField, InputField, TextAreaField } from '../../ui/index.ts';
import type { Channel } from '../connection/input.ts';

/** What was typed, by field name: `name`, `channel`, `url`, `identities`, `map`. */
export type Typed = Readonly<Record<string, string>>;

interface FieldsProps {
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  readonly urlHint: Text;
  readonly channel: Channel | null;
  /** A known application keeps its address when none is typed. */
  readonly isNew?: boolean;
}

function isShown({ channel }: FieldsProps, ...channels: readonly Channel[]): boolean {
  return channels.some((each) => each === channel);
}

/** The address, the declared identities and the map: the same for a new application and for a known one. */
export function ConnectionFields(props: FieldsProps) {
  const { typed, problems } = props;
  return (
    <>
      {isShown(props, 'email') ? (
        <InputField
          name="contact"
          label={{ fr: 'Contacts (e-mail)', en: 'Contacts (e-mail)' }}
          hint={{
            fr: 'Les adresses de ceux qui effaceront, séparées par des virgules. Chacun reçoit un lien vers la liste de ce qui est à faire.',
            en: 'The addresses of those who will erase, separated by commas. Each gets a link to the list of what is to be done.',
          }}
          value={typed.contact}
          isRequired
          problems={problems}
        />
      ) : null}
      {isShown(props, 'file') ? (
        <InputField
          name="folder"
          label={{ fr: 'Dossier d’échange', en: 'Drop folder' }}
          hint={{
            fr: 'Un dossier de ce serveur, sous une racine permise (SOCLE_DROP_FOLDERS). /srv/echanges/crm, ou csv:/srv/echanges/crm pour des ordres en CSV.',
            en: 'A folder of this server, below an allowed root (SOCLE_DROP_FOLDERS). /srv/drops/crm, or csv:/srv/drops/crm for orders in CSV.',
          }}
          value={typed.folder}
          isRequired
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
          isRequired={props.isNew}
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

/** Each problem of a connection as that of the field that was typed: the summary of a form links to it too. */
export function atTheirField(problem: Problem): Problem {
  if (problem.pointer === '/url' && problem.code.startsWith('file.')) return { ...problem, pointer: '/folder' };
  if (problem.pointer === '/url' && problem.code.startsWith('email.')) return { ...problem, pointer: '/contact' };
  return { ...problem, pointer: problem.pointer.replace(/^\/identities\/\d+$/, '/identities') };
}
