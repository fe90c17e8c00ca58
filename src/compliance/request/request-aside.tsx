import { dayOf, publicId } from '../../kernel/index.ts';
import { Day, DefinitionList, Explain, LinkButton, reader, Section, Timeline } from '../../ui/index.ts';
import { clockStateWords } from '../clock/explanation.ts';
import { isRefusalGround, refusalGround } from '../letters/index.ts';
import { maskIdentity } from '../person/kinds.ts';
import { intakeWords } from './intake-words.ts';
import { pageWords as words } from './page-words.ts';
import { LiveProofs } from './proofs-section.tsx';
import { identityProofs } from './qualify.ts';
import type { RequestView } from './view.ts';
import { actorName, stepText } from './words.ts';

export interface AsideProps {
  readonly view: RequestView;
  readonly controller: string;
  readonly mayHandle: boolean;
  /** Users of the organisation by id: names beside what they did. */
  readonly names: ReadonlyMap<string, string>;
  /** The request's address. */
  readonly href: string;
}

const recentSteps = 8;

/** What one looks up: the facts, why this deadline, what happened last. */
export function RequestAside(props: AsideProps) {
  const { clock } = props.view;
  const { say } = reader();
  return (
    <>
      <LiveFacts {...props} />
      <Explain question={words.whyDeadline} rule={clock.steps.at(-1)?.text ?? words.month} facts={[]}>
        <ol>
          {clock.steps.map((step) => (
            <li>
              {say(step.text)}
              {step.source === null ? null : <small>{` (${say(step.source)})`}</small>}
            </li>
          ))}
        </ol>
      </Explain>
      <LiveProofs {...props} />
      <LiveHistory {...props} />
    </>
  );
}

/** The facts as they stand. Sent anew by each event. */
export function LiveFacts(props: AsideProps) {
  return (
    <div id="facts">
      <Facts {...props} />
    </div>
  );
}

/** What happened last. Sent anew by each event. */
export function LiveHistory(props: AsideProps) {
  const { view } = props;
  const shown = view.steps.slice(-recentSteps).reverse();
  return (
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
        text: stepText(step.kind, step.data, props.names),
        tone: step.kind === 'order_contradicted' || step.kind === 'order_failed' ? ('bad' as const) : undefined,
        detail: step.note === null ? undefined : <p>{step.note}</p>,
      }))}
    />
  );
}

function Facts(props: AsideProps) {
  const { say } = reader();
  const { request, clock, person, file } = props.view;
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
          value:
            request.assignee_id === null
              ? say(words.nobody)
              : (props.names.get(request.assignee_id) ?? say(words.someone)),
        },
        ...(request.plan_digest === null
          ? []
          : [{ term: words.plan, value: <code>{request.plan_digest.toString('hex').slice(0, 12)}</code> }]),
        ...(file === null
          ? []
          : [
              {
                term: file.forgottenAt === null ? words.fileKept : words.fileForgotten,
                value: <Day on={file.forgottenAt === null ? file.endsOn : dayOf(file.forgottenAt)} />,
              },
            ]),
        ...(ground !== null && isRefusalGround(ground)
          ? [{ term: words.ground, value: say(refusalGround(ground).label) }]
          : []),
      ]}
    />
  );
}
