// Made from pack.yaml by `npx tsx src/model/generate-types.ts`; a test compares. Don’t edit.
/** A piece of software in service in the organisation, which serves users and may hold personal data. */
export interface ApplicationValues {
  readonly name: string;
  readonly purpose: string | null;
  readonly criticality: 'vital' | 'high' | 'medium' | 'low' | null;
  readonly hosting: 'on_premises' | 'private_cloud' | 'public_cloud' | 'vendor' | null;
  readonly owner_name: string | null;
  readonly owner_email: string | null;
  readonly product_leader: string | null;
  readonly end_date: string | null;
  readonly channel: 'sql' | 'webhook' | 'pull' | 'file' | 'email' | 'none';
  readonly answer_time_days: number | null;
  readonly backup_horizon_days: number | null;
}

export type ApplicationState = 'proposed' | 'in_service' | 'retired';

export type ApplicationTransition = 'put_in_service' | 'retire';

/** Every type of the pack `architecture`: `readObject<ArchitectureTypes['application']>(…)`. */
export interface ArchitectureTypes {
  readonly application: { readonly values: ApplicationValues; readonly state: ApplicationState; readonly transition: ApplicationTransition };
}
