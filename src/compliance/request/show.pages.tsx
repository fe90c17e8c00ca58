import { can, may } from '../../access/index.ts';
import { file, follow, type PageApp, page, redirect, type Who } from '../../http/index.ts';
import type { Text } from '../../kernel/index.ts';
import { renderFragment } from '../../ui/index.ts';
import type { Engine } from '../engine.ts';
import { letterPdf } from '../letters/index.ts';
import { LivePicture, LiveSummary, LiveTimeLine } from '../picture/picture.tsx';
import { openContact } from './contact.ts';
import { draftAnswer, openLetter } from './letter.ts';
import { nextStep } from './next.ts';
import { requestFor } from './perimeter.ts';
import { plannedApplications } from './planned.ts';
import { LiveProofs } from './proofs-section.tsx';
import { History, LiveFacts, LiveHistory } from './request-aside.tsx';
import {
  EvidenceLinks,
  LiveHead,
  LiveOrders,
  type Overtaken,
  RequestClockChip,
  RequestPage,
  requestHref,
} from './request-page.tsx';
import type { RequestRow } from './row.ts';
import { transitionsOf } from './transitions.ts';
import { userNames } from './user-names.ts';
import { type RequestView, viewRequest, withRenewed } from './view.ts';

/** A request's page, its events, its history and the PDF of its draft answer. */
export function showPages(engine: Engine, app: PageApp): void {
  const allow = may('requests.read');
  app.get('/requests/:id', { allow }, async ({ who, params, query }) =>
    showRequest(engine, who, params.id, { isAnswering: query.answer !== undefined }),
  );

  app.get('/requests/:id/history', { allow }, async ({ who, params }) => {
    const request = await requestFor(who, params.id);
    const [view, names] = await Promise.all([viewRequest(who.scope, request.id), userNames(who.scope)]);
    return page({
      title: { fr: `Historique de ${request.number}`, en: `History of ${request.number}` },
      breadcrumbs: [requestsCrumb, crumbOf(request)],
      content: <History steps={[...view.steps].reverse()} names={names} />,
    });
  });

  app.get('/requests/:id/letter.pdf', { allow: may('requests.handle') }, async ({ who, params }) => {
    const request = await requestFor(who, params.id);
    const draft = await draftAnswer(engine, who.scope, request);
    if (draft === null) return redirect(requestHref(request.id), { flash: { tone: 'warning', title: words.nobody } });
    const letter = (await openLetter(who.scope.db, who.scope, request))?.letter ?? draft.letter;
    return file(await letterPdf(letter, draft.facts), 'application/pdf', `${request.number}.pdf`);
  });

  app.events('/requests/:id/events', { allow }, async function* (visit) {
    const { who, language, csrf } = visit;
    const request = await requestFor(who, visit.params.id);
    const [names, controller] = await Promise.all([
      userNames(who.scope),
      request.controller_id === null ? '' : engine.register.controllerName(who.scope, request.controller_id),
    ]);
    const reader = { language, timeZone: 'Europe/Paris', theme: 'auto' as const, csrf };
    yield* follow({
      after: visit.lastEventId,
      read: async (after) => {
        const view = await withRenewed(engine, who.scope, await viewRequest(who.scope, request.id));
        const id = stampOf(view);
        if (id === after) return [];
        const now = visit.clock.now();
        const html = renderFragment(<LivePart view={view} who={who} names={names} controller={controller} />, {
          ...reader,
          now,
        });
        return [{ id, event: 'fragment', data: html }];
      },
      bell: engine.bell,
      topic: request.id,
      signal: visit.signal,
    });
  });
}

