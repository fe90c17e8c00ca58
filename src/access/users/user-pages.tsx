import { type PageAnswer, page } from '../../http/index.ts';
import { type Problem, publicId } from '../../kernel/index.ts';
import {
  Badge,
  Button,
  ButtonForm,
  CheckboxesField,
  CheckboxField,
  DefinitionList,
  Form,
  FormActions,
  InputField,
  LinkButton,
  Say,
  Section,
} from '../../ui/index.ts';
import { roles } from '../permissions.ts';
import { roleHints, roleNames, rolesText, words } from '../words.ts';
import type { User } from './users.ts';

const breadcrumbs = [{ href: '/users', text: { fr: 'Utilisateurs', en: 'Users' } }];
const roleChoices = roles.map((role) => ({ value: role, text: roleNames[role], hint: roleHints[role] }));

export function newUserPage(shown: {
  readonly typed: Readonly<Record<string, string>>;
  readonly chosen: readonly string[];
  readonly problems: readonly Problem[];
}): PageAnswer {
  const { typed, problems } = shown;
  return page({
    title: { fr: 'Ajouter un utilisateur', en: 'Add a user' },
    breadcrumbs,
    lead: {
      fr: 'Un mot de passe provisoire sera montré une seule fois ; la personne le changera dans « Mon compte ».',
      en: 'A temporary password will be shown once; the person will change it in “My account”.',
    },
    content: (
      <Form id="new-user" action="/users" problems={problems}>
        <InputField
          name="name"
          label={words.name}
          value={typed.name}
          autocomplete="off"
          isRequired
          width="medium"
          problems={problems}
        />
        <InputField
          name="email"
          kind="email"
          label={words.email}
          value={typed.email}
          autocomplete="off"
          isRequired
          width="medium"
          problems={problems}
        />
        <CheckboxesField
          name="roles"
          label={words.roles}
          choices={roleChoices}
          values={shown.chosen}
          isRequired
          problems={problems}
        />
        <FormActions>
          <Button kind="main" text={{ fr: 'Ajouter', en: 'Add' }} />
        </FormActions>
      </Form>
    ),
  });
}

interface ShownUser {
  readonly user: User;
  readonly controllers: readonly { readonly id: string; readonly name: string }[];
  readonly problems: readonly Problem[];
  readonly isManager: boolean;
  readonly isSelf: boolean;
}

export function userPage(shown: ShownUser): PageAnswer {
  const { user } = shown;
  return page({
    title: { fr: user.name, en: user.name },
    breadcrumbs,
    badge: user.isActive ? (
      <Badge tone="good" text={{ fr: 'Actif', en: 'Active' }} />
    ) : (
      <Badge tone="neutral" text={{ fr: 'Suspendu', en: 'Suspended' }} />
    ),
    content: (
      <>
        <DefinitionList
          items={[
            { term: words.email, value: user.email },
            { term: words.roles, value: <Say text={rolesText(user.roles)} /> },
          ]}
        />
        {shown.isManager ? <UserForm {...shown} /> : null}
        {shown.isManager && !shown.isSelf ? <Leaving user={user} /> : null}
      </>
    ),
  });
}

function UserForm(props: ShownUser) {
  const { user, problems } = props;
  return (
    <Section id="change" title={{ fr: 'Modifier', en: 'Change' }}>
      <Form id="user-form" action={`/users/${publicId('usr', user.id)}`} problems={problems}>
        <InputField name="name" label={words.name} value={user.name} isRequired width="medium" problems={problems} />
        <CheckboxesField
          name="roles"
          label={words.roles}
          choices={roleChoices}
          values={user.roles}
          isRequired
          problems={problems}
        />
        {props.controllers.length === 0 ? null : (
          <CheckboxesField
            name="perimeters"
            label={{ fr: 'Périmètre', en: 'Perimeter' }}
            hint={{
              fr: 'Les responsables de traitement auxquels cette personne est limitée. Aucun : pas de limite.',
              en: 'The controllers this person is limited to. None: no limit.',
            }}
            choices={props.controllers.map(({ id, name }) => ({ value: id, text: { fr: name, en: name } }))}
            values={user.perimeters}
            problems={problems}
          />
        )}
        <CheckboxField
          name="isActive"
          label={{ fr: 'Peut se connecter', en: 'May sign in' }}
          isChecked={user.isActive}
          isRequired
          problems={problems}
        />
        <FormActions>
          <Button kind="main" text={words.save} />
        </FormActions>
      </Form>
    </Section>
  );
}

const deleting = {
  fr: 'Supprimer efface le nom et l’adresse ; ce que la personne a fait reste, sous un identifiant qui ne désigne plus personne.',
  en: 'Deleting erases the name and the address; what the person did stays, under an id that names nobody any more.',
};

function Leaving(props: { readonly user: User }) {
  const path = `/users/${publicId('usr', props.user.id)}`;
  return (
    <Section id="leaving" title={{ fr: 'Mot de passe et départ', en: 'Password and leaving' }} lead={deleting}>
      <div class="actions">
        <ButtonForm
          action={`${path}/password`}
          text={{ fr: 'Donner un mot de passe provisoire', en: 'Give a temporary password' }}
        />
        <LinkButton href={`${path}/delete`} text={{ fr: 'Supprimer l’utilisateur…', en: 'Delete the user…' }} />
      </div>
    </Section>
  );
}

/** Asks once more before a user is deleted. */
export function deletePage(user: User): PageAnswer {
  const path = `/users/${publicId('usr', user.id)}`;
  return page({
    title: { fr: `Supprimer ${user.name}`, en: `Delete ${user.name}` },
    breadcrumbs: [...breadcrumbs, { href: path, text: { fr: user.name, en: user.name } }],
    lead: deleting,
    content: (
      <div class="actions">
        <ButtonForm
          kind="danger"
          action={`${path}/delete`}
          text={{ fr: 'Supprimer l’utilisateur', en: 'Delete the user' }}
        />
        <LinkButton href={path} text={{ fr: 'Annuler', en: 'Cancel' }} />
      </div>
    ),
  });
}
