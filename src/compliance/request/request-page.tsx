import { day, publicId, type Text } from '../../kernel/index.ts';
import {
  Button,
  ClockChip,
  type ClockValue,
  Columns,
  DefinitionList,
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
  type Transition,
} from '../../ui/index.ts';
import type { RequestClock } from '../clock/clock.ts';
import { heldText } from '../hold/grounds.ts';
import { kindLabel, maskIdentity } from '../person/kinds.ts';
import { personHref } from '../person/person-href.ts';
import { LiveSummary } from '../picture/picture.tsx';
import { words as pictureWords } from '../picture/words.ts';
import { type Contact, mailAddress } from './contact.ts';
import type { Draft } from './letter.ts';
import { nextStep } from './next.ts';
import { outcomesOf, stepsOf } from './outcomes.tsx';
import { pageWords as words } from './page-words.ts';
import { type PlannedApplication, PlanSection } from './plan-section.tsx';
import { RequestAside } from './request-aside.tsx';
import { isOver, requestStateLabel } from './states.ts';
import type { RequestView } from './view.ts';

/** What somebody was writing when the facts changed: shown beside the letter as it is now. */
export interface Overtaken {
  readonly text: string;
  readonly why: Text;
}

export interface RequestPageProps {
  readonly view: RequestView;
  readonly controller: string;
  /** Null when there is nothing to send, nobody left to send it to, or while applications have yet to report. */
  readonly draft: Draft | null;
  /** A partial answer can be written before they all have. */
  readonly isAnswerOffered: boolean;
  readonly overtaken: Overtaken | null;
  readonly transitions: readonly Transition[];
  /** The frozen plan, an application a line; empty before. */
  readonly plan: readonly PlannedApplication[];
  /** How the person is answered; null for readers who don't handle requests. */
  readonly contact: Contact | null;
  /** What this reader may do besides reading. */
  readonly mayHandle: boolean;
  readonly mayDeclare: boolean;
  readonly mayCheck: boolean;
  /** Users of the organisation by id: names beside what they did. */
  readonly names: ReadonlyMap<string, string>;
}

export function RequestPage(props: RequestPageProps) {
  const href = requestHref(props.view.request.id);
  return (
    <>
      <LiveHead view={props.view} transitions={props.transitions} />
      <Columns main={<Main {...props} href={href} />} aside={<RequestAside {...props} href={href} />} />
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
      <Holds view={view} />
      <StateBar id="state" state={stateBadge(view)} transitions={props.transitions} />
    </>
  );
}

/** What may not be erased for now, and why. */
function Holds(props: { readonly view: RequestView }) {
  const { view } = props;
  const { say } = reader();
  const inForce = isOver(view.request.state) ? [] : view.holds.filter((hold) => hold.endedAt === null);
  return (
    <div id="request-holds">
      {inForce.map((hold) => (
        <Notice tone="warning" title={words.onHold} detail={heldText(hold.ground, dayOrNull(hold.endsOn))}>
          <a href={personHref(view.request.person_id)}>{say(words.seePerson)}</a>
        </Notice>
      ))}
    </div>
  );
}

function dayOrNull(on: string | null) {
  return on === null ? null : day(on);
}

/** What the picture doesn't say of the applications and their answers. Sent anew by each event. */
export function LiveOrders(props: {
  readonly view: RequestView;
  readonly mayHandle: boolean;
  readonly mayDeclare: boolean;
  readonly mayCheck: boolean;
}) {
  const { view } = props;
  const { say, now } = reader();
  const { lines, others } = outcomesOf(
    view,
    { handle: props.mayHandle, declare: props.mayDeclare, check: props.mayCheck },
    now,
  );
  return (
    <div id="orders-part">
      {lines.length === 0 ? (
        <p>{say(words.noOrders)}</p>
      ) : (
        <OutcomeGrid id="orders" label={words.applications} outcomes={lines} />
      )}
      {others === 0 ? null : (
        <LinkButton href={`${requestHref(view.request.id)}/orders`} text={words.otherOrders(others)} kind="quiet" />
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
        <Section
          id="applications"
          title={words.applications}
          lead={words.applicationsLead}
          actions={
            isBefore ? null : (
              <>
                <LinkButton href={`${props.href}/picture`} text={pictureWords.live} kind="quiet" />
                <LinkButton href={`${props.href}/orders`} text={words.allOrders} kind="quiet" />
              </>
            )
          }
        >
          <Live id="request-live" events={`${props.href}/events`} refreshHref={props.href}>
            {isBefore ? null : <LiveSummary view={view} />}
            <LiveOrders
              view={view}
              mayHandle={props.mayHandle}
              mayDeclare={props.mayDeclare}
              mayCheck={props.mayCheck}
            />
          </Live>
        </Section>
      )}
      {props.isAnswerOffered ? (
        <LinkButton href={`${props.href}?answer=1#answer`} text={words.writePartialAnswer} />
      ) : null}
      {draft === null ? null : <DraftAnswer draft={draft} overtaken={props.overtaken} href={props.href} />}
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
  const lead = mailAddress(contact) === null ? words.answerByPost : words.answerByEmail;
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
