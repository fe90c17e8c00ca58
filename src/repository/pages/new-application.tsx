import { type PageAnswer, page } from '../../http/index.ts';
import type { Problem, Text } from '../../kernel/index.ts';
import { Button, Form, FormActions, HiddenField, InputField, LinkButton, Say, Table } from '../../ui/index.ts';
import { type Channel, channels } from '../connection/input.ts';
import { atTheirField, ConnectionFields, type Typed } from './connection-form.tsx';
import { applicationsPath } from './frame.tsx';
import { channelText, words } from './words.ts';

export const newApplicationPath = `${applicationsPath}/new`;

const title: Text = { fr: 'Ajouter une application', en: 'Add an application' };
const breadcrumbs = [{ text: words.applications, href: applicationsPath }];

/** The first question: who will erase in the application, and how they are told. */
export function channelChoicePage(): PageAnswer {
  return page({
    title,
    lead: {
      fr: 'Qui effacera une personne qui le demande, et comment l’ordre lui parviendra-t-il ?',
      en: 'Who will erase a person who asks for it, and how will the order reach them?',
    },
    breadcrumbs,
    content: (
      <Table
        id="channels"
        caption={words.channel}
        rows={channels}
        rowHref={(channel) => `${newApplicationPath}?channel=${channel}`}
        columns={[
          { id: 'channel', title: words.channel, cell: (channel) => <Say text={channelText(channel)} /> },
          {
            id: 'who',
            title: { fr: 'Qui efface', en: 'Who erases' },
            cell: (channel) => <Say text={channelFacts[channel].who} />,
          },
          {
            id: 'needs',
            title: { fr: 'Ce qu’il faut', en: 'What it takes' },
            cell: (channel) => <Say text={channelFacts[channel].needs} />,
          },
        ]}
        empty={{ title: words.channel, hint: words.channel }}
      />
    ),
  });
}

/** The form of a new application of a chosen channel, empty or with what was typed and what is wrong. */
export function newApplicationPage(channel: Channel, typed: Typed, wrong: readonly Problem[]): PageAnswer {
  const problems = wrong.map(atTheirField);
  return page({
    title,
    status: problems.length > 0 ? 422 : 200,
    lead: channelFacts[channel].next,
    breadcrumbs: [...breadcrumbs, { text: channelText(channel), href: newApplicationPath }],
    content: (
      <Form id="application" action={applicationsPath} problems={problems}>
        <HiddenField name="channel" value={channel} />
        <InputField
          name="name"
          label={words.name}
          value={typed.name}
          maxLength={120}
          isRequired
          problems={problems}
          width="medium"
        />
        <ConnectionFields
          isNew
          typed={typed}
          problems={problems}
          channel={channel}
          urlHint={channelFacts[channel].url}
        />
        <FormActions>
          <Button kind="main" text={channelFacts[channel].add} />
          <LinkButton
            kind="quiet"
            href={newApplicationPath}
            text={{ fr: 'Changer de canal', en: 'Change the channel' }}
          />
        </FormActions>
      </Form>
    ),
  });
}

interface ChannelFacts {
  readonly who: Text;
  readonly needs: Text;
  readonly next: Text;
  readonly url: Text;
  readonly add: Text;
}

const add: Text = { fr: 'Ajouter', en: 'Add' };
const noUrl: Text = { fr: '', en: '' };

const channelFacts: Readonly<Record<Channel, ChannelFacts>> = {
  sql: {
    who: {
      fr: 'Socle, dans sa base de données ; il prouve ensuite l’absence.',
      en: 'Socle, in its database; then it proves the absence.',
    },
    needs: {
      fr: 'L’adresse et un compte de la base : PostgreSQL, MariaDB, MySQL, fichier SQLite.',
      en: 'The address and an account of the database: PostgreSQL, MariaDB, MySQL, SQLite file.',
    },
    next: {
      fr: 'Socle essaie la connexion, lit le schéma et propose une catégorie pour chaque champ. Aucune ligne n’est lue, rien n’est modifié.',
      en: 'Socle tries the connection, reads the schema and proposes a category for each field. No row is read, nothing is changed.',
    },
    url: {
      fr: 'postgres://compte:motdepasse@hôte/base, mysql:// pour MySQL et MariaDB, sqlite:///chemin pour un fichier de ce serveur. Elle est chiffrée et n’est plus jamais montrée.',
      en: 'postgres://account:password@host/database, mysql:// for MySQL and MariaDB, sqlite:///path for a file of this server. It is encrypted and never shown again.',
    },
    add: { fr: 'Essayer et ajouter', en: 'Try and add' },
  },
  webhook: {
    who: { fr: 'L’application, que Socle appelle.', en: 'The application, which Socle calls.' },
    needs: {
      fr: 'Une adresse https et dix lignes de code : Node.js, Python, PHP.',
      en: 'An https address and ten lines of code: Node.js, Python, PHP.',
    },
    next: {
      fr: 'Sa clé et son secret seront montrés une fois, à la page suivante.',
      en: 'Its key and its secret will be shown once, on the next page.',
    },
    url: {
      fr: 'https://hôte/chemin, que Socle appellera. Elle est chiffrée et n’est plus jamais montrée.',
      en: 'https://host/path, which Socle will call. It is encrypted and never shown again.',
    },
    add,
  },
  pull: {
    who: {
      fr: 'L’application, qui vient chercher ses ordres.',
      en: 'The application, which comes for its orders.',
    },
    needs: {
      fr: 'Dix lignes de code, et aucune adresse à ouvrir vers elle.',
      en: 'Ten lines of code, and no address to open towards it.',
    },
    next: {
      fr: 'Sa clé sera montrée une fois, à la page suivante.',
      en: 'Its key will be shown once, on the next page.',
    },
    url: noUrl,
    add,
  },
  file: {
    who: {
      fr: 'L’application, par des fichiers CSV ou NDJSON signés.',
      en: 'The application, through signed CSV or NDJSON files.',
    },
    needs: {
      fr: 'Un dossier de ce serveur, que l’application lit et écrit.',
      en: 'A folder of this server, which the application reads and writes.',
    },
    next: {
      fr: 'Socle y dépose les ordres et y relève les réponses.',
      en: 'Socle drops the orders there and picks the answers up.',
    },
    url: noUrl,
    add,
  },
  email: {
    who: {
      fr: 'Des personnes, qui cochent ce qui est fait.',
      en: 'People, who tick what is done.',
    },
    needs: {
      fr: 'Leurs adresses e-mail ; elles répondent sans compte.',
      en: 'Their e-mail addresses; they answer without an account.',
    },
    next: {
      fr: 'À chaque ordre, elles reçoivent un lien signé qui expire.',
      en: 'At each order, they get a signed link that expires.',
    },
    url: noUrl,
    add,
  },
};
