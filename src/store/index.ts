export { type Scope, Store, type StoreOptions, type Tx } from './database.ts';
export { describeColumns, describeSchema, typesOf } from './describe.ts';
export { type Cluster, type ClusterOptions, startCluster } from './embedded/cluster.ts';
export { migrate, readMigrations } from './migrate.ts';
export { natural } from './natural.ts';
export { type OpenedStore, openStore } from './open.ts';
export {
  type Beat,
  type Due,
  type DueHandler,
  type DueRow,
  dueLanes,
  hintDue,
  Lease,
  LeaseLost,
  Pump,
  type PumpOptions,
  runDueBatch,
} from './pump.ts';
export { checkAppRole, type DatabaseRoles, prepareEmbedded, prepareGiven, rolePassword } from './roles.ts';
export type { Database } from './schema.generated.ts';
export { Together, type TogetherOptions } from './together.ts';
export { idempotencySweep, type Writing, type Written, write, writeOnce } from './write.ts';
