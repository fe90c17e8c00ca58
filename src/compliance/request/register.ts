import type { Id } from '../../kernel/index.ts';
import type { Scope, Writing } from '../../store/index.ts';
import type { Sender } from '../letters/index.ts';
import type { ComplianceTypes } from '../pack.generated.ts';

/** What people read and filter of a request: attributes of the model's type `request`. Never a personal value. */
export interface RequestValues {
  readonly right: 'erasure';
  readonly controller: string;
  readonly received_on: string;
  readonly due_on: string;
  readonly intake: string;
  readonly language: string;
}

export interface RequestChange {
  readonly due_on?: string;
  readonly assignee?: string | null;
  readonly controller?: string;
  readonly identity_attested?: string;
  readonly answered_on?: string;
  readonly refusal_ground?: string;
}

export interface ControllerLine {
  readonly id: string;
  readonly name: string;
  /** As its customers know it; its name when it has no other. */
  readonly brand: string;
}

/** Transitions of the life cycle in the pack; each belongs to this room. */
export type RequestTransition = ComplianceTypes['request']['transition'];

/**
 * The requests as objects of the model: number, life cycle, history. This room decides who may do what before it calls;
 * the object follows in the same transaction, so that the two can't differ.
 */
export interface RequestRegister {
  create(writing: Writing, values: RequestValues): Promise<{ readonly id: Id<'request'>; readonly number: string }>;
  move(writing: Writing, id: Id<'request'>, transition: RequestTransition, change: RequestChange): Promise<void>;
  change(writing: Writing, id: Id<'request'>, change: RequestChange): Promise<void>;
  /** The controller a request belongs to when none was said: the first one; made from the organisation when there is none. */
  defaultController(writing: Writing): Promise<string>;
  /** Refuses an id that names no controller. */
  controllerName(source: Writing | Scope, id: string): Promise<string>;
  /** How the controller signs its letters. */
  sender(scope: Scope, id: string): Promise<Sender>;
  /** The controllers to choose from, in order of their names. */
  controllers(scope: Scope): Promise<readonly ControllerLine[]>;
}
