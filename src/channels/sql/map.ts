import type { ColumnName, TableName } from './catalogue.ts';
import type { Category } from './category.ts';

/**
 * What the schema doesn't say, declared by a person in a YAML file:
 *
 *   joins:
 *     - from: orders.customer_id
 *       to: customer.id
 *   identities:
 *     email: [customer.email, service_request.alt_email]
 *   fields:
 *     invoice.billing_name: { keep: "C. com. L123-22, ten years" }
 *     customer.nickname: { value: "-" }
 *     visit.email: delete_row
 *   tables:
 *     audit_log: delete
 *     catalogue: ignore
 */
export interface ErasureMap {
  readonly joins: readonly MapJoin[];
  readonly identities: readonly { readonly kind: string; readonly column: ColumnName }[];
  readonly fields: readonly MapField[];
  readonly tables: readonly (TableName & { readonly action: 'ignore' | 'delete' })[];
}

export interface MapJoin {
  readonly from: TableName & { readonly columns: readonly string[] };
  readonly to: TableName & { readonly columns: readonly string[] };
}

export interface MapField extends ColumnName {
  readonly category: Category | null;
  readonly action:
    | { readonly kind: 'keep'; readonly reason: string }
    | { readonly kind: 'blank' }
    | { readonly kind: 'delete_row' }
    | { readonly kind: 'value'; readonly value: string }
    | null;
}

export const emptyMap: ErasureMap = { joins: [], identities: [], fields: [], tables: [] };
