import { z } from 'zod';
import { type Page, page, pageOf, redirect, type Slice, type Visit } from '../../http/index.ts';
import { parseId, publicId, type Uuid } from '../../kernel/index.ts';
import { write, writeOnce } from '../../store/index.ts';
import { Badge, LinkButton, Pager, Say, Table, withQuery } from '../../ui/index.ts';
import type { AccessOptions } from '../context.ts';
import { newPassword } from '../passwords.ts';
import { can, may, roles } from '../permissions.ts';
import { administration, rolesText, words } from '../words.ts';
import { deletePage, newUserPage, userPage } from './user-pages.tsx';
import {
  changeUser,
  createUser,
  deleteUser,
  getUser,
  listUsers,
  noUser,
  setPassword,
  type User,
  userInput,
} from './users.ts';

const several = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.string()),
);
const newUserForm = userInput.extend({ roles: several.pipe(userInput.shape.roles) });
const userForm = z.object({
  name: z.string().trim().min(1).max(100),
  roles: several.pipe(z.array(z.enum(roles)).min(1)),
  perimeters: several.pipe(z.array(z.uuid())),
  isActive: z.string().optional(),
});

const title = { fr: 'Utilisateurs', en: 'Users' };

/** The users of the organisation and what they may do: an administrator's pages. */
export function usersSlice(options: AccessOptions): Slice {
  return {
    name: 'users',
    menu: [
      {
        section: administration,
        text: title,
        href: '/users',
        icon: 'person',
        order: 1,
        isFor: (who) => can(who, 'users.read'),
      },
    ],
    pages(app) {
      app.get('/users', { allow: may('users.read') }, async (visit) => listPage(visit, await usersPage(visit)));
      app.get('/users/new', { allow: may('users.manage') }, () => newUserPage({ typed: {}, chosen: [], problems: [] }));
      app.post(
        '/users',
        {
          form: newUserForm,
          allow: may('users.manage'),
          again: (_visit, refusal, typed) =>
            newUserPage({ typed, chosen: (typed.roles ?? '').split('\n'), problems: refusal.problems }),
        },
        async (visit) => {
          const password = newPassword();
          const written = await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
            const id = await createUser(options, writing, { ...visit.body, password });
            return { status: 303, resource: publicId('usr', id) };
          });
          const flash = written.isRepeat ? words.alreadyDone : passwordFlash(password);
          return redirect(`/users/${written.resource}`, { flash });
        },
      );
      mountUser(app, options);
    },
    api(app) {
      app.get(
        '/users',
        { summary: 'The users of the organisation', isList: true, allow: may('users.read') },
        usersPage,
      );
      app.get('/me', { summary: 'Who is calling, and with which roles' }, ({ who }) => ({
        actor: who.actor,
        name: who.user.name,
        organisation: who.organisation,
        roles: who.roles,
        perimeters: who.perimeters,
      }));
    },
  };
}

function mountUser(app: Parameters<NonNullable<Slice['pages']>>[0], options: AccessOptions): void {
  const show = async (
    visit: Pick<Visit<'/users/:id', unknown, unknown>, 'who' | 'params'>,
    problems: Parameters<typeof userPage>[0]['problems'],
  ) => {
    const user = await getUser(visit.who.scope, idOf(visit.params.id));
    const controllers = (await options.controllers?.(visit.who.org)) ?? [];
    return userPage({
      user,
      controllers,
      problems,
      isManager: can(visit.who, 'users.manage'),
      isSelf: user.id === visit.who.user.id,
    });
  };
  app.get('/users/:id', { allow: may('users.read') }, (visit) => show(visit, []));
  app.post(
    '/users/:id',
    { form: userForm, allow: may('users.manage'), again: (visit, refusal) => show(visit, refusal.problems) },
    async (visit) => {
      const id = idOf(visit.params.id);
      const { isActive, ...change } = visit.body;
      await write(visit.who.scope, visit.cause, (writing) =>
        changeUser(options, writing, id, { ...change, isActive: isActive !== undefined }),
      );
      return redirect(`/users/${visit.params.id}`, { flash: words.saved });
    },
  );
  app.post('/users/:id/password', { allow: may('users.manage') }, async (visit) => {
    const password = newPassword();
    const userId = idOf(visit.params.id);
    await write(visit.who.scope, visit.cause, (writing) =>
      setPassword(options, writing, { userId, password, keptSession: null }),
    );
    return redirect(`/users/${visit.params.id}`, { flash: passwordFlash(password) });
  });
  app.get('/users/:id/delete', { allow: may('users.manage') }, async (visit) =>
    deletePage(await getUser(visit.who.scope, idOf(visit.params.id))),
  );
  app.post(
    '/users/:id/delete',
    { allow: may('users.manage'), again: (visit, refusal) => show(visit, refusal.problems) },
    async (visit) => {
      await write(visit.who.scope, visit.cause, (writing) => deleteUser(options, writing, idOf(visit.params.id)));
      return redirect('/users', {
        flash: {
          fr: 'Utilisateur supprimé, avec son nom et son adresse.',
          en: 'User deleted, with their name and address.',
        },
      });
    },
  );
}

