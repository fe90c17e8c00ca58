import type { Kept } from '../../channels/index.ts';
import { counted, dayOf, publicId, type Text } from '../../kernel/index.ts';
import { ButtonForm, Day, type Outcome, reader, type Step, When } from '../../ui/index.ts';
import type { OrderView } from '../order/latest.ts';
import { hasEnded, isSeenBySocle, type OrderState, orderStateLabel } from '../order/states.ts';
import { whatWas } from './answer-facts.ts';
import { attachmentsOf } from './proofs-section.tsx';
import { requestStateLabel, requestWay } from './states.ts';
import type { RequestView } from './view.ts';
import { orderReasons, orderWhy } from './words.ts';

type Tone = 'neutral' | 'accent' | 'good' | 'warning' | 'bad';

const tones: Readonly<Record<OrderState, Tone>> = {
  planned: 'neutral',
  held: 'warning',
  sent: 'accent',
  received: 'accent',
  executed: 'accent',
  partly: 'warning',
  refused: 'warning',
  not_found: 'neutral',
  failed: 'bad',
  verified: 'good',
  contradicted: 'bad',
};

/** One line an application: its last order. Earlier generations are told in the facts. */
export function outcomesOf(view: RequestView, mayHandle: boolean, now: Date): readonly Outcome[] {
  return view.orders
    .filter((order) => order.isLatest)
    .map((order) => outcomeOf(order, mayHandle, now, attachmentsOf(view, order)));
}

function outcomeOf(order: OrderView, mayHandle: boolean, now: Date, attachments: Text | null): Outcome {
  const answeredAt = order.verifiedAt ?? order.endedAt ?? order.receivedAt;
  const label = orderStateLabel(order.state, isSeenBySocle(order.channel));
  return {
    id: `order-${order.applicationId?.slice(-12) ?? 'socle'}`,
    name: order.application,
    state: { tone: tones[order.state], text: label },
    facts: factsOf(order, now),
    ...(answeredAt === null ? {} : { answered: <Answered at={answeredAt} attachments={attachments} /> }),
    why: order.channel === 'socle' && order.state === 'planned' ? socleLast : orderWhy(order),
    ...(mayHandle ? { actions: actionsOf(order) } : {}),
    announce: { fr: `${order.application} : ${label.fr}`, en: `${order.application}: ${label.en}` },
  };
}

function Answered(props: { readonly at: Date; readonly attachments: Text | null }) {
  return (
    <>
      <When at={props.at} />
      {props.attachments === null ? null : (
        <>
          {' · '}
          <a href="#proofs">{reader().say(props.attachments)}</a>
        </>
      )}
    </>
  );
}

const socleLast: Text = {
  fr: 'Efface en dernier ce qu’il tient lui-même, une fois la réponse partie.',
  en: 'Erases last what it holds itself, once the answer has left.',
};

function factsOf(order: OrderView, now: Date): readonly Text[] {
  const facts: Text[] = [];
  const rows = Object.values(order.counts).reduce((sum, count) => sum + count, 0);
  if (rows > 0 && hasEnded(order.state) && order.state !== 'not_found') facts.push(whatWas(order.counts));
  const reason = order.reason === null ? undefined : orderReasons[order.reason];
  if (reason !== undefined && hasEnded(order.state)) facts.push(reason);
  facts.push(...order.kept.map(keptText));
  if (order.generation > 1) {
    facts.push({ fr: `génération ${order.generation}`, en: `generation ${order.generation}` });
  }
  if (order.tries > 0 && !hasEnded(order.state)) {
    facts.push(counted(order.tries, { fr: 'essai', en: 'try' }, { fr: 'essais', en: 'tries' }));
  }
  if (order.dueAt !== null && !hasEnded(order.state) && order.dueAt < now) facts.push(silent);
  return facts;
}

/** `gardé : identité, 7 lignes de invoice (C. com. L123-22)`. */
function keptText(kept: Kept): Text {
  const what = whatWas(Object.fromEntries(kept.categories.map((category) => [category, kept.rows])));
  const rows = counted(kept.rows, { fr: 'ligne', en: 'row' }, { fr: 'lignes', en: 'rows' });
  const table = kept.table.replace(/^public\./, '');
  return {
    fr: `gardé : ${what.fr}, ${rows.fr} de ${table} (${kept.reason})`,
    en: `kept: ${what.en}, ${rows.en} of ${table} (${kept.reason})`,
  };
}

const silent: Text = { fr: 'silencieuse, délai de réponse passé', en: 'silent, past its answer time' };

function actionsOf(order: OrderView) {
  const action = `/orders/${publicId('ord', order.id)}/mend`;
  if (order.state === 'contradicted' && order.generation > 1) {
    return <ButtonForm action={action} fields={{ how: 'reissue' }} text={reissue} kind="quiet" />;
  }
  if (order.state !== 'failed' && order.state !== 'partly') return undefined;
  const how = order.reason === 'order.schema_changed' ? 'replan' : 'retry';
  return <ButtonForm action={action} fields={{ how }} text={how === 'replan' ? replan : retry} kind="quiet" />;
}

const retry: Text = { fr: 'Relancer', en: 'Retry' };
const replan: Text = { fr: 'Refaire le plan et relancer', en: 'Make the plan again and retry' };
const reissue: Text = { fr: 'Renvoyer l’ordre', en: 'Send the order anew' };

/** The way of the request and where it stands; a refused or withdrawn one stops where it stopped. */
export function stepsOf(view: RequestView): readonly Step[] {
  const { request } = view;
  const at = requestWay.indexOf(request.state);
  const isStopped = at === -1;
  const reached = isStopped ? stoppedAt(view) : at;
  return requestWay.map((state, place) => ({
    text: requestStateLabel(state),
    state: isStopped ? (place <= reached ? 'done' : 'skipped') : stepState(place, reached),
    detail: detailOf(view, state),
  }));
}

function stepState(place: number, reached: number): Step['state'] {
  if (place < reached || reached === requestWay.length - 1) return 'done';
  return place === reached ? 'now' : 'later';
}

function stoppedAt({ request }: RequestView): number {
  if (request.planned_at !== null) return 3;
  return request.identity_at === null ? 0 : 2;
}

function detailOf(view: RequestView, state: (typeof requestWay)[number]) {
  const { request, orders } = view;
  const at = {
    received: request.created_at,
    qualified: null,
    identity_checked: request.identity_at,
    planned: request.planned_at,
    in_progress: null,
    answered: request.answered_at,
    verified: request.verified_at,
    closed: request.closed_at,
    refused: null,
    withdrawn: null,
  }[state];
  if (state === 'received') return <Day on={view.clock.receivedOn} />;
  if (state === 'in_progress' && orders.length > 0) {
    const latest = orders.filter((order) => order.isLatest);
    return `${latest.filter((order) => hasEnded(order.state)).length} / ${latest.length}`;
  }
  return at === null ? undefined : <Day on={dayOf(at)} />;
}
