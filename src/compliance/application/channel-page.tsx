import type { PageAnswer } from '../../http/index.ts';
import { publicId, type Text } from '../../kernel/index.ts';
import { type ApplicationLine, applicationPage, pathsOf } from '../../repository/index.ts';
import {
  Badge,
  ButtonForm,
  Columns,
  DefinitionList,
  LinkButton,
  Notice,
  Say,
  Section,
  type Stat,
  StatTiles,
  Table,
  When,
} from '../../ui/index.ts';
import { orderStateLabel } from '../order/states.ts';
import { kindLabel } from '../person/kinds.ts';
import { words } from './channel-words.ts';
import { CredentialSection } from './credential-section.tsx';
import type { Credential } from './credentials.ts';
import { type Health, type OpenOrder, requestPath } from './health.ts';

export interface ChannelShown {
  readonly line: ApplicationLine;
  readonly health: Health;
  readonly open: readonly OpenOrder[];
  readonly dead: readonly OpenOrder[];
  readonly credentials: readonly Credential[];
  readonly now: Date;
  readonly mayConnect: boolean;
}

/** How an application fares with its orders, what it is connected by, and what to do when it does not answer. */
export function channelPage(shown: ChannelShown): PageAnswer {
  const { line, health, mayConnect } = shown;
  const at = pathsOf(line);
  const isOwn = line.channel !== 'sql';
  return applicationPage({
    line,
    now: shown.now,
    tab: 'orders',
    actions:
      isOwn && mayConnect ? (
        <>
          <ButtonForm kind="main" action={`${at.orders}/try`} text={words.tryIt} />
          <LinkButton href={`${at.orders}/limits`} text={words.changeLimits} />
        </>
      ) : mayConnect ? (
        <LinkButton href={`${at.orders}/limits`} text={words.changeLimits} />
      ) : null,
    content: (
      <>
        <CircuitNotice {...shown} />
        <StatTiles
          label={{ fr: 'Ordres de cette application', en: 'Orders of this application' }}
          stats={tiles(health)}
        />
        {shown.dead.length === 0 ? null : <DeadSection {...shown} />}
        <OpenSection {...shown} />
        {isOwn && line.channel !== 'email' ? <CredentialSection {...shown} /> : null}
        {isOwn ? (
          <Columns main={<HealthSection {...shown} />} aside={<LimitsSection {...shown} />} />
        ) : (
          <LimitsSection {...shown} />
        )}
      </>
    ),
  });
}

function tiles(health: Health): readonly Stat[] {
  return [
    { label: { fr: 'À remettre', en: 'To deliver' }, value: health.waiting },
    { label: { fr: 'Remis, sans compte rendu', en: 'Delivered, no outcome yet' }, value: health.delivered },
    {
      label: { fr: 'En retard', en: 'Late' },
      value: health.late,
      tone: health.late > 0 ? 'warning' : undefined,
    },
    {
      label: { fr: 'En échec', en: 'Dead letters' },
      value: health.dead,
      tone: health.dead > 0 ? 'bad' : undefined,
    },
  ];
}

function CircuitNotice({ health }: ChannelShown) {
  if (health.circuit === 'closed') return null;
  const { line } = health;
  return (
    <Notice
      tone="bad"
      title={{
        fr: 'Envois suspendus : l’application ne répond plus',
        en: 'Sending is paused: the application no longer answers',
      }}
      detail={{
        fr: `${line.failures} essais de suite ont échoué. Un ordre est essayé de temps en temps ; tous repartiront dès qu’elle répondra. Vous pouvez l’essayer tout de suite.`,
        en: `${line.failures} tries in a row failed. One order tries from time to time; all will leave as soon as it answers. You can try it now.`,
      }}
    />
  );
}

function HealthSection({ health }: ChannelShown) {
  const { line } = health;
  const problem = textOf(line.lastProblem);
  return (
    <Section id="health" title={{ fr: 'Santé', en: 'Health' }}>
      <DefinitionList
        items={[
          { term: { fr: 'Disjoncteur', en: 'Circuit breaker' }, value: <Badge {...circuitBadge(health.circuit)} /> },
          {
            term: { fr: 'Dernier succès', en: 'Last success' },
            value: line.lastSuccessAt === null ? <Say text={words.never} /> : <When at={line.lastSuccessAt} />,
          },
          {
            term: { fr: 'Dernier échec', en: 'Last failure' },
            value: line.lastFailureAt === null ? <Say text={words.never} /> : <When at={line.lastFailureAt} />,
          },
          ...(problem === null || line.failures === 0 ? [] : [{ term: words.why, value: <Say text={problem} /> }]),
          {
            term: { fr: 'Temps de réponse', en: 'Response time' },
            value: line.latencyMs === null ? null : `${line.latencyMs} ms`,
          },
          {
            term: { fr: 'Envois sur 24 h', en: 'Deliveries in 24 h' },
            value: (
              <Say
                text={{
                  fr: `${health.attempts}, dont ${health.failures} en échec`,
                  en: `${health.attempts}, ${health.failures} of them failed`,
                }}
              />
            ),
          },
        ]}
      />
    </Section>
  );
}