/** What an event carries: everything that moves while one looks. */
function LivePart(props: {
  readonly view: RequestView;
  readonly who: Who;
  readonly names: ReadonlyMap<string, string>;
  readonly controller: string;
}) {
  const { view, who } = props;
  const mayHandle = can(who, 'requests.handle');
  const aside = {
    view,
    mayHandle,
    names: props.names,
    controller: props.controller,
    href: requestHref(view.request.id),
  };
  return (
    <>
      <LiveHead view={view} transitions={transitionsOf(view, who)} />
      <LivePicture view={view} />
      <LiveSummary view={view} />
      <LiveTimeLine view={view} href={`${requestHref(view.request.id)}/picture`} />
      <LiveOrders
        view={view}
        mayHandle={mayHandle}
        mayDeclare={can(who, 'applications.connect')}
        mayCheck={can(who, 'requests.decide')}
      />
      <LiveFacts {...aside} />
      <LiveProofs {...aside} />
      <LiveHistory {...aside} />
    </>
  );
}

/** Changes with whatever the page shows live: the last step, the orders' tries, and receipts, which are no step. */
function stampOf(view: RequestView): string {
  const tries = view.orders.reduce((sum, order) => sum + order.tries + (order.receivedAt === null ? 0 : 1), 0);
  return `${view.steps.at(-1)?.id ?? ''}.${view.request.version}.${view.steps.length}.${tries}`;
}

export interface Shown {
  /** Whoever looks asked to write the answer, though applications have yet to report. */
  readonly isAnswering: boolean;
  readonly overtaken?: Overtaken;
}

export async function showRequest(engine: Engine, who: Who, reference: string, shown: Shown) {
  const request = await requestFor(who, reference);
  const view = await withRenewed(engine, who.scope, await viewRequest(who.scope, request.id));
  const overtaken = shown.overtaken ?? null;
  const mayHandle = can(who, 'requests.handle');
  const isDue = mayHandle && isAnswerDue(view);
  const isShown = isDue && (shown.isAnswering || nextStep(view).leadsToAnswer === true);
  const [names, controller, draft, plan] = await Promise.all([
    userNames(who.scope),
    request.controller_id === null ? '' : engine.register.controllerName(who.scope, request.controller_id),
    isShown ? draftToShow(engine, who, view) : null,
    plannedApplications(who.scope, request.id),
  ]);
  return page({
    title: { fr: `Demande ${request.number}`, en: `Request ${request.number}` },
    breadcrumbs: [requestsCrumb],
    status: overtaken === null ? 200 : 409,
    badge: <RequestClockChip clock={view.clock} />,
    actions: <EvidenceLinks href={requestHref(request.id)} />,
    content: (
      <RequestPage
        view={view}
        controller={controller}
        draft={draft}
        isAnswerOffered={isDue && !isShown}
        overtaken={overtaken}
        transitions={transitionsOf(view, who)}
        plan={plan}
        contact={mayHandle ? openContact(view.person?.keys ?? null, request) : null}
        mayHandle={mayHandle}
        mayDeclare={can(who, 'applications.connect')}
        mayCheck={can(who, 'requests.decide')}
        names={names}
      />
    ),
  });
}

function isAnswerDue({ request, person }: RequestView): boolean {
  if (person === null) return false;
  return request.state === 'in_progress' || (request.state === 'answered' && request.answer_final_at === null);
}

/** The letter as it would leave now, with what somebody edited. */
async function draftToShow(engine: Engine, who: Who, view: RequestView) {
  const { request } = view;
  const draft = await draftAnswer(engine, who.scope, request);
  const edited = await openLetter(who.scope.db, who.scope, request);
  if (draft === null || edited === null || edited.basis !== draft.basis) return draft;
  return { ...draft, letter: edited.letter };
}

export const requestsCrumb = { text: { fr: 'Demandes', en: 'Requests' }, href: '/requests' };

export function crumbOf(request: RequestRow) {
  return { text: { fr: `Demande ${request.number}`, en: `Request ${request.number}` }, href: requestHref(request.id) };
}

const words = {
  nobody: {
    fr: 'La personne a été oubliée : il n’y a plus de lettre.',
    en: 'The person was forgotten: there is no letter any more.',
  },
} as const satisfies Readonly<Record<string, Text>>;