function idOf(text: string): Uuid {
  const id = parseId('usr', text);
  if (id === null) throw noUser();
  return id;
}

function passwordFlash(password: string) {
  return {
    tone: 'good',
    title: {
      fr: 'Transmettez ce mot de passe provisoire de vive voix : il n’est montré que cette fois.',
      en: 'Pass this temporary password on in person: it is shown only this once.',
    },
    copy: { label: { fr: 'Mot de passe provisoire', en: 'Temporary password' }, value: password },
  } as const;
}

type Listing = Pick<Visit<'/users', unknown, unknown>, 'who' | 'list'>;
type Line = Pick<User, 'name' | 'email' | 'roles' | 'isActive'> & { readonly id: string };

async function usersPage(asked: Listing): Promise<Page<Line>> {
  const list = asked.list();
  const [name, id] = list.after ?? [];
  const after = typeof name === 'string' && typeof id === 'string' ? { name, id } : null;
  const users = await listUsers(asked.who.scope, { limit: list.limit + 1, after });
  return pageOf(
    list,
    users,
    (user) => [user.name, user.id],
    (user) => ({
      id: publicId('usr', user.id),
      name: user.name,
      email: user.email,
      roles: user.roles,
      isActive: user.isActive,
    }),
  );
}

function listPage(visit: Pick<Visit<'/users', unknown, unknown>, 'who' | 'url'>, users: Page<Line>) {
  return page({
    title,
    lead: {
      fr: 'Qui travaille avec Socle dans cette organisation, et avec quels rôles.',
      en: 'Who works with Socle in this organisation, and with which roles.',
    },
    actions: can(visit.who, 'users.manage') ? (
      <LinkButton kind="main" icon="plus" href="/users/new" text={{ fr: 'Ajouter un utilisateur', en: 'Add a user' }} />
    ) : null,
    content: (
      <>
        <Table
          id="users"
          caption={title}
          rows={users.items}
          rowHref={(user) => `/users/${user.id}`}
          columns={[
            { id: 'name', title: words.name, cell: (user) => user.name },
            { id: 'email', title: words.email, cell: (user) => user.email },
            { id: 'roles', title: words.roles, cell: (user) => <Say text={rolesText(user.roles)} /> },
            {
              id: 'state',
              title: words.state,
              cell: (user) =>
                user.isActive ? (
                  <Badge tone="good" text={{ fr: 'Actif', en: 'Active' }} />
                ) : (
                  <Badge tone="neutral" text={{ fr: 'Suspendu', en: 'Suspended' }} />
                ),
            },
          ]}
          empty={{
            title: { fr: 'Aucun utilisateur', en: 'No user' },
            hint: { fr: 'Ajoutez la première personne.', en: 'Add the first person.' },
          }}
        />
        <Pager
          nextHref={users.next === null ? undefined : withQuery('/users', { cursor: users.next })}
          firstHref={visit.url.searchParams.has('cursor') ? '/users' : undefined}
        />
      </>
    ),
  });
}
