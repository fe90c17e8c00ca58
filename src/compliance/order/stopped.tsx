import { can } from '../../access/index.ts';
import type { Who } from '../../http/index.ts';
import { publicId, type Text } from '../../kernel/index.ts';
import type { ApplicationLine, StoppedOrders } from '../../repository/index.ts';
import { LinkButton, Notice } from '../../ui/index.ts';
import { ordersOf } from './latest.ts';

/** Requests named on the page of an application; more are reached through their list. */
const mostNamed = 5;
/** Orders read: what they met is the same few tables. */
const mostRead = 50;

/** The orders of an application that stopped where nothing links: what they met, and the requests that wait for it. */
export async function stoppedOrders(who: Who, line: ApplicationLine): Promise<StoppedOrders | null> {
  const { scope } = who;
  const rows = await scope.db
    .selectFrom('compliance.application_order as o')
    .innerJoin('compliance.request as request', 'request.id', 'o.campaign_id')
    .select(['o.id', 'o.campaign_id', 'request.number'])
    .where('o.application_id', '=', line.id)
    .where('o.channel', '=', 'sql')
    .where('o.superseded_at', 'is', null)
    .where((where) =>
      where.or([
        where('o.state', '=', 'partly'),
        where.and([where('o.state', '=', 'refused'), where('o.reason', '=', 'technical')]),
      ]),
    )
    .orderBy('o.id', 'desc')
    .limit(mostRead)
    .execute();
  if (rows.length === 0) return null;
  const orders = (await Promise.all(rows.map((row) => ordersOf(scope.db, row.campaign_id)))).flat();
  const stopped = new Set<string>(rows.map(({ id }) => id));
  const met = orders.filter(({ id }) => stopped.has(id)).flatMap(({ left }) => left);
  const mayRead = can(who, 'requests.read');
  return {
    met: met.filter(({ by }) => by !== 'row'),
    panel: (
      <Notice tone="warning" title={words.title(rows.length)} detail={words.detail}>
        {mayRead
          ? rows
              .slice(0, mostNamed)
              .map((row) => (
                <LinkButton
                  kind="quiet"
                  href={`/requests/${publicId('req', row.campaign_id)}`}
                  text={asIs(row.number)}
                />
              ))
          : null}
      </Notice>
    ),
  };
}

function asIs(text: string): Text {
  return { fr: text, en: text };
}

const words = {
  title: (count: number): Text => ({
    fr: count === 1 ? 'Un ordre s’est arrêté ici' : `${count} ordres se sont arrêtés ici`,
    en: count === 1 ? 'One order stopped here' : `${count} orders stopped here`,
  }),
  detail: {
    fr: 'L’effacement n’est pas fini : dites ci-dessous ce que sont ces tables, puis relancez l’ordre depuis sa demande. Ce qui a été trouvé est gardé chiffré jusque-là.',
    en: 'The erasure isn’t finished: say below what these tables are, then retry the order from its request. What was found is kept sealed until then.',
  },
} as const;
