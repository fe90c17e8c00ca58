import { publicId, type Text } from '../../kernel/index.ts';
import {
  Button,
  ClockChip,
  type ClockValue,
  Columns,
  Day,
  DefinitionList,
  Explain,
  Form,
  FormActions,
  HiddenField,
  InputField,
  LinkButton,
  Live,
  Notice,
  OutcomeGrid,
  reader,
  Section,
  StateBar,
  Steps,
  TextAreaField,
  Timeline,
  type Transition,
} from '../../ui/index.ts';
import type { RequestClock } from '../clock/clock.ts';
import { clockStateWords } from '../clock/explanation.ts';
import { isRefusalGround, refusalGround } from '../letters/index.ts';
import { kindLabel, maskIdentity } from '../person/kinds.ts';
import type { Contact } from './contact.ts';
import { intakeWords } from './intake-words.ts';
import type { Draft } from './letter.ts';
import { nextStep } from './next.ts';
import { outcomesOf, stepsOf } from './outcomes.tsx';
import { type PlannedApplication, PlanSection } from './plan-section.tsx';
import { identityProofs } from './qualify.ts';
import { isOver, requestStateLabel } from './states.ts';
import type { RequestView } from './view.ts';
import { actorName, stepText } from './words.ts';

/** What somebody was writing when the facts changed: shown beside the letter as it is now. */
export interface Overtaken {
  readonly text: string;
  readonly why: Text;
}

export interface RequestPageProps {
  readonly view: RequestView;
  readonly controller: string;
  /** Null when there is nothing to send, or nobody left to send it to. */
  readonly draft: Draft | null;
  readonly overtaken: Overtaken | null;
  readonly transitions: readonly Transition[];
  /** The frozen plan, an application a line; empty before. */
  readonly plan: readonly PlannedApplication[];
  /** How the person is answered; null for readers who don't handle requests. */
  readonly contact: Contact | null;
  /** What this reader may do besides reading. */
  readonly mayHandle: boolean;
  /** Users of the organisation by id: names beside what they did. */
  readonly names: ReadonlyMap<string, string>;
}

const recentSteps = 8;

export function RequestPage(props: RequestPageProps) {
  const href = requestHref(props.view.request.id);
  return (
    <>
      <LiveHead view={props.view} transitions={props.transitions} />
      <Columns main={<Main {...props} href={href} />} aside={<Aside {...props} href={href} />} />
    </>
  );
}

export function requestHref(id: string): string {
  return `/requests/${publicId('req', id)}`;
}

/** What changes while one looks: steps, what to do next, state and its ways on. Sent anew by each event. */
export function LiveHead(props: { readonly view: RequestView; readonly transitions: readonly Transition[] }) {
  const { view } = props;
  const { say } = reader();
  const next = nextStep(view);
  const answer = `${requestHref(view.request.id)}?answer=1#answer`;
  return (
    <>
      <Steps id="steps" label={words.steps} steps={stepsOf(view)} />
      <div id="next" data-announce={say(next.title)}>
        <Notice tone={next.tone} title={next.title} detail={next.detail}>
          {next.leadsToAnswer === true ? <LinkButton href={answer} text={words.readAnswer} /> : null}
        </Notice>
      </div>
      <StateBar id="state" state={stateBadge(view)} transitions={props.transitions} />
    </>
  );
}

/** The applications and their answers. Sent anew by each event. */
export function LiveOrders(props: { readonly view: RequestView; readonly mayHandle: boolean }) {
  const outcomes = outcomesOf(props.view, props.mayHandle, reader().now);
  return (
    <div id="orders-part">
      {outcomes.length === 0 ? (
        <p>{reader().say(words.noOrders)}</p>
      ) : (
        <OutcomeGrid id="orders" label={words.applications} outcomes={outcomes} />
      )}
    </div>
  );
}

function stateBadge(view: RequestView): { tone: 'neutral' | 'accent' | 'good' | 'bad'; text: Text } {
  const { state } = view.request;
  const tone = state === 'closed' || state === 'verified' ? 'good' : isOver(state) ? 'neutral' : 'accent';
  return { tone, text: requestStateLabel(state) };
}

function Main(props: RequestPageProps & { readonly href: string }) {
  const { view, draft } = props;
  const isBefore = view.orders.length === 0;
  return (
    <>
      {isBefore ? <Given view={view} contact={props.contact} /> : null}
      {props.plan.length === 0 || !isBefore ? null : <PlanSection plan={props.plan} />}
      {isBefore && props.plan.length > 0 ? null : (
        <Section id="applications" title={words.applications} lead={words.applicationsLead}>
          <Live id="request-live" events={`${props.href}/events`} refreshHref={props.href}>
            <LiveOrders view={view} mayHandle={props.mayHandle} />
          </Live>
        </Section>
      )}
      {draft === null || !props.mayHandle ? null : (
        <DraftAnswer draft={draft} overtaken={props.overtaken} href={props.href} />
      )}
    </>
  );
}

