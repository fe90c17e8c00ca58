import { joined, type Text } from '../../kernel/index.ts';
import type { Transition } from '../../model/index.ts';
import { Button, Form, FormActions, formatDate, HiddenField, reader, Section } from '../../ui/index.ts';
import type { Checklist, Tick } from '../checklist.ts';
import { actorWords } from './history-entries.ts';
import { words } from './words.ts';

/** Where a checklist stands on its object's page: what refusals link to. */
export function checklistId(transition: Transition): string {
  return `checklist-${transition.name}`;
}

/** Those who ticked, to be named. */
export function tickActors(checklists: readonly Checklist[]): readonly string[] {
  return checklists.flatMap(({ items }) => items.flatMap(({ tick }) => tick?.actor ?? []));
}

/** What is to be ticked before each transition that leaves from here, by whom and when each item was. */
export function Checklists(props: {
  readonly checklists: readonly Checklist[];
  readonly path: string;
  readonly actors: ReadonlyMap<string, string>;
  readonly isReadOnly: boolean;
}) {
  return (
    <>
      {props.checklists.map((checklist) => (
        <Section
          id={checklistId(checklist.transition)}
          title={joined([words.checklist, checklist.transition.label], ' · ')}
          lead={progress(checklist)}
        >
          {checklist.canTick && !props.isReadOnly ? (
            <TickForm {...props} checklist={checklist} />
          ) : (
            <TickedItems checklist={checklist} actors={props.actors} />
          )}
        </Section>
      ))}
    </>
  );
}

function progress({ items }: Checklist): Text {
  const ticked = items.filter(({ tick }) => tick !== null).length;
  return {
    fr: `${ticked} sur ${items.length} cochés`,
    en: `${ticked} of ${items.length} ticked`,
  };
}

function TickForm(props: {
  readonly checklist: Checklist;
  readonly path: string;
  readonly actors: ReadonlyMap<string, string>;
}) {
  const { transition, items } = props.checklist;
  const { say } = reader();
  const shown = items.filter(({ tick }) => tick !== null).map(({ name }) => name);
  return (
    <Form id={`ticks-${transition.name}`} action={`${props.path}/transitions/${transition.name}/checklist`}>
      <HiddenField name="shown" value={shown.join(',')} />
      <HiddenField name="items" value={items.map(({ name }) => name).join(',')} />
      <fieldset class="field choices" aria-label={say(words.checklist)}>
        {items.map(({ name, label, tick }) => (
          <label class="choice">
            <input type="checkbox" name={`tick.${name}`} value="yes" checked={tick !== null} />
            {say(label)}
            {tick === null ? null : <small>{byWhom(tick, props.actors)}</small>}
          </label>
        ))}
      </fieldset>
      <FormActions>
        <Button text={words.saveTicks} />
      </FormActions>
    </Form>
  );
}

function TickedItems(props: { readonly checklist: Checklist; readonly actors: ReadonlyMap<string, string> }) {
  const { say } = reader();
  return (
    <ul>
      {props.checklist.items.map(({ label, tick }) => (
        <li>
          {say(label)}
          {': '}
          <small>{tick === null ? say(notTicked) : byWhom(tick, props.actors)}</small>
        </li>
      ))}
    </ul>
  );
}

const notTicked: Text = { fr: 'pas encore coché', en: 'not ticked yet' };

function byWhom(tick: Tick, actors: ReadonlyMap<string, string>): string {
  const reading = reader();
  return `${actorWords(tick.actor, actors, reading)}, ${formatDate(tick.at, reading)}`;
}

/** What a form changes: the boxes that differ from what it showed. */
export function ticksBy(body: Readonly<Record<string, unknown>>): Readonly<Record<string, boolean>> {
  const listed = (name: string): readonly string[] => {
    const value = body[name];
    return typeof value === 'string' && value !== '' ? value.split(',') : [];
  };
  const shown = new Set(listed('shown'));
  const changed = listed('items')
    .map((item) => [item, body[`tick.${item}`] === 'yes'] as const)
    .filter(([item, isTicked]) => isTicked !== shown.has(item));
  return Object.fromEntries(changed);
}
