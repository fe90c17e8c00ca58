import { categoryText, type ErasurePlan, isCategory } from '../../channels/index.ts';
import { journalKey, latestCheckpoint, readEntries } from '../../journal/index.ts';
import {
  counted,
  type Day,
  day,
  dayOf,
  dayText,
  joined,
  type Language,
  publicId,
  same,
  sha256,
  type Text,
} from '../../kernel/index.ts';
import { natural, type Scope } from '../../store/index.ts';
import { clockStateWords } from '../clock/explanation.ts';
import type { Engine } from '../engine.ts';
import { holdGroundText } from '../hold/grounds.ts';
import type { HoldView } from '../hold/hold.ts';
import {
  type EvidenceReport,
  isRefusalGround,
  type ReportedOrder,
  type ReportedPlan,
  refusalGround,
} from '../letters/index.ts';
import { checkText } from '../order/hand-check-words.ts';
import type { OrderView } from '../order/latest.ts';
import { orderStateLabel } from '../order/states.ts';
import { kindLabel } from '../person/kinds.ts';
import { intakeWords } from '../request/intake-words.ts';
import { identityProofs } from '../request/qualify.ts';
import { campaignOf, type RequestRow } from '../request/row.ts';
import { requestStateLabel } from '../request/states.ts';
import type { RequestView } from '../request/view.ts';
import { complianceKindWords } from './kind-words.ts';

/** What the report for people says: words, numbers and digests. */
export async function reportOf(
  engine: Engine,
  scope: Scope,
  view: RequestView,
  language: Language,
): Promise<EvidenceReport> {
  const { request, clock } = view;
  const subject = publicId('req', request.id);
  const entries = await readEntries(scope, { subjects: [subject] });
  const [head, key, organisation] = await Promise.all([
    latestCheckpoint(scope),
    journalKey(scope),
    scope.db.selectFrom('access.organisation').select('name').where('id', '=', scope.org).executeTakeFirstOrThrow(),
  ]);
  const opened = entries.find(({ body }) => body.kind === 'request.opened');
  return {
    language,
    organisation: organisation.name,
    madeAt: scope.clock.now(),
    request: await requestPart(engine, scope, view, opened?.body.commitments.person ?? null),
    clock: { state: clockStateWords[clock.state], deadline: clock.deadline, steps: clock.steps },
    plan: await planPart(scope, request),
    holds: view.holds.map(holdText),
    orders: view.orders.flatMap(orderPart),
    proofs: {
      entries: entries.map(({ body, bytes }) => ({
        number: body.number,
        kind: complianceKindWords(body.kind) ?? same(body.kind),
        at: new Date(body.at),
        leaf: sha256(Buffer.concat([Buffer.of(0), bytes])).toString('hex'),
      })),
      checkpoint:
        head === null
          ? null
          : {
              origin: head.origin,
              size: head.size,
              root: Buffer.from(head.root).toString('hex'),
              keyFingerprint: key.fingerprint,
            },
      timestamps: [],
    },
    verification: { command: `node sdk/verify/verify.mjs ${request.number}.zip --key '${key.text}'`, limits },
  };
}

async function requestPart(
  engine: Engine,
  scope: Scope,
  { request, clock, person }: RequestView,
  commitment: string | null,
): Promise<EvidenceReport['request']> {
  const ground = request.refusal_ground;
  return {
    number: request.number,
    id: publicId('req', request.id),
    right: { fr: 'Effacement (RGPD, art. 17)', en: 'Erasure (GDPR art. 17)' },
    controller:
      request.controller_id === null ? '' : await engine.register.controllerName(scope, request.controller_id),
    intake: intakeWords[request.intake],
    receivedOn: clock.receivedOn,
    answeredOn: clock.answeredOn,
    closedOn: dayOrNull(request.closed_at),
    state: requestStateLabel(request.state),
    identifiers: [...new Set((person?.identities ?? []).map((identity) => identity.kind))].map(kindLabel),
    identityEstablishedBy: request.identity_by === null ? null : identityProofs[request.identity_by],
    personCommitment: commitment,
    refusal: ground !== null && isRefusalGround(ground) ? refusalGround(ground).label : null,
  };
}

async function planPart(scope: Scope, request: RequestRow): Promise<ReportedPlan | null> {
  if (request.plan_digest === null || request.planned_at === null) return null;
  const lines = await scope.db
    .selectFrom('compliance.campaign_application')
    .select(['application_name', 'plan'])
    .where('campaign_id', '=', campaignOf(request))
    .orderBy(natural('application_name'))
    .execute();
  const socle: Text = {
    fr: 'secret, identifiants et coordonnées de la personne détruits',
    en: 'the person’s secret, identifiers and contact details destroyed',
  };
  return {
    frozenAt: request.planned_at,
    digest: request.plan_digest.toString('hex'),
    applications: [
      ...lines.map((line) => applicationPart(line.application_name, line.plan)),
      { name: 'Socle', summary: socle, kept: [] },
    ],
  };
}

