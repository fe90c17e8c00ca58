import { z } from 'zod';
import { type ApiApp, type Call, created, noContent } from '../../http/index.ts';
import { publicId } from '../../kernel/index.ts';
import { writeOnce } from '../../store/index.ts';
import type { Acting } from '../acting.ts';
import { publicObjectId } from '../reference.ts';
import { attachFiles, detachFile } from './attachment.ts';
import { type FileOptions, filesOf, type StoredFile, upload } from './file.ts';
import { fileAnswer } from './files.pages.tsx';

const attachBody = z.strictObject({ file: z.string().describe('the id of an upload (fil_…)') });

type ActingOf = (call: Pick<Call<string, unknown, unknown>, 'who'>) => Acting;

/** Uploads, files of objects, and attachments. */
export function mountFileApi(app: ApiApp, actingOf: ActingOf, options: FileOptions): void {
  app.postRaw(
    '/files',
    {
      summary: 'Upload a file (its bytes), to put it on an object within a day',
      query: z.object({ name: z.string().min(1).max(400).describe('the file’s name') }),
      takes: ['*/*'],
      // A byte more, so that what is too large is told by the file's own limit.
      limitBytes: options.limitBytes + 2,
    },
    async (call) => {
      const file = await upload(call.who.scope, call.cause, options, { name: call.query.name, bytes: call.body });
      return created(`/api/v1/files/${publicId('fil', file.id)}`, fileJson(file));
    },
  );
  app.get('/files/:file', { summary: 'The bytes of a file, for whoever may read its object' }, (call) =>
    fileAnswer(call.who.scope, actingOf(call), call.params.file),
  );
  const base = '/objects/:type/:id/attachments';
  app.get(base, { summary: 'Files of an object: those attached to it and those of its attributes' }, async (call) => {
    const files = await filesOf(call.who.scope, actingOf(call), call.params.type, call.params.id);
    return { items: files.map(fileJson), next: null };
  });
  app.post(base, { summary: 'Attach an upload to an object', body: attachBody }, async (call) => {
    const { type, id } = call.params;
    const acting = actingOf(call);
    const written = await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
      const object = await attachFiles(writing, acting, type, id, [call.body.file]);
      return { status: 201, resource: object.id };
    });
    const path = `/api/v1/objects/${type}/${publicObjectId(written.resource)}/attachments`;
    const files = await filesOf(call.who.scope, acting, type, written.resource);
    return created(path, { items: files.map(fileJson), next: null });
  });
  app.delete(`${base}/:file`, { summary: 'Remove an attachment, bytes and all, for ever' }, async (call) => {
    const { type, id, file } = call.params;
    await writeOnce(call.who.scope, call.cause, call.requestHash, async (writing) => {
      const object = await detachFile(writing, actingOf(call), type, id, file);
      return { status: 204, resource: object.id };
    });
    return noContent();
  });
}

function fileJson(file: StoredFile) {
  return {
    id: publicId('fil', file.id),
    name: file.name,
    media_type: file.mediaType,
    size_bytes: file.sizeBytes,
    attribute: file.attribute,
    state: file.state,
    found: file.found,
    added_at: file.addedAt.toISOString(),
    added_by: file.addedBy,
  };
}
