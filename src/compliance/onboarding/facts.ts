import { sql } from 'kysely';
import type { ApplicationLine } from '../../repository/index.ts';
import type { Scope } from '../../store/index.ts';
import type { OnboardingFacts } from './stages.ts';

interface Row {
  readonly application: string;
  readonly has_key: boolean;
  readonly has_called: boolean;
  readonly has_secret: boolean;
  readonly has_received: boolean;
  readonly conformance: 'passed' | 'failed' | null;
}

/** Where each of these applications is, from what was really issued, received and proven. One query for all. */
export async function onboardingFacts(
  scope: Scope,
  lines: readonly ApplicationLine[],
): Promise<ReadonlyMap<string, OnboardingFacts>> {
  const now = scope.clock.now();
  const ids = lines.map((line) => line.id);
  const { rows } = await sql<Row>`
    select a.id as application, coalesce(k.has_key, false) as has_key, coalesce(k.has_called, false) as has_called,
           coalesce(k.has_secret, false) as has_secret,
           l.last_success_at is not null or coalesce(r.results @> '[{"case": "good", "verdict": "passed"}]', false) as has_received,
           r.state as conformance
      from unnest(${sql.val(ids)}::uuid[]) as a(id)
      left join lateral (
        select bool_or(kind = 'key') as has_key, bool_or(kind = 'key' and last_used_on is not null) as has_called,
               bool_or(kind in ('hmac', 'ed25519')) as has_secret
          from compliance.application_credential
         where org = store.current_org() and application_id = a.id and revoked_at is null
           and (ends_at is null or ends_at > ${now})) k on true
      left join compliance.application_line l on l.org = store.current_org() and l.application_id = a.id
      left join lateral (
        select state, results from compliance.conformance_run
         where org = store.current_org() and application_id = a.id and state <> 'running'
         order by id desc limit 1) r on true`.execute(scope.db);
  const known = new Map(rows.map((row) => [row.application, row]));
  return new Map(lines.map((line) => [line.id, factsOf(line, known.get(line.id))]));
}

function factsOf(line: ApplicationLine, row: Row | undefined): OnboardingFacts {
  return {
    channel: line.channel,
    state: line.state,
    isDescribed: line.isDescribed,
    harvestedAt: line.harvestedAt,
    hasKey: row?.has_key ?? false,
    hasCalled: row?.has_called ?? false,
    hasSecret: row?.has_secret ?? false,
    hasReceived: row?.has_received ?? false,
    conformance: row?.conformance ?? null,
  };
}
