import { categoryText } from '../../channels/index.ts';
import { page } from '../../http/index.ts';
import { dayOf, type Problem, publicId } from '../../kernel/index.ts';
import type { Scope } from '../../store/index.ts';
import {
  Button,
  Day,
  DefinitionList,
  Fieldset,
  FileField,
  Form,
  FormActions,
  HiddenField,
  InputField,
  RadioField,
  Say,
  Section,
  SelectField,
  TextAreaField,
} from '../../ui/index.ts';
import type { Recipient } from '../order/body.ts';
import { kindLabel } from '../person/kinds.ts';
import { taskOutcomes, taskReasons } from './answer.ts';
import { answerToken } from './link.ts';
import { proofTypes } from './proof.ts';
import type { Task } from './read.ts';
import { instructions, otherData, outcomeWords, reasonWords, words } from './words.ts';

interface Shown {
  readonly task: Extract<Task, { kind: 'open' }>;
  readonly scope: Scope;
  readonly action: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

/** What a contact has to do, person by person, and where they say what was done. */
export function checklistPage(shown: Shown) {
  const { task, scope, typed, problems } = shown;
  const { order } = task;
  return page({
    title: words.title(order.application_name),
    lead: words.lead,
    shell: 'bare',
    content: (
      <>
        <DefinitionList
          items={[
            ...(order.due_at === null
              ? []
              : [{ term: words.due, value: <Day on={dayOf(order.due_at)} style="long" /> }]),
            { term: words.contact, value: task.contact },
            { term: words.order, value: <code>{publicId('ord', order.id)}</code> },
          ]}
        />
        <Section id="what" title={words.what} lead={words.whatLead}>
          <DefinitionList
            items={instructions.map(([category, text]) => ({
              term: category === 'none' ? otherData : categoryText(category),
              value: <Say text={text} />,
            }))}
          />
        </Section>
        <Form id="task" action={shown.action} problems={problems} hasFiles>
          <HiddenField name="answer" value={answerToken(scope, task.link)} />
          {task.persons.map((person, place) => (
            <PersonFields {...{ person, place, typed, problems }} of={task.persons.length} />
          ))}
          <InputField
            name="by"
            label={words.by}
            hint={words.byHint}
            value={typed.by}
            autocomplete="name"
            maxLength={60}
            width="medium"
            isRequired
            problems={problems}
          />
          <FormActions>
            <Button kind="main" text={words.send} />
          </FormActions>
        </Form>
      </>
    ),
  });
}

function PersonFields(props: {
  readonly person: Recipient;
  readonly place: number;
  readonly of: number;
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}) {
  const { person, place, of, typed, problems } = props;
  const field = (name: string) => ({ name: `${name}_${place}`, value: typed[`${name}_${place}`], problems });
  return (
    <Fieldset legend={words.person(place + 1, of)}>
      <DefinitionList
        items={person.identities.map(({ kind, value }) => ({ term: kindLabel(kind), value: <code>{value}</code> }))}
      />
      <RadioField
        {...field('outcome')}
        label={words.outcome}
        choices={taskOutcomes.map((value) => ({ value, text: outcomeWords[value] }))}
        isRequired
      />
      <SelectField
        {...field('reason')}
        label={words.reason}
        emptyText={words.noReason}
        choices={taskReasons.map((value) => ({ value, text: reasonWords[value] }))}
      />
      <InputField {...field('until')} kind="date" label={words.until} width="narrow" />
      <TextAreaField {...field('comment')} label={words.comment} hint={words.commentHint} rows={2} maxLength={200} />
      <FileField
        name={`proof_${place}`}
        label={words.proof}
        hint={words.proofHint}
        accept={proofTypes}
        isMultiple
        problems={problems}
      />
    </Fieldset>
  );
}
