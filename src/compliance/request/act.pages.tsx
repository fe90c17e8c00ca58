import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type PageApp, redirect, saying, type Who } from '../../http/index.ts';
import { type Problem, parseId, type Refusal, type Text } from '../../kernel/index.ts';
import { write } from '../../store/index.ts';
import type { Engine } from '../engine.ts';
import { openPerson } from '../person/secret.ts';
import { askPage, assignPage, extendPage, identityPage, notePage, refusePage, withdrawPage } from './act-forms.tsx';
import { acts as words } from './act-words.ts';
import { confirmPosted, editLetter, sendAnswer } from './answer.ts';
import { assignable, assignRequest } from './assign.ts';
import { extendRequest, noteRequest, refuseRequest, withdrawRequest } from './decide.ts';
import { requestFor } from './perimeter.ts';
import { freezePlan, startRequest } from './plan.ts';
import { askIdentity, establishIdentity, qualify } from './qualify.ts';
import { requestHref } from './request-page.tsx';
import { lockRequest, type RequestRow } from './row.ts';
import { showRequest } from './show.pages.tsx';

const handle = may('requests.handle');

/** What is done to a request from its page: each a form that works without script. */
export function actPages(engine: Engine, app: PageApp): void {
  simpleActs(engine, app);
  assignment(engine, app);
  identityActs(engine, app);
  decisions(engine, app);
  letterActs(engine, app);
}

const back = (request: RequestRow, flash: Text) => redirect(requestHref(request.id), { flash });

function simpleActs(engine: Engine, app: PageApp): void {
  app.post('/requests/:id/qualify', { allow: handle }, async ({ who, params, cause }) => {
    const request = await requestFor(who, params.id);
    await write(who.scope, cause, async (writing) => {
      await qualify(engine, writing, await lockRequest(writing.tx, request.id), {});
    });
    return back(request, words.qualified);
  });
  app.post('/requests/:id/plan', { allow: handle }, async ({ who, params, cause }) => {
    const request = await requestFor(who, params.id);
    await freezePlan(engine, who.scope, cause, request.id);
    return back(request, words.planned);
  });
  app.post('/requests/:id/start', { allow: handle }, async ({ who, params, cause }) => {
    const request = await requestFor(who, params.id);
    await startRequest(engine, who.scope, cause, request.id);
    return back(request, words.started);
  });
  app.post('/requests/:id/take', { allow: handle }, async ({ who, params, cause }) => {
    const request = await requestFor(who, params.id);
    await assignRequest(engine, who.scope, cause, request.id, who.user.id);
    return back(request, words.taken);
  });
  app.get('/requests/:id/note', { allow: handle }, async ({ who, params }) =>
    notePage(await requestFor(who, params.id), '', []),
  );
  app.post(
    '/requests/:id/note',
    {
      form: z.object({ text: z.string().trim().min(1).max(4000) }),
      allow: handle,
      again: async ({ who, params }, refusal, typed) =>
        notePage(await requestFor(who, params.id), typed.text ?? '', refusal.problems),
    },
    async ({ who, params, cause, body }) => {
      const request = await requestFor(who, params.id);
      await noteRequest(engine, who.scope, cause, request.id, body.text);
      return back(request, words.noted);
    },
  );
}

function assignment(engine: Engine, app: PageApp): void {
  app.get('/requests/:id/assign', { allow: handle }, async ({ who, params }) => {
    const request = await requestFor(who, params.id);
    return assignPage(request, await assignable(who.scope, request), []);
  });
  app.post(
    '/requests/:id/assign',
    {
      form: z.object({ assignee: z.string().min(1).max(60) }),
      allow: handle,
      again: async ({ who, params }, refusal) => {
        const request = await requestFor(who, params.id);
        const problems = told(refusal.problems, '/assignee', refusal.text);
        return assignPage(request, await assignable(who.scope, request), problems);
      },
    },
    async ({ who, params, cause, body }) => {
      const request = await requestFor(who, params.id);
      const assignee = body.assignee === 'nobody' ? null : (parseId('usr', body.assignee) ?? body.assignee);
      await assignRequest(engine, who.scope, cause, request.id, assignee);
      return back(request, assignee === null ? words.unassigned : words.assigned);
    },
  );
}

