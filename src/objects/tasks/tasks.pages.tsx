import { z } from 'zod';
import { listUsersToTell } from '../../access/index.ts';
import { type PageAnswer, page, redirect, type Slice } from '../../http/index.ts';
import { type Problem, publicId, same, type Text } from '../../kernel/index.ts';
import { roles } from '../../model/index.ts';
import { write, writeOnce } from '../../store/index.ts';
import {
  Badge,
  Button,
  ButtonForm,
  Day,
  Form,
  FormActions,
  InputField,
  LinkButton,
  Pager,
  reader,
  Section,
  SelectField,
  Table,
  withQuery,
} from '../../ui/index.ts';
import { type Acting, askerOf } from '../acting.ts';
import type { ModelSource } from '../model-source.ts';
import { objectsOf } from '../notices/notifications.ts';
import { maySee } from '../notices/tell.ts';
import type { Addresses, AnyVisit } from '../pages/context.ts';
import { actorWords } from '../pages/history-entries.ts';
import { readObject } from '../read.ts';
import { expectType } from '../refusals.ts';
import type { StoredObject } from '../stored-object.ts';
import { afterOf, keyOf } from './tasks.api.ts';
import { countMyTasks, createTask, endTask, myTasks, type Task, taskInput, taskRoles } from './tasks.ts';

const path = '/tasks';

const taskWords = {
  mine: { fr: 'Mes tâches', en: 'My tasks' },
  tasks: { fr: 'Tâches', en: 'Tasks' },
  give: { fr: 'Confier une tâche', en: 'Give a task' },
  task: { fr: 'Tâche', en: 'Task' },
  object: { fr: 'Objet', en: 'Object' },
  due: { fr: 'Pour le', en: 'Due on' },
  whom: { fr: 'Confiée à', en: 'Given to' },
  done: { fr: 'C’est fait', en: 'It is done' },
  progress: { fr: 'Avancement', en: 'Progress' },
  ended: { fr: 'Tâche terminée.', en: 'Task done.' },
  given: { fr: 'Tâche confiée.', en: 'Task given.' },
} as const satisfies Record<string, Text>;

/** What somebody has to do, and the form that gives something to do about an object. */
export function tasksPages(models: ModelSource, addresses: Addresses): Slice {
  const actingOf = (visit: AnyVisit): Acting => ({ model: models.current(), asker: askerOf(visit.who) });
  return {
    name: 'task pages',
    menu: [
      {
        section: { id: 'home', text: { fr: 'Accueil', en: 'Home' }, order: 1 },
        text: taskWords.mine,
        href: path,
        icon: 'check',
        order: 2,
        waiting: (who) => countMyTasks(who.scope, who),
      },
    ],
    pages(app) {
      app.get(path, {}, (visit) => myTasksPage(visit, actingOf(visit), addresses));
      const ended = z.object({ back: z.string().optional() });
      app.post(`${path}/:id/end`, { form: ended }, async (visit) => {
        const { who, cause, params } = visit;
        const task = await write(who.scope, cause, (writing) => endTask(writing, who, params.id));
        const objects = await objectsOf(who.scope, actingOf(visit), [task]);
        const object = objects.get(task.object);
        const isFromObject = visit.body.back === 'object' && object !== undefined;
        return redirect(isFromObject ? addresses.generic(task.type, object) : path, { flash: taskWords.ended });
      });
      const one = '/objects/:type/:id/tasks';
      app.get(`${one}/new`, {}, (visit) => {
        const { type, id } = visit.params;
        return newTaskPage(visit, actingOf(visit), addresses, type, id, new Map(), []);
      });
      app.post(
        one,
        {
          form: taskInput,
          again: (visit, refusal, typed) => {
            const { type, id } = visit.params;
            const shown = new Map(Object.entries(typed));
            return newTaskPage(visit, actingOf(visit), addresses, type, id, shown, refusal.problems);
          },
        },
        async (visit) => {
          const { who, cause, requestHash, params, body } = visit;
          const acting = actingOf(visit);
          await writeOnce(who.scope, cause, requestHash, async (writing) => {
            return { status: 303, resource: await createTask(writing, acting, params.type, params.id, body) };
          });
          const object = await readObject(who.scope, acting, params.type, params.id);
          return redirect(addresses.generic(params.type, object), { flash: taskWords.given });
        },
      );
    },
  };
}

