import { z } from 'zod';
import { type Content, file, type PageAnswer, type PageApp, page, redirect, type Slice } from '../http/index.ts';
import { same, type Text } from '../kernel/index.ts';
import type { TypeModel, ViewOf } from '../model/index.ts';
import {
  type AnyVisit,
  askerOf,
  expectRight,
  expectType,
  hasRole,
  listPage,
  type StoredObject,
} from '../objects/index.ts';
import {
  EmptyState,
  LinkButton,
  type LinkValue,
  reader,
  renderFragment,
  Section,
  safeHref,
  Tabs,
} from '../ui/index.ts';
import { csvBytes } from './csv.ts';
import { draw } from './draw.ts';
import type { Looking } from './looking.ts';
import { type Moving, move, movePage } from './move.tsx';
import type { ViewsOptions } from './options.ts';
import { noPicture, notABoard } from './refusals.ts';
import { mountSaved, unfitNotice } from './saved/saved.pages.tsx';
import { pinnedFor, type Saved, savedFor } from './saved/saved.ts';
import { findView, packViewsFor, type Seen, viewsFor } from './seen.ts';
import { words } from './words.ts';

/** Each view by its own address: a page, its table as CSV, its picture as SVG; a board's moves. */
export function viewsPages(options: ViewsOptions): Slice {
  return {
    name: 'views',
    get menu() {
      return menuOf(options);
    },
    menuOf: async (who) =>
      (await pinnedFor(who.scope, options.models.current(), who)).map((view) => ({
        section: { id: 'views', text: words.saved, order: 30 },
        text: same(view.name),
        href: pathOf(view),
        icon: 'list' as const,
      })),
    pages(app) {
      app.get('/views', {}, (visit) => indexPage(visit, options));
      mountSaved(app, options);
      app.get('/views/:view', {}, (visit) => viewPage(visit, options, visit.params.view));
      app.get('/views/:view/csv', {}, async (visit) => {
        const view = await findView(options.models.current(), visit.who, visit.params.view);
        const drawing = await draw(lookingOf(visit, options), view.says, still);
        return file(csvBytes(drawing.sheet()), 'text/csv; charset=utf-8', `${view.label[visit.language]}.csv`);
      });
      app.get('/views/:view/svg', {}, async (visit) => {
        const view = await findView(options.models.current(), visit.who, visit.params.view);
        const drawing = await draw(lookingOf(visit, options), view.says, still);
        return file(pictureOf(drawing.picture(), visit), 'image/svg+xml', null);
      });
      mountMoves(app, options);
    },
  };
}

const still = { moveHref: null };

export function lookingOf(visit: AnyVisit, { models, addresses }: ViewsOptions): Looking {
  return {
    scope: visit.who.scope,
    acting: { model: models.current(), asker: askerOf(visit.who) },
    reading: { language: visit.language, timeZone: 'Europe/Paris' },
    addresses,
  };
}

