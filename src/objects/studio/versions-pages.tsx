import { type PageAnswer, page } from '../../http/index.ts';
import type { Difference, LiveModel, Preview } from '../../model/index.ts';
import { Badge, ButtonForm, Columns, Say, Section, Table, When } from '../../ui/index.ts';
import { Consequences, Problems } from './draft-page.tsx';
import { studioCrumb } from './studio-page.tsx';
import { words } from './words.ts';

type Versions = Awaited<ReturnType<LiveModel['versions']>>;

/** Every version the model had: who asked for it, and its packs. `actors` are names of people by who they are. */
export function versionsPage(versions: Versions, present: number, actors: ReadonlyMap<string, string>): PageAnswer {
  return page({
    title: words.versions,
    lead: {
      fr: 'Chaque version est gardée avec ses fichiers. Une version antérieure se compare, et se rétablit avec ce qui avait été archivé depuis.',
      en: 'Each version is kept with its files. A former one is compared, and taken back with what was archived since.',
    },
    breadcrumbs: [studioCrumb],
    content: (
      <Table
        id="versions"
        caption={words.versions}
        rows={versions}
        rowHref={(version) => `/studio/versions/${version.number}`}
        columns={[
          {
            id: 'number',
            title: words.version,
            cell: (version) => (
              <>
                {version.number}{' '}
                {version.number === present ? <Badge tone="good" text={{ fr: 'en service', en: 'in force' }} /> : null}
              </>
            ),
          },
          { id: 'at', title: words.when, cell: (version) => <When at={new Date(version.finishedAt)} /> },
          {
            id: 'by',
            title: words.by,
            cell: (version) =>
              version.proposedBy === null ? 'Socle' : (actors.get(version.proposedBy) ?? version.proposedBy),
          },
          {
            id: 'packs',
            title: words.packs,
            cell: (version) => version.packs.map(({ name, version: number }) => `${name} ${number}`).join(', '),
          },
        ]}
        empty={{ title: words.versions, hint: words.nothingYet }}
      />
    ),
  });
}

const firstOne = {
  fr: 'Rien que l’on puisse comparer : c’est la première.',
  en: 'Nothing to compare with: it is the first.',
};

/** One version: what it changed, and what taking it back would change. */
export function versionPage(shown: {
  readonly number: number;
  readonly present: number;
  /** From the version before it. */
  readonly brought: readonly Difference[];
  readonly back: Preview;
  readonly mayApply: boolean;
}): PageAnswer {
  const { number, present, brought, back } = shown;
  return page({
    title: { fr: `Version ${number} du modèle`, en: `Version ${number} of the model` },
    breadcrumbs: [studioCrumb, { href: '/studio/versions', text: words.versions }],
    content: (
      <Columns
        main={
          <Section id="brought" title={{ fr: 'Ce qu’elle a apporté', en: 'What it brought' }}>
            {brought.length === 0 ? <Say text={firstOne} /> : null}
            <ul>
              {brought.map(({ text }) => (
                <li>
                  <Say text={text} />
                </li>
              ))}
            </ul>
          </Section>
        }
        aside={
          number === present ? null : (
            <>
              <Problems problems={back.problems} />
              <Consequences
                consequences={back.consequences}
                hasProblems={back.problems.length > 0}
                title={{ fr: 'Ce que la rétablir changerait', en: 'What taking it back would change' }}
              />
              {shown.mayApply && back.consequences.length > 0 && back.consequences.every((one) => !one.isInTheWay) ? (
                <ButtonForm
                  action={`/studio/versions/${number}/take-back`}
                  kind="main"
                  text={{ fr: `Rétablir la version ${number}`, en: `Take version ${number} back` }}
                />
              ) : null}
            </>
          )
        }
      />
    ),
  });
}
