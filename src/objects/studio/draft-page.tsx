import { type PageAnswer, page } from '../../http/index.ts';
import { type Problem, same, type Text } from '../../kernel/index.ts';
import type { Consequence } from '../../model/index.ts';
import {
  Badge,
  Button,
  ButtonForm,
  Columns,
  Form,
  FormActions,
  HiddenField,
  LinkButton,
  Notice,
  Say,
  Section,
  Table,
  TextAreaField,
} from '../../ui/index.ts';
import { namesAt, type Opened, textAt } from './opened.ts';
import { DraftBadge, studioCrumb } from './studio-page.tsx';
import { words } from './words.ts';

export function draftPath({ draft }: Pick<Opened, 'draft'>): string {
  return `/studio/drafts/${draft.id}`;
}

export interface DraftStanding {
  readonly mayApply: boolean;
  /** What somebody else changed in the pack since the draft began; empty when nothing. */
  readonly behind: readonly { readonly text: Consequence['text'] }[];
}

/** The whole of a draft: its types, what it changes, and what stands in the way. */
export function draftPage(opened: Opened, standing: DraftStanding, problems: readonly Problem[] = []): PageAnswer {
  const { draft, edit, preview, title } = opened;
  const path = draftPath(opened);
  return page({
    title: { fr: `Brouillon : ${title.fr}`, en: `Draft: ${title.en}` },
    badge: <DraftBadge draft={draft} />,
    breadcrumbs: [studioCrumb],
    actions: (
      <>
        <LinkButton href={`${path}/types/new`} text={words.addType} icon="plus" />
        <LinkButton kind="quiet" href={`${path}/text`} text={words.asText} />
      </>
    ),
    content: (
      <Columns
        main={
          <>
            <Behind opened={opened} behind={standing.behind} />
            <Section id="types" title={words.types}>
              <Table
                id="types-table"
                caption={words.types}
                rows={namesAt(edit, ['types'])}
                rowHref={(type) => `${path}/types/${type}`}
                columns={[
                  {
                    id: 'label',
                    title: words.name,
                    cell: (type) => <Say text={textAt(edit, ['types', type, 'label']) ?? same(type)} />,
                  },
                  { id: 'name', title: words.technicalName, cell: (type) => <code>{type}</code> },
                  {
                    id: 'attributes',
                    title: words.attributes,
                    kind: 'number',
                    cell: (type) => namesAt(edit, ['types', type, 'attributes']).length,
                  },
                ]}
                empty={{
                  title: { fr: 'Aucun type encore', en: 'No type yet' },
                  hint: {
                    fr: 'Ajoutez le premier : ce que vous voulez suivre.',
                    en: 'Add the first: what you want to keep track of.',
                  },
                }}
              />
            </Section>
          </>
        }
        aside={
          <>
            <Problems problems={[...preview.problems, ...problems]} />
            <Consequences consequences={preview.consequences} hasProblems={preview.problems.length > 0} />
            <Decisions opened={opened} standing={standing} />
          </>
        }
      />
    ),
  });
}

function Behind(props: { readonly opened: Opened; readonly behind: DraftStanding['behind'] }) {
  if (props.behind.length === 0) return null;
  return (
    <Notice
      tone="warning"
      title={{
        fr: 'Ce module a changé depuis le début de ce brouillon. Appliquer le brouillon déferait ceci :',
        en: 'This pack has changed since this draft began. Applying the draft would undo this:',
      }}
    >
      <ul>
        {props.behind.map(({ text }) => (
          <li>
            <Say text={text} />
          </li>
        ))}
      </ul>
      <ButtonForm
        action={`${draftPath(props.opened)}/keep`}
        kind="quiet"
        text={{ fr: 'J’en ai tenu compte : garder mon brouillon', en: 'I have seen to it: keep my draft' }}
      />
    </Notice>
  );
}

export function Problems(props: { readonly problems: readonly Problem[] }) {
  if (props.problems.length === 0) return null;
  return (
    <Notice tone="bad" title={words.problems}>
      <ul>
        {props.problems.map(({ text, pointer }) => (
          <li>
            <Say text={text} /> <small>{placeIn(pointer)}</small>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** `lending/pack.yaml:12:4` is told as its line. */
function placeIn(pointer: string): string {
  const line = /:(\d+):\d+$/.exec(pointer)?.[1];
  return line === undefined ? '' : `(l. ${line})`;
}

const impossible = { fr: 'impossible', en: 'impossible' };

export function Consequences(props: {
  readonly consequences: readonly Consequence[];
  readonly hasProblems: boolean;
  readonly title?: Text;
}) {
  if (props.hasProblems) return null;
  return (
    <Section id="consequences" title={props.title ?? words.consequences}>
      {props.consequences.length === 0 ? (
        <p>
          <Say text={words.nothingYet} />
        </p>
      ) : (
        <ul class="plain">
          {props.consequences.map((one) => (
            <li>
              {one.isInTheWay ? <Badge tone="bad" text={impossible} /> : null} <Say text={one.text} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Decisions(props: { readonly opened: Opened; readonly standing: DraftStanding }) {
  const { opened, standing } = props;
  const { draft, preview } = opened;
  const path = draftPath(opened);
  const isReady =
    preview.model !== null &&
    preview.consequences.length > 0 &&
    standing.behind.length === 0 &&
    preview.consequences.every((one) => !one.isInTheWay);
  return (
    <div class="actions">
      {isReady && standing.mayApply ? <ButtonForm action={`${path}/apply`} kind="main" text={words.apply} /> : null}
      {isReady && !standing.mayApply && draft.submittedAt === null ? (
        <ButtonForm action={`${path}/submit`} kind="main" text={words.submit} />
      ) : null}
      <LinkButton kind="quiet" href={`${path}/discard`} text={words.discard} />
    </div>
  );
}

/** The file itself: all that a pack can say, problems told by line. */
export function textPage(opened: Opened, body: string, problems: readonly Problem[]): PageAnswer {
  const path = draftPath(opened);
  return page({
    title: { fr: `${opened.title.fr} : en texte`, en: `${opened.title.en}: as text` },
    lead: {
      fr: 'Tout ce que dit le module, commentaires compris. Ce qui ne va pas est dit ligne par ligne après l’enregistrement.',
      en: 'All that the pack says, comments included. What is wrong is told line by line once saved.',
    },
    breadcrumbs: [studioCrumb, { href: path, text: opened.title }],
    content: (
      <>
        <Problems problems={problems} />
        <Form id="text" action={`${path}/text`}>
          <HiddenField name="version" value={String(opened.draft.version)} />
          <TextAreaField name="body" label={{ fr: 'pack.yaml', en: 'pack.yaml' }} value={body} rows={30} isRequired />
          <FormActions>
            <Button kind="main" text={words.save} />
            <LinkButton kind="quiet" href={path} text={words.cancel} />
          </FormActions>
        </Form>
      </>
    ),
  });
}

export function discardPage(opened: Opened): PageAnswer {
  const path = draftPath(opened);
  return page({
    title: { fr: `Abandonner : ${opened.title.fr} ?`, en: `Throw away: ${opened.title.en}?` },
    lead: {
      fr: 'Le modèle en service ne change pas. Ce qui a été préparé ici est perdu.',
      en: 'The model in force does not change. What was prepared here is lost.',
    },
    breadcrumbs: [studioCrumb, { href: path, text: opened.title }],
    content: (
      <Form id="discard" action={`${path}/discard`}>
        <FormActions>
          <Button kind="danger" text={words.discard} />
          <LinkButton kind="quiet" href={path} text={words.cancel} />
        </FormActions>
      </Form>
    ),
  });
}
