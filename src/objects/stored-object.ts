import type { Id } from '../kernel/index.ts';
import type { Values } from '../model/index.ts';

/**
 * What a pack's generated types say of one of its types. `readObject<ComplianceTypes['request']>(…)` gives values typed
 * as the pack defines them.
 */
export interface TypeShape {
  readonly values: object;
  readonly state: string | null;
  readonly transition: string;
}

export interface AnyShape extends TypeShape {
  readonly values: Values;
}

/** One object as it was read. */
export interface StoredObject<Shape extends TypeShape = AnyShape> {
  readonly type: string;
  readonly id: Id<'object'>;
  /** Its human reference: `DR-2026-00012`. */
  readonly number: string;
  /** How it is named to people, from the type's title. */
  readonly title: string;
  /** Null when its type has no life cycle. */
  readonly state: Shape['state'];
  /** Grows by one at each change; what `If-Match` names. */
  readonly version: number;
  readonly createdAt: Date;
  /** Who, as `actorText` says it. */
  readonly createdBy: string;
  readonly updatedAt: Date;
  readonly updatedBy: string;
  /** Every attribute of the type; null when not filled. */
  readonly values: Shape['values'];
}
