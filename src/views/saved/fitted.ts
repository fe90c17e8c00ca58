import type { Text } from '../../kernel/index.ts';
import { checkView, type Model, type TypeModel, type ViewSource, viewSchema } from '../../model/index.ts';

/** A saved view against the model of today. */
export interface Fitted {
  /** What can still be shown; null when what is left would mean something else than what was saved. */
  readonly says: ViewSource | null;
  /** What was saved, with the names of today: what is mended by hand; null when it can't even be read. */
  readonly draft: ViewSource | null;
  /** What no longer fits, in words. */
  readonly unfit: readonly Text[];
}

/**
 * Attributes renamed since are followed. Columns and a sort that are no more are left out, and told; without its condition or its
 * lanes a view would show something else, so it is not shown. Nothing of what was saved is changed.
 */
export function fitted(model: Model, stored: unknown): Fitted {
  const parsed = viewSchema.safeParse(stored);
  if (!parsed.success) return { says: null, draft: null, unfit: [unreadable] };
  const type = model.types.get(parsed.data.of);
  const says = type === undefined ? parsed.data : renamed(parsed.data, type);
  const findings = checkView(says, model.types);
  const unfit = findings.map(({ text }) => text);
  const isLost = findings.some(({ path: [key] }) => key !== 'columns' && key !== 'card' && key !== 'sort');
  const left = isLost
    ? null
    : without(
        says,
        findings.map(({ path }) => path),
      );
  return { says: left, draft: says, unfit };
}

const unreadable: Text = {
  fr: 'Cette vue a été enregistrée par une autre version, qui disait les vues autrement.',
  en: 'This view was saved by another version, which said views otherwise.',
};

function without(says: ViewSource, paths: readonly (readonly (string | number)[])[]): ViewSource {
  const isOut = (key: string, at: number): boolean => paths.some(([first, second]) => first === key && second === at);
  const kept = (key: string, names: readonly string[] | undefined): string[] | undefined => {
    const left = names?.filter((_, at) => !isOut(key, at));
    return left === undefined || left.length === 0 ? undefined : left;
  };
  if (says.kind === 'board') return { ...says, card: kept('card', says.card) };
  if (says.kind !== 'table') return says;
  const sort = paths.some(([key]) => key === 'sort') ? undefined : says.sort;
  return { ...says, columns: kept('columns', says.columns), sort };
}

/** With the names of today, of attributes that the model says were called otherwise. */
function renamed(says: ViewSource, type: TypeModel): ViewSource {
  const today = new Map(
    [...type.attributes.values()].flatMap(({ name, was }) =>
      was === null || type.attributes.has(was) ? [] : [[was, name] as const],
    ),
  );
  if (today.size === 0) return says;
  const name = (given: string): string => today.get(given) ?? given;
  const filter = says.filter === undefined ? undefined : inExpression(says.filter, name);
  switch (says.kind) {
    case 'table': {
      const sort = says.sort?.replace(/[a-z]\w*/, name);
      return { ...says, filter, sort, columns: says.columns?.map(name) };
    }
    case 'board':
      return { ...says, filter, lanes: name(says.lanes), card: says.card?.map(name) };
    case 'counters': {
      const counters = Object.entries(says.counters).map(([key, { label, when }]) => [
        key,
        { label, when: when === undefined ? undefined : inExpression(when, name) },
      ]);
      return { ...says, filter, counters: Object.fromEntries(counters) };
    }
    case 'chart': {
      const by = typeof says.by === 'string' ? name(says.by) : { ...says.by, attribute: name(says.by.attribute) };
      const measure = says.measure === 'count' ? says.measure : { sum: name(says.measure.sum) };
      return { ...says, filter, by, measure };
    }
  }
}

/** Names of the object itself: not within quotes, not after a point (another object's), not of a function. */
function inExpression(source: string, name: (given: string) => string): string {
  return source.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![.\w])[a-z]\w*(?!\s*\()/g, (part) =>
    part.startsWith('"') || part.startsWith("'") ? part : name(part),
  );
}
