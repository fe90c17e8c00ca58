import { same } from '../../kernel/index.ts';
import {
  Button,
  ClockChip,
  CodeBlock,
  Columns,
  Day,
  DefinitionList,
  Dialog,
  DialogLink,
  Explain,
  Form,
  FormActions,
  LinkButton,
  Live,
  type Outcome,
  OutcomeGrid,
  Section,
  Shell,
  StateBar,
  Steps,
  Tabs,
  TextAreaField,
  Timeline,
  type Vessel,
  Vessels,
  When,
} from '../index.ts';
import { sampleSql, surroundings } from './sample.ts';

export const sampleOutcomes: readonly Outcome[] = [
  {
    id: 'order-shop',
    name: 'Boutique en ligne',
    href: '/gallery/list',
    state: { tone: 'good', text: { fr: 'Vérifié', en: 'Verified' } },
    facts: [
      { fr: '14 lignes vidées', en: '14 rows blanked' },
      { fr: '7 factures conservées', en: '7 invoices kept' },
    ],
    answered: <When at="2026-03-02T08:10:00Z" />,
  },
  {
    id: 'order-loyalty',
    name: 'Fidélité',
    href: '/gallery/list',
    state: { tone: 'bad', text: { fr: 'Démenti', en: 'Contradicted' } },
    facts: [{ fr: '3 lignes vidées', en: '3 rows blanked' }],
    why: {
      fr: 'La personne est encore visible dans « mailing.contact » : un nouvel ordre est parti.',
      en: 'The person can still be seen in “mailing.contact”: a new order was sent.',
    },
    answered: <When at="2026-03-02T08:11:00Z" />,
  },
  {
    id: 'order-support',
    name: 'Service client',
    state: { tone: 'accent', text: { fr: 'En cours', en: 'Running' } },
    facts: [{ fr: 'Ordre reçu', en: 'Order received' }],
  },
  {
    id: 'order-socle',
    name: 'Socle',
    state: { tone: 'neutral', text: { fr: 'En attente', en: 'Waiting' } },
    facts: [{ fr: 'Efface en dernier ce qu’il tient lui-même', en: 'Erases last what it holds itself' }],
  },
];

const sampleVessels: readonly Vessel[] = [
  {
    id: 'vessel-shop',
    name: 'Boutique en ligne',
    tone: 'good',
    mark: 'proven',
    level: 4,
    text: { fr: 'Vérifié', en: 'Verified' },
  },
  {
    id: 'vessel-loyalty',
    name: 'Fidélité',
    tone: 'bad',
    mark: 'denied',
    level: 1,
    text: { fr: 'Démenti', en: 'Contradicted' },
  },
  {
    id: 'vessel-support',
    name: 'Service client',
    tone: 'accent',
    mark: 'working',
    level: 2,
    text: { fr: 'Acquitté', en: 'Received' },
  },
];

const title = { fr: 'Demande DEM-2026-00412', en: 'Request DEM-2026-00412' };

/** The page that decides whether the product is adopted, with sample content. */
export function RequestSample() {
  return (
    <Shell
      {...surroundings('/gallery/request')}
      title={title}
      breadcrumbs={[{ text: { fr: 'Demandes', en: 'Requests' }, href: '/gallery/list' }]}
      status={<ClockChip kind="running" daysLeft={5} dueOn="2026-03-07" />}
      actions={
        <>
          <LinkButton href="/gallery/form" icon="download" text={{ fr: 'Dossier de preuve', en: 'Evidence file' }} />
          <DialogLink href="/gallery/form" opens="refuse" text={{ fr: 'Refuser…', en: 'Refuse…' }} kind="danger" />
        </>
      }
    >
      <Steps
        id="steps"
        label={{ fr: 'Étapes de la demande', en: 'Steps of the request' }}
        steps={[
          { text: { fr: 'Reçue', en: 'Received' }, state: 'done', detail: <Day on="2026-02-07" /> },
          {
            text: { fr: 'Identité établie', en: 'Identity established' },
            state: 'done',
            detail: <Day on="2026-02-09" />,
          },
          { text: { fr: 'Ordres exécutés', en: 'Orders carried out' }, state: 'now', detail: '2 / 4' },
          { text: { fr: 'Vérifiée', en: 'Verified' }, state: 'later' },
          { text: { fr: 'Réponse envoyée', en: 'Answer sent' }, state: 'later' },
          { text: { fr: 'Close', en: 'Closed' }, state: 'later' },
        ]}
      />
      <StateBar
        id="state"
        state={{ tone: 'accent', text: { fr: 'En exécution', en: 'In execution' } }}
        transitions={[
          { kind: 'post', text: { fr: 'Relancer les silencieux', en: 'Remind the silent' }, action: '/gallery/post' },
          {
            kind: 'impossible',
            text: { fr: 'Clore', en: 'Close' },
            reason: { fr: 'Deux applications n’ont pas répondu.', en: 'Two applications have not answered.' },
          },
        ]}
      />
      <Tabs
        label={{ fr: 'Parties de la demande', en: 'Parts of the request' }}
        tabs={[
          { text: { fr: 'Exécution', en: 'Execution' }, href: '/gallery/request', isCurrent: true },
          { text: { fr: 'Réponse', en: 'Answer' }, href: '/gallery/request?part=answer', isCurrent: false },
          {
            text: { fr: 'Preuves', en: 'Evidence' },
            href: '/gallery/request?part=evidence',
            isCurrent: false,
            count: 3,
          },
        ]}
      />
      <Columns main={<Main />} aside={<Aside />} />
      <Dialog id="refuse" title={{ fr: 'Refuser la demande', en: 'Refuse the request' }}>
        <Form id="refuse-form" action="/gallery/post">
          <TextAreaField
            name="reason"
            isRequired
            label={{ fr: 'Motif, tel que la personne le lira', en: 'Reason, as the person will read it' }}
          />
          <FormActions>
            <Button kind="danger" text={{ fr: 'Refuser', en: 'Refuse' }} />
          </FormActions>
        </Form>
      </Dialog>
    </Shell>
  );
}

