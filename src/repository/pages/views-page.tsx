import { isPersonal } from '../../channels/index.ts';
import type { PageAnswer } from '../../http/index.ts';
import { counted, joined, type Text } from '../../kernel/index.ts';
import { Badge, Pager, reader, Say, Table, withQuery } from '../../ui/index.ts';
import type { ApplicationLine } from '../application/applications.ts';
import { type DictionaryView, keyOf } from '../dictionary/views.ts';
import { applicationPage, pathsOf } from './frame.tsx';
import { categoryLabel, words } from './words.ts';

const rows = 25;

const kinds: Readonly<Record<DictionaryView['kind'], Text>> = {
  view: { fr: 'Vue', en: 'View' },
  materialized_view: { fr: 'Vue matérialisée (copie)', en: 'Materialized view (a copy)' },
};

export interface ViewsShown {
  readonly line: ApplicationLine;
  /** All of them, in the order of their names. */
  readonly views: readonly DictionaryView[];
  /** `schema.name` after which the page begins; empty for the first. */
  readonly after: string;
  readonly now: Date;
}

/** The views of an application: what each reads, and what it shows of persons. */
export function viewsPage(shown: ViewsShown): PageAnswer {
  const { line, views, after } = shown;
  const at = pathsOf(line).views;
  const rest = after === '' ? views : views.filter((view) => keyOf(view).localeCompare(after, 'en') > 0);
  const page = rest.slice(0, rows);
  const last = page.at(-1);
  const personal = views.filter((view) => view.columns.some(({ category }) => isPersonal(category))).length;
  return applicationPage({
    line,
    now: shown.now,
    tab: 'views',
    lead: {
      fr: `${viewsText(views.length).fr}, dont ${personal} sur des personnes. Aucun verdict n’est demandé ici : une colonne suit le champ dont elle vient, et l’effacement agit dans les tables.`,
      en: `${viewsText(views.length).en}, ${personal} of them about persons. No verdict is asked for here: a column follows the field it comes from, and an erasure acts in the tables.`,
    },
    content: (
      <>
        <Table
          id="views"
          caption={words.views}
          rows={page}
          narrow="cards"
          columns={[
            { id: 'name', title: words.name, cell: keyOf },
            { id: 'kind', title: { fr: 'Nature', en: 'Kind' }, cell: (view) => <Kind view={view} /> },
            { id: 'reads', title: { fr: 'Lit', en: 'Reads' }, cell: (view) => view.reads.join(', ') },
            { id: 'personal', title: words.personalData, cell: (view) => <Personal view={view} /> },
          ]}
          empty={{
            icon: 'book',
            title: { fr: 'Aucune vue', en: 'No view' },
            hint: {
              fr: 'Le schéma moissonné n’en contient pas que ce compte puisse voir.',
              en: 'The harvested schema has none that this account can see.',
            },
          }}
        />
        <Pager
          firstHref={after === '' ? undefined : at}
          nextHref={rest.length > rows && last !== undefined ? withQuery(at, { after: keyOf(last) }) : undefined}
        />
      </>
    ),
  });
}

function viewsText(count: number): Text {
  return counted(count, { fr: 'vue', en: 'view' }, { fr: 'vues', en: 'views' });
}

/** A copy of rows is told apart: it must be refreshed after an erasure. */
function Kind(props: { readonly view: DictionaryView }) {
  const { kind } = props.view;
  return kind === 'view' ? <Say text={kinds.view} /> : <Badge tone="warning" text={kinds.materialized_view} />;
}

/** `email (contact), birth_date (naissance)`; a computed column says that its own name speaks. */
function Personal(props: { readonly view: DictionaryView }) {
  const { say } = reader();
  const told = props.view.columns
    .filter(({ category }) => isPersonal(category))
    .map(({ name, category, from }) => {
      const label = categoryLabel(category);
      const words = from === null ? joined([label, byName], ', ') : label;
      return `${name} (${say(words)})`;
    });
  return <>{told.length === 0 ? say({ fr: 'aucune', en: 'none' }) : told.join(', ')}</>;
}

const byName: Text = { fr: 'd’après son nom', en: 'by its name' };
