import type { Kept } from '../../channels/index.ts';
import { counted, dayOf, publicId, same, type Text } from '../../kernel/index.ts';
import { Actions, ButtonForm, Day, LinkButton, type Outcome, reader, type Step, When } from '../../ui/index.ts';
import { mayBeChecked } from '../order/hand-check-document.ts';
import { checkText } from '../order/hand-check-words.ts';
import type { OrderView } from '../order/latest.ts';
import type { Mending } from '../order/mend.ts';
import { hasEnded, isSeenBySocle, mayGoOn, type OrderState, orderStateLabel } from '../order/states.ts';
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

/** More lines than that are a table: the page of all orders. */
const mostLines = 10;
/** The names of more applications than that are read in the picture and the table. */
const mostNames = 3;

/** Those that somebody must look at come first; Socle itself, which erases last, is last. */
const ranks: Readonly<Record<Tone, number>> = { bad: 0, warning: 1, accent: 2, good: 3, neutral: 4 };

export interface Outcomes {
  readonly lines: readonly Outcome[];
  /** Orders that no line tells of. */
  readonly others: number;
}

/**
 * What the picture doesn't say: why each application stands where it does, and what it erased. Those of which the same is
 * true share a line. Earlier generations are told in the facts.
 */
export function outcomesOf(view: RequestView, may: MayMend, now: Date): Outcomes {
  const groups = new Map<string, Told[]>();
  for (const order of view.orders.filter((one) => one.isLatest)) {
    const told = toldOf(view, order, may, now);
    groups.set(told.sameAs, [...(groups.get(told.sameAs) ?? []), told]);
  }
  const sorted = [...groups.values()].sort((one, other) => rankOf(one) - rankOf(other));
  const others = sorted.slice(mostLines).flat();
  return { lines: sorted.slice(0, mostLines).map(lineOf), others: others.length };
}

/** What a reader may do for an order that stopped. */
export interface MayMend {
  readonly handle: boolean;
  /** Say what the tables of an application are. */
  readonly declare: boolean;
  /** Say that rows were looked at by hand. */
  readonly check: boolean;
}

interface Told {
  readonly order: OrderView;
  readonly label: Text;
  readonly facts: readonly Text[];
  readonly why: Text;
  readonly how: Mending | null;
  /** Where somebody says what the tables are that it stopped at; null: not needed, or not theirs to say. */
  readonly declareAt: string | null;
  /** Where somebody says that such rows were looked at by hand. */
  readonly checkAt: string | null;
  readonly attachments: Text | null;
  /** The same for orders of which the same is told. */
  readonly sameAs: string;
}

function toldOf(view: RequestView, order: OrderView, may: MayMend, now: Date): Told {
  const label = orderStateLabel(order.state, isSeenBySocle(order.channel));
  const facts = [...factsOf(order, now), ...(view.renewed.has(order.id) ? [renewed] : [])];
  const why = order.channel === 'socle' && order.state === 'planned' ? socleLast : orderWhy(order);
  const how = may.handle ? mendingOf(order) : null;
  const attachments = attachmentsOf(view, order);
  const isUnlinked = order.left.some(({ by }) => by !== 'row');
  const declareAt =
    may.declare && isUnlinked ? `/applications/${publicId('app', order.applicationId ?? '')}/plan` : null;
  const isCheckable = order.state === 'partly' && order.left.some(mayBeChecked);
  const checkAt = may.check && isCheckable ? `/orders/${publicId('ord', order.id)}/check` : null;
  const isAlone = order.channel === 'socle' || attachments !== null || declareAt !== null || checkAt !== null;
  const sameAs = isAlone ? order.id : JSON.stringify([order.state, label.fr, facts, why.fr, how]);
  return { order, label, facts, why, how, declareAt, checkAt, attachments, sameAs };
}

function rankOf([first]: readonly Told[]): number {
  if (first === undefined) return 0;
  return first.order.channel === 'socle' ? 10 : ranks[tones[first.order.state]];
}