/** The first drawing of a picture, alone in its file. */
export function pictureOf(picture: Content | null, { language, clock }: Pick<AnyVisit, 'language' | 'clock'>): string {
  const shown = { language, timeZone: 'Europe/Paris', now: clock.now(), theme: 'auto' as const, csrf: null };
  const [svg = ''] = /<svg[\s\S]*?<\/svg>/.exec(picture === null ? '' : renderFragment(<g>{picture}</g>, shown)) ?? [];
  if (svg === '') throw noPicture();
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg}`;
}

function menuOf({ models }: ViewsOptions): NonNullable<Slice['menu']> {
  const { packs, views, types } = models.current();
  return [...views.values()].flatMap(({ name, pack, label, says }) => {
    const at = packs.findIndex((one) => one.name === pack);
    const type = types.get(says.of);
    if (!says.menu || at < 0 || type === undefined) return [];
    const section = { id: pack, text: packs[at]?.label ?? label, order: 40 + at };
    return [
      {
        section,
        text: label,
        href: `/views/${name}`,
        icon: 'list' as const,
        isFor: (who) => packViewsFor(models.current(), who).some(({ key }) => key === name),
      },
    ];
  });
}

async function indexPage(visit: AnyVisit, { models }: ViewsOptions): Promise<PageAnswer> {
  const model = models.current();
  const views = packViewsFor(model, visit.who);
  const saved = await savedFor(visit.who.scope, model, visit.who);
  return page({
    title: words.views,
    lead: {
      fr: 'Des façons de regarder les mêmes objets. Chacune ne montre et ne compte que ce que vous pouvez voir.',
      en: 'Ways of looking at the same objects. Each shows and counts only what you may see.',
    },
    content:
      views.length + saved.length === 0 ? (
        <EmptyState
          title={{ fr: 'Aucune vue encore', en: 'No view yet' }}
          hint={{
            fr: 'Filtrez une liste, puis « Enregistrer cette vue ». Un module métier en apporte aussi.',
            en: 'Filter a list, then “Save this view”. A pack brings some too.',
          }}
        />
      ) : (
        <>
          {saved.length === 0 ? null : (
            <Section id="saved" title={words.saved}>
              <SavedLinks saved={saved} />
            </Section>
          )}
          {model.packs
            .filter((pack) => views.some((view) => view.pack === pack.name))
            .map((pack) => (
              <Section id={`pack-${pack.name}`} title={pack.label}>
                <Links views={views.filter((view) => view.pack === pack.name)} />
              </Section>
            ))}
        </>
      ),
  });
}

/** One that no longer fits leads to where its owner mends it. */
function SavedLinks(props: { readonly saved: readonly Saved[] }) {
  const { say } = reader();
  return (
    <ul>
      {props.saved.map((one) => (
        <li>
          <a href={safeHref(one.says === null ? `${pathOf(one)}/edit` : pathOf(one))}>{one.name}</a>
          {one.unfit.length === 0 ? null : ` — ${say(words.unfit)}`}
          {one.isMine ? null : ` — ${say(words.shared)}`}
        </li>
      ))}
    </ul>
  );
}

function Links(props: { readonly views: readonly Seen[] }) {
  const { say } = reader();
  return (
    <ul>
      {props.views.map((view) => (
        <li>
          <a href={safeHref(pathOf(view))}>{say(view.label)}</a>
          {view.definition === null ? null : ` ${say(view.definition)}`}
        </li>
      ))}
    </ul>
  );
}

export function pathOf(view: Pick<Seen, 'key'>): string {
  return `/views/${encodeURIComponent(view.key)}`;
}

async function viewPage(visit: AnyVisit, options: ViewsOptions, key: string): Promise<PageAnswer> {
  const looking = lookingOf(visit, options);
  const { acting } = looking;
  const view = await findView(acting.model, visit.who, key);
  const type = expectType(acting.model, view.says.of);
  expectRight(acting.asker, type, 'read');
  const path = pathOf(view);
  const breadcrumbs = [{ href: looking.addresses.list(type), text: type.plural }];
  const tabs = (
    <>
      {await viewTabs(visit, options, type, view.key)}
      {unfitNotice(view.saved)}
    </>
  );
  const actions = (
    <>
      <Exports path={path} hasPicture={view.says.kind === 'chart'} />
      {view.saved?.isMine === true && !visit.who.isReadOnly ? (
        <LinkButton kind="quiet" href={`${path}/edit`} text={words.change} />
      ) : null}
    </>
  );
  if (view.says.kind === 'table') {
    const { filter = null, sort = null, columns = null } = view.says;
    const preset = {
      path,
      title: view.label,
      lead: view.definition,
      breadcrumbs,
      filter,
      sort,
      columns,
      tabs,
      actions,
    };
    return listPage(visit, acting, type, { addresses: looking.addresses, preset });
  }
  const moveHref = mayMove(visit, looking, type, view)
    ? (object: StoredObject) => `${path}/move/${encodeURIComponent(object.number)}`
    : null;
  const drawing = await draw(looking, view.says, { moveHref });
  return page({
    title: view.label,
    ...(view.definition === null ? {} : { lead: view.definition }),
    breadcrumbs,
    actions,
    content: (
      <>
        {tabs}
        {drawing.page()}
      </>
    ),
  });
}

/** Whether this person moves any card at all: by a transition of theirs, or by changing the choice. */
function mayMove({ who }: AnyVisit, { acting }: Looking, type: TypeModel, { says }: Seen): boolean {
  if (who.isReadOnly || says.kind !== 'board') return false;
  if (says.lanes !== 'state')
    return hasRole(
      acting.asker,
      type.rights.update.flatMap(({ roles }) => roles),
    );
  return [...(type.lifecycle?.transitions.values() ?? [])].some(
    ({ room, roles }) => room === null && hasRole(acting.asker, roles),
  );
}

function Exports(props: { readonly path: string; readonly hasPicture: boolean }) {
  return (
    <>
      <LinkButton kind="plain" icon="download" href={`${props.path}/csv`} text={words.csv} />
      {props.hasPicture ? <LinkButton kind="quiet" href={`${props.path}/svg`} text={words.picture} /> : null}
    </>
  );
}

/** The list of a type and its views, each one link from the other; null where there is but the list. */
export async function viewTabs(
  visit: AnyVisit,
  { models, addresses }: ViewsOptions,
  type: TypeModel,
  current: string | null,
): Promise<Content | null> {
  const views = (await viewsFor(models.current(), visit.who)).filter(({ says }) => says.of === type.name);
  if (views.length === 0) return null;
  const all: readonly (LinkValue & { readonly isCurrent: boolean })[] = [
    { text: words.list, href: addresses.list(type), isCurrent: current === null },
    ...views.map((view) => ({ text: shortLabel(view, type), href: pathOf(view), isCurrent: view.key === current })),
  ];
  return <Tabs label={words.views} tabs={all} />;
}

/** Beside the type's own list, its name needn't be said again. */
function shortLabel({ label }: Seen, { plural }: TypeModel): Text {
  const short = (language: 'fr' | 'en'): string => {
    const start = `${plural[language]} · `;
    const rest = label[language].startsWith(start) ? label[language].slice(start.length) : label[language];
    return rest.charAt(0).toUpperCase() + rest.slice(1);
  };
  return { fr: short('fr'), en: short('en') };
}

const moveForm = z.record(z.string(), z.unknown());

function mountMoves(app: PageApp, options: ViewsOptions): void {
  const path = '/views/:view/move/:object';
  const movingOf = async (visit: AnyVisit, key: string): Promise<Moving> => {
    const looking = lookingOf(visit, options);
    const view = await findView(looking.acting.model, visit.who, key);
    const { says } = view;
    if (!isBoard(says)) throw notABoard();
    return { visit, looking, view: { ...view, says }, path: pathOf(view) };
  };
  app.get(path, {}, async (visit) => movePage(await movingOf(visit, visit.params.view), visit.params.object));
  app.post(path, { form: moveForm }, async (visit) => {
    const moving = await movingOf(visit, visit.params.view);
    await move(moving, visit.params.object, visit.body);
    return redirect(moving.path, { flash: words.moved });
  });
}

function isBoard(says: Seen['says']): says is ViewOf<'board'> {
  return says.kind === 'board';
}
