import type { Content } from '../../http/index.ts';
import { type Problem, publicId } from '../../kernel/index.ts';
import {
  Badge,
  Button,
  FileField,
  Form,
  FormActions,
  formatSize,
  reader,
  Section,
  Table,
  When,
} from '../../ui/index.ts';
import type { FileOptions, StoredFile } from './file.ts';
import { atMost, fileWords } from './words.ts';

export function fileHref(file: { readonly id: string }): string {
  return `/files/${publicId('fil', file.id)}`;
}

/** Images that are shown in place when they are read by a browser as pictures, and light enough for a page. */
const shownImages = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
const shownBytes = 60_000;

export function isPicture(mediaType: string): boolean {
  return shownImages.includes(mediaType);
}

/** A file by its name and size, and as a picture when it is one. What can't be read yet says so. */
export function ShownFile(props: { readonly file: StoredFile }): Content {
  const { file } = props;
  if (file.state !== 'kept') {
    return (
      <>
        {file.name} <FileState file={file} />
      </>
    );
  }
  const href = fileHref(file);
  const isShown = isPicture(file.mediaType) && file.sizeBytes <= shownBytes;
  return (
    <>
      <a href={href}>{file.name}</a> ({formatSize(file.sizeBytes, reader())})
      {isShown ? (
        <img
          class="preview"
          src={`${href}/preview`}
          alt=""
          width={file.width ?? undefined}
          height={file.height ?? undefined}
          loading="lazy"
        />
      ) : null}
    </>
  );
}

export function FileState(props: { readonly file: Pick<StoredFile, 'state'> }): Content {
  switch (props.file.state) {
    case 'checking':
      return <Badge tone="neutral" text={fileWords.checking} />;
    case 'quarantined':
      return <Badge tone="bad" text={fileWords.quarantined} />;
    case 'kept':
      return null;
  }
}

export interface FilesSectionProps {
  /** The object's page: its attachments are below. */
  readonly path: string;
  readonly files: readonly StoredFile[];
  /** Names of who added them, by actor. */
  readonly actors: (actor: string) => string;
  readonly canChange: boolean;
  readonly options: FileOptions;
  readonly problems?: readonly Problem[];
}

/** What is attached to an object, and where more is added. */
export function FilesSection(props: FilesSectionProps): Content {
  const { path, canChange } = props;
  const files = props.files.filter(({ attribute }) => attribute === null);
  if (files.length === 0 && !canChange) return null;
  return (
    <Section id="attachments" title={fileWords.attachments}>
      {files.length === 0 ? null : (
        <Table
          id="attachments-table"
          caption={fileWords.attachments}
          columns={[
            { id: 'name', title: fileWords.name, cell: (file) => <ShownFile file={file} /> },
            { id: 'added', title: fileWords.added, kind: 'fixed', cell: (file) => <When at={file.addedAt} /> },
            { id: 'by', title: fileWords.by, cell: (file) => props.actors(file.addedBy) },
            ...(canChange
              ? [
                  {
                    id: 'remove',
                    title: fileWords.action,
                    cell: (file: StoredFile) => <RemoveLink path={path} file={file} />,
                  },
                ]
              : []),
          ]}
          rows={files}
          empty={{ title: fileWords.none, hint: fileWords.noneHint }}
        />
      )}
      {canChange ? <AttachForm {...props} /> : null}
    </Section>
  );
}

function RemoveLink(props: { readonly path: string; readonly file: StoredFile }) {
  const { say } = reader();
  const href = `${props.path}/attachments/${publicId('fil', props.file.id)}/delete`;
  return (
    <a href={href} aria-label={say({ fr: `Retirer ${props.file.name}`, en: `Remove ${props.file.name}` })}>
      {say(fileWords.remove)}
    </a>
  );
}

/** Files are chosen; with script, they can be dropped on the section too. */
export function AttachForm(props: Pick<FilesSectionProps, 'path' | 'options' | 'problems'>) {
  const { say } = reader();
  return (
    <div class="drop-zone" data-drop data-drop-label={say(fileWords.dropHere)}>
      <Form id="attach" action={`${props.path}/attachments`} hasFiles problems={props.problems}>
        <FileField
          name="files"
          label={fileWords.choose}
          hint={atMost(props.options.limitBytes)}
          isMultiple
          isRequired
          problems={props.problems}
        />
        <FormActions>
          <Button text={fileWords.attach} />
        </FormActions>
      </Form>
    </div>
  );
}