async function myTasksPage(visit: AnyVisit, acting: Acting, addresses: Addresses): Promise<PageAnswer> {
  const { who } = visit;
  const asked = visit.list();
  const found = await myTasks(who.scope, who, { limit: asked.limit + 1, after: afterOf(asked.after) });
  const items = found.slice(0, asked.limit);
  const objects = await objectsOf(who.scope, acting, items);
  const last = items.at(-1);
  return page({
    title: taskWords.mine,
    lead: {
      fr: 'Ce qui vous est confié, à vous ou à l’un de vos rôles, le plus pressé d’abord.',
      en: 'What is given to you, or to one of your roles, the most pressing first.',
    },
    content: (
      <>
        <Table
          id="tasks"
          caption={taskWords.mine}
          rows={items}
          columns={[
            { id: 'title', title: taskWords.task, cell: (task) => task.title },
            {
              id: 'object',
              title: taskWords.object,
              cell: (task) => <ObjectLink task={task} object={objects.get(task.object)} addresses={addresses} />,
            },
            { id: 'due', title: taskWords.due, kind: 'fixed', cell: (task) => <Due task={task} /> },
            {
              id: 'done',
              title: taskWords.progress,
              cell: (task) =>
                who.isReadOnly ? (
                  '—'
                ) : (
                  <ButtonForm action={`${path}/${task.id}/end`} kind="quiet" text={taskWords.done} />
                ),
            },
          ]}
          empty={{
            title: { fr: 'Rien à faire', en: 'Nothing to do' },
            hint: {
              fr: 'Une tâche se confie depuis la page d’un objet.',
              en: 'A task is given from the page of an object.',
            },
          }}
        />
        <Pager
          nextHref={
            found.length > asked.limit && last !== undefined
              ? withQuery(path, { cursor: asked.next(keyOf(last)) })
              : undefined
          }
          firstHref={asked.after === null ? undefined : path}
        />
      </>
    ),
  });
}

function ObjectLink(props: {
  readonly task: Task;
  readonly object: StoredObject | undefined;
  readonly addresses: Addresses;
}) {
  const { task, object, addresses } = props;
  return object === undefined ? <>—</> : <a href={addresses.object(task.type, object)}>{object.title}</a>;
}

function Due(props: { readonly task: Task }) {
  const { dueOn } = props.task;
  if (dueOn === null) return <>—</>;
  const isLate = dueOn < reader().now.toISOString().slice(0, 10);
  return isLate ? (
    <>
      <Day on={dueOn} /> <Badge tone="bad" text={{ fr: 'En retard', en: 'Late' }} />
    </>
  ) : (
    <Day on={dueOn} />
  );
}

/** On an object's page: what is to be done about it, by whom, and what was done. */
export function TasksSection(props: {
  readonly tasks: readonly Task[];
  readonly path: string;
  readonly actors: ReadonlyMap<string, string>;
  readonly mine: (task: Task) => boolean;
  readonly isReadOnly: boolean;
}) {
  const { tasks, actors } = props;
  const reading = reader();
  if (tasks.length === 0 && props.isReadOnly) return null;
  return (
    <Section
      id="tasks"
      title={taskWords.tasks}
      actions={
        props.isReadOnly ? null : <LinkButton kind="quiet" href={`${props.path}/tasks/new`} text={taskWords.give} />
      }
    >
      {tasks.length === 0 ? null : (
        <Table
          id="object-tasks"
          caption={taskWords.tasks}
          rows={tasks}
          columns={[
            { id: 'title', title: taskWords.task, cell: (task) => task.title },
            {
              id: 'whom',
              title: taskWords.whom,
              cell: (task) =>
                task.assignee === null
                  ? roleText(task.role, reading.language)
                  : actorWords(`user:${task.assignee}`, actors, reading),
            },
            { id: 'due', title: taskWords.due, kind: 'fixed', cell: (task) => <Due task={task} /> },
            {
              id: 'done',
              title: taskWords.progress,
              cell: (task) => <Done task={task} {...props} />,
            },
          ]}
          empty={{ title: taskWords.tasks, hint: taskWords.give }}
        />
      )}
    </Section>
  );
}

