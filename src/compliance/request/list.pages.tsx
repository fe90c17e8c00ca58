import { z } from 'zod';
import { can, may } from '../../access/index.ts';
import { type PageApp, page, pageOf } from '../../http/index.ts';
import { publicId, type Text } from '../../kernel/index.ts';
import {
  Badge,
  ClockChip,
  type Column,
  Day,
  Filters,
  LinkButton,
  Pager,
  reader,
  Table,
  withQuery,
} from '../../ui/index.ts';
import type { Engine } from '../engine.ts';
import { clockOf } from './clock-facts.ts';
import { type AssigneeFilter, assigneeFilters, listRequests, type RequestLine, type StateFilter } from './list.ts';
import { clockValue, requestHref } from './request-page.tsx';
import { isOver, requestStateLabel, requestStates } from './states.ts';
import { userNames } from './user-names.ts';

/** `state=` (any) is the filter's own empty choice; no state at all is the open ones. */
const query = z.object({
  state: z.preprocess(
    (value) => (value === '' ? 'all' : value),
    z.enum(['open', 'late', 'all', ...requestStates]).default('open'),
  ),
  assignee: z.preprocess((value) => (value === '' ? 'anyone' : value), z.enum(assigneeFilters).default('anyone')),
});

/** The list of requests: the most urgent first, 25 rows. */
export function listPages(engine: Engine, app: PageApp): void {
  app.get('/requests', { query, allow: may('requests.read') }, async (visit) => {
    const { who } = visit;
    const asked = visit.list();
    const { state, assignee } = visit.query;
    const rows = await listRequests(who, { state, assignee, limit: asked.limit, after: asked.after });
    const { items, next } = pageOf(
      asked,
      rows,
      (row) => [row.due_on, row.id],
      (row) => row,
    );
    const [controllers, names] = await Promise.all([engine.register.controllers(who.scope), userNames(who.scope)]);
    const keep = { ...(state === 'open' ? {} : { state }), ...(assignee === 'anyone' ? {} : { assignee }) };
    return page({
      title: words.title,
      lead: words.lead,
      actions: can(who, 'requests.handle') ? (
        <LinkButton href="/requests/new" kind="main" icon="plus" text={words.create} />
      ) : undefined,
      content: (
        <>
          <Filters action="/requests" filters={[stateFilter(state), assigneeFilter(assignee)]} swaps="list" />
          <div id="list">
            <RequestTable
              id="requests"
              rows={items}
              controllers={new Map(controllers.map(({ id, name }) => [id, name]))}
              names={names}
              now={who.scope.clock.now()}
            />
            <Pager
              nextHref={next === null ? undefined : withQuery('/requests', { ...keep, cursor: next })}
              firstHref={asked.after === null ? undefined : withQuery('/requests', keep)}
            />
          </div>
        </>
      ),
    });
  });
}

function stateFilter(state: StateFilter) {
  const choices = [
    { value: 'open', text: words.open },
    { value: 'late', text: words.late },
    ...requestStates.map((one) => ({ value: one, text: requestStateLabel(one) })),
  ];
  return { kind: 'choice' as const, name: 'state', label: words.state, value: state === 'all' ? '' : state, choices };
}

function assigneeFilter(assignee: AssigneeFilter) {
  return {
    kind: 'choice' as const,
    name: 'assignee',
    label: words.assignee,
    value: assignee === 'anyone' ? '' : assignee,
    choices: [
      { value: 'mine', text: words.mine },
      { value: 'nobody', text: words.nobodys },
    ],
  };
}

