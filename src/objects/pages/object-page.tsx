import { type Content, type PageAnswer, page } from '../../http/index.ts';
import { joined, same, type Text } from '../../kernel/index.ts';
import {
  type Attribute,
  type Model,
  type Section as ModelSection,
  type QualityRule,
  type TypeModel,
  targetsOf,
} from '../../model/index.ts';
import {
  DefinitionList,
  Explain,
  LinkButton,
  Notice,
  reader,
  Section,
  StateBar,
  Timeline,
  type Transition,
  withQuery,
} from '../../ui/index.ts';
import type { Acting } from '../acting.ts';
import { checklistsOf } from '../checklist.ts';
import { DiscussionSection, readDiscussion } from '../discussion/discussion-section.tsx';
import { type FileOptions, filesHeld, type StoredFile } from '../files/file.ts';
import { FilesSection } from '../files/files-section.tsx';
import { type HistoryEvent, objectHistory } from '../history.ts';
import { linkSections } from '../links/links-section.tsx';
import { failingRules } from '../quality.ts';
import { namesOf, readObject } from '../read.ts';
import { may, whyNot } from '../rights.ts';
import { type RefusedStep, refusedSteps } from '../schedule/refused.ts';
import type { StoredObject } from '../stored-object.ts';
import { TasksSection, taskActors } from '../tasks/tasks.pages.tsx';
import { isTheirs, tasksOf } from '../tasks/tasks.ts';
import { type PossibleTransition, possibleTransitions } from '../transition.ts';
import { Checklists, checklistId, tickActors } from './checklists.tsx';
import { childrenSections } from './children-section.tsx';
import type { Addresses, AnyVisit, Panel } from './context.ts';
import { actorNames, actorWords, historyEntries, historyReferences, type Told } from './history-entries.ts';
import { type Names, referencesOf, ShownValue, stateTone } from './shown.tsx';
import { words } from './words.ts';

/** Shown on the object's page; the rest is on a page of its own. */
const latestEvents = 5;

interface Shown {
  readonly type: TypeModel;
  readonly object: StoredObject;
  readonly addresses: Addresses;
  readonly names: Names;
  readonly files: readonly StoredFile[];
}

/** One object: its state and what can be done, its attributes by section, what higher rooms say, its history. */
export async function objectPage(
  visit: AnyVisit,
  acting: Acting,
  type: TypeModel,
  reference: string,
  around: { readonly addresses: Addresses; readonly panels: readonly Panel[]; readonly files: FileOptions },
): Promise<PageAnswer> {
  const { who } = visit;
  const { addresses } = around;
  const object = await readObject(who.scope, acting, type.name, reference);
  const events = await objectHistory(who.scope, acting, type.name, object.id, { limit: latestEvents + 1 });
  const wanted = [...referencesOf(type, [object]), ...historyReferences(type, events)];
  const names = await namesOf(who.scope, acting, wanted);
  const discussion = await readDiscussion(visit, acting, object);
  const files = await filesHeld(who.scope, object.id);
  const actors = await actorNames(who.scope, [
    ...events.map((event) => event.actor),
    ...files.map((file) => file.addedBy),
  ]);
  const panels = await loadPanels(around.panels, type, { who, object });
  const parts = await childrenSections(visit, acting, type, object, addresses);
  const linked = await linkSections(visit, acting, type, object, addresses);
  const failing = await failingRules(who.scope, acting, type.name, object.id);
  const path = addresses.generic(type.name, object);
  const transitions =
    type.lifecycle === null ? [] : await possibleTransitions(who.scope, acting, type.name, object.id, who.actor);
  const checklists = await checklistsOf(who.scope, acting, type.name, object.id);
  const tasks = await tasksOf(who.scope, object.id);
  const refusedByItself = await refusedSteps(who.scope, type, object);
  const tickers = await actorNames(who.scope, [...tickActors(checklists), ...taskActors(tasks)]);
  const shown: Shown = { type, object, addresses, names, files };
  const refused = await refusedHere(visit, acting, type, object);
  return page({
    title: same(object.title),
    breadcrumbs: [{ href: addresses.list(type), text: type.plural }],
    actions: who.isReadOnly ? null : <ObjectActions refused={refused} path={path} />,
    content: (
      <>
        <ObjectState {...shown} transitions={transitions} path={path} />
        <Checklists checklists={checklists} path={path} actors={tickers} isReadOnly={who.isReadOnly} />
        <RefusedSteps steps={refusedByItself} />
        <WhyNot acting={acting} type={type} refused={refused} />
        <FailingRules type={type} rules={failing} />
        {type.sections.map((section, at) => (
          <AttributeSection {...shown} section={section} id={`section-${at}`} />
        ))}
        {parts}
        {linked}
        <FilesSection
          path={path}
          files={files}
          actors={(actor) => actorWords(actor, actors, { language: visit.language, timeZone: 'Europe/Paris' })}
          canChange={refused.update === null && !who.isReadOnly}
          options={around.files}
        />
        {panels.map(({ panel, content }) => (
          <Section id={panel.id} title={panel.title}>
            {content}
          </Section>
        ))}
        <TasksSection
          tasks={tasks}
          path={path}
          actors={tickers}
          mine={(task) => isTheirs(task, who)}
          isReadOnly={who.isReadOnly}
        />
        <DiscussionSection
          visit={visit}
          discussion={discussion}
          path={path}
          canDecide={refused.update === null && !who.isReadOnly}
        />
        <ReferredBy {...shown} model={acting.model} acting={acting} />
        <LatestHistory events={events} path={path} type={type} names={names} actors={actors} />
      </>
    ),
  });
}

