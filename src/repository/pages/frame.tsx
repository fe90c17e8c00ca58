import { type Content, type PageAnswer, page } from '../../http/index.ts';
import { publicId, type Text } from '../../kernel/index.ts';
import { Badge, LinkButton, Tabs } from '../../ui/index.ts';
import type { ApplicationLine } from '../application/applications.ts';
import { channelText, freshnessOf, words } from './words.ts';

export const applicationsPath = '/applications';

/** Addresses of one application's pages. */
export function pathsOf(line: Pick<ApplicationLine, 'id' | 'number'>) {
  const root = `${applicationsPath}/${publicId('app', line.id)}`;
  return {
    root,
    connection: `${root}/connection`,
    harvest: `${root}/harvest`,
    dictionary: `${root}/dictionary`,
    views: `${root}/views`,
    plan: `${root}/plan`,
    declarations: `${root}/declarations`,
    orders: `${root}/channel`,
    conformance: `${root}/conformance`,
    object: `/objects/application/${line.number}`,
  };
}

export type ApplicationTab = 'connection' | 'dictionary' | 'views' | 'plan' | 'orders' | 'conformance';

export interface FrameProps {
  readonly line: ApplicationLine;
  readonly now: Date;
  readonly tab: ApplicationTab;
  readonly lead?: Text;
  readonly actions?: Content;
  readonly content: Content;
  readonly status?: number;
}

/** A page of one application: its name, its freshness, its tabs. */
export function applicationPage(props: FrameProps): PageAnswer {
  const { line, tab } = props;
  const at = pathsOf(line);
  const isSql = line.channel === 'sql';
  const freshness = freshnessOf(line.harvestedAt, props.now);
  const tabs = [
    { tab: 'connection', text: words.overview, href: at.root },
    ...(isSql
      ? [
          { tab: 'dictionary', text: words.dictionary, href: at.dictionary },
          { tab: 'views', text: words.views, href: at.views },
          { tab: 'plan', text: words.plan, href: at.plan },
        ]
      : []),
    ...(line.channel === null ? [] : [{ tab: 'orders', text: words.orders, href: at.orders }]),
    ...(line.channel === 'webhook' || line.channel === 'pull'
      ? [{ tab: 'conformance', text: words.conformance, href: at.conformance }]
      : []),
  ];
  return page({
    title: { fr: line.name, en: line.name },
    ...(props.lead === undefined ? {} : { lead: props.lead }),
    ...(props.status === undefined ? {} : { status: props.status }),
    breadcrumbs: [{ text: words.applications, href: applicationsPath }],
    badge: isSql ? <Badge {...freshness} /> : <Badge tone="neutral" text={channelText(line.channel)} />,
    actions: props.actions ?? (
      <LinkButton href={at.object} text={{ fr: `Fiche ${line.number}`, en: `Record ${line.number}` }} />
    ),
    content: (
      <>
        <Tabs
          label={{ fr: 'Parties de l’application', en: 'Parts of the application' }}
          tabs={tabs.map((each) => ({ text: each.text, href: each.href, isCurrent: each.tab === tab }))}
        />
        {props.content}
      </>
    ),
  });
}