function circuitBadge(circuit: Health['circuit']) {
  if (circuit === 'closed')
    return { tone: 'good', text: { fr: 'Fermé : tout part', en: 'Closed: all leaves' } } as const;
  if (circuit === 'open')
    return { tone: 'bad', text: { fr: 'Ouvert : rien ne part', en: 'Open: nothing leaves' } } as const;
  return { tone: 'warning', text: { fr: 'Essai en cours', en: 'One order is trying' } } as const;
}

function LimitsSection({ line }: ChannelShown) {
  const { limits } = line;
  return (
    <Section id="limits" title={words.limits}>
      <DefinitionList
        items={[
          { term: words.batchSize, value: String(limits.batchSize) },
          {
            term: words.perMinute,
            value:
              limits.ordersPerMinute === null ? (
                <Say text={{ fr: 'Sans limite', en: 'No limit' }} />
              ) : (
                String(limits.ordersPerMinute)
              ),
          },
          {
            term: words.hours,
            value:
              limits.hours === null ? (
                <Say text={{ fr: 'À toute heure', en: 'At any time' }} />
              ) : (
                <Say
                  text={{
                    fr: `${limits.hours.from} – ${limits.hours.to}, heure de Paris`,
                    en: `${limits.hours.from} – ${limits.hours.to}, Paris time`,
                  }}
                />
              ),
          },
          {
            term: words.identityKinds,
            value:
              limits.identityKinds.length === 0 ? (
                <Say
                  text={{
                    fr: 'Tous ceux qui désignent une seule personne',
                    en: 'All those that name one person alone',
                  }}
                />
              ) : (
                limits.identityKinds.map((kind, index) => (
                  <>
                    {index === 0 ? '' : ', '}
                    <Say text={kindLabel(kind)} />
                  </>
                ))
              ),
          },
        ]}
      />
    </Section>
  );
}

function OpenSection({ open }: ChannelShown) {
  return (
    <Section id="open" title={{ fr: 'Ordres en cours', en: 'Open orders' }}>
      <OrderTable
        id="open-orders"
        rows={open}
        caption={{ fr: 'Ordres en cours, les plus anciens d’abord', en: 'Open orders, the oldest first' }}
        empty={{ fr: 'Aucun ordre en cours', en: 'No open order' }}
        hint={{
          fr: 'Tout ce qui lui a été demandé a reçu son compte rendu.',
          en: 'All that was asked of it has its outcome.',
        }}
      />
    </Section>
  );
}

function DeadSection({ line, dead, mayConnect }: ChannelShown) {
  return (
    <Section
      id="dead"
      title={{ fr: 'Ordres en échec', en: 'Dead letters' }}
      lead={{
        fr: 'Socle a cessé d’essayer. Corrigez la cause, puis relancez : ce sont les mêmes ordres qui repartent.',
        en: 'Socle has stopped trying. Mend the cause, then replay: the very same orders leave again.',
      }}
      actions={mayConnect ? <ButtonForm action={`${pathsOf(line).orders}/replay`} text={words.replay} /> : undefined}
    >
      <OrderTable
        id="dead-orders"
        rows={dead}
        caption={{ fr: 'Ordres en échec', en: 'Dead letters' }}
        empty={{ fr: 'Aucun', en: 'None' }}
        hint={{ fr: 'Aucun ordre n’est en échec.', en: 'No order has failed.' }}
      />
    </Section>
  );
}

function OrderTable(props: {
  readonly id: string;
  readonly rows: readonly OpenOrder[];
  readonly caption: Text;
  readonly empty: Text;
  readonly hint: Text;
}) {
  return (
    <Table
      id={props.id}
      caption={props.caption}
      rows={props.rows}
      rowHref={requestPath}
      columns={[
        { id: 'request', title: words.request, cell: (order) => order.number ?? publicId('ord', order.id) },
        { id: 'state', title: words.state, cell: (order) => <Say text={orderStateLabel(order.state)} /> },
        { id: 'planned', title: words.planned, kind: 'fixed', cell: (order) => <When at={order.plannedAt} /> },
        {
          id: 'due',
          title: words.due,
          kind: 'fixed',
          cell: (order) => (order.dueAt === null ? '' : <When at={order.dueAt} />),
        },
        { id: 'tries', title: words.tries, kind: 'number', cell: (order) => order.tries },
        {
          id: 'why',
          title: words.why,
          cell: (order) => (order.problem === null ? '' : <Say text={order.problem} />),
        },
      ]}
      empty={{ icon: 'check', title: props.empty, hint: props.hint }}
    />
  );
}

function textOf(value: unknown): Text | null {
  if (typeof value !== 'object' || value === null || !('fr' in value) || !('en' in value)) return null;
  return typeof value.fr === 'string' && typeof value.en === 'string' ? { fr: value.fr, en: value.en } : null;
}