function Main() {
  return (
    <>
      <Section id="applications" title={{ fr: 'Applications interrogées', en: 'Applications asked' }}>
        <Live id="request-live" events="/gallery/request/events" refreshHref="/gallery/request">
          <Vessels
            id="vessels"
            label={{ fr: 'Où en est chaque application', en: 'Where each application stands' }}
            vessels={sampleVessels}
          />
          <OutcomeGrid
            id="outcomes"
            label={{ fr: 'Comptes rendus par application', en: 'Outcomes by application' }}
            outcomes={sampleOutcomes}
          />
        </Live>
      </Section>
      <Section id="plan" title={{ fr: 'Plan d’effacement', en: 'Erasure plan' }}>
        <CodeBlock id="plan-sql" label={same('Boutique en ligne · PostgreSQL')} code={sampleSql} />
      </Section>
    </>
  );
}

function Aside() {
  return (
    <>
      <DefinitionList
        items={[
          { term: { fr: 'Personne', en: 'Person' }, value: <a href="/gallery/list">P-7A3F1</a> },
          { term: { fr: 'Droit', en: 'Right' }, value: 'Effacement' },
          { term: { fr: 'Marque', en: 'Brand' }, value: 'Atelier Nord' },
          { term: { fr: 'Reçue', en: 'Received' }, value: <Day on="2026-02-07" /> },
          { term: { fr: 'Échéance', en: 'Deadline' }, value: <Day on="2026-03-07" /> },
          { term: { fr: 'Gel', en: 'Hold' }, value: null },
        ]}
      />
      <Explain
        question={{ fr: 'Pourquoi cette échéance ?', en: 'Why this deadline?' }}
        rule={{ fr: 'Un mois à compter de la réception.', en: 'One month from receipt.' }}
        facts={[{ term: { fr: 'Reçue', en: 'Received' }, value: <Day on="2026-02-07" /> }]}
        sources={[{ text: { fr: 'RGPD, article 12(3)', en: 'GDPR, article 12(3)' } }]}
      />
      <Section id="history" title={{ fr: 'Historique', en: 'History' }}>
        <Timeline
          id="timeline"
          label={{ fr: 'Historique', en: 'History' }}
          entries={[
            {
              at: '2026-03-02T08:11:00Z',
              actor: 'Fidélité',
              tone: 'bad',
              text: { fr: 'Démenti : encore visible', en: 'Contradicted: still visible' },
            },
            {
              at: '2026-03-02T08:10:00Z',
              actor: 'Boutique en ligne',
              tone: 'good',
              text: { fr: 'Exécuté et vérifié', en: 'Executed and verified' },
            },
            {
              at: '2026-02-09T14:00:00Z',
              actor: 'Camille Roussel',
              text: { fr: 'Marque changée', en: 'Brand changed' },
              changes: [{ field: { fr: 'Marque', en: 'Brand' }, from: 'Lavoine Maison', to: 'Atelier Nord' }],
            },
          ]}
        />
      </Section>
    </>
  );
}
