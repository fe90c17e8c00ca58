import { z } from 'zod';
import { Bell, type Content, follow, type PageAnswer, page, redirect, type Slice, saying } from '../../http/index.ts';
import { joined, publicId, same, type Text } from '../../kernel/index.ts';
import type { Model, Transition, TypeModel } from '../../model/index.ts';
import { writeOnce } from '../../store/index.ts';
import {
  Badge,
  type BadgeValue,
  LinkButton,
  Live,
  Notice,
  Pager,
  Progress,
  renderFragment,
  Say,
  Table,
  Tabs,
  withQuery,
} from '../../ui/index.ts';
import { askerOf } from '../acting.ts';
import type { ModelSource } from '../model-source.ts';
import type { Addresses, AnyVisit } from '../pages/context.ts';
import { expectId } from './bulk.api.ts';
import { askBulk } from './bulk.ts';
import { type BulkItem, type BulkProgress, type BulkStatus, bulkItems, bulkProgress } from './results.ts';
import { moveNow } from './run.ts';

/** Boxes of a list: one gives a text, several a list. */
const bulkForm = z.object({
  type: z.string(),
  transition: z.string(saying({ fr: 'Choisissez une transition.', en: 'Choose a transition.' })),
  object: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .optional()
    .transform((chosen) => chosen ?? []),
});

const lookEveryMs = 500;

/** Where the boxes of a list lead: the transition asked, then what became of each object. */
export function bulkPages(models: ModelSource, addresses: Addresses): Slice {
  return {
    name: 'bulk transition pages',
    pages(app) {
      app.post('/bulk-transitions', { form: bulkForm }, async (visit) => {
        const { who, body } = visit;
        const acting = { model: models.current(), asker: askerOf(who) };
        const asked = { type: body.type, transition: body.transition, objects: body.object };
        const written = await writeOnce(who.scope, visit.cause, visit.requestHash, async (writing) => {
          return { status: 303, resource: await askBulk(writing, acting, who.actor, asked) };
        });
        await moveNow(who.scope, models, written.resource);
        return redirect(pathOf(written.resource));
      });
      app.get('/bulk-transitions/:id', {}, (visit) => bulkPage(visit, models.current(), addresses, visit.params.id));
      app.events('/bulk-transitions/:id/events', {}, async function* (visit) {
        const { who, language, csrf } = visit;
        let isFinished = false;
        const events = follow({
          after: visit.lastEventId,
          read: async (after) => {
            const progress = await bulkProgress(who.scope, who.actor, expectId(visit.params.id));
            isFinished = progress.bulk.finishedAt !== null;
            const id = `${progress.counts.waiting}-${isFinished}`;
            if (id === after) return [];
            const reading = {
              language,
              csrf,
              timeZone: 'Europe/Paris',
              theme: 'auto' as const,
              now: visit.clock.now(),
            };
            return [{ id, event: 'fragment', data: renderFragment(<BulkState progress={progress} isNew />, reading) }];
          },
          bell: new Bell(),
          topic: 'bulk',
          everyMs: lookEveryMs,
          signal: visit.signal,
        });
        for await (const event of events) {
          yield event;
          if (!isFinished) continue;
          yield { id: event.id, event: 'end', data: '' };
          return;
        }
      });
    },
  };
}

function pathOf(id: string): string {
  return `/bulk-transitions/${publicId('job', id)}`;
}

async function bulkPage(visit: AnyVisit, model: Model, addresses: Addresses, reference: string): Promise<PageAnswer> {
  const { scope, actor } = visit.who;
  const progress = await bulkProgress(scope, actor, expectId(reference));
  const { bulk } = progress;
  const type = model.types.get(bulk.type);
  const asked = visit.list();
  const [after] = asked.after ?? [];
  const status = shownStatus(visit, progress);
  const limit = asked.limit + 1;
  const found = await bulkItems(scope, bulk.id, { status, after: typeof after === 'number' ? after : null, limit });
  const items = found.slice(0, asked.limit);
  const last = items.at(-1);
  const path = pathOf(bulk.id);
  const shown = withQuery(path, { show: status ?? 'all' });
  return page({
    title: titleOf(type, type?.lifecycle?.transitions.get(bulk.transition), bulk.transition),
    lead: {
      fr: 'Chaque objet avance pour lui-même : un refus n’en retient aucun autre. Vous pouvez quitter cette page.',
      en: 'Each object moves by itself: one that is refused holds up no other. You may leave this page.',
    },
    breadcrumbs: type === undefined ? [] : [{ href: addresses.list(type), text: type.plural }],
    content: (
      <>
        <Live id="bulk" events={`${path}/events`} refreshHref={shown}>
          <BulkState progress={progress} />
        </Live>
        {/* While objects move, a table of them would be stale at once: it is shown once all is done. */}
        {bulk.finishedAt === null ? null : (
          <>
            <Tabs label={outcomes} tabs={tabsOf(path, status, progress)} />
            <ItemTable items={items} type={type} addresses={addresses} />
          </>
        )}
        <Pager
          nextHref={
            bulk.finishedAt !== null && found.length > asked.limit && last !== undefined
              ? withQuery(shown, { cursor: asked.next([last.position]) })
              : undefined
          }
          firstHref={asked.after === null ? undefined : shown}
        />
      </>
    ),
  });
}