function applicationPart(name: string, stored: unknown): ReportedPlan['applications'][number] {
  if (stored === null) {
    return {
      name,
      summary: { fr: 'exécuté par l’application elle-même', en: 'carried out by the application itself' },
      kept: [],
    };
  }
  const plan: ErasurePlan = JSON.parse(JSON.stringify(stored));
  const blanked = plan.steps.flatMap((step) => step.fields.filter((field) => field.do === 'blank')).length;
  const kept = plan.steps.flatMap((step) =>
    step.fields.flatMap((field) =>
      field.do === 'keep' && field.why.code === 'map'
        ? [{ what: `${step.table}.${field.column}`, why: same(field.why.reason) }]
        : [],
    ),
  );
  return {
    name,
    summary: joined(
      [
        counted(plan.steps.length, { fr: 'table', en: 'table' }, { fr: 'tables', en: 'tables' }),
        counted(
          blanked,
          { fr: 'champ à effacer', en: 'field to blank' },
          { fr: 'champs à effacer', en: 'fields to blank' },
        ),
      ],
      ', ',
    ),
    kept,
  };
}

function orderPart(order: OrderView): readonly ReportedOrder[] {
  if (order.digest === null) return [];
  const isOurs = order.channel === 'sql' || order.channel === 'socle';
  return [
    {
      id: publicId('ord', order.id),
      application: order.application,
      action: { fr: 'effacer', en: 'erase' },
      generation: order.generation,
      sentAt: order.sentAt,
      answeredAt: order.endedAt,
      verifiedAt: order.state === 'verified' ? order.verifiedAt : null,
      outcome: orderStateLabel(order.state),
      counts: Object.entries(order.counts).flatMap(([category, count]) =>
        count > 0 && isCategory(category) ? [{ what: categoryText(category), count }] : [],
      ),
      proof: isOurs ? withChecks(ownProof(order), order) : null,
      digest: order.digest.toString('hex'),
      signature: isOurs ? ownAccount : unsigned,
    },
  ];
}

/** What somebody looked at by hand stands with what Socle looked through: by which role, and when. */
function withChecks(proof: Text | null, { checks }: OrderView): Text | null {
  const told = checks.map(checkText).map(({ fr, en }) => ({ fr: `${fr}.`, en: `${en}.` }));
  return told.length === 0 ? proof : joined([...(proof === null ? [] : [proof]), ...told], ' ');
}

/** `Coordonnées, depuis le 3 mai 2026 : obligation légale de conservation.` Never the words that somebody typed. */
function holdText(hold: HoldView): Text {
  const what =
    hold.categories === null
      ? { fr: 'toutes les données', en: 'all data' }
      : joined(
          hold.categories.flatMap((category) => (isCategory(category) ? [categoryText(category)] : [])),
          ', ',
        );
  const ground = holdGroundText(hold.ground);
  const from = dayText(dayOf(hold.placedAt));
  const to = hold.endedAt === null ? null : dayText(dayOf(hold.endedAt));
  const until = hold.endsOn === null ? null : dayText(day(hold.endsOn));
  const time: Text =
    to !== null
      ? { fr: `du ${from.fr} au ${to.fr}`, en: `from ${from.en} to ${to.en}` }
      : {
          fr: `depuis le ${from.fr}${until === null ? '' : `, jusqu’au ${until.fr}`}`,
          en: `since ${from.en}${until === null ? '' : `, until ${until.en}`}`,
        };
  const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  return {
    fr: `${sentence(what.fr)}, ${time.fr} : ${ground.fr}.`,
    en: `${sentence(what.en)}, ${time.en}: ${ground.en}.`,
  };
}

function ownProof(order: OrderView): Text {
  if (order.state === 'verified' && order.checks.length > 0) {
    return {
      fr: 'Socle a regardé de nouveau et n’a plus rien vu, hors ce qui a été vérifié à la main.',
      en: 'Socle looked again and saw nothing, but for what was checked by hand.',
    };
  }
  return order.state === 'verified'
    ? { fr: 'Socle a regardé de nouveau et n’a plus rien vu', en: 'Socle looked again and saw nothing' }
    : {
        fr: 'recherche faite par Socle, détaillée dans evidence.json',
        en: 'search made by Socle, detailed in evidence.json',
      };
}

const ownAccount: Text = { fr: 'compte rendu de Socle lui-même', en: 'Socle’s own account' };
const unsigned: Text = { fr: 'non signé par l’application', en: 'not signed by the application' };

const limits: readonly Text[] = [
  {
    fr: 'Ce que Socle a fait et regardé lui-même n’est attesté que par Socle.',
    en: 'What Socle did and looked at by itself is attested by Socle alone.',
  },
  {
    fr: 'Les sauvegardes des applications ne sont pas relues : leur horizon est dit dans la réponse à la personne.',
    en: 'The applications’ backups are not read: their horizon is told in the answer to the person.',
  },
];

function dayOrNull(at: Date | null): Day | null {
  return at === null ? null : dayOf(at);
}