async function loadPanels(
  panels: readonly Panel[],
  type: TypeModel,
  shown: Parameters<Panel['load']>[0],
): Promise<readonly { readonly panel: Panel; readonly content: Content }[]> {
  const loaded = await Promise.all(
    panels
      .filter((panel) => panel.types.includes(type.name))
      .map(async (panel) => ({ panel, content: await panel.load(shown) })),
  );
  return loaded.filter(({ content }) => content !== null);
}

/** What the rights of this person leave out on this object, and why; null where they may. */
interface RefusedHere {
  readonly update: Text | null;
  readonly delete: Text | null;
}

async function refusedHere(
  { who }: AnyVisit,
  { asker }: Acting,
  type: TypeModel,
  { id }: StoredObject,
): Promise<RefusedHere> {
  const [update, remove] = await Promise.all([
    whyNot(who.scope, asker, type, 'update', id),
    whyNot(who.scope, asker, type, 'delete', id),
  ]);
  return { update, delete: remove };
}

function ObjectActions(props: { readonly refused: RefusedHere; readonly path: string }) {
  const { refused, path } = props;
  return (
    <>
      {refused.update === null ? <LinkButton kind="main" href={`${path}/edit`} text={words.edit} /> : null}
      {refused.delete === null ? <LinkButton kind="quiet" href={`${path}/delete`} text={words.delete} /> : null}
    </>
  );
}

