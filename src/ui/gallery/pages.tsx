import type { Problem } from '../../kernel/index.ts';
import { same } from '../../kernel/index.ts';
import {
  Badge,
  BarePage,
  Button,
  ButtonForm,
  CheckboxesField,
  CheckboxField,
  ClockChip,
  type Column,
  Day,
  EmptyState,
  Fieldset,
  FileField,
  Filters,
  Form,
  FormActions,
  InputField,
  LinkButton,
  Notice,
  Pager,
  Progress,
  RadioField,
  Section,
  SelectField,
  Shell,
  StatTiles,
  Table,
  TextAreaField,
} from '../index.ts';
import { requests, type SampleRequest, surroundings } from './sample.ts';

const clock = (request: SampleRequest) =>
  request.daysLeft < 0 ? (
    <ClockChip kind="late" daysLate={-request.daysLeft} dueOn="2026-03-01" />
  ) : (
    <ClockChip kind="running" daysLeft={request.daysLeft} dueOn="2026-03-07" />
  );

const columns: readonly Column<SampleRequest>[] = [
  {
    id: 'number',
    title: { fr: 'Numéro', en: 'Number' },
    kind: 'fixed',
    cell: (request) => request.number,
    sortHref: '/gallery/list?sort=number',
  },
  { id: 'right', title: { fr: 'Droit', en: 'Right' }, cell: (request) => request.right.fr },
  { id: 'brand', title: { fr: 'Marque', en: 'Brand' }, cell: (request) => request.brand },
  {
    id: 'received',
    title: { fr: 'Reçue', en: 'Received' },
    kind: 'fixed',
    cell: (request) => <Day on={request.receivedOn} />,
    sortHref: '/gallery/list?sort=-received',
    sorted: 'ascending',
  },
  { id: 'due', title: { fr: 'Échéance', en: 'Deadline' }, cell: clock },
  {
    id: 'outcomes',
    title: { fr: 'Réponses', en: 'Answers' },
    kind: 'number',
    cell: (request) => request.outcomes,
  },
];

const empty = {
  title: { fr: 'Aucune demande', en: 'No request' },
  hint: {
    fr: 'Les demandes arrivent par le formulaire public, l’API, ou quand vous en enregistrez une.',
    en: 'Requests come by the public form, the API, or when you record one.',
  },
};

const listTitle = { fr: 'Demandes', en: 'Requests' };

export function ListSample() {
  return (
    <Shell
      {...surroundings('/gallery/list')}
      title={listTitle}
      lead={{
        fr: 'Les demandes d’exercice de droits, les plus urgentes d’abord.',
        en: 'Requests by persons, the most urgent first.',
      }}
      actions={
        <LinkButton kind="main" icon="plus" href="/gallery/form" text={{ fr: 'Nouvelle demande', en: 'New request' }} />
      }
    >
      <Filters
        action="/gallery/list"
        swaps="list"
        filters={[
          { kind: 'search', name: 'text', label: { fr: 'Numéro', en: 'Number' }, value: '' },
          {
            kind: 'choice',
            name: 'state',
            label: { fr: 'État', en: 'State' },
            value: 'open',
            choices: [
              { value: 'open', text: { fr: 'Ouvertes', en: 'Open' } },
              { value: 'late', text: { fr: 'En retard', en: 'Late' } },
              { value: 'closed', text: { fr: 'Closes', en: 'Closed' } },
            ],
          },
          { kind: 'date', name: 'since', label: { fr: 'Reçues depuis', en: 'Received since' }, value: '' },
        ]}
      />
      <div id="list">
        <Table
          id="requests"
          caption={listTitle}
          columns={columns}
          rows={requests}
          rowHref={() => '/gallery/request'}
          empty={empty}
        />
        <Pager
          count={{ fr: '25 demandes sur 412', en: '25 of 412 requests' }}
          firstHref="/gallery/list"
          nextHref="/gallery/list?cursor=abc"
        />
      </div>
    </Shell>
  );
}

