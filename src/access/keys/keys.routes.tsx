import { z } from 'zod';
import {
  Answer,
  created,
  type Flash,
  noContent,
  type Page,
  page,
  pageOf,
  redirect,
  type Slice,
  saying,
  type Visit,
} from '../../http/index.ts';
import { type Problem, parseId, publicId, type Text, type Uuid } from '../../kernel/index.ts';
import { write, writeOnce } from '../../store/index.ts';
import {
  Badge,
  Button,
  ButtonForm,
  Day,
  Form,
  FormActions,
  InputField,
  LinkButton,
  Pager,
  Say,
  SelectField,
  Table,
  withQuery,
} from '../../ui/index.ts';
import type { AccessOptions } from '../context.ts';
import { can, may, roles } from '../permissions.ts';
import { administration, roleNames, words } from '../words.ts';
import { type ApiKey, createKey, getKey, listKeys, noKey, revokeKey } from './keys.ts';

const name = z
  .string(saying({ fr: 'Donnez un nom à la clé.', en: 'Give the key a name.' }))
  .trim()
  .min(1)
  .max(100);
const keyForm = z.object({
  name,
  role: z.enum(roles, saying({ fr: 'Choisissez un rôle.', en: 'Choose a role.' })),
  expires: z.iso.date().optional(),
});
const keyBody = z.strictObject({ name, role: z.enum(roles), expiresAt: z.iso.datetime().optional() });
const keyAnswer = z.object({ id: z.string(), secret: z.string().nullable(), name: z.string(), role: z.enum(roles) });

const title = { fr: 'Clés d’API', en: 'API keys' };

/** Keys of programs: made, shown once, revoked. */
export function keysSlice(options: AccessOptions): Slice {
  return {
    name: 'keys',
    menu: [
      {
        section: administration,
        text: title,
        href: '/keys',
        icon: 'key',
        order: 2,
        isFor: (who) => can(who, 'keys.read'),
      },
    ],
    pages(app) {
      app.get('/keys', { allow: may('keys.read') }, async (visit) => listPage(visit, await keysPage(visit)));
      app.get('/keys/new', { allow: may('keys.manage') }, () => newKeyPage({}, []));
      app.post(
        '/keys',
        {
          form: keyForm,
          allow: may('keys.manage'),
          again: (_visit, refusal, typed) => newKeyPage(typed, refusal.problems),
        },
        async (visit) => {
          const { expires, ...key } = visit.body;
          const expiresAt = expires === undefined ? null : new Date(`${expires}T23:59:59Z`);
          const { secret } = await createOnce(options, visit, { ...key, expiresAt });
          return redirect('/keys', { flash: secret === null ? words.alreadyDone : secretFlash(secret) });
        },
      );
      app.get('/keys/:id/revoke', { allow: may('keys.manage') }, async (visit) =>
        revokePage(await getKey(visit.who.scope, idOf(visit.params.id))),
      );
      app.post('/keys/:id/revoke', { allow: may('keys.manage') }, async (visit) => {
        await write(visit.who.scope, visit.cause, (writing) => revokeKey(options, writing, idOf(visit.params.id)));
        return redirect('/keys', { flash: { fr: 'Clé révoquée.', en: 'Key revoked.' } });
      });
    },
    api(app) {
      app.get(
        '/keys',
        { summary: 'The API keys, without their secrets', isList: true, allow: may('keys.read') },
        keysPage,
      );
      app.post(
        '/keys',
        {
          summary: 'Makes an API key; the secret is in this answer only',
          body: keyBody,
          answer: keyAnswer,
          allow: may('keys.manage'),
        },
        async (call) => {
          const { expiresAt, ...key } = call.body;
          const made = await createOnce(options, call, {
            ...key,
            expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
          });
          const body = { id: made.id, secret: made.secret, ...key };
          return made.secret === null ? new Answer(200, body) : created(`/api/v1/keys/${made.id}`, body);
        },
      );
      app.delete('/keys/:id', { summary: 'Revokes an API key', allow: may('keys.manage') }, async (call) => {
        await write(call.who.scope, call.cause, (writing) => revokeKey(options, writing, idOf(call.params.id)));
        return noContent();
      });
    },
  };
}

/** Makes a key once for an idempotency key; the secret is in the first answer only, a repeat has none to show. */
async function createOnce(
  options: AccessOptions,
  asked: Pick<Visit<'/keys', unknown, unknown>, 'who' | 'cause' | 'requestHash'>,
  input: Parameters<typeof createKey>[2],
): Promise<{ readonly id: string; readonly secret: string | null }> {
  let secret: string | null = null;
  const written = await writeOnce(asked.who.scope, asked.cause, asked.requestHash, async (writing) => {
    const made = await createKey(options, writing, input);
    secret = made.secret;
    return { status: 201, resource: publicId('key', made.id) };
  });
  return { id: written.resource, secret: written.isRepeat ? null : secret };
}

function secretFlash(secret: string): Flash {
  return {
    tone: 'good',
    title: {
      fr: 'Clé créée. Copiez-la maintenant : elle n’est montrée que cette fois.',
      en: 'Key created. Copy it now: it is shown only this once.',
    },
    copy: { label: { fr: 'Nouvelle clé', en: 'New key' }, value: secret },
  };
}

function idOf(text: string): Uuid {
  const id = parseId('key', text);
  if (id === null) throw noKey();
  return id;
}

type Listing = Pick<Visit<'/keys', unknown, unknown>, 'who' | 'list'>;
type Line = Omit<ApiKey, 'id'> & { readonly id: string };