/** What was refused is what needs somebody: it is shown first once all is done. */
function shownStatus(visit: AnyVisit, { counts, bulk }: BulkProgress): BulkStatus | null {
  const wanted = visit.url.searchParams.get('show');
  if (wanted === 'waiting' || wanted === 'done' || wanted === 'refused') return wanted;
  return wanted === null && bulk.finishedAt !== null && counts.refused > 0 ? 'refused' : null;
}

const seeOutcomes: Text = { fr: 'Voir les résultats', en: 'See the outcomes' };
const outcomes: Text = { fr: 'Résultats', en: 'Outcomes' };

function titleOf(type: TypeModel | undefined, transition: Transition | undefined, name: string): Text {
  const label = transition?.label ?? same(name);
  return type === undefined ? label : joined([type.plural, label], ' · ');
}

const statusWords: Readonly<Record<BulkStatus, BadgeValue>> = {
  waiting: { tone: 'neutral', text: { fr: 'En attente', en: 'Waiting' } },
  done: { tone: 'good', text: { fr: 'Fait', en: 'Done' } },
  refused: { tone: 'bad', text: { fr: 'Refusé', en: 'Refused' } },
};

function tabsOf(path: string, status: BulkStatus | null, { counts, bulk }: BulkProgress) {
  const tab = (show: BulkStatus | 'all', text: Text, isCurrent: boolean, count: number) => ({
    text,
    count,
    href: withQuery(path, { show }),
    isCurrent,
  });
  return [
    tab('all', { fr: 'Tous', en: 'All' }, status === null, bulk.total),
    ...(['refused', 'done', 'waiting'] as const)
      .filter((one) => counts[one] > 0)
      .map((one) => tab(one, statusWords[one].text, status === one, counts[one])),
  ];
}

/** What an event carries too: the page it comes to doesn't have the outcomes yet. */
function BulkState(props: { readonly progress: BulkProgress; readonly isNew?: boolean }): Content {
  const { bulk, counts } = props.progress;
  const said = summary(props.progress);
  return (
    <div id="bulk-state" class="section">
      {bulk.finishedAt === null ? (
        <Progress
          id="bulk-progress"
          label={{ fr: 'Transitions en cours', en: 'Transitions under way' }}
          done={counts.done + counts.refused}
          total={bulk.total}
          errors={counts.refused}
        />
      ) : (
        <Notice tone={counts.refused === 0 ? 'good' : 'warning'} title={said}>
          {props.isNew === true ? <LinkButton href={pathOf(bulk.id)} text={seeOutcomes} /> : null}
        </Notice>
      )}
    </div>
  );
}

function summary({ counts, bulk }: BulkProgress): Text {
  if (counts.refused === 0) {
    return { fr: `C’est fait pour les ${bulk.total}.`, en: `Done for all ${bulk.total}.` };
  }
  return {
    fr: `Fait pour ${counts.done} sur ${bulk.total} ; ${counts.refused} restent tels quels, avec la raison de chacun.`,
    en: `Done for ${counts.done} of ${bulk.total}; ${counts.refused} refused and unchanged, each with its reasons.`,
  };
}

function ItemTable(props: {
  readonly items: readonly BulkItem[];
  readonly type: TypeModel | undefined;
  readonly addresses: Addresses;
}) {
  const { type, addresses } = props;
  return (
    <Table
      id="bulk-items"
      caption={outcomes}
      rows={props.items}
      {...(type === undefined
        ? {}
        : { rowHref: (item: BulkItem) => addresses.generic(type.name, { number: item.reference }) })}
      columns={[
        { id: 'object', title: { fr: 'Objet', en: 'Object' }, kind: 'fixed', cell: (item) => item.reference },
        {
          id: 'status',
          title: { fr: 'Résultat', en: 'Outcome' },
          cell: (item) => <Badge {...statusWords[item.status]} />,
        },
        {
          id: 'reasons',
          title: { fr: 'Raisons', en: 'Reasons' },
          cell: (item) =>
            item.reasons.length === 0 ? '—' : <Say text={joined(item.reasons.map((one) => one.text))} />,
        },
      ]}
      empty={{
        title: { fr: 'Aucun objet ici', en: 'No object here' },
        hint: { fr: 'Regardez un autre résultat.', en: 'Look at another outcome.' },
      }}
    />
  );
}
