export type { Delivery } from './delivery.ts';
export * from './email/index.ts';
export * from './file/index.ts';
export * from './http-guard/index.ts';
export * from './sql/index.ts';
export * from './webhook/index.ts';
