import { z } from 'zod';
import { type PageAnswer, page, paths, redirect, type Slice, saying, type Who } from '../../http/index.ts';
import { isLanguage, type Problem } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import {
  Badge,
  Button,
  ButtonForm,
  DefinitionList,
  Form,
  FormActions,
  InputField,
  RadioField,
  Say,
  Section,
  Table,
  When,
} from '../../ui/index.ts';
import { presentSession } from '../authenticate.ts';
import type { AccessOptions } from '../context.ts';
import { isRole } from '../permissions.ts';
import { listSessions, type SessionLine } from '../sessions/sessions.ts';
import { rolesText, words } from '../words.ts';
import { changeOwnPassword, endSessionsOf } from './users.ts';

const passwordForm = z.object({
  current: z
    .string(saying({ fr: 'Saisissez votre mot de passe actuel.', en: 'Type your present password.' }))
    .max(1000),
  password: z.string(saying({ fr: 'Saisissez un nouveau mot de passe.', en: 'Type a new password.' })).max(1000),
});

/** What people change of themselves: password, language, sessions. */
export function accountSlice(options: AccessOptions): Slice {
  const show = async (who: Who, request: Request, problems: readonly Problem[]): Promise<PageAnswer> => {
    const present = await presentSession(options, request);
    const sessions = await listSessions(who.scope, who.user.id);
    return accountPage({ who, sessions, presentId: present?.id ?? null, problems });
  };
  return {
    name: 'account',
    pages(app) {
      app.get(paths.account, {}, (visit) => show(visit.who, visit.request, []));
      app.post(
        `${paths.account}/password`,
        {
          form: passwordForm,
          isOwnAccount: true,
          again: (visit, refusal) => show(visit.who, visit.request, refusal.problems),
        },
        async (visit) => {
          const present = await presentSession(options, visit.request);
          await write(visit.who.scope, visit.cause, (writing) =>
            changeOwnPassword(options, writing, {
              ...visit.body,
              userId: visit.who.user.id,
              sessionId: present?.id ?? null,
            }),
          );
          return redirect(paths.account, {
            flash: {
              fr: 'Mot de passe changé ; vos autres sessions sont fermées.',
              en: 'Password changed; your other sessions are closed.',
            },
          });
        },
      );
      app.post(`${paths.account}/sign-out-elsewhere`, { isOwnAccount: true }, async (visit) => {
        const present = await presentSession(options, visit.request);
        await write(visit.who.scope, visit.cause, (writing) =>
          endSessionsOf(writing, visit.who.user.id, present?.id ?? null),
        );
        return redirect(paths.account, {
          flash: { fr: 'Vos autres sessions sont fermées.', en: 'Your other sessions are closed.' },
        });
      });
    },
  };
}

interface Shown {
  readonly who: Who;
  readonly sessions: readonly SessionLine[];
  readonly presentId: string | null;
  readonly problems: readonly Problem[];
}

function accountPage(shown: Shown): PageAnswer {
  return page({
    title: { fr: 'Mon compte', en: 'My account' },
    content: (
      <>
        <DefinitionList
          items={[
            { term: words.name, value: shown.who.user.name },
            { term: words.email, value: shown.who.user.email },
            { term: words.roles, value: <Say text={rolesText(shown.who.roles.filter(isRole))} /> },
          ]}
        />
        <PasswordSection email={shown.who.user.email ?? ''} problems={shown.problems} />
        <LanguageSection who={shown.who} />
        <SessionsSection {...shown} />
      </>
    ),
  });
}

function PasswordSection(props: { readonly email: string; readonly problems: readonly Problem[] }) {
  return (
    <Section id="password" title={{ fr: 'Changer de mot de passe', en: 'Change your password' }}>
      <Form id="password-form" action={`${paths.account}/password`} problems={props.problems}>
        {/* For password managers: whose password this is. */}
        <input type="text" name="username" autocomplete="username" value={props.email} hidden readonly />
        <InputField
          name="current"
          kind="password"
          label={{ fr: 'Mot de passe actuel', en: 'Present password' }}
          autocomplete="current-password"
          isRequired
          width="medium"
          problems={props.problems}
        />
        <InputField
          name="password"
          kind="password"
          label={{ fr: 'Nouveau mot de passe', en: 'New password' }}
          hint={{
            fr: '12 caractères ou plus ; une phrase de quelques mots convient bien.',
            en: '12 characters or more; a sentence of a few words does well.',
          }}
          autocomplete="new-password"
          isRequired
          width="medium"
          problems={props.problems}
        />
        <FormActions>
          <Button kind="main" text={{ fr: 'Changer le mot de passe', en: 'Change the password' }} />
        </FormActions>
      </Form>
    </Section>
  );
}

function LanguageSection(props: { readonly who: Who }) {
  const { language } = props.who;
  return (
    <Section id="language" title={{ fr: 'Langue', en: 'Language' }}>
      <Form id="language-form" action={paths.preferences}>
        <input type="hidden" name="back" value={paths.account} />
        <RadioField
          name="language"
          label={{ fr: 'Langue des pages', en: 'Language of the pages' }}
          isRequired
          value={isLanguage(language) ? language : 'fr'}
          choices={[
            { value: 'fr', text: { fr: 'Français', en: 'Français' } },
            { value: 'en', text: { fr: 'English', en: 'English' } },
          ]}
        />
        <FormActions>
          <Button text={words.save} />
        </FormActions>
      </Form>
    </Section>
  );
}

function SessionsSection(props: Shown) {
  return (
    <Section
      id="sessions"
      title={{ fr: 'Sessions ouvertes', en: 'Open sessions' }}
      lead={{
        fr: 'Une session se ferme après deux heures sans activité, et au plus tard après douze heures.',
        en: 'A session closes after two hours without activity, and after twelve hours at the latest.',
      }}
      actions={
        props.sessions.length > 1 ? (
          <ButtonForm
            action={`${paths.account}/sign-out-elsewhere`}
            text={{ fr: 'Fermer les autres sessions', en: 'Close the other sessions' }}
          />
        ) : null
      }
    >
      <Table
        id="sessions-table"
        caption={{ fr: 'Sessions ouvertes', en: 'Open sessions' }}
        rows={props.sessions}
        columns={[
          {
            id: 'opened',
            title: { fr: 'Ouverte', en: 'Opened' },
            cell: (session) => <When at={session.createdAt} show="moment" />,
          },
          {
            id: 'seen',
            title: { fr: 'Dernière activité', en: 'Last activity' },
            cell: (session) => <When at={session.seenAt} />,
          },
          {
            id: 'which',
            title: { fr: 'Laquelle', en: 'Which' },
            cell: (session) =>
              session.id === props.presentId ? (
                <Badge tone="good" text={{ fr: 'Celle-ci', en: 'This one' }} />
              ) : (
                <Say text={{ fr: 'Autre navigateur', en: 'Another browser' }} />
              ),
          },
        ]}
        empty={{
          title: { fr: 'Aucune session', en: 'No session' },
          hint: { fr: 'Vous êtes reconnu par une clé.', en: 'You are recognised by a key.' },
        }}
      />
    </Section>
  );
}
