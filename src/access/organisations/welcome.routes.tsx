import { z } from 'zod';
import { type PageAnswer, page, paths, redirect, type Slice, saying } from '../../http/index.ts';
import { type Problem, Refusal, systemCause } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { Button, Fieldset, Form, FormActions, HiddenField, InputField, Notice } from '../../ui/index.ts';
import { sessionCookie } from '../authenticate.ts';
import type { AccessOptions } from '../context.ts';
import { openSession } from '../sessions/sessions.ts';
import { createUser, userInput } from '../users/users.ts';
import { words } from '../words.ts';
import type { FirstRun } from './first-run.ts';
import { createOrganisation, organisations } from './organisations.ts';

const welcomeForm = z.object({
  token: z.string(),
  organisation: z
    .string(saying({ fr: 'Nommez votre organisation.', en: 'Name your organisation.' }))
    .trim()
    .min(2)
    .max(100),
  name: userInput.shape.name,
  email: userInput.shape.email,
  password: z.string(saying({ fr: 'Choisissez un mot de passe.', en: 'Choose a password.' })),
});

/** The first-run page: an organisation and its first administrator. */
export function welcomeSlice(options: AccessOptions, firstRun: FirstRun): Slice {
  return {
    name: 'welcome',
    pages(app) {
      app.publicGet('/welcome', { query: z.object({ token: z.string().optional() }) }, async (visit) => {
        if (!(await firstRun.isOpen())) return redirect(paths.signIn);
        const token = visit.query.token ?? '';
        return firstRun.matches(token) ? welcomePage({ token }, []) : lockedPage();
      });
      app.publicPost(
        '/welcome',
        { form: welcomeForm, again: (_visit, refusal, typed) => welcomePage(typed, refusal.problems) },
        async (visit) => {
          if (!(await firstRun.isOpen()) || !firstRun.matches(visit.body.token)) throw locked();
          const { organisation, name, email, password } = visit.body;
          const scope = await organisationNamed(options, organisation);
          const userId = await write(scope, systemCause('first-run'), (writing) =>
            createUser(options, writing, { name, email, password, roles: ['admin', 'dpo'], language: visit.language }),
          );
          const { token } = await openSession(scope, userId);
          return redirect('/', {
            flash: { fr: 'Bienvenue. L’organisation est créée.', en: 'Welcome. The organisation is created.' },
            cookies: [{ name: sessionCookie, value: token, maxAgeSeconds: null }],
          });
        },
      );
    },
  };
}

/**
 * The organisation that the first account enters: the one that stands ready without a name of its own (or that a first
 * try made before its user was refused), named now; else a new one.
 */
async function organisationNamed(options: AccessOptions, name: string): Promise<Scope> {
  const slug = slugOf(name);
  const [present] = await organisations(options);
  if (present === undefined) return createOrganisation(options, { slug, name });
  const scope = options.store.scope(present.id);
  await write(scope, systemCause('first-run'), async ({ tx }) => {
    await tx.updateTable('access.organisation').set({ slug, name }).where('id', '=', present.id).execute();
  });
  return scope;
}

/** `Enseigne & Cie` → `enseigne-cie`. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 41)
    .replace(/-+$/, '');
  return slug.length < 2 ? `org-${slug}`.replace(/-$/, '') : slug;
}

function locked(): Refusal {
  return new Refusal('access.first_run_locked', 403, {
    fr: 'Cette page demande l’adresse complète imprimée au démarrage de Socle.',
    en: 'This page takes the complete address printed when Socle started.',
  });
}

function lockedPage(): PageAnswer {
  const { text } = locked();
  return page({
    shell: 'bare',
    status: 403,
    title: { fr: 'Bienvenue dans Socle', en: 'Welcome to Socle' },
    content: <Notice tone="warning" title={text} />,
  });
}

function welcomePage(typed: Readonly<Record<string, string>>, problems: readonly Problem[]): PageAnswer {
  return page({
    shell: 'bare',
    title: { fr: 'Bienvenue dans Socle', en: 'Welcome to Socle' },
    lead: {
      fr: 'Nommez votre organisation et créez son premier compte. D’autres personnes viendront ensuite.',
      en: 'Name your organisation and create its first account. Other people come later.',
    },
    content: (
      <Form id="welcome" action="/welcome" problems={problems}>
        <HiddenField name="token" value={typed.token ?? ''} />
        <InputField
          name="organisation"
          label={{ fr: 'Organisation', en: 'Organisation' }}
          value={typed.organisation}
          autocomplete="organization"
          isRequired
          problems={problems}
        />
        <Fieldset legend={{ fr: 'Votre compte', en: 'Your account' }}>
          <InputField
            name="name"
            label={words.name}
            value={typed.name}
            autocomplete="name"
            isRequired
            problems={problems}
          />
          <InputField
            name="email"
            kind="email"
            label={words.email}
            value={typed.email}
            autocomplete="username"
            isRequired
            problems={problems}
          />
          <InputField
            name="password"
            kind="password"
            label={words.password}
            hint={{
              fr: '12 caractères ou plus ; une phrase de quelques mots convient bien.',
              en: '12 characters or more; a sentence of a few words does well.',
            }}
            autocomplete="new-password"
            isRequired
            problems={problems}
          />
        </Fieldset>
        <FormActions>
          <Button kind="main" text={{ fr: 'Créer l’organisation', en: 'Create the organisation' }} />
        </FormActions>
      </Form>
    ),
  });
}
