import type { Content, Visit, Who } from '../../http/index.ts';
import type { Text } from '../../kernel/index.ts';
import type { TypeModel } from '../../model/index.ts';
import type { Acting } from '../acting.ts';
import type { FileOptions } from '../files/file.ts';
import type { ModelSource } from '../model-source.ts';
import type { Removal } from '../removal.ts';
import type { StoredObject } from '../stored-object.ts';

/**
 * What a higher room shows on the page of an object: its neighbourhood, its retention, its freshness. Registered by
 * `main.ts`; null when there is nothing to say of this one.
 */
export interface Panel {
  readonly id: string;
  /** The types it stands on. */
  readonly types: readonly string[];
  readonly title: Text;
  load(shown: { readonly who: Who; readonly object: StoredObject }): Promise<Content | null>;
}

/** Where a room shows objects of a type itself, better than the generic pages do. */
export interface Home {
  readonly type: string;
  readonly list: string;
  object(id: string): string;
}

/** What a list shows now, as its address says it. */
export interface ListShown {
  readonly type: TypeModel;
  /** The filters as one condition; null: none. */
  readonly filter: string | null;
  /** `-due_on`; null: the last created first. */
  readonly sort: string | null;
  readonly columns: readonly string[];
}

/** What a higher room puts above a list: other ways of looking at its objects. */
export interface AboveList {
  /** Between the title and the filters; null: nothing. */
  readonly tabs: Content | null;
  /** Among the actions; null: none. */
  readonly actions: Content | null;
}

export type AboveLists = (visit: AnyVisit, shown: ListShown) => Promise<AboveList>;

export interface ObjectPagesOptions {
  readonly aboveLists?: AboveLists;
  readonly models: ModelSource;
  readonly panels?: readonly Panel[];
  readonly homes?: readonly Home[];
  readonly removals?: readonly Removal[];
  /** How files are taken; the usual limit and no scan when absent. */
  readonly files?: FileOptions;
}

export type AnyVisit = Visit<string, unknown, unknown>;

/** Where a page of objects of a type stands: whose visit, by which snapshot of the model, among which addresses. */
export interface Stand {
  readonly visit: AnyVisit;
  readonly acting: Acting;
  readonly type: TypeModel;
  readonly addresses: Addresses;
}

/** Refuses (404) a type that the model doesn't have. */
export type Standing = (visit: AnyVisit, type: string) => Stand;

/** Addresses of the pages of objects. */
export class Addresses {
  readonly #homes: ReadonlyMap<string, Home>;

  constructor(homes: readonly Home[] = []) {
    this.#homes = new Map(homes.map((home) => [home.type, home]));
  }

  home(type: string): Home | null {
    return this.#homes.get(type) ?? null;
  }

  list(type: TypeModel): string {
    return this.#homes.get(type.name)?.list ?? `/objects/${type.name}`;
  }

  /** By its room's page when it has one. */
  object(type: string, reference: { readonly id: string; readonly number: string }): string {
    return this.#homes.get(type)?.object(reference.id) ?? this.generic(type, reference);
  }

  /** The generic page, whose address people can read: by number. */
  generic(type: string, reference: { readonly number: string }): string {
    return `/objects/${type}/${encodeURIComponent(reference.number)}`;
  }

  type(type: TypeModel): string {
    return `/model/${type.name}`;
  }
}
