import { z } from 'zod';
import { type PageAnswer, page, paths, redirect, type Slice, saying } from '../../http/index.ts';
import { type Problem, Refusal, systemCause } from '../../kernel/index.ts';
import { type Scope, write } from '../../store/index.ts';
import { Button, Fieldset, Form, FormActions, HiddenField, InputField, Notice, RadioField } from '../../ui/index.ts';
import { sessionCookie } from '../authenticate.ts';
import type { AccessOptions } from '../context.ts';
import { openSession } from '../sessions/sessions.ts';
import { createUser, userInput } from '../users/users.ts';
import { words } from '../words.ts';
import { askForExample, type ExampleOffer } from './example.ts';
import type { FirstRun } from './first-run.ts';
import { createOrganisation, organisations } from './organisations.ts';

const welcomeForm = z
  .object({
    token: z.string(),
    start: z.enum(['nothing', 'example']).default('nothing'),
    organisation: z.string().trim().max(100).default(''),
    name: userInput.shape.name,
    email: userInput.shape.email,
    password: z.string(saying({ fr: 'Choisissez un mot de passe.', en: 'Choose a password.' })),
  })
  .refine(({ start, organisation }) => start === 'example' || organisation.length >= 2, {
    path: ['organisation'],
    error: saying({ fr: 'Nommez votre organisation.', en: 'Name your organisation.' }),
    // With the other mistakes of the form, not after them.
    when: ({ value }) => typeof value === 'object' && value !== null && 'organisation' in value,
  });

/** The first-run page: an organisation or the example, and the first administrator. */
export function welcomeSlice(options: AccessOptions, firstRun: FirstRun): Slice {
  return {
    name: 'welcome',
    pages(app) {
      app.publicGet('/welcome', { query: z.object({ token: z.string().optional() }) }, async (visit) => {
        if (!(await firstRun.isOpen())) return redirect(paths.signIn);
        const token = visit.query.token ?? '';
        return firstRun.matches(token) ? welcomePage(firstRun, { token }, []) : lockedPage();
      });
      app.publicPost(
        '/welcome',
        { form: welcomeForm, again: (_visit, refusal, typed) => welcomePage(firstRun, typed, refusal.problems) },
        async (visit) => {
          if (!(await firstRun.isOpen()) || !firstRun.matches(visit.body.token)) throw locked();
          const { start, organisation, name, email, password } = visit.body;
          const example = start === 'example' ? exampleOf(firstRun) : null;
          const own = { slug: slugOf(organisation), name: organisation };
          const scope = await organisationNamed(options, example?.organisation ?? own);
          const userId = await write(scope, systemCause('first-run'), async (writing) => {
            const given = { name, email, password, language: visit.language };
            const id = await createUser(options, writing, { ...given, roles: ['admin', 'dpo'] });
            if (example === null) return id;
            const accounts = example.accounts(scope).filter((account) => account.email !== email);
            await askForExample(options, writing, { name: example.name, accounts }, password);
            return id;
          });
          const { token } = await openSession(scope, userId);
          return redirect(example === null ? '/' : '/welcome/example', {
            flash: { fr: 'Bienvenue. L’organisation est créée.', en: 'Welcome. The organisation is created.' },
            cookies: [{ name: sessionCookie, value: token, maxAgeSeconds: null }],
          });
        },
      );
    },
  };
}

function exampleOf({ example }: FirstRun): Extract<ExampleOffer, { kind: 'offered' }> {
  if (example?.kind === 'offered') return example;
  const text = example?.why ?? { fr: 'Il n’y a pas d’exemple ici.', en: 'There is no example here.' };
  throw new Refusal('access.example_withheld', 422, text, [{ pointer: '/start', code: 'withheld', text }]);
}

/**
 * The organisation that the first account enters: the one that stands ready without a name of its own (or that a first
 * try made before its user was refused), named now; else a new one.
 */
async function organisationNamed(
  options: AccessOptions,
  { slug, name }: { readonly slug: string; readonly name: string },
): Promise<Scope> {
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

function welcomePage(
  { example }: FirstRun,
  typed: Readonly<Record<string, string>>,
  problems: readonly Problem[],
): PageAnswer {
  return page({
    shell: 'bare',
    title: { fr: 'Bienvenue dans Socle', en: 'Welcome to Socle' },
    lead: {
      fr: 'Créez le premier compte. D’autres personnes viendront ensuite.',
      en: 'Create the first account. Other people come later.',
    },
    content: (
      <Form id="welcome" action="/welcome" problems={problems}>
        <HiddenField name="token" value={typed.token ?? ''} />
        {example === null ? null : <Start example={example} value={typed.start ?? 'nothing'} problems={problems} />}
        <InputField
          name="organisation"
          label={{ fr: 'Organisation', en: 'Organisation' }}
          hint={
            example?.kind === 'offered'
              ? {
                  fr: 'Sauf pour l’exemple, qui a la sienne.',
                  en: 'But for the example, which has its own.',
                }
              : undefined
          }
          value={typed.organisation}
          autocomplete="organization"
          isRequired={example?.kind !== 'offered'}
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
          <Button kind="main" text={{ fr: 'Commencer', en: 'Start' }} />
        </FormActions>
      </Form>
    ),
  });
}

/** From nothing, or from the example: what it brings is said, and why when it can't. */
function Start(props: {
  readonly example: ExampleOffer;
  readonly value: string;
  readonly problems: readonly Problem[];
}) {
  if (props.example.kind === 'withheld') {
    return <Notice tone="neutral" title={props.example.why} />;
  }
  return (
    <RadioField
      name="start"
      label={{ fr: 'Pour commencer', en: 'To begin with' }}
      value={props.value}
      isRequired
      problems={props.problems}
      choices={[
        {
          value: 'nothing',
          text: { fr: 'Mon organisation, vide', en: 'My organisation, empty' },
          hint: {
            fr: 'Vous raccorderez vos propres applications.',
            en: 'You will connect your own applications.',
          },
        },
        {
          value: 'example',
          text: { fr: 'L’exemple : un groupe de deux enseignes', en: 'The example: a group of two brands' },
          hint: {
            fr: 'Cinq applications qui vivent à côté de Socle, 6 000 personnes inventées, des demandes à traiter et des comptes de chaque rôle.',
            en: 'Five applications that live beside Socle, 6,000 invented persons, requests to handle and accounts of each role.',
          },
        },
      ]}
    />
  );
}
