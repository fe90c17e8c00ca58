import { z } from 'zod';
import { type PageApp, page, redirect } from '../../http/index.ts';
import { type Cause, type Day, fullDayText, type Problem } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { Button, Form, FormActions, InputField, LinkButton, Notice } from '../../ui/index.ts';
import type { Engine } from '../engine.ts';
import type { RenderedLetter } from '../letters/letter.ts';
import { readAnswer } from '../request/answer-copy.ts';
import type { FormPace } from './form-pace.ts';
import { sendFreshLink } from './fresh-link.ts';
import { organisationOfForm } from './organisation.ts';
import { words } from './words.ts';

const asking = z.object({ number: z.string().trim().min(1).max(40), email: z.email().max(320) });

/** Found or not, the answer takes as long: who has a request here isn't told by how quickly it comes. */
const leastMs = 400;

/** The answer behind its expiring link, and a fresh link by e-mail once it has expired. */
export function answerPages(
  engine: Engine,
  app: PageApp,
  pace: { readonly visitors: FormPace; readonly letters: FormPace },
): void {
  app.publicGet('/r/:organisation/answer/:token', {}, async ({ params }) => {
    const { scope, slug } = await organisationOfForm(engine.store, params.organisation);
    const found = await readAnswer(scope, params.token, scope.clock.now());
    if (found.kind === 'answer') return answerPage(found.letter, found.until);
    const isExpired = found.kind === 'expired';
    return page({
      title: isExpired ? words.expired : words.lost,
      lead: isExpired ? words.expiredDetail : words.lostAnswer,
      shell: 'bare',
      status: isExpired ? 410 : 404,
      content: <LinkButton href={`/r/${slug}/link`} text={words.freshLink} />,
    });
  });
  app.publicGet('/r/:organisation/link', {}, async ({ params }) => {
    const { slug } = await organisationOfForm(engine.store, params.organisation);
    return linkPage(slug, {}, []);
  });
  app.publicPost(
    '/r/:organisation/link',
    {
      form: asking,
      again: async ({ params }, refusal, typed) => {
        const { slug } = await organisationOfForm(engine.store, params.organisation);
        const problems = [{ pointer: '/email', code: refusal.code, text: refusal.text }];
        return linkPage(slug, typed, refusal.problems.length > 0 ? refusal.problems : problems, refusal.status);
      },
    },
    async ({ params, body, clientAddress }) => {
      const { scope, slug } = await organisationOfForm(engine.store, params.organisation);
      pace.visitors.expect(clientAddress);
      const cause: Cause = { actor: { kind: 'person' }, source: 'form', key: null };
      const isOverfull = !pace.letters.take(`link ${scope.org} ${body.email.toLowerCase()}`);
      await Promise.all([
        write(scope, cause, (writing) => sendFreshLink(engine, writing, body, isOverfull)),
        new Promise((resolve) => setTimeout(resolve, leastMs)),
      ]);
      return redirect(`/r/${slug}/link`, { flash: words.linkSent });
    },
  );
}

function answerPage(letter: RenderedLetter, until: Day) {
  return page({
    title: { fr: letter.subject, en: letter.subject },
    shell: 'bare',
    content: (
      <>
        <article class="letter" lang={letter.language}>
          {[...letter.paragraphs, letter.signature.join('\n')].map((paragraph) => (
            <p>{paragraph}</p>
          ))}
        </article>
        <Notice tone="neutral" title={words.linkUntil(fullDayText(until))} detail={words.linkUntilDetail} />
      </>
    ),
  });
}

function linkPage(slug: string, typed: Readonly<Record<string, string>>, problems: readonly Problem[], status = 200) {
  const field = (name: string) => ({ name, value: typed[name], problems });
  return page({
    title: words.linkTitle,
    lead: words.linkLead,
    shell: 'bare',
    status,
    content: (
      <Form id="link" action={`/r/${slug}/link`} problems={problems}>
        <InputField {...field('number')} label={words.number} hint={words.numberHint} width="medium" isRequired />
        <InputField
          {...field('email')}
          kind="email"
          label={words.email}
          hint={words.linkEmailHint}
          autocomplete="email"
          isRequired
        />
        <FormActions>
          <Button kind="main" text={words.sendLink} />
        </FormActions>
      </Form>
    ),
  });
}
