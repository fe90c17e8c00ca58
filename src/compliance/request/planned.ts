import { type ErasurePlan, planNotices, planProblems } from '../../channels/index.ts';
import type { Id, Text } from '../../kernel/index.ts';
import { natural, type Scope } from '../../store/index.ts';
import { campaignOf } from './row.ts';

/** What the frozen plan says of one application. */
export interface PlannedApplication {
  readonly id: Id<'application'>;
  readonly name: string;
  /** What Socle itself will do in its database; null when the application erases, or could not be read. */
  readonly counts: { readonly tables: number; readonly blanked: number; readonly deleted: number } | null;
  /** Why it can't be carried out as it stands, and what to know of it. */
  readonly problems: readonly Text[];
  readonly notices: readonly Text[];
}

export async function plannedApplications(
  scope: Scope,
  request: Id<'request'>,
): Promise<readonly PlannedApplication[]> {
  const lines = await scope.db
    .selectFrom('compliance.campaign_application')
    .select(['application_id', 'application_name', 'plan', 'problem'])
    .where('campaign_id', '=', campaignOf({ id: request }))
    .orderBy(natural('application_name'))
    .execute();
  return lines.map((line): PlannedApplication => {
    const known = { id: line.application_id, name: line.application_name };
    if (line.plan === null) {
      return { ...known, counts: null, problems: problemOf(line.problem), notices: [] };
    }
    const plan: ErasurePlan = JSON.parse(JSON.stringify(line.plan));
    return {
      ...known,
      counts: {
        tables: plan.steps.length,
        blanked: plan.steps.flatMap((step) => step.fields.filter((field) => field.do === 'blank')).length,
        deleted: plan.steps.filter((step) => step.action === 'delete').length,
      },
      problems: planProblems(plan),
      notices: planNotices(plan),
    };
  });
}

function problemOf(value: unknown): readonly Text[] {
  if (typeof value !== 'object' || value === null || !('fr' in value) || !('en' in value)) return [];
  return typeof value.fr === 'string' && typeof value.en === 'string' ? [{ fr: value.fr, en: value.en }] : [];
}