export function MorningSample() {
  return (
    <Shell
      {...surroundings('/gallery/morning')}
      title={{ fr: 'Bonjour Camille', en: 'Good morning Camille' }}
      lead={{ fr: 'Trois échéances demandent votre attention.', en: 'Three deadlines need your attention.' }}
      flash={{
        tone: 'good',
        title: { fr: 'La demande DEM-2026-00411 est close.', en: 'Request DEM-2026-00411 is closed.' },
      }}
    >
      <StatTiles
        label={{ fr: 'À surveiller', en: 'To watch' }}
        stats={[
          {
            label: { fr: 'En retard', en: 'Late' },
            value: 3,
            tone: 'bad',
            href: '/gallery/list',
            detail: { fr: 'la plus ancienne : 3 j', en: 'the oldest: 3 d' },
          },
          { label: { fr: 'Sous 7 jours', en: 'Within 7 days' }, value: 8, tone: 'warning', href: '/gallery/list' },
          { label: { fr: 'Démentis', en: 'Contradicted' }, value: 1, tone: 'bad', href: '/gallery/list' },
          { label: { fr: 'Applications silencieuses', en: 'Silent applications' }, value: 0, href: '/gallery/list' },
        ]}
      />
      <Notice
        tone="bad"
        title={{ fr: 'Fidélité dément un effacement', en: 'Loyalty contradicts an erasure' }}
        detail={{
          fr: 'La personne P-7A3F1 est encore visible. Un nouvel ordre est parti il y a 2 heures.',
          en: 'Person P-7A3F1 can still be seen. A new order was sent 2 hours ago.',
        }}
      />
      <Section
        id="urgent"
        title={{ fr: 'Les plus urgentes', en: 'The most urgent' }}
        actions={<LinkButton href="/gallery/list" text={{ fr: 'Toutes', en: 'All' }} kind="quiet" />}
      >
        <Table
          id="urgent-table"
          caption={{ fr: 'Les plus urgentes', en: 'The most urgent' }}
          columns={columns}
          rows={requests.slice(0, 5)}
          rowHref={() => '/gallery/request'}
          empty={empty}
        />
      </Section>
      <Section id="campaigns" title={{ fr: 'Campagnes', en: 'Campaigns' }}>
        <EmptyState
          title={{ fr: 'Aucune campagne en cours', en: 'No campaign running' }}
          hint={{
            fr: 'Évaluez les durées de conservation pour savoir qui devrait être purgé ce mois-ci.',
            en: 'Evaluate retention periods to know who should be purged this month.',
          }}
        >
          <LinkButton kind="plain" href="/gallery/form" text={{ fr: 'Évaluer', en: 'Evaluate' }} />
        </EmptyState>
      </Section>
    </Shell>
  );
}

const problems: readonly Problem[] = [
  {
    pointer: '/email',
    code: 'invalid',
    text: { fr: 'Écrivez l’adresse comme nom@exemple.fr', en: 'Write the address as name@example.com' },
  },
  { pointer: '/right', code: 'required', text: { fr: 'Choisissez un droit', en: 'Choose a right' } },
];

export function FormSample() {
  return (
    <Shell
      {...surroundings('/gallery/form')}
      title={{ fr: 'Nouvelle demande', en: 'New request' }}
      breadcrumbs={[{ text: listTitle, href: '/gallery/list' }]}
    >
      <Form id="request-form" action="/gallery/post" problems={problems} swaps="request-form" hasFiles>
        <InputField
          name="email"
          kind="email"
          label={{ fr: 'Adresse électronique', en: 'E-mail address' }}
          hint={{ fr: 'Celle que la personne utilise avec nous.', en: 'The one the person uses with us.' }}
          value="camille@"
          isRequired
          autocomplete="off"
          problems={problems}
        />
        <RadioField
          name="right"
          label={{ fr: 'Droit exercé', en: 'Right exercised' }}
          isRequired
          problems={problems}
          choices={[
            {
              value: 'erasure',
              text: { fr: 'Effacement', en: 'Erasure' },
              hint: { fr: 'Article 17 du RGPD', en: 'Article 17 GDPR' },
            },
            { value: 'access', text: { fr: 'Accès', en: 'Access' } },
          ]}
        />
        <SelectField
          name="brand"
          label={{ fr: 'Marque', en: 'Brand' }}
          choices={[
            { value: 'nord', text: same('Atelier Nord') },
            { value: 'maison', text: same('Lavoine Maison') },
          ]}
        />
        <Fieldset legend={{ fr: 'Réception', en: 'Receipt' }}>
          <InputField
            name="received"
            kind="date"
            label={{ fr: 'Reçue le', en: 'Received on' }}
            width="narrow"
            isRequired
          />
          <InputField
            name="count"
            kind="number"
            label={{ fr: 'Pièces jointes', en: 'Documents' }}
            width="narrow"
            min={0}
          />
          <FileField name="file" label={{ fr: 'Courrier', en: 'Letter' }} accept=".pdf" />
        </Fieldset>
        <TextAreaField name="note" label={{ fr: 'Note interne', en: 'Internal note' }} rows={3} />
        <CheckboxesField
          name="applications"
          label={{ fr: 'Applications', en: 'Applications' }}
          values={['shop']}
          choices={[
            { value: 'shop', text: { fr: 'Boutique en ligne', en: 'Online shop' } },
            { value: 'loyalty', text: { fr: 'Fidélité', en: 'Loyalty' } },
          ]}
        />
        <CheckboxField
          name="attested"
          isRequired
          label={{ fr: 'J’atteste avoir vérifié l’identité', en: 'I attest that I checked the identity' }}
        />
        <FormActions>
          <Button kind="main" text={{ fr: 'Enregistrer la demande', en: 'Record the request' }} />
          <LinkButton href="/gallery/list" text={{ fr: 'Annuler', en: 'Cancel' }} />
        </FormActions>
      </Form>
    </Shell>
  );
}

