import { isFilledIn, type Notice } from '../model.ts';
import type { EffectSource } from '../pack/pack-schema.ts';
import { noticeOf, type Templates } from '../pack/templates.ts';
import { checkValue } from './check.ts';
import type { Operand } from './expression.ts';
import { ExpressionFault } from './fault.ts';
import { type Shaped, shapeOf } from './shape.ts';

/** What a transition does besides changing the state, declared: each value is an expression about the object. */
export type Effect =
  | { readonly kind: 'set'; readonly values: ReadonlyMap<string, Operand> }
  | { readonly kind: 'create'; readonly type: string; readonly values: ReadonlyMap<string, Operand> }
  /** Changes the object behind the reference `through`. */
  | {
      readonly kind: 'update';
      readonly through: string;
      readonly type: string;
      readonly values: ReadonlyMap<string, Operand>;
    }
  | { readonly kind: 'notify'; readonly notice: Notice };

/** One value of an effect, with its place in the file below the effect. */
export interface EffectValue {
  readonly path: readonly string[];
  readonly source: string;
  readonly compile: () => Operand;
}

/** Compiles effects of a type. Throws an `ExpressionFault` where one can't be. */
export class Effects {
  readonly #templates: Templates;
  readonly #own: Shaped;
  readonly #types: ReadonlyMap<string, Shaped>;

  constructor(own: Shaped, types: ReadonlyMap<string, Shaped>, templates: Templates = {}) {
    this.#templates = templates;
    this.#own = own;
    this.#types = types;
  }

  compile(source: EffectSource): readonly Effect[] {
    return [
      ...(source.set === undefined ? [] : [{ kind: 'set' as const, values: this.#values(source.set, this.#own) }]),
      ...Object.entries(source.create ?? {}).map(([type, values]) => ({
        kind: 'create' as const,
        type,
        values: this.#values(values, this.#target(type)),
      })),
      ...Object.entries(source.update ?? {}).map(([through, values]) => {
        const type = this.#behind(through);
        return { kind: 'update' as const, through, type, values: this.#values(values, this.#target(type)) };
      }),
      ...(source.notify === undefined
        ? []
        : [{ kind: 'notify' as const, notice: noticeOf(source.notify, this.#templates) }]),
    ];
  }

  /** Each expression apart, so that every mistake is told in its own place. */
  values(source: EffectSource): readonly EffectValue[] {
    const of = (
      path: readonly string[],
      given: Readonly<Record<string, string>>,
      target: () => Shaped,
    ): EffectValue[] =>
      Object.entries(given).map(([name, expression]) => ({
        path: [...path, name],
        source: expression,
        compile: () => this.#value(name, expression, target()),
      }));
    return [
      ...of(['set'], source.set ?? {}, () => this.#own),
      ...Object.entries(source.create ?? {}).flatMap(([type, given]) =>
        of(['create', type], given, () => this.#target(type)),
      ),
      ...Object.entries(source.update ?? {}).flatMap(([through, given]) =>
        of(['update', through], given, () => this.#target(this.#behind(through))),
      ),
    ];
  }

  #target(type: string): Shaped {
    const target = this.#types.get(type);
    if (target !== undefined) return target;
    throw wrong(`aucun type ne s’appelle « ${type} ».`, `no type is called “${type}”.`);
  }

  #behind(through: string): string {
    const to = this.#own.attributes.get(through)?.type.to ?? null;
    if (to !== null) return to;
    throw wrong(`« ${through} » n’est pas une référence de ce type.`, `“${through}” is not a reference of this type.`);
  }

  #values(given: Readonly<Record<string, string>>, target: Shaped): ReadonlyMap<string, Operand> {
    return new Map(Object.entries(given).map(([name, source]) => [name, this.#value(name, source, target)]));
  }

  #value(name: string, source: string, target: Shaped): Operand {
    const attribute = target.attributes.get(name);
    if (attribute === undefined) {
      throw wrong(`aucun attribut ne s’appelle « ${name} ».`, `no attribute is called “${name}”.`);
    }
    const { expression } = attribute.type;
    if (expression.kind === 'none' || !isFilledIn(attribute) || attribute.type.among !== undefined) {
      throw wrong(`« ${name} » ne se donne pas par un effet.`, `“${name}” can’t be given by an effect.`);
    }
    return checkValue(source, shapeOf(this.#own, this.#types, true), expression);
  }
}

function wrong(fr: string, en: string): ExpressionFault {
  return new ExpressionFault(0, 0, { fr, en });
}