/** What the person gave, for whoever qualifies and checks. */
function Given(props: { readonly view: RequestView; readonly contact: Contact | null }) {
  const { person } = props.view;
  const { contact } = props;
  if (person === null) return null;
  return (
    <Section id="given" title={words.given} lead={words.givenLead}>
      <DefinitionList
        items={[
          ...person.identities.map(({ kind, value }) => ({ term: kindLabel(kind), value: maskIdentity(kind, value) })),
          ...(contact === null ? [] : [{ term: words.answerTo, value: contact.email ?? contact.postalAddress }]),
        ]}
      />
    </Section>
  );
}

function DraftAnswer(props: { readonly draft: Draft; readonly overtaken: Overtaken | null; readonly href: string }) {
  const { overtaken } = props;
  const { letter, answer, contact } = props.draft;
  const lead = contact.email === null ? words.answerByPost : words.answerByEmail;
  return (
    <Section
      id="answer"
      title={answer.isFinal ? words.answer : words.partialAnswer}
      lead={lead}
      actions={<LinkButton href={`${props.href}/letter.pdf`} icon="document" text={words.pdf} />}
    >
      {overtaken === null ? null : (
        <Notice tone="bad" title={overtaken.why}>
          <details class="explain">
            <summary>{reader().say(words.yourText)}</summary>
            <p>{overtaken.text}</p>
          </details>
        </Notice>
      )}
      <Form id="letter" action={`${props.href}/letter`}>
        <HiddenField name="basis" value={props.draft.basis} />
        <InputField name="subject" label={words.subject} value={letter.subject} isRequired width="full" />
        <TextAreaField
          name="body"
          label={words.body}
          hint={words.bodyHint}
          value={letter.paragraphs.join('\n\n')}
          rows={14}
          isRequired
        />
        <FormActions>
          <Button kind="main" name="do" value="send" text={answer.isFinal ? words.send : words.sendPartial} />
          <Button name="do" value="save" text={words.saveDraft} />
        </FormActions>
      </Form>
    </Section>
  );
}

function Aside(props: RequestPageProps & { readonly href: string }) {
  const { view } = props;
  const { say } = reader();
  const shown = view.steps.slice(-recentSteps).reverse();
  return (
    <>
      <Facts {...props} />
      <Explain question={words.whyDeadline} rule={view.clock.steps.at(-1)?.text ?? words.month} facts={[]}>
        <ol>
          {view.clock.steps.map((step) => (
            <li>
              {say(step.text)}
              {step.source === null ? null : <small>{` (${say(step.source)})`}</small>}
            </li>
          ))}
        </ol>
      </Explain>
      <Section
        id="history"
        title={words.history}
        actions={
          <>
            {props.mayHandle && view.person !== null ? (
              <LinkButton href={`${props.href}/note`} text={words.addNote} kind="quiet" />
            ) : null}
            {view.steps.length > recentSteps ? (
              <LinkButton href={`${props.href}/history`} text={words.allHistory} kind="quiet" />
            ) : null}
          </>
        }
      >
        <History steps={shown} names={props.names} />
      </Section>
    </>
  );
}

export function History(props: { readonly steps: RequestView['steps']; readonly names: ReadonlyMap<string, string> }) {
  const { language } = reader();
  return (
    <Timeline
      id="timeline"
      label={words.history}
      entries={props.steps.map((step) => ({
        at: step.at,
        actor: actorName(step.actor, props.names)[language],
        text: stepText(step.kind, step.data),
        tone: step.kind === 'order_contradicted' || step.kind === 'order_failed' ? ('bad' as const) : undefined,
        detail: step.note === null ? undefined : <p>{step.note}</p>,
      }))}
    />
  );
}

function Facts(props: RequestPageProps) {
  const { say } = reader();
  const { request, clock, person } = props.view;
  const identities = (person?.identities ?? []).map(({ kind, value }) => maskIdentity(kind, value)).join(', ');
  const ground = request.refusal_ground;
  return (
    <DefinitionList
      items={[
        {
          term: words.person,
          value:
            person === null ? (
              say(words.forgotten)
            ) : (
              <a href={`/persons/${publicId('per', request.person_id)}`}>
                {identities === '' ? say(words.seePerson) : identities}
              </a>
            ),
        },
        { term: words.right, value: say(words.erasure) },
        { term: words.controller, value: props.controller },
        { term: words.received, value: <Day on={clock.receivedOn} /> },
        { term: words.through, value: say(intakeWords[request.intake]) },
        { term: words.due, value: <Day on={clock.deadline} /> },
        { term: words.clock, value: say(clockStateWords[clock.state]) },
        { term: words.identity, value: request.identity_by === null ? null : say(identityProofs[request.identity_by]) },
        {
          term: words.assignee,
          value: request.assignee_id === null ? null : (props.names.get(request.assignee_id) ?? say(words.someone)),
        },
        ...(request.plan_digest === null
          ? []
          : [{ term: words.plan, value: <code>{request.plan_digest.toString('hex').slice(0, 12)}</code> }]),
        ...(ground !== null && isRefusalGround(ground)
          ? [{ term: words.ground, value: say(refusalGround(ground).label) }]
          : []),
      ]}
    />
  );
}

