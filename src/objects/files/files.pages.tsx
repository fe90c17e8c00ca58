import { z } from 'zod';
import {
  type FileAnswer,
  type FilesOfForm,
  file,
  type PageAnswer,
  type PageApp,
  page,
  redirect,
} from '../../http/index.ts';
import { parseId, publicId, Refusal, same } from '../../kernel/index.ts';
import { type Scope, writeOnce } from '../../store/index.ts';
import { Button, Form, FormActions, LinkButton } from '../../ui/index.ts';
import type { Acting } from '../acting.ts';
import type { AnyVisit, Stand, Standing } from '../pages/context.ts';
import { readObject } from '../read.ts';
import { expectRightOn } from '../rights.ts';
import { attachFiles, detachFile } from './attachment.ts';
import { type FileOptions, filesOf, noSuchFile, openFile, upload } from './file.ts';
import { AttachForm, isPicture } from './files-section.tsx';
import { uploadIn } from './upload-in.ts';
import { fileWords } from './words.ts';

const form = z.object({ files: z.unknown().optional() });

/** How many files of the largest size a form may bring at once. */
const filesAtOnce = 10;

/** Files of a form go straight to where they are kept; what stands for one is its id and its name. */
export function filesOfForm(options: FileOptions): FilesOfForm {
  return {
    limitBytes: options.limitBytes * filesAtOnce,
    take: async (who, { name, bytes }) => {
      const { id, name: kept, digest } = await upload(who.scope, who.cause(null), options, { name, bytes });
      return { value: `${publicId('fil', id)} ${kept}`, digest };
    },
  };
}

export function mountFilePages(
  app: PageApp,
  stand: Standing,
  actingOf: (visit: AnyVisit) => Acting,
  options: FileOptions,
): void {
  app.get('/files/:file', {}, (visit) => fileAnswer(visit.who.scope, actingOf(visit), visit.params.file));
  app.get('/files/:file/preview', {}, (visit) => previewAnswer(visit.who.scope, actingOf(visit), visit.params.file));
  const base = '/objects/:type/:id/attachments';
  app.post(
    base,
    {
      form,
      files: filesOfForm(options),
      again: (visit, refusal) => attachPage(stand(visit, visit.params.type), visit.params.id, options, refusal),
    },
    async (visit) => {
      const { acting, type, addresses } = stand(visit, visit.params.type);
      const { files } = visit.body;
      const uploads = (Array.isArray(files) ? files : [files]).flatMap((one) => uploadIn(one) ?? []);
      if (uploads.length === 0) throw nothingChosen();
      const written = await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
        const object = await attachFiles(writing, acting, type.name, visit.params.id, uploads);
        return { status: 303, resource: object.number };
      });
      return redirect(`${addresses.generic(type.name, { number: written.resource })}#attachments`, {
        flash: fileWords.attached,
      });
    },
  );
  app.get(`${base}/:file/delete`, {}, (visit) =>
    detachPage(stand(visit, visit.params.type), visit.params.id, visit.params.file),
  );
  app.post(`${base}/:file/delete`, { form: z.object({}) }, async (visit) => {
    const { acting, type, addresses } = stand(visit, visit.params.type);
    const written = await writeOnce(visit.who.scope, visit.cause, visit.requestHash, async (writing) => {
      const object = await detachFile(writing, acting, type.name, visit.params.id, visit.params.file);
      return { status: 303, resource: object.number };
    });
    return redirect(addresses.generic(type.name, { number: written.resource }), { flash: fileWords.removed });
  });
}

/** Always a download, of a type that no browser runs. */
export async function fileAnswer(scope: Scope, acting: Acting, reference: string): Promise<FileAnswer> {
  const { bytes, mediaType, name, sizeBytes } = await openFile(scope, acting, reference);
  return file(bytes, safeType(mediaType), name, { sizeBytes, isFromPeople: true });
}

/** A picture, in place. Anything else isn't shown: an SVG or a page may be a program. */
async function previewAnswer(scope: Scope, acting: Acting, reference: string): Promise<FileAnswer> {
  const { bytes, mediaType, sizeBytes } = await openFile(scope, acting, reference);
  if (!isPicture(mediaType)) throw noSuchFile();
  return file(bytes, mediaType, null, { sizeBytes, isFromPeople: true });
}

/** What a browser would take for a page or a program is sent as bytes without a meaning. */
function safeType(mediaType: string): string {
  const isActive = /html|xml|svg|script/.test(mediaType);
  if (isActive && !mediaType.includes('openxmlformats')) return 'application/octet-stream';
  return mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType;
}

async function attachPage(
  { visit, acting, type, addresses }: Stand,
  id: string,
  options: FileOptions,
  refusal: Refusal,
): Promise<PageAnswer> {
  const object = await readObject(visit.who.scope, acting, type.name, id);
  await expectRightOn(visit.who.scope, acting.asker, type, 'update', object.id);
  const path = addresses.generic(type.name, object);
  const problems =
    refusal.problems.length > 0 ? refusal.problems : [{ pointer: '/files', code: refusal.code, text: refusal.text }];
  return page({
    title: { fr: `Joindre à ${object.title}`, en: `Attach to ${object.title}` },
    breadcrumbs: [
      { href: addresses.list(type), text: type.plural },
      { href: path, text: same(object.number) },
    ],
    content: <AttachForm path={path} options={options} problems={problems} />,
  });
}

async function detachPage(
  { visit, acting, type, addresses }: Stand,
  id: string,
  reference: string,
): Promise<PageAnswer> {
  const { scope } = visit.who;
  const object = await readObject(scope, acting, type.name, id);
  await expectRightOn(scope, acting.asker, type, 'update', object.id);
  const wanted = parseId('fil', reference);
  const found = (await filesOf(scope, acting, type.name, object.id)).find((one) => one.id === wanted);
  if (found === undefined || found.attribute !== null) throw noSuchFile();
  const path = addresses.generic(type.name, object);
  return page({
    title: { fr: `Retirer « ${found.name} » ?`, en: `Remove “${found.name}”?` },
    lead: {
      fr: 'Le fichier est effacé tout de suite et pour toujours ; l’historique dit qu’il y était.',
      en: 'The file is erased at once and for ever; the history tells that it was there.',
    },
    breadcrumbs: [
      { href: addresses.list(type), text: type.plural },
      { href: path, text: same(object.number) },
    ],
    content: (
      <Form id="remove" action={`${path}/attachments/${publicId('fil', found.id)}/delete`}>
        <FormActions>
          <Button kind="danger" text={fileWords.remove} />
          <LinkButton kind="quiet" href={path} text={{ fr: 'Annuler', en: 'Cancel' }} />
        </FormActions>
      </Form>
    ),
  });
}

function nothingChosen(): Refusal {
  return new Refusal('form.invalid', 422, fileWords.nothingChosen, [
    { pointer: '/files', code: 'file.missing', text: fileWords.nothingChosen },
  ]);
}
