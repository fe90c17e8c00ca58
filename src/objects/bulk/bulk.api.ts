import { z } from 'zod';
import { accepted, type Slice } from '../../http/index.ts';
import { parseId, publicId } from '../../kernel/index.ts';
import { writeOnce } from '../../store/index.ts';
import { askerOf } from '../acting.ts';
import type { ModelSource } from '../model-source.ts';
import { askBulk } from './bulk.ts';
import { type BulkProgress, bulkItems, bulkProgress, unknownBulk } from './results.ts';
import { moveNow } from './run.ts';

const bulkSchema = z.strictObject({
  type: z.string(),
  transition: z.string(),
  objects: z.array(z.string().min(1).max(80)).max(1000).describe('ids or numbers; 300 at most'),
});

/** A transition of many objects, asked and followed by a program. */
export function bulkApi(models: ModelSource): Slice {
  return {
    name: 'bulk transitions',
    api(app) {
      app.post(
        '/bulk-transitions',
        { summary: 'Do one transition on up to 300 objects, each apart', body: bulkSchema },
        async ({ who, body, cause, requestHash }) => {
          const acting = { model: models.current(), asker: askerOf(who) };
          const written = await writeOnce(who.scope, cause, requestHash, async (writing) => {
            return { status: 202, resource: await askBulk(writing, acting, who.actor, body) };
          });
          await moveNow(who.scope, models, written.resource);
          const progress = await bulkProgress(who.scope, who.actor, written.resource);
          return accepted(`/api/v1/bulk-transitions/${publicId('job', written.resource)}`, progressJson(progress));
        },
      );
      const one = '/bulk-transitions/:id';
      app.get(one, { summary: 'How far a bulk transition is' }, async ({ who, params }) =>
        progressJson(await bulkProgress(who.scope, who.actor, expectId(params.id))),
      );
      const listed = { summary: 'What became of each object, with the reasons of refusals', isList: true };
      app.get(`${one}/objects`, listed, async (call) => {
        const { bulk } = await bulkProgress(call.who.scope, call.who.actor, expectId(call.params.id));
        const asked = call.list();
        const [after] = asked.after ?? [];
        const limit = asked.limit + 1;
        const position = typeof after === 'number' ? after : null;
        const found = await bulkItems(call.who.scope, bulk.id, { status: null, after: position, limit });
        const items = found.slice(0, asked.limit);
        const last = items.at(-1);
        return {
          items: items.map(({ position: _position, reference, ...item }) => ({ object: reference, ...item })),
          next: found.length > asked.limit && last !== undefined ? asked.next([last.position]) : null,
        };
      });
    },
  };
}

export function expectId(reference: string) {
  const id = parseId('job', reference);
  if (id === null) throw unknownBulk();
  return id;
}

function progressJson({ bulk, counts }: BulkProgress) {
  return {
    id: publicId('job', bulk.id),
    type: bulk.type,
    transition: bulk.transition,
    total: bulk.total,
    ...counts,
    asked_at: bulk.askedAt.toISOString(),
    finished_at: bulk.finishedAt?.toISOString() ?? null,
  };
}