export interface RequestTableProps {
  readonly id: string;
  readonly rows: readonly RequestLine[];
  readonly controllers: ReadonlyMap<string, string>;
  /** Users of the organisation by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly now: Date;
}

export function RequestTable(props: RequestTableProps) {
  const { say } = reader();
  const columns: readonly Column<RequestLine>[] = [
    { id: 'number', title: words.number, kind: 'fixed', cell: (row) => row.number },
    { id: 'clock', title: words.clock, kind: 'fixed', cell: (row) => <LineClock row={row} now={props.now} /> },
    { id: 'state', title: words.state, cell: (row) => <LineState row={row} /> },
    { id: 'orders', title: words.orders, kind: 'fixed', cell: (row) => ordersText(row, say) },
    { id: 'controller', title: words.controller, cell: (row) => props.controllers.get(row.controller_id ?? '') ?? '' },
    { id: 'assignee', title: words.assignee, cell: (row) => props.names.get(row.assignee_id ?? '') ?? '' },
    { id: 'received', title: words.received, kind: 'fixed', cell: (row) => <Day on={row.received_on} /> },
  ];
  return (
    <Table
      id={props.id}
      caption={words.title}
      columns={columns}
      rows={props.rows}
      rowHref={(row) => requestHref(row.id)}
      rowId={(row) => publicId('req', row.id)}
      narrow="cards"
      empty={{ title: words.none, hint: words.noneHint }}
    />
  );
}

function LineClock(props: { readonly row: RequestLine; readonly now: Date }) {
  const { row } = props;
  const asked = row.is_suspended ? [{ requestedAt: props.now, receivedAt: null }] : [];
  const facts = {
    received_on: row.received_on,
    extension_on: null,
    extension_reason: null,
    answered_at: row.answered_at,
  };
  const clock = clockOf(facts, asked, props.now);
  // The date that people were told is the one kept: it already counts an extension.
  const daysLeft = Math.round((Date.parse(row.due_on) - Date.parse(props.now.toISOString().slice(0, 10))) / 86_400_000);
  if (clock.state === 'running' || clock.state === 'overdue') {
    return daysLeft < 0 ? (
      <ClockChip kind="late" daysLate={-daysLeft} dueOn={row.due_on} />
    ) : (
      <ClockChip kind="running" daysLeft={daysLeft} dueOn={row.due_on} />
    );
  }
  return <ClockChip {...clockValue(clock)} />;
}

function LineState(props: { readonly row: RequestLine }) {
  const { row } = props;
  if (row.contradicted > 0 && !isOver(row.state)) return <Badge tone="bad" text={words.contradicted} />;
  if (row.failed > 0 && !isOver(row.state)) return <Badge tone="bad" text={words.failed} />;
  const tone = row.state === 'closed' || row.state === 'verified' ? 'good' : isOver(row.state) ? 'neutral' : 'accent';
  return <Badge tone={tone} text={requestStateLabel(row.state)} />;
}

function ordersText(row: RequestLine, say: (text: Text) => string): string {
  return row.orders === 0 ? say(words.noOrder) : `${row.ended} / ${row.orders}`;
}

const words = {
  title: { fr: 'Demandes d’exercice de droits', en: 'Requests' },
  lead: {
    fr: 'Les plus urgentes d’abord. Le délai légal est d’un mois à compter de la réception.',
    en: 'The most urgent first. The legal period is one month from receipt.',
  },
  create: { fr: 'Nouvelle demande', en: 'New request' },
  number: { fr: 'Numéro', en: 'Number' },
  clock: { fr: 'Délai', en: 'Clock' },
  state: { fr: 'État', en: 'State' },
  orders: { fr: 'Comptes rendus', en: 'Outcomes' },
  controller: { fr: 'Responsable', en: 'Controller' },
  received: { fr: 'Reçue le', en: 'Received on' },
  assignee: { fr: 'Suivie par', en: 'Assigned to' },
  mine: { fr: 'Moi', en: 'Me' },
  nobodys: { fr: 'Personne', en: 'Nobody' },
  open: { fr: 'En cours', en: 'Open' },
  late: { fr: 'En retard', en: 'Late' },
  contradicted: { fr: 'Démenti', en: 'Contradicted' },
  failed: { fr: 'À débloquer', en: 'Stuck' },
  noOrder: { fr: '–', en: '–' },
  none: { fr: 'Aucune demande ici', en: 'No request here' },
  noneHint: {
    fr: 'Changez le filtre, ou enregistrez une demande reçue par courrier, au téléphone ou en magasin.',
    en: 'Change the filter, or record a request received by post, phone or in a store.',
  },
} as const satisfies Readonly<Record<string, Text>>;
