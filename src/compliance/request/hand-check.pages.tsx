import { z } from 'zod';
import { may } from '../../access/index.ts';
import { type Sighting, sightingText } from '../../channels/index.ts';
import { type PageApp, page, redirect, saying } from '../../http/index.ts';
import { type Id, type Problem, publicId, Refusal, same, type Text } from '../../kernel/index.ts';
import { Button, Form, FormActions, LinkButton, Notice, RadioField, TextAreaField } from '../../ui/index.ts';
import type { Engine } from '../engine.ts';
import { checkByHand, checkingRole } from '../order/hand-check.ts';
import { mayBeChecked } from '../order/hand-check-document.ts';
import { bases, basisWords, findings, findingWords } from '../order/hand-check-words.ts';
import { type OrderView, ordersOf } from '../order/latest.ts';
import type { OrderRow } from '../order/move.ts';
import { orderFor } from '../order/orders.api.ts';
import { requestHref } from './request-page.tsx';
import { type RequestRow, readRequestRow } from './row.ts';
import { crumbOf, requestsCrumb } from './show.pages.tsx';

const decide = may('requests.decide');

/** An order stopped at rows that bear the person's name: somebody looks at them, and says here what they found. */
export function handCheckPages(engine: Engine, app: PageApp): void {
  app.get('/orders/:id/check', { allow: decide }, async ({ who, params }) => {
    const order = await orderFor(who, params.id);
    return checkPage(await shown(who.scope.db, order), {}, []);
  });
  app.post(
    '/orders/:id/check',
    {
      form,
      allow: decide,
      again: async ({ who, params }, refusal, typed) =>
        checkPage(await shown(who.scope.db, await orderFor(who, params.id)), typed, problemsOf(refusal)),
    },
    async ({ who, params, cause, body }) => {
      const order = await orderFor(who, params.id);
      const { note, ...said } = body;
      const checking = { ...said, note: note === undefined || note === '' ? null : note, role: checkingRole(who) };
      await checkByHand(who.scope, cause, order.id, checking);
      engine.bell.ring(order.campaign_id);
      const after = await shown(who.scope.db, order);
      const more = after.places.length > 0;
      return redirect(more ? hrefOf(order) : requestHref(after.request.id), {
        flash: more ? words.another : words.checked,
      });
    },
  );
}

/** What moved meanwhile is told beside the place. */
function problemsOf({ problems, text }: Refusal): readonly Problem[] {
  return problems.length > 0 ? problems : [{ pointer: '/where', code: 'refused', text }];
}

interface Shown {
  readonly request: RequestRow;
  readonly order: OrderView;
  /** What may be looked at. */
  readonly places: readonly Sighting[];
  /** What no look settles: an identifier of the person is theirs. */
  readonly others: readonly Sighting[];
}

async function shown(db: Parameters<typeof ordersOf>[0], { id, campaign_id: campaign }: OrderRow): Promise<Shown> {
  // The campaign of a request bears its id.
  const request = await readRequestRow(db, campaign as string as Id<'request'>);
  const order = (await ordersOf(db, campaign)).find((each) => each.id === id);
  if (order === undefined) throw nothing();
  const places = order.state === 'partly' ? order.left.filter(mayBeChecked) : [];
  return { request, order, places, others: order.left.filter((each) => !places.includes(each)) };
}

function checkPage(
  { request, order, places, others }: Shown,
  typed: Readonly<Record<string, string>>,
  problems: readonly Problem[],
) {
  const [only, more] = places;
  return page({
    title: words.title(order.application),
    lead: words.lead,
    breadcrumbs: [requestsCrumb, crumbOf(request)],
    status: problems.length === 0 ? 200 : 422,
    content: (
      <>
        {others.length === 0 ? null : (
          <Notice tone="warning" title={words.others(others.map(({ where }) => where).join(', '))} />
        )}
        {only === undefined ? (
          <Notice tone="neutral" title={words.none} />
        ) : (
          <Form id="check" action={hrefOf(order)} problems={problems}>
            <RadioField
              name="where"
              label={words.where}
              choices={places.map((sighting) => ({
                value: sighting.where,
                text: same(sighting.where),
                hint: sentence(sightingText(sighting)),
              }))}
              value={typed.where ?? (more === undefined ? only.where : undefined)}
              isRequired
              problems={problems}
            />
            <RadioField
              name="finding"
              label={words.finding}
              choices={findings.map((value) => ({ value, text: findingWords[value] }))}
              value={typed.finding}
              isRequired
              problems={problems}
            />
            <RadioField
              name="basis"
              label={words.basis}
              hint={words.basisHint}
              choices={bases.map((value) => ({ value, text: basisWords[value] }))}
              value={typed.basis}
              isRequired
              problems={problems}
            />
            <TextAreaField
              name="note"
              label={words.note}
              hint={words.noteHint}
              value={typed.note}
              rows={3}
              problems={problems}
            />
            <FormActions>
              <Button kind="main" text={words.end} />
              <LinkButton href={requestHref(request.id)} text={words.cancel} kind="quiet" />
            </FormActions>
          </Form>
        )}
      </>
    ),
  });
}

