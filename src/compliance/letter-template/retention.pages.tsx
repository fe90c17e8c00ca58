import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type PageApp, page, redirect } from '../../http/index.ts';
import type { Problem } from '../../kernel/index.ts';
import { Button, Form, FormActions, InputField, LinkButton } from '../../ui/index.ts';
import { fileRetention, setFileRetention } from '../request/file-retention.ts';
import { templateWords as words } from './words.ts';

const form = z.object({
  months: z.coerce.number().int().min(1).max(600),
  source: z.string().trim().min(1).max(300),
});

/** How long the files of requests that are over are kept, and why. */
export function retentionPages(app: PageApp): void {
  const allow = may('requests.decide');
  app.get('/letters/retention', { allow }, async ({ who }) => {
    const { months, source } = await fileRetention(who.scope.db);
    return retentionPage({ months: String(months), source }, []);
  });
  app.post(
    '/letters/retention',
    { form, allow, again: (_visit, refusal, typed) => retentionPage(typed, refusal.problems) },
    async ({ who, body, cause }) => {
      await setFileRetention(who.scope, cause, body);
      return redirect('/letters', { flash: words.retentionSet });
    },
  );
}

function retentionPage(typed: Readonly<Record<string, string>>, problems: readonly Problem[]) {
  return page({
    title: words.retention,
    lead: words.retentionLead,
    breadcrumbs: [{ text: words.title, href: '/letters' }],
    status: problems.length === 0 ? 200 : 422,
    content: (
      <Form id="retention" action="/letters/retention" problems={problems}>
        <InputField
          name="months"
          kind="number"
          label={words.months}
          hint={words.retentionNote}
          value={typed.months}
          min={1}
          max={600}
          width="narrow"
          isRequired
          problems={problems}
        />
        <InputField
          name="source"
          label={words.source}
          hint={words.sourceHint}
          value={typed.source}
          isRequired
          problems={problems}
        />
        <FormActions>
          <Button kind="main" text={words.save} />
          <LinkButton href="/letters" text={words.cancel} kind="quiet" />
        </FormActions>
      </Form>
    ),
  });
}
