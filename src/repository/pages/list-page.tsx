import { type Page, type PageAnswer, page } from '../../http/index.ts';
import { Badge, Filters, LinkButton, Pager, Say, Table, When, withQuery } from '../../ui/index.ts';
import type { ApplicationLine } from '../application/applications.ts';
import { applicationsPath, pathsOf } from './frame.tsx';
import { channelText, freshnessOf, shareText, words } from './words.ts';

export interface ListShown {
  readonly lines: Page<ApplicationLine>;
  readonly search: string;
  readonly now: Date;
  readonly mayConnect: boolean;
}

/** Every application with its channel, its share of personal data, and how fresh its dictionary is. */
export function listPage(shown: ListShown): PageAnswer {
  const add = (
    <LinkButton
      kind="main"
      icon="plus"
      href={`${applicationsPath}/new`}
      text={{ fr: 'Ajouter une application', en: 'Add an application' }}
    />
  );
  return page({
    title: words.applications,
    lead: {
      fr: 'Où sont les données personnelles, et par quel canal chaque application reçoit ses ordres.',
      en: 'Where personal data is, and by which channel each application receives its orders.',
    },
    actions: shown.mayConnect ? add : null,
    content: (
      <>
        <Filters
          action={applicationsPath}
          swaps="application-list"
          filters={[
            { kind: 'search', name: 'name', label: { fr: 'Nom contenant', en: 'Name contains' }, value: shown.search },
          ]}
        />
        <div id="application-list">
          <Lines {...shown} />
          <Pager
            nextHref={
              shown.lines.next === null
                ? undefined
                : withQuery(applicationsPath, { name: shown.search, cursor: shown.lines.next })
            }
          />
        </div>
      </>
    ),
  });
}

function harvestedCell({ channel, harvestedAt }: ApplicationLine) {
  if (channel !== 'sql') return '–';
  return harvestedAt === null ? <Say text={words.never} /> : <When at={harvestedAt} />;
}

function Lines(props: ListShown) {
  return (
    <Table
      id="applications"
      caption={words.applications}
      rows={props.lines.items}
      rowHref={(line) => pathsOf(line).root}
      columns={[
        { id: 'name', title: words.name, cell: (line) => line.name },
        { id: 'channel', title: words.channel, cell: (line) => <Say text={channelText(line.channel)} /> },
        {
          id: 'personal',
          title: words.personalData,
          kind: 'number',
          cell: (line) => (line.fields === 0 ? '–' : <Say text={shareText(line.personalFields, line.fields)} />),
        },
        {
          id: 'undecided',
          title: words.undecided,
          kind: 'number',
          cell: (line) => (line.fields === 0 ? '–' : line.undecidedFields),
        },
        {
          id: 'freshness',
          title: words.freshness,
          cell: (line) => (line.channel === 'sql' ? <Badge {...freshnessOf(line.harvestedAt, props.now)} /> : '–'),
        },
        {
          id: 'harvested',
          title: words.lastHarvest,
          kind: 'fixed',
          cell: harvestedCell,
        },
      ]}
      empty={{
        icon: 'application',
        title: props.search === '' ? words.noApplication : words.noMatch,
        hint:
          props.search === ''
            ? {
                fr: 'Ajoutez une application par l’adresse de sa base : Socle lira son schéma et proposera où sont les données personnelles.',
                en: 'Add an application by the address of its database: Socle will read its schema and propose where personal data is.',
              }
            : { fr: 'Essayez avec moins de lettres.', en: 'Try with fewer letters.' },
      }}
    />
  );
}
