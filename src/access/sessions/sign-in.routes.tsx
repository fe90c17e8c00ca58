import { z } from 'zod';
import {
  isLocalPath,
  languageCookie,
  type PageAnswer,
  page,
  paths,
  readCookie,
  redirect,
  type Slice,
  saying,
  themeCookie,
} from '../../http/index.ts';
import { languages, type Problem } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { Button, Form, FormActions, HiddenField, InputField, themes } from '../../ui/index.ts';
import { sessionCookie } from '../authenticate.ts';
import type { AccessOptions } from '../context.ts';
import type { FirstRun } from '../organisations/first-run.ts';
import { setLanguage } from '../users/users.ts';
import { words } from '../words.ts';
import { signIn, signOut } from './sessions.ts';

const signInForm = z.object({
  email: z.string(saying({ fr: 'Saisissez votre adresse e-mail.', en: 'Type your e-mail address.' })).max(320),
  password: z.string(saying({ fr: 'Saisissez votre mot de passe.', en: 'Type your password.' })).max(1000),
  next: z.string().optional(),
});
const preferencesForm = z.object({
  language: z.enum(languages).optional(),
  theme: z.enum(themes).optional(),
  back: z.string().optional(),
});
const yearSeconds = 31_536_000;

/** Signing in and out, and what a browser remembers: language and theme. */
export function signInSlice(options: AccessOptions, firstRun: FirstRun): Slice {
  return {
    name: 'sign-in',
    pages(app) {
      app.publicGet(paths.signIn, { query: z.object({ next: z.string().optional() }) }, async (visit) => {
        const next = localOr(visit.query.next, '/');
        if (visit.who !== null) return redirect(next);
        if (await firstRun.isOpen()) return redirect('/welcome');
        return signInPage({ email: '', next, problems: [] });
      });
      app.publicPost(
        paths.signIn,
        {
          form: signInForm,
          again: (_visit, refusal, typed) =>
            signInPage({
              email: typed.email ?? '',
              next: localOr(typed.next, '/'),
              problems:
                refusal.problems.length > 0
                  ? refusal.problems
                  : [{ pointer: '/email', code: refusal.code, text: refusal.text }],
            }),
        },
        async (visit) => {
          const { email, password, next } = visit.body;
          const { token } = await signIn(options, { email, password, address: visit.clientAddress });
          const before = readCookie(visit.request, sessionCookie);
          if (before !== null) await signOut(options, before);
          return redirect(localOr(next, '/'), {
            cookies: [{ name: sessionCookie, value: token, maxAgeSeconds: null }],
          });
        },
      );
      app.publicPost(paths.signOut, {}, async (visit) => {
        const token = readCookie(visit.request, sessionCookie);
        if (token !== null) await signOut(options, token);
        return redirect(paths.signIn, { cookies: [{ name: sessionCookie, value: null, maxAgeSeconds: null }] });
      });
      app.publicPost(paths.preferences, { form: preferencesForm }, async (visit) => {
        const { language, theme, back } = visit.body;
        const { who } = visit;
        if (language !== undefined && who !== null && who.actor.kind === 'user') {
          await write(who.scope, who.cause(null), (writing) => setLanguage(writing, who.user.id, language));
        }
        return redirect(localOr(back, '/'), {
          cookies: [
            ...(language === undefined ? [] : [{ name: languageCookie, value: language, maxAgeSeconds: yearSeconds }]),
            ...(theme === undefined ? [] : [{ name: themeCookie, value: theme, maxAgeSeconds: yearSeconds }]),
          ],
        });
      });
    },
  };
}

function localOr(path: string | undefined, otherwise: string): string {
  return path !== undefined && isLocalPath(path) && !path.startsWith(paths.signIn) ? path : otherwise;
}

function signInPage(shown: { email: string; next: string; problems: readonly Problem[] }): PageAnswer {
  return page({
    shell: 'bare',
    title: { fr: 'Connexion', en: 'Sign in' },
    content: (
      <Form id="sign-in" action={paths.signIn} problems={shown.problems}>
        <HiddenField name="next" value={shown.next} />
        <InputField
          name="email"
          kind="email"
          label={words.email}
          value={shown.email}
          autocomplete="username"
          isRequired
          problems={shown.problems}
        />
        <InputField
          name="password"
          kind="password"
          label={words.password}
          autocomplete="current-password"
          isRequired
          problems={shown.problems}
        />
        <FormActions>
          <Button kind="main" text={{ fr: 'Se connecter', en: 'Sign in' }} />
        </FormActions>
      </Form>
    ),
  });
}