function lineOf(told: readonly Told[]): Outcome {
  const [first] = told;
  if (first === undefined) throw new Error('a line about no order');
  const { order, label, facts, why, attachments } = first;
  const answeredAt = order.verifiedAt ?? order.endedAt ?? order.receivedAt;
  const name = namesOf(told);
  return {
    id: `order-${order.applicationId?.slice(-12) ?? 'socle'}`,
    name: reader().say(name),
    state: { tone: tones[order.state], text: label },
    facts,
    ...(answeredAt === null || told.length > 1
      ? {}
      : { answered: <Answered at={answeredAt} attachments={attachments} /> }),
    why,
    ...actionsOf(told, first),
    announce: { fr: `${name.fr} : ${label.fr}`, en: `${name.en}: ${label.en}` },
  };
}

function actionsOf(
  told: readonly Told[],
  { how, declareAt, checkAt }: Pick<Told, 'how' | 'declareAt' | 'checkAt'>,
): Pick<Outcome, 'actions'> {
  const mend = how === null ? null : <MendButton orders={told.map((one) => one.order)} how={how} />;
  if (declareAt === null && checkAt === null) return mend === null ? {} : { actions: mend };
  return {
    actions: (
      <Actions>
        {declareAt === null ? null : <LinkButton href={declareAt} text={sayWhatTheyAre} />}
        {checkAt === null ? null : <LinkButton href={checkAt} text={checkByHandText} kind="quiet" />}
        {mend}
      </Actions>
    ),
  };
}

function namesOf(told: readonly Told[]): Text {
  const names = told.map(({ order }) => order.application);
  if (names.length <= mostNames) return same(names.join(', '));
  const [first = '', second = ''] = names;
  const others = names.length - 2;
  return { fr: `${first}, ${second} et ${others} autres`, en: `${first}, ${second} and ${others} others` };
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

const renewed: Text = {
  fr: 'les déclarations ont changé depuis : relancez',
  en: 'what is declared changed since: retry',
};

const sayWhatTheyAre: Text = { fr: 'Dire ce que sont ces tables', en: 'Say what these tables are' };

const checkByHandText: Text = { fr: 'Vérifier à la main', en: 'Check by hand' };

const socleLast: Text = {
  fr: 'Efface en dernier ce qu’il tient lui-même, une fois la réponse partie.',
  en: 'Erases last what it holds itself, once the answer has left.',
};

/** What is known of what it did, in few words each. */
export function factsOf(order: OrderView, now: Date): readonly Text[] {
  const facts: Text[] = [];
  const rows = Object.values(order.counts).reduce((sum, count) => sum + count, 0);
  if (rows > 0 && hasEnded(order.state) && order.state !== 'not_found') facts.push(whatWas(order.counts));
  const reason = order.reason === null ? undefined : orderReasons[order.reason];
  if (reason !== undefined && hasEnded(order.state)) facts.push(reason);
  facts.push(...order.kept.map(keptText), ...order.notices, ...order.checks.map(checkText));
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

/** How somebody takes an order up again that doesn't go on by itself; null: nobody needs to. */
function mendingOf(order: OrderView): Mending | null {
  if (order.state === 'contradicted' && order.generation > 1) return 'reissue';
  if (order.state !== 'failed' && order.state !== 'partly' && !mayGoOn(order)) return null;
  return order.reason === 'order.schema_changed' ? 'replan' : 'retry';
}

function MendButton(props: { readonly orders: readonly OrderView[]; readonly how: Mending }) {
  const [first = '', ...others] = props.orders.map((order) => publicId('ord', order.id));
  const fields = { how: props.how, ...(others.length === 0 ? {} : { also: others.join(',') }) };
  return <ButtonForm action={`/orders/${first}/mend`} fields={fields} text={mendings[props.how]} kind="quiet" />;
}

const mendings: Readonly<Record<Mending, Text>> = {
  retry: { fr: 'Relancer', en: 'Retry' },
  replan: { fr: 'Refaire le plan et relancer', en: 'Make the plan again and retry' },
  reissue: { fr: 'Renvoyer l’ordre', en: 'Send the order anew' },
};

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
