import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type PageApp, page } from '../../http/index.ts';
import type { Text } from '../../kernel/index.ts';
import { formatDay, formatTime, type Locale, Pager, reader, Table, withQuery } from '../../ui/index.ts';
import type { OrderView } from '../order/latest.ts';
import { isSeenBySocle, orderStateLabel } from '../order/states.ts';
import { factsOf } from './outcomes.tsx';
import { requestFor } from './perimeter.ts';
import { requestHref } from './request-page.tsx';
import { crumbOf, requestsCrumb } from './show.pages.tsx';
import { viewRequest } from './view.ts';
import { orderWhy } from './words.ts';

const shown = 25;
const query = z.object({ from: z.coerce.number().int().min(0).max(100_000).optional() });

/** Every order of a request with its dates: the table behind its picture, every generation a line. */
export function orderPages(app: PageApp): void {
  app.get('/requests/:id/orders', { allow: may('requests.read'), query }, async ({ who, params, query: asked }) => {
    const request = await requestFor(who, params.id);
    const { orders } = await viewRequest(who.scope, request.id);
    const from = asked.from ?? 0;
    const href = `${requestHref(request.id)}/orders`;
    const at = (place: number) => withQuery(href, { from: String(place) });
    return page({
      title: words.title(request.number),
      lead: words.lead,
      breadcrumbs: [requestsCrumb, crumbOf(request)],
      content: (
        <>
          <OrderTable orders={orders.slice(from, from + shown)} />
          <Pager
            count={words.count(Math.min(from + 1, orders.length), Math.min(from + shown, orders.length), orders.length)}
            previousHref={from > 0 ? at(Math.max(0, from - shown)) : undefined}
            nextHref={orders.length > from + shown ? at(from + shown) : undefined}
          />
        </>
      ),
    });
  });
}

function OrderTable(props: { readonly orders: readonly OrderView[] }) {
  const { say, now, ...locale } = reader();
  const when = (at: Date | null) => (at === null ? '' : instant(at, locale));
  return (
    <Table
      id="orders"
      caption={words.caption}
      narrow="scroll"
      columns={[
        {
          id: 'application',
          title: words.application,
          cell: ({ application, generation }) => (generation === 1 ? application : `${application} (${generation})`),
        },
        {
          id: 'state',
          title: words.state,
          cell: (order) => say(orderStateLabel(order.state, isSeenBySocle(order.channel))),
        },
        {
          id: 'what',
          title: words.what,
          cell: (order) => [...factsOf(order, now), orderWhy(order)].map((text) => say(text)).join(' · '),
        },
        { id: 'sent', title: words.sent, cell: (order) => when(order.sentAt) },
        { id: 'received', title: words.received, cell: (order) => when(order.receivedAt) },
        { id: 'ended', title: words.ended, cell: (order) => when(order.endedAt) },
        { id: 'checked', title: words.checked, cell: (order) => when(order.verifiedAt) },
      ]}
      rows={props.orders}
      empty={{ title: words.none, hint: words.noneHint }}
    />
  );
}

/** To the second: answers arrive within moments of each other. */
function instant(at: Date, locale: Locale): string {
  return `${formatDay(at, locale, 'medium')}, ${formatTime(at, locale)}`;
}

const words = {
  title: (number: string): Text => ({ fr: `Ordres de ${number}`, en: `Orders of ${number}` }),
  lead: {
    fr: 'Ce que chaque application a répondu, et quand ; y compris les ordres qu’un démenti ou une restauration a fait repartir.',
    en: 'What each application answered, and when; orders that a contradiction or a restoration sent anew as well.',
  },
  caption: { fr: 'Ordres, réponses et dates', en: 'Orders, answers and dates' },
  count: (first: number, last: number, all: number): Text => ({
    fr: `${first} à ${last} sur ${all}`,
    en: `${first} to ${last} of ${all}`,
  }),
  application: { fr: 'Application', en: 'Application' },
  state: { fr: 'État', en: 'State' },
  what: { fr: 'Ce qui a été fait, et pourquoi', en: 'What was done, and why' },
  sent: { fr: 'Envoyé', en: 'Sent' },
  received: { fr: 'Acquitté', en: 'Received' },
  ended: { fr: 'Compte rendu', en: 'Outcome' },
  checked: { fr: 'Revérifié', en: 'Checked' },
  none: { fr: 'Aucun ordre n’est parti', en: 'No order was sent' },
  noneHint: {
    fr: 'Ils naissent quand le plan de la demande est arrêté et lancé.',
    en: 'They are made when the plan of the request is frozen and started.',
  },
} as const;
