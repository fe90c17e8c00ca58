import { may } from '../../access/index.ts';
import { file, type PageApp, page, redirect, type Slice } from '../../http/index.ts';
import { isUuid, type Problem, Refusal } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import { Button, Form, FormActions } from '../../ui/index.ts';
import type { Engine } from '../engine.ts';
import { organisationOfForm } from '../public-form/organisation.ts';
import { requestFor } from '../request/perimeter.ts';
import { answerTask, hasAnswered, taskForm } from './answer.ts';
import { checklistPage } from './checklist.tsx';
import { sendFreshLink } from './fresh.ts';
import { openProof } from './proof.ts';
import { readTask, type Task } from './read.ts';
import { words } from './words.ts';

const route = '/t/:organisation/:token';

/** What the people of an application see of an order: a checklist, without an account, behind a link sent to them. */
export function taskSlice(engine: Engine): Slice {
  return {
    name: 'tasks',
    pages(app) {
      // Opening answers nothing and changes nothing: mail filters open links.
      app.publicGet(route, {}, async ({ params, url }) => {
        const { scope } = await organisationOfForm(engine.store, params.organisation);
        return taskPage(scope, await readTask(engine, scope, params.token), url.pathname);
      });
      app.publicPost(
        route,
        {
          form: taskForm,
          again: async ({ params, url }, refusal, typed) => {
            const { scope } = await organisationOfForm(engine.store, params.organisation);
            const task = await readTask(engine, scope, params.token);
            return task.kind === 'open'
              ? checklistPage({ task, scope, action: url.pathname, typed, problems: problemsOf(refusal) })
              : taskPage(scope, task, url.pathname);
          },
        },
        async ({ params, url, body, requestHash }) => {
          const { scope } = await organisationOfForm(engine.store, params.organisation);
          const task = await readTask(engine, scope, params.token);
          if (task.kind !== 'open') return notOpen(scope, task, requestHash, url.pathname);
          await answerTask(engine, scope, task, body, requestHash);
          return redirect(url.pathname, { flash: words.answered });
        },
      );
      mountFresh(engine, app);
      mountProof(app);
    },
  };
}

/** A form sent twice is answered as the first time; anything else comes too late. */
async function notOpen(scope: Scope, task: Exclude<Task, { kind: 'open' }>, requestHash: Buffer, path: string) {
  if (task.kind === 'closed') {
    if (await hasAnswered(scope, task.order, requestHash)) return redirect(path, { flash: words.answered });
    return page({ title: words.closed, lead: words.already, shell: 'bare', status: 409, content: null });
  }
  return taskPage(scope, task, path);
}

function taskPage(scope: Scope, task: Task, path: string) {
  switch (task.kind) {
    case 'open':
      return checklistPage({ task, scope, action: path, typed: {}, problems: [] });
    case 'lost':
      return page({ title: words.lost, lead: words.lostLead, shell: 'bare', status: 404, content: null });
    case 'closed':
      return page({ title: words.closed, lead: words.closedLead, shell: 'bare', content: null });
    case 'held':
      return page({ title: words.held, lead: words.heldLead, shell: 'bare', content: null });
    case 'expired':
      return page({
        title: words.expired,
        lead: words.expiredLead(task.contact),
        shell: 'bare',
        content: (
          <Form id="fresh" action={`${path}/fresh`}>
            <FormActions>
              <Button kind="main" text={words.fresh} />
            </FormActions>
          </Form>
        ),
      });
  }
}

function mountFresh(engine: Engine, app: PageApp): void {
  app.publicPost(`${route}/fresh`, {}, async ({ params }) => {
    const { scope } = await organisationOfForm(engine.store, params.organisation);
    const task = await readTask(engine, scope, params.token);
    if (task.kind === 'expired') await sendFreshLink(engine, scope, task);
    const flash = task.kind === 'expired' ? { flash: words.freshSent } : {};
    return redirect(`/t/${params.organisation}/${params.token}`, flash);
  });
}

/** For those who handle the request: what was attached to an answer, until its person is forgotten. */
function mountProof(app: PageApp): void {
  app.get('/requests/:id/proofs/:proof', { allow: may('requests.handle') }, async ({ who, params }) => {
    const request = await requestFor(who, params.id);
    const proof = isUuid(params.proof) ? await openProof(who.scope, request.id, params.proof) : null;
    if (proof === null) throw noProof();
    return file(proof.bytes, proof.mediaType, proof.name);
  });
}

function problemsOf(refusal: Refusal): readonly Problem[] {
  return refusal.problems.length > 0 ? refusal.problems : [{ pointer: '/by', code: refusal.code, text: refusal.text }];
}

function noProof(): Refusal {
  return new Refusal('task.no_proof', 404, {
    fr: 'Cette pièce n’existe pas, ou a été détruite avec les données de la personne.',
    en: 'There is no such attachment, or it was destroyed with the person’s data.',
  });
}