function Done(props: {
  readonly task: Task;
  readonly actors: ReadonlyMap<string, string>;
  readonly mine: (task: Task) => boolean;
  readonly isReadOnly: boolean;
}) {
  const { task } = props;
  const reading = reader();
  if (task.doneAt !== null) {
    const by = actorWords(task.doneBy ?? '', props.actors, reading);
    return <Badge tone="good" text={{ fr: `Fait par ${by}`, en: `Done by ${by}` }} />;
  }
  if (props.isReadOnly || !props.mine(task)) return <>—</>;
  const fields = { back: 'object' };
  return <ButtonForm action={`${path}/${task.id}/end`} kind="quiet" text={taskWords.done} fields={fields} />;
}

function roleText(role: string | null, language: 'fr' | 'en'): string {
  const known = taskRoles.find((one) => one === role);
  return known === undefined ? (role ?? '') : roles[known][language];
}

/** Those who may be named, to have them in the page. */
export function taskActors(tasks: readonly Task[]): readonly string[] {
  return tasks.flatMap(({ assignee, doneBy }) => [
    ...(assignee === null ? [] : [`user:${assignee}`]),
    ...(doneBy === null ? [] : [doneBy]),
  ]);
}

/** Of an organisation with more people than this, the address is typed. */
const chosenFrom = 100;

async function newTaskPage(
  visit: AnyVisit,
  acting: Acting,
  addresses: Addresses,
  typeName: string,
  reference: string,
  typed: ReadonlyMap<string, string>,
  problems: readonly Problem[],
): Promise<PageAnswer> {
  const { scope } = visit.who;
  const type = expectType(acting.model, typeName);
  const object = await readObject(scope, acting, typeName, reference);
  const everybody = await listUsersToTell(scope.db, { roles: ['anyone'], ids: [], emails: [] });
  const able = everybody.filter((user) => maySee(user, type, object));
  const back = addresses.generic(type.name, object);
  return page({
    title: taskWords.give,
    lead: {
      fr: 'Qui la reçoit en est prévenu, et rappelé le matin du jour dit.',
      en: 'Whoever receives it is told, and reminded on the morning of its day.',
    },
    breadcrumbs: [
      { href: addresses.list(type), text: type.plural },
      { href: back, text: same(object.number) },
    ],
    content: (
      <Form id="task" action={`/objects/${type.name}/${encodeURIComponent(object.number)}/tasks`} problems={problems}>
        <InputField
          name="title"
          label={{ fr: 'Ce qui est à faire', en: 'What is to be done' }}
          isRequired
          value={typed.get('title') ?? ''}
          maxLength={200}
          problems={problems}
        />
        {able.length <= chosenFrom ? (
          <SelectField
            name="assignee"
            label={{ fr: 'Une personne', en: 'A person' }}
            hint={oneOfTwo}
            choices={able.map(({ id, name }) => ({ value: publicId('usr', id), text: same(name) }))}
            value={typed.get('assignee') ?? null}
            problems={problems}
          />
        ) : (
          <InputField
            name="assignee"
            kind="email"
            label={{ fr: 'Une personne (son adresse)', en: 'A person (their address)' }}
            hint={oneOfTwo}
            value={typed.get('assignee') ?? ''}
            problems={problems}
          />
        )}
        <SelectField
          name="role"
          label={{ fr: 'Ou un rôle', en: 'Or a role' }}
          choices={taskRoles.map((role) => ({ value: role, text: roles[role] }))}
          value={typed.get('role') ?? null}
          problems={problems}
        />
        <InputField
          name="due_on"
          kind="date"
          label={taskWords.due}
          value={typed.get('due_on') ?? ''}
          width="medium"
          problems={problems}
        />
        <FormActions>
          <Button kind="main" text={taskWords.give} />
          <LinkButton kind="quiet" href={back} text={{ fr: 'Annuler', en: 'Cancel' }} />
        </FormActions>
      </Form>
    ),
  });
}

const oneOfTwo: Text = {
  fr: 'Une personne ou un rôle : l’un des deux.',
  en: 'A person or a role: one of the two.',
};