function hrefOf({ id }: Pick<OrderView, 'id'>): string {
  return `/orders/${publicId('ord', id)}/check`;
}

function sentence({ fr, en }: Text): Text {
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
  return { fr: capital(fr), en: capital(en) };
}

function nothing(): Refusal {
  return new Refusal('order.not_found', 404, {
    fr: 'Cet ordre n’existe pas, ou n’est pas à vous.',
    en: 'This order does not exist, or is not yours.',
  });
}

const words = {
  title: (application: string): Text => ({
    fr: `Vérifier à la main : ${application}`,
    en: `Check by hand: ${application}`,
  }),
  lead: {
    fr: 'Socle a vu ici des lignes qui portent le nom de la personne, et que rien ne relie à elle. Regardez-les dans l’application, puis dites ce que vous avez constaté : cela vaut pour cet ordre seulement, entre au journal et au dossier de preuve, et la réponse à la personne le dit. Pour régler la table une fois pour toutes, dites plutôt ce qu’elle est sur le plan d’effacement de l’application.',
    en: 'Socle saw rows here that bear the person’s name, and that nothing links to them. Look at them in the application, then say what you found: it holds for this order alone, goes into the journal and the evidence, and the answer to the person says so. To settle the table once and for all, rather say what it is on the application’s erasure plan.',
  },
  where: { fr: 'Où avez-vous regardé ?', en: 'Where did you look?' },
  finding: { fr: 'Qu’avez-vous constaté ?', en: 'What did you find?' },
  basis: { fr: 'Comment le savez-vous ?', en: 'How do you know?' },
  basisHint: {
    fr: 'Ce motif figure au dossier de preuve.',
    en: 'This reason stands in the evidence.',
  },
  note: { fr: 'Précision', en: 'More about it' },
  noteHint: {
    fr: 'Pour vos collègues, dans l’historique de la demande. Chiffrée sous le secret de la personne et détruite avec lui ; jamais dans le dossier de preuve.',
    en: 'For your colleagues, in the history of the request. Encrypted under the person’s secret and destroyed with it; never in the evidence.',
  },
  whereNeeded: { fr: 'Choisissez l’endroit que vous avez regardé.', en: 'Choose the place that you looked at.' },
  findingNeeded: { fr: 'Dites ce que vous avez constaté.', en: 'Say what you found.' },
  basisNeeded: { fr: 'Dites comment vous le savez.', en: 'Say how you know.' },
  end: { fr: 'Enregistrer la vérification', en: 'Record the check' },
  cancel: { fr: 'Annuler', en: 'Cancel' },
  others: (where: string): Text => ({
    fr: `Il reste aussi un identifiant de la personne, que seuls un effacement ou une déclaration règlent : ${where}.`,
    en: `An identifier of the person is left as well, which only an erasure or a declaration settles: ${where}.`,
  }),
  none: {
    fr: 'Rien n’attend d’être vérifié à la main pour cet ordre.',
    en: 'Nothing of this order waits to be checked by hand.',
  },
  checked: {
    fr: 'Vérification enregistrée : l’ordre est exécuté, et Socle regarde de nouveau.',
    en: 'Check recorded: the order is executed, and Socle looks again.',
  },
  another: {
    fr: 'Vérification enregistrée. Il reste ceci à vérifier.',
    en: 'Check recorded. This is left to be checked.',
  },
} as const;

const form = z.object({
  where: z.string(saying(words.whereNeeded)).min(1, saying(words.whereNeeded)).max(300),
  finding: z.enum(findings, saying(words.findingNeeded)),
  basis: z.enum(bases, saying(words.basisNeeded)),
  note: z.string().trim().max(4000).optional(),
});
