import { can } from '../../access/index.ts';
import { page, type Slice, type Who } from '../../http/index.ts';
import { counted, type Text } from '../../kernel/index.ts';
import {
  Badge,
  type Column,
  EmptyState,
  LinkButton,
  Notice,
  Section,
  type Stat,
  StatTiles,
  Table,
  When,
} from '../../ui/index.ts';
import type { Engine } from '../engine.ts';
import { orderStateLabel } from '../order/states.ts';
import { RequestTable } from '../request/list.pages.tsx';
import { listRequests } from '../request/list.ts';
import { requestHref } from '../request/request-page.tsx';
import { userNames } from '../request/user-names.ts';
import { deskFigures, type Figures, listStuck, type StuckOrder } from './figures.ts';

const shown = 10;

/** The first page: the morning of whoever handles requests; a way in for the others. */
export function deskSlice(engine: Engine): Slice {
  return {
    name: 'desk',
    menu: [
      { section: { id: 'home', text: words.home, order: 1 }, text: words.menu, href: '/', icon: 'home', order: 1 },
    ],
    pages(app) {
      app.get('/', {}, ({ who }) => (can(who, 'requests.read') ? morning(engine, who) : elsewhere(who)));
    },
  };
}

async function morning(engine: Engine, who: Who) {
  const [figures, stuck, urgent, controllers, users] = await Promise.all([
    deskFigures(who),
    listStuck(who, shown),
    listRequests(who, { state: 'open', limit: shown, after: null }),
    engine.register.controllers(who.scope),
    userNames(who.scope),
  ]);
  const names = new Map(controllers.map(({ id, name }) => [id, name]));
  const [first] = urgent;
  return page({
    title: words.title,
    lead: leadOf(figures),
    actions: (
      <>
        {first === undefined ? null : <LinkButton href={requestHref(first.id)} kind="main" text={words.openFirst} />}
        {can(who, 'requests.handle') ? <LinkButton href="/requests/new" icon="plus" text={words.create} /> : null}
      </>
    ),
    content: (
      <>
        <StatTiles label={words.figures} stats={statsOf(figures)} />
        {stuck.length === 0 ? null : (
          <Section id="stuck" title={words.stuck} lead={words.stuckLead}>
            <StuckTable rows={stuck} />
          </Section>
        )}
        <Section
          id="urgent"
          title={words.urgent}
          actions={figures.open > shown ? <LinkButton href="/requests" text={words.all} kind="quiet" /> : undefined}
        >
          {urgent.length === 0 ? (
            <EmptyState icon="check" title={words.nothing} hint={words.nothingHint}>
              <LinkButton href="/requests/new" text={words.create} />
            </EmptyState>
          ) : (
            <RequestTable
              id="urgent-requests"
              rows={urgent.slice(0, shown)}
              controllers={names}
              names={users}
              now={who.scope.clock.now()}
            />
          )}
        </Section>
      </>
    ),
  });
}

function leadOf(figures: Figures): Text {
  if (figures.late > 0) {
    const late = counted(figures.late, words.lateOne, words.lateMany);
    return { fr: `${late.fr} : répondez d’abord, même en partie.`, en: `${late.en}: answer first, even in part.` };
  }
  if (figures.contradicted > 0) {
    return {
      fr: 'Aucun retard. Une application montre encore une personne qu’elle disait avoir effacée : voyez-la d’abord.',
      en: 'Nothing late. An application still shows a person it said it had erased: see to it first.',
    };
  }
  if (figures.open === 0) return { fr: 'Aucune demande en cours.', en: 'No open request.' };
  return { fr: 'Aucun retard, aucun démenti.', en: 'Nothing late, nothing contradicted.' };
}

function statsOf(figures: Figures): readonly Stat[] {
  return [
    { label: words.late, value: figures.late, tone: figures.late > 0 ? 'bad' : 'good', href: '/requests?state=late' },
    { label: words.soon, value: figures.soon, tone: figures.soon > 0 ? 'warning' : 'neutral', href: '/requests' },
    { label: words.contradicted, value: figures.contradicted, tone: figures.contradicted > 0 ? 'bad' : 'good' },
    { label: words.failed, value: figures.failed, tone: figures.failed > 0 ? 'bad' : 'neutral' },
    { label: words.silent, value: figures.silent, tone: figures.silent > 0 ? 'warning' : 'neutral' },
  ];
}

