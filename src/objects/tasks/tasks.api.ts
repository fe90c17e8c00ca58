import { created, type Slice } from '../../http/index.ts';
import { isUuid, publicId } from '../../kernel/index.ts';
import { write, writeOnce } from '../../store/index.ts';
import { askerOf } from '../acting.ts';
import type { ModelSource } from '../model-source.ts';
import { readObject } from '../read.ts';
import { publicObjectId } from '../reference.ts';
import { createTask, endTask, myTasks, type Task, taskInput, tasksOf } from './tasks.ts';

/** Tasks: those that wait for the caller, and those of an object. */
export function tasksApi(models: ModelSource): Slice {
  return {
    name: 'tasks',
    api(app) {
      app.get('/tasks', { summary: 'What you have to do, the most pressing first', isList: true }, async (call) => {
        const asked = call.list();
        const found = await myTasks(call.who.scope, call.who, { limit: asked.limit + 1, after: afterOf(asked.after) });
        const items = found.slice(0, asked.limit);
        const last = items.at(-1);
        return {
          items: items.map(taskJson),
          next: found.length > asked.limit && last !== undefined ? asked.next(keyOf(last)) : null,
        };
      });
      app.post('/tasks/:id/end', { summary: 'Say that a task is done' }, async ({ who, cause, params }) =>
        taskJson(await write(who.scope, cause, (writing) => endTask(writing, who, params.id))),
      );
      const ofObject = '/objects/:type/:id/tasks';
      app.get(ofObject, { summary: 'Tasks about an object' }, async ({ who, params }) => {
        const acting = { model: models.current(), asker: askerOf(who) };
        const object = await readObject(who.scope, acting, params.type, params.id);
        return { items: (await tasksOf(who.scope, object.id)).map(taskJson), next: null };
      });
      const give = { summary: 'Give a task about an object to a person or a role', body: taskInput };
      app.post(ofObject, give, async ({ who, cause, requestHash, params, body }) => {
        const acting = { model: models.current(), asker: askerOf(who) };
        const written = await writeOnce(who.scope, cause, requestHash, async (writing) => {
          return { status: 201, resource: await createTask(writing, acting, params.type, params.id, body) };
        });
        return created(`/api/v1/objects/${params.type}/${params.id}/tasks`, { id: written.resource });
      });
    },
  };
}

/** What comes after a task in the order of days: those without one are last. */
export function keyOf({ dueOn, id }: Task): readonly [string, string] {
  return [dueOn ?? 'infinity', id];
}

export function afterOf(after: readonly unknown[] | null): readonly [string, string] | null {
  const [day, id] = after ?? [];
  return typeof day === 'string' && typeof id === 'string' && isUuid(id) ? [day, id] : null;
}

function taskJson(task: Task) {
  return {
    id: task.id,
    type: task.type,
    object: publicObjectId(task.object),
    title: task.title,
    assignee: task.assignee === null ? null : publicId('usr', task.assignee),
    role: task.role,
    due_on: task.dueOn,
    created_at: task.createdAt.toISOString(),
    created_by: task.createdBy,
    done_at: task.doneAt?.toISOString() ?? null,
    done_by: task.doneBy,
  };
}