async function keysPage(asked: Listing): Promise<Page<Line>> {
  const list = asked.list();
  const [lastName, lastId] = list.after ?? [];
  const after = typeof lastName === 'string' && typeof lastId === 'string' ? { name: lastName, id: lastId } : null;
  const keys = await listKeys(asked.who.scope, { limit: list.limit + 1, after });
  return pageOf(
    list,
    keys,
    (key) => [key.name, key.id],
    (key) => ({ ...key, id: publicId('key', key.id) }),
  );
}

function listPage(visit: Pick<Visit<'/keys', unknown, unknown>, 'who' | 'url' | 'clock'>, keys: Page<Line>) {
  const isManager = can(visit.who, 'keys.manage');
  const now = visit.clock.now();
  return page({
    title,
    lead: {
      fr: 'Par ces clés, des programmes agissent dans l’organisation, chacun avec un rôle.',
      en: 'By these keys, programs act in the organisation, each with a role.',
    },
    actions: isManager ? (
      <LinkButton kind="main" icon="plus" href="/keys/new" text={{ fr: 'Créer une clé', en: 'Create a key' }} />
    ) : null,
    content: (
      <>
        <Table
          id="keys"
          caption={title}
          rows={keys.items}
          columns={[
            { id: 'name', title: words.name, cell: (key) => key.name },
            {
              id: 'hint',
              title: { fr: 'Début', en: 'Begins' },
              kind: 'fixed',
              cell: (key) => <code>{`${key.hint}…`}</code>,
            },
            { id: 'role', title: words.role, cell: (key) => <Say text={roleNames[key.role]} /> },
            {
              id: 'used',
              title: { fr: 'Dernier usage', en: 'Last used' },
              kind: 'fixed',
              cell: (key) =>
                key.lastUsedOn === null ? <Say text={{ fr: 'Jamais', en: 'Never' }} /> : <Day on={key.lastUsedOn} />,
            },
            { id: 'state', title: words.state, cell: (key) => <KeyState line={key} now={now} /> },
            {
              id: 'actions',
              title: { fr: 'Actions', en: 'Actions' },
              cell: (key) =>
                isManager && key.revokedAt === null ? (
                  <LinkButton kind="quiet" href={`/keys/${key.id}/revoke`} text={revokeText(key.name)} />
                ) : null,
            },
          ]}
          empty={{
            icon: 'key',
            title: { fr: 'Aucune clé', en: 'No key' },
            hint: {
              fr: 'Créez une clé pour qu’un programme, un script ou une application appelle l’API.',
              en: 'Create a key for a program, a script or an application to call the API.',
            },
          }}
        />
        <Pager
          nextHref={keys.next === null ? undefined : withQuery('/keys', { cursor: keys.next })}
          firstHref={visit.url.searchParams.has('cursor') ? '/keys' : undefined}
        />
      </>
    ),
  });
}

function KeyState(props: { readonly line: Line; readonly now: Date }) {
  const { revokedAt, expiresAt } = props.line;
  if (revokedAt !== null) return <Badge tone="neutral" text={{ fr: 'Révoquée', en: 'Revoked' }} />;
  if (expiresAt !== null && expiresAt <= props.now)
    return <Badge tone="warning" text={{ fr: 'Expirée', en: 'Expired' }} />;
  return <Badge tone="good" text={{ fr: 'Valide', en: 'Valid' }} />;
}

const revokeText = (name: string): Text => ({ fr: `Révoquer ${name}`, en: `Revoke ${name}` });

function revokePage(key: ApiKey) {
  return page({
    title: revokeText(key.name),
    breadcrumbs: [{ href: '/keys', text: title }],
    lead: {
      fr: 'Le programme qui emploie cette clé sera refusé dès son prochain appel. C’est définitif : il lui faudra une autre clé.',
      en: 'The program that uses this key will be refused from its next call. There is no way back: it will need another key.',
    },
    content: (
      <div class="actions">
        <ButtonForm
          kind="danger"
          action={`/keys/${publicId('key', key.id)}/revoke`}
          text={{ fr: 'Révoquer la clé', en: 'Revoke the key' }}
        />
        <LinkButton href="/keys" text={{ fr: 'Annuler', en: 'Cancel' }} />
      </div>
    ),
  });
}

function newKeyPage(typed: Readonly<Record<string, string>>, problems: readonly Problem[]) {
  return page({
    title: { fr: 'Créer une clé', en: 'Create a key' },
    breadcrumbs: [{ href: '/keys', text: title }],
    lead: {
      fr: 'La clé sera montrée une seule fois : Socle n’en garde qu’une empreinte.',
      en: 'The key will be shown once: Socle keeps only a fingerprint of it.',
    },
    content: (
      <Form id="new-key" action="/keys" problems={problems}>
        <InputField
          name="name"
          label={words.name}
          hint={{ fr: 'Le programme qui l’emploiera.', en: 'The program that will use it.' }}
          value={typed.name}
          autocomplete="off"
          isRequired
          width="medium"
          problems={problems}
        />
        <SelectField
          name="role"
          label={words.role}
          choices={roles.map((role) => ({ value: role, text: roleNames[role] }))}
          value={typed.role}
          isRequired
          problems={problems}
        />
        <InputField
          name="expires"
          kind="date"
          label={{ fr: 'Dernier jour de validité', en: 'Last valid day' }}
          value={typed.expires}
          width="narrow"
          problems={problems}
        />
        <FormActions>
          <Button kind="main" text={{ fr: 'Créer la clé', en: 'Create the key' }} />
        </FormActions>
      </Form>
    ),
  });
}