/** The clock beside the title. */
export function RequestClockChip(props: { readonly clock: RequestClock }) {
  return <ClockChip {...clockValue(props.clock)} />;
}

export function clockValue(clock: RequestClock): ClockValue {
  switch (clock.state) {
    case 'running':
      return { kind: 'running', daysLeft: clock.daysLeft, dueOn: clock.deadline };
    case 'overdue':
      return { kind: 'late', daysLate: -clock.daysLeft, dueOn: clock.deadline };
    case 'suspended':
      return { kind: 'paused', text: words.suspended };
    case 'answered_in_time':
      return { kind: 'met', dueOn: clock.deadline };
    case 'answered_late':
      return { kind: 'missed', dueOn: clock.deadline };
  }
}

export function EvidenceLinks(props: { readonly href: string }) {
  return <LinkButton href={`${props.href}/evidence`} icon="shield" text={words.evidence} download="" />;
}

export const words = {
  steps: { fr: 'Étapes de la demande', en: 'Steps of the request' },
  applications: { fr: 'Applications', en: 'Applications' },
  applicationsLead: {
    fr: 'Ce que chacune a répondu, et ce que Socle y a revérifié. Socle lui-même passe en dernier.',
    en: 'What each answered, and what Socle checked again there. Socle itself comes last.',
  },
  noOrders: {
    fr: 'Aucun ordre n’est encore parti : ils naissent quand le plan est arrêté et lancé.',
    en: 'No order was sent yet: they are made when the plan is frozen and started.',
  },
  given: { fr: 'Ce que la personne a donné', en: 'What the person gave' },
  givenLead: {
    fr: 'Identifiants masqués : ils servent à la chercher, pas à être lus.',
    en: 'Masked identifiers: they serve to look for the person, not to be read.',
  },
  answerTo: { fr: 'Réponse à', en: 'Answer to' },
  yourText: { fr: 'Ce que vous aviez écrit', en: 'What you had written' },
  readAnswer: { fr: 'Relire la réponse', en: 'Read the answer' },
  answer: { fr: 'Réponse à la personne', en: 'Answer to the person' },
  partialAnswer: { fr: 'Réponse partielle à la personne', en: 'Partial answer to the person' },
  answerByEmail: {
    fr: 'Rédigée d’après les faits. Elle part par e-mail avec son PDF et le reçu de la personne.',
    en: 'Written from the facts. It leaves by e-mail with its PDF and the person’s receipt.',
  },
  answerByPost: {
    fr: 'Rédigée d’après les faits. Aucune adresse e-mail : téléchargez le PDF et remettez-le, puis marquez la réponse envoyée.',
    en: 'Written from the facts. No e-mail address: download the PDF and hand it over, then mark the answer as sent.',
  },
  pdf: { fr: 'Aperçu PDF', en: 'PDF preview' },
  subject: { fr: 'Objet', en: 'Subject' },
  body: { fr: 'Lettre', en: 'Letter' },
  bodyHint: { fr: 'Une ligne vide sépare les paragraphes.', en: 'An empty line separates paragraphs.' },
  send: { fr: 'Envoyer la réponse', en: 'Send the answer' },
  sendPartial: { fr: 'Envoyer la réponse partielle', en: 'Send the partial answer' },
  saveDraft: { fr: 'Garder ce projet', en: 'Keep this draft' },
  whyDeadline: { fr: 'Pourquoi cette échéance ?', en: 'Why this deadline?' },
  month: { fr: 'Un mois à compter de la réception.', en: 'One month from receipt.' },
  history: { fr: 'Historique', en: 'History' },
  allHistory: { fr: 'Tout l’historique', en: 'Full history' },
  addNote: { fr: 'Ajouter une note', en: 'Add a note' },
  person: { fr: 'Personne', en: 'Person' },
  seePerson: { fr: 'Voir la personne', en: 'See the person' },
  forgotten: { fr: 'Oubliée : plus rien ne la désigne', en: 'Forgotten: nothing names them any more' },
  right: { fr: 'Droit', en: 'Right' },
  erasure: { fr: 'Effacement (RGPD, art. 17)', en: 'Erasure (GDPR art. 17)' },
  controller: { fr: 'Responsable de traitement', en: 'Controller' },
  received: { fr: 'Reçue le', en: 'Received on' },
  through: { fr: 'Par', en: 'Through' },
  due: { fr: 'Réponse due le', en: 'Answer due on' },
  clock: { fr: 'Délai', en: 'Clock' },
  identity: { fr: 'Identité', en: 'Identity' },
  assignee: { fr: 'Suivie par', en: 'Assigned to' },
  someone: { fr: 'un utilisateur parti', en: 'a former user' },
  plan: { fr: 'Empreinte du plan', en: 'Plan digest' },
  ground: { fr: 'Motif du refus', en: 'Ground of refusal' },
  suspended: { fr: 'délai suspendu', en: 'clock suspended' },
  evidence: { fr: 'Dossier de preuve', en: 'Evidence file' },
} as const satisfies Readonly<Record<string, Text>>;
