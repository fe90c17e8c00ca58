import type { PageAnswer } from '../../http/index.ts';
import { page } from '../../http/index.ts';
import type { Problem } from '../../kernel/index.ts';
import { Button, Form, FormActions, LinkButton, RadioField } from '../../ui/index.ts';
import type { JournalKey } from '../key.ts';
import { keyWords, words } from './words.ts';

/** Why the key is replaced, and what will follow, before it is. */
export function keyPage(key: JournalKey, problems: readonly Problem[] = []): PageAnswer {
  return page({
    title: keyWords.title,
    status: problems.length > 0 ? 422 : 200,
    lead: keyWords.lead,
    breadcrumbs: [{ href: '/journal', text: words.title }],
    content: (
      <Form id="journal-key" action="/journal/key" problems={problems}>
        <RadioField
          name="reason"
          label={keyWords.reason}
          hint={keyWords.reasonHint(key.fingerprint)}
          choices={[
            { value: 'routine', text: keyWords.routine },
            { value: 'suspicion', text: keyWords.suspicion, hint: keyWords.suspicionHint },
          ]}
          value="routine"
          isRequired
          problems={problems}
        />
        <FormActions>
          <Button kind="main" text={keyWords.replace} />
          <LinkButton kind="quiet" href="/journal" text={keyWords.leave} />
        </FormActions>
      </Form>
    ),
  });
}