function StuckTable(props: { readonly rows: readonly StuckOrder[] }) {
  const columns: readonly Column<StuckOrder>[] = [
    { id: 'application', title: words.application, cell: (row) => row.application_name },
    { id: 'state', title: words.state, cell: (row) => <StuckState state={row.state} /> },
    { id: 'request', title: words.request, kind: 'fixed', cell: (row) => row.number },
    { id: 'since', title: words.since, kind: 'fixed', cell: (row) => <When at={row.since} /> },
  ];
  return (
    <Table
      id="stuck-orders"
      caption={words.stuck}
      columns={columns}
      rows={props.rows}
      rowHref={(row) => requestHref(row.request_id)}
      narrow="cards"
      empty={{ title: words.nothing, hint: words.nothingHint }}
    />
  );
}

function StuckState(props: { readonly state: StuckOrder['state'] }) {
  const isSilent = props.state === 'sent' || props.state === 'received' || props.state === 'planned';
  if (isSilent) return <Badge tone="warning" text={words.silentOne} />;
  return <Badge tone={props.state === 'partly' ? 'warning' : 'bad'} text={orderStateLabel(props.state)} />;
}

/** For those whose work is not requests. */
function elsewhere(who: Who) {
  return page({
    title: { fr: `Bonjour, ${who.user.name}`, en: `Hello, ${who.user.name}` },
    lead: words.elsewhereLead,
    content: <Notice tone="neutral" title={words.elsewhere} detail={words.elsewhereDetail} />,
  });
}

const words = {
  home: { fr: 'Accueil', en: 'Home' },
  menu: { fr: 'Aujourd’hui', en: 'Today' },
  title: { fr: 'Ce matin', en: 'This morning' },
  openFirst: { fr: 'Ouvrir la plus urgente', en: 'Open the most urgent' },
  create: { fr: 'Nouvelle demande', en: 'New request' },
  figures: { fr: 'Chiffres du jour', en: 'Today’s figures' },
  late: { fr: 'En retard', en: 'Late' },
  lateOne: { fr: 'demande en retard', en: 'late request' },
  lateMany: { fr: 'demandes en retard', en: 'late requests' },
  soon: { fr: 'Dues sous 7 jours', en: 'Due within 7 days' },
  contradicted: { fr: 'Démentis', en: 'Contradicted' },
  failed: { fr: 'Ordres à débloquer', en: 'Stuck orders' },
  silent: { fr: 'Applications silencieuses', en: 'Silent applications' },
  silentOne: { fr: 'Silencieuse', en: 'Silent' },
  stuck: { fr: 'Ce qui n’avance pas seul', en: 'What does not go on by itself' },
  stuckLead: {
    fr: 'Démentis, échecs, silences : ouvrez la demande, la raison y est indiquée.',
    en: 'Contradictions, failures, silences: open the request, the reason stands there.',
  },
  urgent: { fr: 'Demandes, les plus urgentes d’abord', en: 'Requests, the most urgent first' },
  all: { fr: 'Toutes les demandes', en: 'All requests' },
  nothing: { fr: 'Rien n’attend', en: 'Nothing waits' },
  nothingHint: {
    fr: 'Une demande reçue par courrier, au téléphone ou en magasin s’enregistre ici ; celles du formulaire public arrivent seules.',
    en: 'A request received by post, by phone or in a store is recorded here; those of the public form arrive by themselves.',
  },
  application: { fr: 'Application', en: 'Application' },
  state: { fr: 'État', en: 'State' },
  request: { fr: 'Demande', en: 'Request' },
  since: { fr: 'Depuis', en: 'Since' },
  elsewhereLead: { fr: 'Le menu mène à ce que votre rôle permet.', en: 'The menu leads to what your role allows.' },
  elsewhere: {
    fr: 'Les demandes des personnes sont suivies par le DPO',
    en: 'Persons’ requests are handled by the DPO',
  },
  elsewhereDetail: {
    fr: 'Votre rôle ouvre les applications, le registre et le journal de preuve.',
    en: 'Your role opens the applications, the register and the evidence journal.',
  },
} as const satisfies Readonly<Record<string, Text>>;