/** What should hold and doesn't: told, never refused. */
function FailingRules(props: { readonly type: TypeModel; readonly rules: readonly QualityRule[] }) {
  const { say } = reader();
  if (props.rules.length === 0) return null;
  return (
    <Notice tone="warning" title={words.quality}>
      <ul>
        {props.rules.map(({ attribute, condition }) => (
          <li>{`${say(props.type.attributes.get(attribute)?.label ?? same(attribute))} : ${say(condition.why)}`}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** What was to be done by itself and could not be: it is for somebody to mend. */
function RefusedSteps(props: { readonly steps: readonly RefusedStep[] }) {
  const { say } = reader();
  return (
    <>
      {props.steps.map(({ transition, reasons }) => (
        <Notice
          tone="warning"
          title={{
            fr: `« ${transition.label.fr} » devait se faire de lui-même, et n’a pas pu`,
            en: `“${transition.label.en}” was to be done by itself, and could not be`,
          }}
        >
          <p>{say(joined(reasons.map(({ text }) => text)))}</p>
        </Notice>
      ))}
    </>
  );
}

/** Of what their role lets them do to some objects, not to this one. */
function WhyNot(props: { readonly acting: Acting; readonly type: TypeModel; readonly refused: RefusedHere }) {
  const { update } = props.refused;
  if (update === null || !may(props.acting.asker, props.type, 'update')) return null;
  return <Explain question={words.whyNotEdit} rule={update} facts={[]} />;
}

function ObjectState(props: Shown & { readonly transitions: readonly PossibleTransition[]; readonly path: string }) {
  const { type, object } = props;
  const state = type.lifecycle?.states.get(object.state ?? '');
  if (state === undefined) return null;
  return (
    <StateBar
      id="state"
      state={{ tone: stateTone(type, state), text: state.label }}
      transitions={props.transitions
        .filter(({ transition }) => transition.from.includes(state.name))
        .map((one) => transitionOf(one, props.path, object.version))}
    />
  );
}

/** What only lacks fields is offered: its page asks for them. */
function transitionOf(
  { transition, isPossible, reasons }: PossibleTransition,
  path: string,
  version: number,
): Transition {
  const action = `${path}/transitions/${transition.name}`;
  if (isPossible) return { kind: 'post', text: transition.label, action, fields: { version: String(version) } };
  if (reasons.every((reason) => reason.code === 'transition.missing')) {
    return { kind: 'page', text: transition.label, href: action };
  }
  const mends = [
    ...(reasons.some(({ code }) => code === 'transition.unticked')
      ? [{ href: `#${checklistId(transition)}`, text: words.checklist }]
      : []),
    ...(reasons.some(({ code }) => code === 'transition.missing') ? [{ href: action, text: words.fillIn }] : []),
  ];
  return { kind: 'impossible', text: transition.label, reason: joined(reasons.map((reason) => reason.text)), mends };
}

function AttributeSection(props: Shown & { readonly section: ModelSection; readonly id: string }) {
  const { type, object, section } = props;
  const items = section.attributes.flatMap((name) => {
    const attribute = type.attributes.get(name);
    const value = object.values[name] ?? null;
    if (attribute === undefined || (attribute.deprecated && value === null)) return [];
    return [
      {
        term: attribute.label,
        value: value === null ? null : <ShownValue {...props} attribute={attribute} value={value} />,
      },
    ];
  });
  return (
    <Section id={props.id} title={section.label ?? type.label}>
      <DefinitionList
        items={[...(section.label === null ? [{ term: words.number, value: object.number }] : []), ...items]}
      />
    </Section>
  );
}

/** Lists of what refers to this object, as links: counting them would slow the page. */
function ReferredBy(props: Shown & { readonly model: Model; readonly acting: Acting }) {
  const { say } = reader();
  // Those that are part of it are shown above.
  const isPart = (other: TypeModel, attribute: Attribute): boolean =>
    [...props.type.children.values()].some(({ type, by }) => type === other.name && by === attribute.name);
  const links = [...props.model.types.values()].flatMap((other) => {
    if (!may(props.acting.asker, other, 'read')) return [];
    return [...other.attributes.values()]
      .filter((attribute) => targetsOf(attribute.type).includes(props.type.name) && !isPart(other, attribute))
      .map((attribute) => ({
        other,
        attribute,
        href: withQuery(`/objects/${other.name}`, { [attribute.name]: props.object.id }),
      }));
  });
  if (links.length === 0) return null;
  return (
    <Section id="referred-by" title={words.referredBy}>
      <ul>
        {links.map(({ other, attribute, href }) => (
          <li>
            <a href={href}>{`${say(other.plural)} (${say(attribute.label)})`}</a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function LatestHistory(
  props: Omit<Told, 'reading'> & { readonly events: readonly HistoryEvent[]; readonly path: string },
) {
  const { events, path } = props;
  const more = events.length > latestEvents;
  return (
    <Section
      id="history"
      title={words.history}
      actions={more ? <LinkButton kind="quiet" href={`${path}/history`} text={words.wholeHistory} /> : null}
    >
      <Timeline
        id="events"
        label={words.history}
        entries={historyEntries(events.slice(0, latestEvents), { ...props, reading: reader() })}
      />
    </Section>
  );
}