export function SignInSample() {
  return (
    <BarePage
      product="Socle"
      organisation={{ text: same('Socle'), href: '/gallery' }}
      path="/gallery/sign-in"
      title={{ fr: 'Connexion', en: 'Sign in' }}
    >
      <Form id="sign-in" action="/gallery/post">
        <InputField
          name="email"
          kind="email"
          label={{ fr: 'Adresse électronique', en: 'E-mail address' }}
          isRequired
          autocomplete="username"
        />
        <InputField
          name="password"
          kind="password"
          label={{ fr: 'Mot de passe', en: 'Password' }}
          isRequired
          autocomplete="current-password"
        />
        <FormActions>
          <Button kind="main" text={{ fr: 'Se connecter', en: 'Sign in' }} />
        </FormActions>
      </Form>
    </BarePage>
  );
}

export function JobSample() {
  return (
    <Shell
      {...surroundings('/gallery/job')}
      title={{ fr: 'Lecture du schéma', en: 'Harvest' }}
      actions={<ButtonForm action="/gallery/post" text={{ fr: 'Interrompre', en: 'Pause' }} />}
    >
      <Progress
        id="job"
        label={{ fr: 'Tables lues', en: 'Tables read' }}
        done={84}
        total={210}
        perSecond={12}
        leftMs={10_500}
        errors={0}
      />
      <Progress id="job-unknown" label={{ fr: 'Préparation', en: 'Preparing' }} done={12} total={null} />
      <Section id="tones" title={{ fr: 'États', en: 'States' }}>
        <p class="actions">
          <Badge tone="neutral" text={{ fr: 'En attente', en: 'Waiting' }} />
          <Badge tone="accent" text={{ fr: 'En cours', en: 'Running' }} />
          <Badge tone="good" text={{ fr: 'Vérifié', en: 'Verified' }} />
          <Badge tone="warning" text={{ fr: 'Partiel', en: 'Partial' }} />
          <Badge tone="bad" text={{ fr: 'Démenti', en: 'Contradicted' }} />
          <ClockChip kind="met" dueOn="2026-03-01" />
          <ClockChip kind="missed" dueOn="2026-03-01" />
          <ClockChip kind="running" daysLeft={0} dueOn="2026-03-01" />
          <ClockChip kind="paused" text={{ fr: 'Suspendu : identité demandée', en: 'Paused: identity asked' }} />
        </p>
        <Notice tone="neutral" title={{ fr: 'À savoir', en: 'Good to know' }} />
        <Notice tone="accent" title={{ fr: 'Nouveau', en: 'New' }} />
        <Notice
          tone="warning"
          title={{ fr: 'Le schéma a changé sous le plan', en: 'The schema changed under the plan' }}
          detail={{ fr: 'Relisez-le avant d’envoyer.', en: 'Read it again before sending.' }}
        />
      </Section>
      <Section id="figures" title={{ fr: 'Comparer', en: 'Compare' }}>
        <Table
          id="figures-table"
          caption={{ fr: 'Lignes par table', en: 'Rows by table' }}
          showCaption
          narrow="scroll"
          columns={columns}
          rows={requests.slice(0, 3)}
          empty={empty}
        />
      </Section>
    </Shell>
  );
}