function identityActs(engine: Engine, app: PageApp): void {
  app.get('/requests/:id/identity', { allow: handle }, async ({ who, params }) =>
    identityPage(await requestFor(who, params.id), {}, []),
  );
  app.post(
    '/requests/:id/identity',
    {
      form: z.object({
        proof: z.enum(['operator', 'contact_channel', 'signed_in', 'document'], saying(words.proofNeeded)),
        note: z.string().trim().max(1000).optional(),
      }),
      allow: handle,
      again: async ({ who, params }, refusal, typed) =>
        identityPage(await requestFor(who, params.id), typed, told(refusal.problems, '/proof', refusal.text)),
    },
    async ({ who, params, cause, body }) => {
      const request = await requestFor(who, params.id);
      await write(who.scope, cause, async (writing) => {
        const person = await openPerson(writing.tx, who.scope, request.person_id);
        const note = body.note === undefined || person === null ? null : { text: body.note, keys: person.keys };
        await establishIdentity(engine, writing, await lockRequest(writing.tx, request.id), body.proof, note);
      });
      return back(request, words.identified);
    },
  );
  app.get('/requests/:id/ask-identity', { allow: handle }, async ({ who, params }) =>
    askPage(await requestFor(who, params.id), []),
  );
  app.post(
    '/requests/:id/ask-identity',
    {
      form: z.object({ doubt: z.enum(['no_known_channel', 'conflicting_details', 'shared_identifier']) }),
      allow: handle,
      again: async ({ who, params }, refusal) => askPage(await requestFor(who, params.id), refusal.problems),
    },
    async ({ who, params, cause, body }) => {
      const request = await requestFor(who, params.id);
      await write(who.scope, cause, async (writing) => {
        await askIdentity(engine, writing, await lockRequest(writing.tx, request.id), body.doubt);
      });
      return back(request, words.asked);
    },
  );
}

function decisions(engine: Engine, app: PageApp): void {
  const decide = may('requests.decide');
  app.get('/requests/:id/refuse', { allow: decide }, async ({ who, params }) =>
    refusePage(await requestFor(who, params.id), {}, []),
  );
  app.post(
    '/requests/:id/refuse',
    {
      form: z.object({ ground: z.string().min(1).max(60), explanation: z.string().trim().max(4000).optional() }),
      allow: decide,
      again: async ({ who, params }, refusal, typed) =>
        refusePage(await requestFor(who, params.id), typed, told(refusal.problems, '/ground', refusal.text)),
    },
    async ({ who, params, cause, body }) => {
      const request = await requestFor(who, params.id);
      await refuseRequest(engine, who.scope, cause, request.id, body.ground, body.explanation ?? null);
      return back(request, words.refused);
    },
  );
  app.get('/requests/:id/withdraw', { allow: handle }, async ({ who, params }) =>
    withdrawPage(await requestFor(who, params.id)),
  );
  app.post('/requests/:id/withdraw', { allow: handle }, async ({ who, params, cause }) => {
    const request = await requestFor(who, params.id);
    await withdrawRequest(engine, who.scope, cause, request.id);
    return back(request, words.withdrawn);
  });
  app.get('/requests/:id/extend', { allow: handle }, async ({ who, params }) =>
    extendPage(await requestFor(who, params.id), {}, []),
  );
  app.post(
    '/requests/:id/extend',
    {
      form: z.object({
        reason: z.enum(['complexity', 'number_of_requests']),
        explanation: z.string().trim().min(1).max(4000),
      }),
      allow: handle,
      again: async ({ who, params }, refusal, typed) =>
        extendPage(await requestFor(who, params.id), typed, told(refusal.problems, '/reason', refusal.text)),
    },
    async ({ who, params, cause, body }) => {
      const request = await requestFor(who, params.id);
      await extendRequest(engine, who.scope, cause, request.id, body.reason, body.explanation);
      return back(request, words.extended);
    },
  );
}

function letterActs(engine: Engine, app: PageApp): void {
  const form = z.object({
    subject: z.string().trim().min(1).max(300),
    body: z.string().trim().min(1).max(20_000),
    basis: z.string().max(40),
    do: z.enum(['send', 'save']),
  });
  const again = (
    visit: { readonly who: Who; readonly params: { readonly id: string } },
    refusal: Refusal,
    typed: Readonly<Record<string, string>>,
  ) =>
    showRequest(engine, visit.who, visit.params.id, {
      isAnswering: true,
      overtaken: { text: typed.body ?? '', why: refusal.text },
    });
  app.post('/requests/:id/letter', { form, allow: handle, again }, async ({ who, params, cause, body }) => {
    const request = await requestFor(who, params.id);
    await editLetter(engine, who.scope, cause, request.id, body);
    if (body.do === 'save') return back(request, words.drafted);
    const { delivery } = await sendAnswer(engine, who.scope, cause, request.id);
    return back(request, delivery === 'email' ? words.sent : words.toPost);
  });
  app.post('/requests/:id/posted', { allow: handle }, async ({ who, params, cause }) => {
    const request = await requestFor(who, params.id);
    await confirmPosted(engine, who.scope, cause, request.id);
    return back(request, words.posted);
  });
}

/** A refusal that names no field of the form is told beside its first field. */
function told(problems: readonly Problem[], pointer: string, text: Text): readonly Problem[] {
  return problems.length > 0 ? problems : [{ pointer, code: 'refused', text }];
}
