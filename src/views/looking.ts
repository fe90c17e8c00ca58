import type { Content } from '../http/index.ts';
import type { Json } from '../kernel/index.ts';
import type { Reading, TypeModel } from '../model/index.ts';
import { type Acting, type Addresses, expectRight, expectType } from '../objects/index.ts';
import type { Scope } from '../store/index.ts';

/** Who looks, at what model, in which language. Rights apply to whatever is drawn. */
export interface Looking {
  readonly scope: Scope;
  readonly acting: Acting;
  readonly reading: Reading;
  readonly addresses: Addresses;
}

/** A view once its objects were read: each way of giving it is made when it is asked for. */
export interface Drawing {
  /** Its own page. */
  page(): Content;
  /** Smaller, beside others. */
  brief(): Content;
  json(): Json;
  /** Its table: a line of titles, then lines of values. */
  sheet(): AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
  /** Its picture; null where there is nothing to draw. */
  picture(): Content | null;
}

/** The type a view is of, when the reader may read some of its objects. Refuses (403, 404) otherwise. */
export function viewedType({ acting }: Looking, name: string): TypeModel {
  const type = expectType(acting.model, name);
  expectRight(acting.asker, type, 'read');
  return type;
}
