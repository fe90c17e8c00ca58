import { publicId } from '../../kernel/index.ts';
import { type ApplicationLine, pathsOf } from '../../repository/index.ts';
import { Badge, ButtonForm, Day, LinkButton, Say, Section, Table, When } from '../../ui/index.ts';
import { kindWords, words } from './channel-words.ts';
import type { Credential, IssuedKind } from './credentials.ts';

interface Shown {
  readonly line: ApplicationLine;
  readonly credentials: readonly Credential[];
  readonly mayConnect: boolean;
}

/** What an application and Socle recognise each other by. A secret is shown when it is made, never after. */
export function CredentialSection(props: Shown) {
  const { line, credentials, mayConnect } = props;
  const at = pathsOf(line);
  return (
    <Section
      id="credentials"
      title={words.credentials}
      lead={{
        fr: 'Montrés une seule fois, à leur émission. Émettre de nouveau remplace sans rien perdre : l’ancien reste valable une semaine, ou jusqu’à sa révocation.',
        en: 'Shown once, when they are issued. Issuing again replaces without losing anything: the older stays valid for a week, or until it is revoked.',
      }}
    >
      <Table
        id="credential-list"
        caption={words.credentials}
        rows={credentials}
        columns={[
          {
            id: 'kind',
            title: { fr: 'Secret', en: 'Credential' },
            cell: (each) => <Say text={kindWords(each.kind).name} />,
          },
          {
            id: 'hint',
            title: { fr: 'Repère', en: 'Mark' },
            cell: (each) => <code>{each.publicKey ?? `${each.hint}…`}</code>,
          },
          {
            id: 'made',
            title: { fr: 'Émis', en: 'Issued' },
            kind: 'fixed',
            cell: (each) => <When at={each.createdAt} />,
          },
          {
            id: 'used',
            title: { fr: 'Dernier usage', en: 'Last used' },
            kind: 'fixed',
            cell: (each) => (each.lastUsedOn === null ? '' : <Day on={each.lastUsedOn} />),
          },
          { id: 'state', title: words.state, cell: (each) => <CredentialState credential={each} /> },
          {
            id: 'actions',
            title: words.actions,
            cell: (each) =>
              mayConnect ? (
                <LinkButton
                  kind="quiet"
                  href={`${at.orders}/credentials/${publicId('key', each.id)}/revoke`}
                  text={words.revoke}
                />
              ) : null,
          },
        ]}
        empty={{
          icon: 'key',
          title: { fr: 'Aucun secret', en: 'No credential' },
          hint: {
            fr: 'Sans clé, l’application ne peut ni recevoir d’ordre ni y répondre.',
            en: 'Without a key the application can neither receive an order nor answer one.',
          },
        }}
      />
      {mayConnect ? <Issue {...props} /> : null}
    </Section>
  );
}

/** What each channel is signed with; a key to call Socle besides. */
const issuedBy: Readonly<Record<string, readonly IssuedKind[]>> = {
  webhook: ['key', 'hmac', 'ed25519'],
  file: ['hmac', 'ed25519', 'key'],
};

function Issue({ line, credentials }: Shown) {
  const at = pathsOf(line);
  const kinds = issuedBy[line.channel ?? 'pull'] ?? ['key'];
  const has = (kind: IssuedKind): boolean => credentials.some((each) => each.kind === kind);
  return (
    <div class="actions">
      {kinds.map((kind) => (
        <ButtonForm
          action={`${at.orders}/credentials`}
          fields={{ kind }}
          text={has(kind) ? kindWords(kind).replace : kindWords(kind).issue}
        />
      ))}
      <LinkButton
        href={`${at.orders}/answer-key`}
        text={{ fr: 'Déclarer la clé de ses réponses', en: 'Register the key of its answers' }}
      />
    </div>
  );
}

function CredentialState({ credential }: { readonly credential: Credential }) {
  if (credential.endsAt === null) return <Badge tone="good" text={{ fr: 'Valable', en: 'Valid' }} />;
  return (
    <>
      <Badge tone="warning" text={{ fr: 'Remplacé', en: 'Replaced' }} /> <When at={credential.endsAt} />
    </>
  );
}
