import { type PageApp, page, redirect } from '../../http/index.ts';
import type { Cause } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import { Button, Form, FormActions, LinkButton } from '../../ui/index.ts';
import { type Confirmation, confirmationOf } from '../confirmation/confirmation.ts';
import { words as confirmation } from '../confirmation/words.ts';
import type { Engine } from '../engine.ts';
import { establishIdentity, qualify } from '../request/qualify.ts';
import { lockRequest, readRequestRow } from '../request/row.ts';
import { isOver } from '../request/states.ts';
import { readToken, statusPath } from '../request/status-link.ts';
import { lostLinkPage } from './lost-link.tsx';
import { organisationOfForm } from './organisation.ts';
import { words } from './words.ts';

/** The page behind the mailed link. Mail readers open links by themselves: the person presses the button. */
export function confirmPages(engine: Engine, app: PageApp): void {
  app.publicGet('/r/:organisation/confirm/:token', {}, async ({ params, url }) => {
    const { scope, slug } = await organisationOfForm(engine.store, params.organisation);
    const id = readToken(scope, params.token, 'confirm');
    if (id === null) return lostLinkPage();
    const request = await readRequestRow(scope.db, id);
    if (isOver(request.state)) return overPage(await confirmationOf(scope.db, request), slug);
    if (request.identity_at !== null) return redirect(statusPath(scope, id), { flash: words.alreadyConfirmed });
    return page({
      title: words.confirmTitle,
      lead: words.confirmLead,
      shell: 'bare',
      content: (
        <Form id="confirm" action={url.pathname}>
          <FormActions>
            <Button kind="main" text={words.confirm} />
          </FormActions>
        </Form>
      ),
    });
  });
  app.publicPost('/r/:organisation/confirm/:token', {}, async ({ params }) => {
    const { scope, slug } = await organisationOfForm(engine.store, params.organisation);
    const id = readToken(scope, params.token, 'confirm');
    if (id === null) return lostLinkPage();
    const cause: Cause = { actor: { kind: 'person' }, source: 'form', key: null };
    const request = await write(scope, cause, async (writing) => {
      const before = await lockRequest(writing.tx, id);
      if (before.state !== 'received' && before.state !== 'qualified') return before;
      const qualified = before.state === 'received' ? await qualify(engine, writing, before, {}) : before;
      return establishIdentity(engine, writing, qualified, 'contact_channel', null);
    });
    return isOver(request.state)
      ? overPage(await confirmationOf(scope.db, request), slug)
      : redirect(statusPath(scope, id), { flash: words.confirmed });
  });
}

/** Confirmed too late, or once the request was over for another reason. */
function overPage(ended: Confirmation | null, slug: string) {
  const isUnconfirmed = ended !== null && ended.endedAt !== null;
  return page({
    title: isUnconfirmed ? confirmation.ended : words.overToConfirm,
    lead: isUnconfirmed ? confirmation.endedDetail : words.overDetail,
    shell: 'bare',
    status: 410,
    content: <LinkButton href={`/r/${slug}`} text={words.again} kind="main" />,
  });
}
